"""The health page: alive, ready, and figures that grow by what members do and hold none of their words."""

import asyncio
import contextlib
import math
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families as families

from bot.client.health import health
from tests.patience import PATIENCE

WORD = "비밀표식말"


class Page:
    """The page of one bot; figures are what was added since it was opened."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._before: dict[Any, float] = {}

    async def get(self, path: str) -> tuple[int, str]:
        async with aiohttp.ClientSession() as session, session.get(self._url + path) as answer:
            return answer.status, await answer.text()

    async def samples(self) -> dict[Any, float]:
        _, text = await self.get("/metrics")
        return {
            (sample.name, *sorted(sample.labels.values())): sample.value
            for family in families(text)
            for sample in family.samples
        }

    async def begin(self) -> None:
        self._before = await self.samples()

    async def added(self, name: str, *labels: str) -> float:
        key = (name, *sorted(labels))
        return (await self.samples()).get(key, 0) - self._before.get(key, 0)


@pytest.fixture
async def page(stage: Any, unused_tcp_port: int) -> AsyncIterator[Page]:
    async with health(stage.client, unused_tcp_port):
        page = Page(f"http://127.0.0.1:{unused_tcp_port}")
        await page.begin()
        yield page


async def test_alive_and_ready_are_two_things(stage: Any, page: Page) -> None:
    assert await page.get("/healthz") == (200, "alive")
    assert await page.get("/readyz") == await page.get("/health") == (200, "connected")
    await stage.client.close()
    assert await page.get("/healthz") == (200, "alive")
    assert await page.get("/readyz") == (503, "not connected")
    assert (await page.samples())[("dantok_gateway_connected",)] == 0


async def test_a_model_without_an_end_is_a_reason_to_start_again(
    stage: Any, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stage.workers.words, "_ill", True)
    for path in ("/healthz", "/readyz"):
        assert await page.get(path) == (503, "a model does not come to an end")


async def test_the_gateway_and_its_latency_are_figures(page: Page) -> None:
    samples = await page.samples()
    assert samples[("dantok_gateway_connected",)] == 1
    assert samples[("dantok_servers",)] == 1
    latency = samples[("dantok_gateway_latency_seconds",)]
    assert math.isnan(latency) or latency >= 0


async def test_answers_and_refusals_are_counted_by_kind_and_result_and_nobodys_words_are_in_it(
    stage: Any, page: Page
) -> None:
    for _ in range(3):
        await stage.playground.command(f"/say {WORD} 5")
    await stage.playground.command("/say", options={"word": "\u200b"})
    assert await page.added("dantok_generations_total", "words", "done") == 3
    assert await page.added("dantok_generation_seconds_count", "words") == 3
    assert await page.added("dantok_errors_total", "UserFacingError") == 1
    assert (await page.samples())[("dantok_queue", "words")] == 0
    _, text = await page.get("/metrics")
    world = stage.playground.world
    for secret in (WORD, world.me["id"], world.me["username"], world.guild["id"], world.guild["name"]):
        assert str(secret) not in text


async def test_whoever_finds_the_queue_full_is_counted_as_that(stage: Any, page: Page) -> None:
    stage.workers.words._queue_size = 0
    await stage.playground.command("/say 오늘 5")
    assert await page.added("dantok_generations_total", "words", "Busy") == 1
    assert await page.added("dantok_errors_total", "Busy") == 1


async def test_wishes_are_due_until_they_are_sent(room: Any, unused_tcp_port: int) -> None:
    async with health(room.client, unused_tcp_port):
        page = Page(f"http://127.0.0.1:{unused_tcp_port}")
        await page.begin()
        await room("/birthday set 11/20")
        room.clock.turn(datetime(2026, 11, 20, 3, 0, tzinfo=UTC))
        await _until(lambda samples: samples[("dantok_wishes_due",)] == 1, page)
        await room("/birthday channel", options={"channel": room.playground.world.channel_called("생일")["id"]})
        # It may just have been noted that there is none: then it is tried again a few minutes later.
        for _ in range(20):
            room.clock.turn(room.clock.now() + timedelta(minutes=20))
            with contextlib.suppress(TimeoutError):
                await _until(lambda samples: samples[("dantok_wishes_due",)] == 0, page, within=1)
                break
        # It counts as sent a moment after it is no longer due.
        async with asyncio.timeout(PATIENCE):
            while await page.added("dantok_birthday_messages_total", "wish", "sent") != 1:  # noqa: ASYNC110 - as below
                await asyncio.sleep(0.05)


async def _until(holds: Callable[[dict[Any, float]], bool], page: Page, within: float = PATIENCE) -> None:
    async with asyncio.timeout(within):
        while not holds(await page.samples()):  # noqa: ASYNC110 - what a page says is waited for
            await asyncio.sleep(0.05)
