"""Reactions in a real browser: asked for in the menu of a message, and given to who calls the bot."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import expect

from bot.store.address import address
from bot.store.store import Store
from playground import Playground
from tests.bot.inference.reactors import add_reactor
from tests.playground.browser import DESKTOP, PHONE, chromium, executable, open_chat, visitor

pytestmark = pytest.mark.skipif(executable() is None, reason="Chromium is not installed")


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
async def test_a_reaction_stands_under_the_message_and_who_asked_is_told(
    size: tuple[int, int], tmp_path: Path, write_bundle: Callable[..., Path], play: Callable[..., Any]
) -> None:
    folder, store = add_reactor(write_bundle(tmp_path / "bundle")), await Store.open(address(None, tmp_path))
    async with (
        Playground() as playground,
        play(playground, folder, store=store),
        chromium() as browser,
        visitor(browser, size=size) as person,
        open_chat(person, playground.url) as chat,
    ):
        await playground.command("/부르면-이모지 켜기")
        playground.say("술 한잔 할래", member="정훈")
        message = await chat.answered("술 한잔 할래")
        await message.click(button="right")
        await chat.page.get_by_role("option", name="무슨 이모지?").click()
        await chat.answered("이 방이라면 😂 이거죠!")
        await expect(message.locator(".reaction")).to_have_text("😂1")
        await chat.send("@단톡 오늘 시험 망했다")
        called = await chat.answered("오늘 시험 망했다")
        await expect(called.locator(".reaction")).to_have_text("😭1")
        if "SCREENSHOTS" in os.environ:
            await chat.page.screenshot(path=Path(os.environ["SCREENSHOTS"]) / f"reactions-{size[0]}.png")
    await store.close()
