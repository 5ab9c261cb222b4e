"""The bot as a process of its own against the playground: how soon it is ready, how large, and 50 ``/say`` a second.

The members and the local Discord are in this process, the bot in another, so on two cores each has one. The load
comes at fixed times whether or not earlier answers are there, as members do. ``BENCH_SECONDS`` shortens it.
"""

import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import psutil

from benchmarks.figure import Figure, at_least, at_most
from bot.default_bundle import DEMO_BUNDLE
from playground import Playground, PlaygroundError

RATE = 50
SECONDS = 60
WORDS = ("윤혜", "밥", "아니", "오늘", "생일", "ㅋㅋㅋ", "시험", "술")
STARTS = 3
_WARMING = 30
"""Answers before those that count: meanwhile the day's backup is made."""

_RUN = """
import runpy, sys
from bot.__main__ import main
# By its file: the whole playground beside the bot would count as the bot's.
with runpy.run_path(sys.argv.pop(1))["redirected"](sys.argv.pop(1)):
    main()
"""
_REDIRECT = str(Path(__file__).parents[1] / "playground/redirect.py")
_WATCHED = [sys.executable, "-m", "benchmarks.serving"]


def measure() -> Iterator[Figure]:
    if not (DEMO_BUNDLE / "manifest.json").is_file():
        yield Figure("the bot process", None, "", note="there is no bundle in bot/demo_bundle: make demo-bundle")
        return
    # The first start makes the database and compiles all there is, as a bot's very first does.
    with tempfile.TemporaryDirectory() as data:
        starts = [asyncio.run(_start(data)) for _ in range(STARTS)]
    ready, cpu, at_ready, each, memory = (statistics.median(values) for values in zip(*starts, strict=True))
    yield Figure("the bot, from process start to ready", ready, "s", "< 1", at_most(1))
    yield Figure("… CPU until then", cpu, "s")
    yield Figure("… memory then", at_ready / 1e6, "MB", "< 130", at_most(130))
    yield Figure(
        "… CPU of the bot for an answer",
        each * 1e3,
        "ms",
        "< 20",
        at_most(20),
        "50, one after the other, once the day's backup is made",
    )
    yield Figure("the bot's memory after 50 answers", memory / 1e6, "MB", "< 200", at_most(200))
    seconds = int(os.environ.get("BENCH_SECONDS", SECONDS))
    latencies, stall = asyncio.run(_load(seconds))
    answered = len(latencies) / (RATE * seconds)
    note = f"{seconds} s, median {statistics.median(latencies) * 1e3:.1f} ms" if latencies else "no answers"
    yield Figure(f"{RATE} /say a second: answered", 100 * answered, "%", "100", at_least(100), note)
    p99 = sorted(latencies)[int(len(latencies) * 0.99)] if latencies else None
    yield Figure(f"{RATE} /say a second: p99", None if p99 is None else p99 * 1e3, "ms", "< 100", at_most(100))
    yield Figure(f"{RATE} /say a second: longest stall of the bot's loop", stall * 1e3, "ms", "≤ 20", at_most(20))


async def _start(data: str) -> tuple[float, float, int, float, int]:
    """Return seconds until a process is ready, CPU seconds and memory (bytes) then, CPU of an answer, memory after 50.

    CPU seconds hang less on what else the machine does.
    """
    async with Playground() as playground:
        began = time.perf_counter()
        async with _process(playground, data, sys.executable, "-c", _RUN, _REDIRECT, playground.url, "run") as process:
            await playground.wait_ready(120)  # a busy machine is slow, not broken
            ready, watched = time.perf_counter() - began, psutil.Process(process.pid)
            used, at_ready = sum(watched.cpu_times()[:2]), watched.memory_info().rss
            for index in range(_WARMING):
                await playground.command(f"/say {WORDS[index % len(WORDS)]} 12")
            before = sum(watched.cpu_times()[:2])
            for index in range(50):
                await playground.command(f"/say {WORDS[index % len(WORDS)]} 12")
            memory = watched.memory_info().rss
            return ready, used, at_ready, (sum(watched.cpu_times()[:2]) - before) / 50, memory


async def _load(seconds: int) -> tuple[Sequence[float], float]:
    """Return the seconds that each answer took, and the longest stall of the bot's event loop."""
    with tempfile.TemporaryDirectory() as data:
        return await _loaded(data, seconds)


async def _loaded(data: str, seconds: int) -> tuple[Sequence[float], float]:
    async with Playground() as playground, _process(playground, data, *_WATCHED, playground.url) as process:
        await playground.wait_ready(120)  # a busy machine is slow, not broken
        for word in WORDS:
            await playground.command(f"/say {word} 12")
        process.send_signal(10)  # SIGUSR1: the watch begins
        begin = time.perf_counter() + 0.2
        asked = [_ask(playground, begin + index / RATE, index) for index in range(RATE * seconds)]
        latencies = [taken for taken in await asyncio.gather(*asked) if taken is not None]
        process.terminate()
        out, _ = await process.communicate()
        return latencies, float(json.loads(out)["stall"])


async def _ask(playground: Playground, at: float, index: int) -> float | None:
    await asyncio.sleep(at - time.perf_counter())
    began = time.perf_counter()
    try:
        answer = await playground.command(f"/say {WORDS[index % len(WORDS)]} 12")
    except PlaygroundError:
        return None
    return None if answer.ephemeral else time.perf_counter() - began


@asynccontextmanager
async def _process(playground: Playground, data: str, *command: str) -> AsyncIterator[Process]:
    settings = {
        "DANTOK_TOKEN": playground.TOKEN,
        "DANTOK_BUNDLE": str(DEMO_BUNDLE),
        "DANTOK_DATA": data,
        "DANTOK_LOG_LEVEL": "WARNING",
        "PYTHONPYCACHEPREFIX": f"{data}/bytecode",
    }
    environment = os.environ | settings
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # what is installed has its bytecode from the first start on
    process = await asyncio.create_subprocess_exec(*command, env=environment, stdout=PIPE)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()


async def _watched_bot(url: str) -> float:
    """Run the bot as ``python -m bot run`` does, and return the longest that its event loop came late."""
    from bot.client.client import Dantok
    from bot.client.serving import on_signal, serve
    from bot.features.feature import Services
    from bot.groups.group import OneGroup
    from bot.groups.served_bundle import ServedBundle
    from bot.inference.worker import Workers
    from playground.redirect import redirected

    late = [0.0]

    async def watch() -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(0.001)
            late.append(time.perf_counter() - before - 0.001)

    group = OneGroup(ServedBundle.open(Path(os.environ["DANTOK_BUNDLE"])))
    client = Dantok(Services(group, Workers.of(64)))
    watching = asyncio.create_task(watch())
    with redirected(url), on_signal("SIGUSR1", late.clear):
        await serve(client, os.environ["DANTOK_TOKEN"])
    watching.cancel()
    with suppress(asyncio.CancelledError):
        await watching
    return max(late)


if __name__ == "__main__":
    print(json.dumps({"stall": asyncio.run(_watched_bot(sys.argv[1]))}))
