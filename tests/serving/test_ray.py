"""The real engine: Ray Serve with two replicas answers the real client, also while one of them dies."""

import asyncio
import contextlib
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from bot import metrics
from bot.inference.models import open_models
from bot.inference.speaker import Speaker
from bot.remote.engine import Engine, NotAnswered
from bot.remote.models import RemoteJob, remote
from playground import Playground
from tests.bot.conftest import played
from tests.patience import PATIENCE

TOKEN = "a secret of this test"
TEXTS = [f"/say 윤혜 n:4 seed:{seed}" for seed in range(16)]

ray = pytest.importorskip("ray", reason="Ray is not installed here: pip install -e '.[serve]'")


@pytest.fixture
def url(bundle: Path, unused_tcp_port: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Serve a bundle with two replicas."""
    from ray import serve

    from serving.deployment import Arguments, engine

    settings = {"DANTOK_BUNDLE": str(bundle), "DANTOK_INFERENCE_TOKEN": TOKEN}
    # Ray's workers let others go first, which would be all other tests.
    for name, value in {**settings, "RAY_worker_niceness": "0"}.items():
        monkeypatch.setenv(name, value)
    ray.init(include_dashboard=False, num_cpus=2, log_to_driver=False, runtime_env={"env_vars": settings})
    try:
        serve.start(http_options={"host": "127.0.0.1", "port": unused_tcp_port})
        serve.run(engine(Arguments(replicas=2, cpus=0.5)))
        yield f"http://127.0.0.1:{unused_tcp_port}/"
        serve.shutdown()
    finally:
        ray.shutdown()


async def test_two_replicas_answer_the_client_and_one_of_them_may_die(url: str, bundle: Path) -> None:
    async with Playground() as playground, played(playground, bundle):
        here = await _said(playground)
    async with (
        Engine(url, TOKEN) as engine,
        Playground(finish_within=60) as playground,
        played(playground, bundle, engine=engine),
    ):
        await _until_open(engine, bundle)
        before = _done()
        asked = asyncio.create_task(_said(playground))
        await asyncio.sleep(0.05)
        _replicas()[0].kill()
        assert await asked == here
        # Whatever it missed meanwhile, it is asked again, and what it says is the same.
        async with asyncio.timeout(PATIENCE):
            while _done() == before:
                assert await _said(playground) == here
                await asyncio.sleep(0.5)


async def _said(playground: Playground) -> list[str]:
    return [answer.content for answer in await asyncio.gather(*map(playground.command, TEXTS))]


async def _until_open(engine: Engine, bundle: Path) -> None:
    """Ask until both replicas may have opened the bundle: patiently, as who is told to wait."""
    speaker = remote(open_models(bundle, "cpu"), engine).speaker
    async with asyncio.timeout(PATIENCE):
        while _done() < 2:
            with contextlib.suppress(NotAnswered):
                await asyncio.gather(*(_asked(speaker, seed) for seed in range(4)))
            await asyncio.sleep(0.5)


async def _asked(speaker: Speaker, seed: int) -> None:
    job = speaker.saying("윤혜", 4, 0.8, seed)
    assert isinstance(job, RemoteJob)
    await job.result(deferred=True)


def _done() -> float:
    return metrics.ENGINE_CALLS.labels("done")._value.get()


def _replicas() -> list[psutil.Process]:
    mine = psutil.Process().children(recursive=True)
    return [process for process in mine if "ServeReplica" in _line(process)]


def _line(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:  # it has ended meanwhile
        return ""
