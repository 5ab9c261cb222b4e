"""The clock on the page: shown where it can be turned, turned by a button, and what was said is as old as it says."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.async_api import BrowserContext, expect

from playground import Playground
from playground.world.clock import AdjustableClock, ClockControl
from tests.playground.browser import Chat, open_chat

pytestmark = pytest.mark.asyncio(loop_scope="session")
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


async def test_a_clock_that_cannot_be_turned_is_not_shown(chat: Chat) -> None:
    await expect(chat.page.locator("#clock")).to_be_hidden()


async def test_the_button_turns_to_the_next_event_for_everybody(regular: BrowserContext) -> None:
    async def event(now: datetime) -> datetime | None:
        return NOON + timedelta(days=40) if now < NOON + timedelta(days=40) else None

    clock_control = ClockControl(AdjustableClock(NOON), event, {"ko": "다음 축제", "en-US": "Next feast"})
    async with (
        Playground(clock_control=clock_control) as playground,
        open_chat(regular, playground.url) as one,
        open_chat(regular, playground.url) as other,
    ):
        for chat in (one, other):
            await expect(chat.page.locator("#clock time")).to_contain_text("2026년 11월 20일")
        playground.say("안녕", member="정훈")
        await expect(one.last.locator("time").first).to_contain_text("오늘")
        await one.page.get_by_role("button", name="다음 축제").click()
        for chat in (one, other):
            await expect(chat.page.locator("#clock time")).to_contain_text("2026년 12월 30일")
            await expect(chat.last.locator("time").first).to_contain_text("2026. 11. 20.")
        await one.page.get_by_role("button", name="다음 축제").click()
        await expect(other.page.locator("#clock time")).to_contain_text("2026년 12월 31일")


async def test_what_is_then_said_in_another_channel_has_a_link_for_who_turned(regular: BrowserContext) -> None:
    clock_control = ClockControl(AdjustableClock(NOON), None, {"ko": "다음 축제"})
    async with (
        Playground(clock_control=clock_control) as playground,
        open_chat(regular, playground.url) as one,
        open_chat(regular, playground.url) as other,
    ):
        link = one.page.get_by_role("button", name="#생일 새 글")
        playground.say("아직", member="정훈", channel="생일")
        await expect(one.page.locator(".channel", has_text="생일")).to_have_class(re.compile("unread"))
        await expect(link).to_be_hidden()
        await one.page.get_by_role("button", name="다음 축제").click()
        await expect(one.page.locator("#clock time")).to_contain_text("21일")
        playground.say("여기도", member="정훈", channel="일상")
        playground.say("축하해", member="정훈", channel="생일")
        await expect(link).to_be_visible()
        await expect(other.page.locator(".channel", has_text="생일")).to_have_class(re.compile("unread"))
        await expect(other.page.get_by_role("button", name="#생일 새 글")).to_be_hidden()
        await link.click()
        await expect(one.last).to_contain_text("축하해")
        await expect(one.last).to_be_in_viewport()
        await expect(link).to_be_hidden()
