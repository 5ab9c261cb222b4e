"""Members whom an inference engine answers, and what they notice of its faults: nothing but the time it takes."""

import asyncio
import io
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from PIL import Image

from bot.client.health import health
from bot.inference.worker import Worker
from bot.remote import calls, engine
from bot.remote.engine import Engine
from playground import Playground
from tests import dreams_bundle
from tests.bot.conftest import Stage, played, write_bundle_to
from tests.bot.remote.engines import TOKEN, EngineServer

SAY = "/say 윤혜 n:6 seed:7"


@dataclass
class Clock:
    """Seconds that pass when they are told to."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@dataclass(frozen=True, slots=True)
class Remote:
    """A bot, the engine that it asks, and the clock by which it asks again."""

    stage: Stage
    server: EngineServer
    clock: Clock

    async def say(self, text: str = SAY) -> str:
        """Return what is answered; the way in which it was is not in it."""
        return (await self.stage.playground.command(text)).content


@asynccontextmanager
async def _remote(bundle: Path, port: int, *, token: str = TOKEN, there: Path | None = None) -> AsyncIterator[Remote]:
    clock, server = Clock(), EngineServer(there or bundle, port)
    async with (
        server,
        Engine(server.url, token, clock=clock) as asked,
        Playground(finish_within=10) as playground,
        played(playground, bundle, engine=asked, temperature=0.8) as stage,
    ):
        yield Remote(stage, server, clock)
        assert playground.unknown_routes == []


@pytest.fixture
async def remote(bundle: Path, unused_tcp_port: int) -> AsyncIterator[Remote]:
    async with _remote(bundle, unused_tcp_port) as ready:
        yield ready


def _sentences(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if "inference engine" in record.getMessage()]


async def _here(bundle: Path) -> str:
    """Return what a bot without an engine answers."""
    async with Playground() as playground, played(playground, bundle):
        return (await playground.command(SAY)).content


async def test_an_engine_says_what_the_bot_would_say(remote: Remote, bundle: Path) -> None:
    assert await remote.say() == await _here(bundle)
    assert remote.server.answered == [200]
    assert (await remote.say("/reply 밥 먹으러 가자")).count("\n") >= 1
    assert remote.server.answered == [200, 200]


async def test_many_at_once_are_each_answered_by_it(remote: Remote) -> None:
    texts = [f"/say 윤혜 n:4 seed:{seed}" for seed in range(24)]
    said = await asyncio.gather(*map(remote.say, texts))
    assert all(f"🎲 {seed}" in text for seed, text in enumerate(said))
    assert remote.server.answered.count(200) == len(texts)


async def test_a_dream_crosses_once_as_a_picture(tmp_path: Path, unused_tcp_port: int) -> None:
    bundle = dreams_bundle.add_to(write_bundle_to(tmp_path / "bundle"))
    async with _remote(bundle, unused_tcp_port) as remote:
        photo = remote.stage.playground.upload("p.png", _png())
        answer = await remote.stage.playground.command("/dream", options={"photo": photo})
        assert len(answer.attachments) == 2
        assert remote.server.answered == [200]


def _png() -> bytes:
    data = io.BytesIO()
    Image.linear_gradient("L").resize((64, 48)).convert("RGB").save(data, "PNG")
    return data.getvalue()


async def _breaks_off(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Length": "1000"})
    await response.prepare(request)
    await response.write(b"half")
    assert request.transport is not None
    request.transport.abort()
    return response


async def _hangs(request: web.Request) -> web.StreamResponse:
    await asyncio.sleep(60)
    raise AssertionError


async def _is_something_else(request: web.Request) -> web.StreamResponse:
    return web.Response(text="<html>it works</html>")


async def _is_too_much(request: web.Request) -> web.StreamResponse:
    return web.Response(body=bytes(4_001))


async def _has_moved(request: web.Request) -> web.StreamResponse:
    raise web.HTTPNotFound


FAULTS = {
    "reached": _breaks_off,
    "in time": _hangs,
    "no result": _is_something_else,
    "is no": _is_too_much,
    "404": _has_moved,
}
"""By what the owner reads of each."""


@pytest.mark.parametrize("reason", FAULTS)
async def test_where_it_fails_the_bot_answers_once_says_so_once_and_asks_it_again_later(
    reason: str,
    remote: Remote,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    unused_tcp_port_factory: Callable[[], int],
) -> None:
    monkeypatch.setattr(engine, "_QUICK", 0.3)
    monkeypatch.setattr(calls, "MOST_BYTES", 4_000)
    caplog.set_level(logging.INFO)
    as_here = await remote.say()
    remote.server.answered.clear()
    remote.server.fault = FAULTS[reason]
    before = len(remote.stage.playground.messages())
    assert await remote.say() == as_here
    assert len(remote.stage.playground.messages()) == before + 1
    port = unused_tcp_port_factory()
    async with health(remote.stage.client, port), aiohttp.ClientSession() as session:
        async with session.get(f"http://127.0.0.1:{port}/healthz") as page:
            assert page.status == 200
            assert reason in await page.text()
        # Meanwhile nobody waits for it, though it is back.
        remote.server.fault = None
        assert await remote.say() == as_here
        assert remote.server.answered == []
        remote.clock.now += 2
        assert await remote.say() == as_here
        assert remote.server.answered == [200]
        async with session.get(f"http://127.0.0.1:{port}/healthz") as page:
            assert await page.text() == "alive"
    first, last = _sentences(caplog)
    assert reason in first
    assert "is back" in last


async def test_a_connection_that_breaks_is_tried_anew(
    remote: Remote, bundle: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def once(request: web.Request) -> web.StreamResponse:
        remote.server.fault = None
        return await _breaks_off(request)

    remote.server.fault = once
    assert await remote.say() == await _here(bundle)
    assert remote.server.answered == [200]
    assert _sentences(caplog) == []


async def test_a_bot_starts_where_the_engine_is_away(
    bundle: Path, unused_tcp_port: int, caplog: pytest.LogCaptureFixture
) -> None:
    async with (
        Engine(f"http://127.0.0.1:{unused_tcp_port}/", TOKEN) as away,
        Playground() as playground,
        played(playground, bundle, engine=away),
    ):
        assert "🎲 7" in (await playground.command(SAY)).content
    (sentence,) = _sentences(caplog)
    assert "cannot be reached" in sentence


async def test_a_wrong_token_is_a_sentence_for_the_owner(
    bundle: Path, unused_tcp_port: int, caplog: pytest.LogCaptureFixture
) -> None:
    async with _remote(bundle, unused_tcp_port, token="another secret") as remote:
        for _ in range(3):
            assert "🎲 7" in await remote.say()
        assert remote.server.answered == [401]
    (sentence,) = _sentences(caplog)
    assert "DANTOK_INFERENCE_TOKEN" in sentence
    assert "secret" not in sentence


async def test_another_version_is_a_sentence_for_the_owner(
    remote: Remote, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = calls.Call.packed

    def older(call: calls.Call, *, deferred: bool) -> bytes:
        return calls.packed(calls.unpacked(real(call, deferred=deferred)) | {"version": "0.0"})

    monkeypatch.setattr(calls.Call, "packed", older)
    assert "🎲 7" in await remote.say()
    assert remote.server.answered == [409]
    (sentence,) = _sentences(caplog)
    assert "same version" in sentence


async def test_a_bundle_that_it_lacks_is_answered_here(
    tmp_path: Path, bundle: Path, unused_tcp_port: int, caplog: pytest.LogCaptureFixture
) -> None:
    other = write_bundle_to(tmp_path / "other", seed=11)
    async with _remote(bundle, unused_tcp_port, there=other) as remote:
        as_here = await _here(bundle)
        assert [await remote.say(), await remote.say()] == [as_here, as_here]
        # It is there, and not asked for this bundle for a while.
        assert remote.server.answered == [404]
        remote.clock.now += 31
        await remote.say()
        assert remote.server.answered == [404, 404]
    (sentence,) = _sentences(caplog)
    assert "same bundle" in sentence


async def test_where_it_is_full_the_bot_answers_and_where_both_are_it_is_busy(
    remote: Remote, bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(request: web.Request) -> web.StreamResponse:
        return web.Response(status=503, text="Request dropped due to backpressure")

    remote.server.fault = full
    as_here = await _here(bundle)
    assert [await remote.say(), await remote.say()] == [as_here, as_here]
    remote.server.fault = None
    assert await remote.say() == as_here
    assert remote.server.answered == [200]
    remote.server.fault = full
    monkeypatch.setattr(Worker, "inside", property(lambda self: 64))
    monkeypatch.setattr(remote.stage.worker, "_queue_size", 0)
    assert "🎲" not in await remote.say()


async def test_what_was_typed_is_in_no_log(remote: Remote, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "bot")
    remote.server.fault = _is_something_else
    await remote.say("/say 비밀표식말 n:4")
    remote.server.fault = None
    remote.clock.now += 9
    await remote.say("/say 비밀표식말 n:4")
    assert remote.server.answered == [200]
    assert "비밀표식말" not in caplog.text
