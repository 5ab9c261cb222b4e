"""The real engine: Ray Serve with two replicas answers the real client, also while one of them dies."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from bot import metrics
from bot.remote.engine import Engine
from playground import Playground
from tests.bot.conftest import played

TOKEN = "a secret of this test"
TEXTS = [f"/say 윤혜 n:4 seed:{seed}" for seed in range(16)]

ray = pytest.importorskip("ray", reason="Ray is not installed here: pip install -e '.[serve]'")


@pytest.fixture
def url(bundle: Path, unused_tcp_port: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Serve a bundle with two replicas."""
    from ray import serve

    from serving.deployment import Arguments, engine

    settings = {"DANTOK_BUNDLE": str(bundle), "DANTOK_INFERENCE_TOKEN": TOKEN}
    for name, value in settings.items():
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
        await _until_open(playground)
        before = _done()
        asked = asyncio.create_task(_said(playground))
        await asyncio.sleep(0.05)
        _replicas()[0].kill()
        assert await asked == here
        assert await _said(playground) == here
        assert _done() > before


async def _said(playground: Playground) -> list[str]:
    return [answer.content for answer in await asyncio.gather(*map(playground.command, TEXTS))]


async def _until_open(playground: Playground) -> None:
    """Ask until the engine has opened the bundle and answers."""
    while _done() == 0:
        await playground.command(TEXTS[0])
        await asyncio.sleep(0.5)


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
