"""An inference engine beside the bot's own lane: the same answers at once, in the process, by one replica, by two.

Each asks for twelve words after another word. Ray has to be installed; replicas share the machine with who asks, so
that the figures show what the way costs, and not what more machines bring.
"""

import asyncio
import importlib.util
import os
import secrets
import statistics
import time
from collections.abc import Iterator
from typing import Any

from benchmarks.figure import Figure
from bot.default_bundle import DEMO_BUNDLE
from bot.inference.batching import Job
from bot.inference.models import LoadedModels, open_models
from bot.inference.worker import Worker
from bot.remote.engine import Engine
from bot.remote.models import RemoteJob, remote

ASKERS = 24
WORDS = 12
ROUNDS = 3
ALONE = 12
PORT = 8123
WAYS = ("one process", "one replica", "two replicas")


def measure() -> Iterator[Figure]:
    """Yield answers a second and how long one alone takes, in the process and by the engine."""
    models = open_models(DEMO_BUNDLE, "cpu")
    yield from _figures(WAYS[0], asyncio.run(_here(models)))
    if importlib.util.find_spec("ray") is None:
        for way in WAYS[1:]:
            yield Figure(f"{ASKERS} × /say at once: {way}", None, "answers/s", note="Ray is not installed")
        return
    for replicas, way in enumerate(WAYS[1:], 1):
        yield from _figures(way, _served(models, replicas))


def _figures(way: str, seconds: tuple[float, float]) -> Iterator[Figure]:
    alone, at_once = seconds
    yield Figure(f"/say of {WORDS} words, one alone: {way}", alone * 1e3, "ms")
    yield Figure(f"{ASKERS} × /say at once: {way}", ASKERS / at_once, "answers/s")


async def _here(models: LoadedModels) -> tuple[float, float]:
    worker = Worker(ASKERS, patience=600)
    try:
        return await _seconds(models, worker.run)
    finally:
        worker.close()


def _served(models: LoadedModels, replicas: int) -> tuple[float, float]:
    """Return the same of an engine with so many replicas, which is started and ended here."""
    import ray
    from ray import serve

    from serving.deployment import Arguments, engine

    token = secrets.token_urlsafe()
    os.environ["DANTOK_INFERENCE_TOKEN"] = token
    # Ray's workers let others go first, which on a shared machine would be who asks.
    os.environ["RAY_worker_niceness"] = "0"  # noqa: SIM112 - it is called so
    settings = {"DANTOK_INFERENCE_TOKEN": token, "DANTOK_PROVIDER": "cpu"}
    ray.init(include_dashboard=False, num_cpus=2, log_to_driver=False, runtime_env={"env_vars": settings})
    try:
        serve.start(http_options={"host": "127.0.0.1", "port": PORT})
        serve.run(engine(Arguments(replicas=replicas, cpus=0.5)))
        return asyncio.run(_there(models, f"http://127.0.0.1:{PORT}/", token))
    finally:
        serve.shutdown()
        ray.shutdown()


async def _there(models: LoadedModels, url: str, token: str) -> tuple[float, float]:
    async with Engine(url, token) as engine:

        async def run(job: Any) -> Any:  # noqa: ANN401 - as a lane has it
            assert isinstance(job, RemoteJob)
            return await job.result(deferred=True)

        return await _seconds(remote(models, engine), run)


async def _seconds(models: LoadedModels, run: Any) -> tuple[float, float]:  # noqa: ANN401 - of a lane, or of an engine
    words = models.speaker.frequent_words(ASKERS)

    def job(number: int) -> Job[Any]:
        return models.speaker.saying(words[number % len(words)], WORDS, 0.8, number)

    # Until every replica has opened the bundle.
    await asyncio.gather(*(run(job(number)) for number in range(ASKERS)))
    await asyncio.gather(*(run(job(number)) for number in range(ASKERS)))
    alone, at_once = [], []
    for number in range(ALONE):
        began = time.perf_counter()
        await run(job(number))
        alone.append(time.perf_counter() - began)
    for number in range(ROUNDS):
        began = time.perf_counter()
        await asyncio.gather(*(run(job(ASKERS * number + place)) for place in range(ASKERS)))
        at_once.append(time.perf_counter() - began)
    return statistics.median(alone), statistics.median(at_once)
