"""Birthdays in a real browser: a wish written in the form, handed over under the bot's wish, read page by page."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import expect

from bot.store.address import address
from bot.store.store import Store
from playground import Playground
from tests.bot.features.birthday.waiting import NINE, said, until
from tests.playground.browser import DESKTOP, PHONE, Chat, chromium, executable, open_chat, visitor

pytestmark = pytest.mark.skipif(executable() is None, reason="Chromium is not installed")


async def _picture(chat: Chat, name: str) -> None:
    if "SCREENSHOTS" in os.environ:
        await chat.page.screenshot(path=Path(os.environ["SCREENSHOTS"]) / f"{name}.png")


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
async def test_a_wish_is_written_in_the_form_and_read_under_the_bots_own(
    size: tuple[int, int], bundle: Path, tmp_path: Path, play: Callable[..., Any], turned: Callable[..., Any]
) -> None:
    clock, width = turned(), size[0]
    store = await Store.open(address(None, tmp_path))
    async with (
        Playground(clock=clock) as playground,
        play(playground, bundle, store=store, clock=clock),
        chromium() as browser,
        visitor(browser, size=size) as person,
        open_chat(person, playground.url) as chat,
    ):
        await playground.command("/생일 채널 일상")
        await playground.command("/birthday set", options={"date": "11월 20일"}, member="정훈")
        who = {"who": playground.world.person_called("정훈")["id"]}
        form = await playground.command("/birthday wish", options=who, member="다빈")
        await playground.submit_modal(form, {"text": "정훈아 올해도 같이 바다 가자\n이번엔 진짜로"})
        await chat.send("/생일 축하글 누구:정훈")
        dialog = chat.page.get_by_role("dialog")
        await dialog.locator("textarea").fill("생일 축하해! 밥은 내가 살게 🎂")
        await _picture(chat, f"wish-form-{width}")
        await dialog.get_by_role("button", name="보내기").click()
        kept = await chat.answered("정훈 님의 생일에 전할게요")
        await expect(kept).to_contain_text("밥은 내가 살게")
        await _picture(chat, f"wish-kept-{width}")
        clock.turn(NINE)
        await until(lambda: [one for one in said(playground, "일상") if "정훈" in one["content"]])
        posted = await chat.answered("정훈아 생일 축하해")
        await expect(posted).not_to_contain_text("바다")
        await posted.get_by_role("button", name="축하 글 읽기 · 2개").click()
        page = await chat.answered("바다 가자")
        await expect(page).to_contain_text("다빈")
        await _picture(chat, f"wish-read-{width}")
        await page.get_by_role("button", name="▶️").click()
        await expect(page).to_contain_text("밥은 내가 살게")
        await expect(page).to_contain_text("2/2")
    await store.close()
