"""``/face`` in a real browser: drawn, in a photo of one or several, with presses, choices and a restart of the bot."""

import asyncio
import os
from pathlib import Path

import numpy as np
import pytest
from playwright.async_api import Route, expect

from bot.default_bundle import DEMO_BUNDLE
from playground import Playground
from tests.bot.conftest import played
from tests.bot.features.face.pictures import encoded, group
from tests.playground.browser import DESKTOP, PHONE, Chat, chromium, executable, open_chat, visitor

pytestmark = pytest.mark.skipif(executable() is None, reason="Chromium is not installed")


async def picture(chat: Chat, name: str) -> None:
    if "SCREENSHOTS" in os.environ:
        await chat.page.screenshot(path=Path(os.environ["SCREENSHOTS"]) / f"{name}.png")


async def upload(chat: Chat, photo: np.ndarray) -> None:
    """Give ``/face smile`` a photo, as a person does."""
    await chat.write("/얼굴 웃음 ")
    await chat.page.keyboard.press("Tab")
    await chat.page.locator(".fields-row .add", has_text="사진").click()
    await chat.page.locator("input[type=file]").set_input_files(
        {"name": "me.png", "mimeType": "image/png", "buffer": encoded(photo)}
    )
    await chat.field("사진").press("Enter")


async def test_a_face_smiles_more_with_each_press_also_after_the_bot_was_started_again() -> None:
    async with (
        Playground() as playground,
        chromium() as browser,
        visitor(browser) as person,
        open_chat(person, playground.url) as chat,
    ):
        async with played(playground, DEMO_BUNDLE):
            await chat.send("/얼굴 웃음 번호:8 세기:0")
            answer = await chat.answered("웃음 +0")
            for strength in ("+0.5", "+1", "+1.5"):
                await answer.get_by_role("button", name="＋").click()
                await expect(answer).to_contain_text(f"웃음 {strength}")
            await expect(answer.locator("img[alt*='+1.5']")).to_be_visible()
            await picture(chat, "face")
        async with played(playground, DEMO_BUNDLE):
            await answer.get_by_role("button", name="＋").click()
            await expect(answer).to_contain_text("웃음 +2")


async def test_a_photo_is_uploaded_and_answered_to_its_owner_alone() -> None:
    async with (
        Playground() as playground,
        played(playground, DEMO_BUNDLE),
        chromium() as browser,
        visitor(browser) as person,
        open_chat(person, playground.url) as chat,
    ):
        await chat.send("/얼굴 웃음 세기:2")
        await chat.answered("웃음 +2")
        await upload(chat, group(1))
        answer = await chat.answered("나만 볼 수 있어요")
        await expect(answer.get_by_role("button", name="모두에게 보여 주기")).to_be_visible()
        await picture(chat, "photo")


async def test_who_presses_enter_while_the_photo_is_on_its_way_sends_it_once_and_with_the_photo() -> None:
    async with (
        Playground() as playground,
        played(playground, DEMO_BUNDLE),
        chromium() as browser,
        visitor(browser) as person,
        open_chat(person, playground.url) as chat,
    ):

        async def slowly(route: Route) -> None:
            await asyncio.sleep(0.5)
            await route.continue_()

        await chat.page.route("**/page/upload", slowly)
        await upload(chat, group(1))
        await chat.field("사진").press("Enter")
        await chat.answered("나만 볼 수 있어요")
        assert await chat.page.locator(".message").filter(has_text="나만 볼 수 있어요").count() == 1


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
async def test_of_several_people_one_is_chosen_and_gets_an_open_mouth_to_the_smile(size: tuple[int, int]) -> None:
    async with (
        Playground() as playground,
        played(playground, DEMO_BUNDLE),
        chromium() as browser,
        visitor(browser, size=size) as person,
        open_chat(person, playground.url) as chat,
    ):
        await upload(chat, group(3, wide=1000))
        answer = await chat.answered("어느 얼굴을 바꿀까요?")
        await expect(answer.locator("img[alt*='번호를 붙인']")).to_be_visible()
        await answer.get_by_role("button", name="2", exact=True).click()
        await expect(answer).to_contain_text("2번을 바꿨어요")
        await answer.locator("button.select").click()
        await chat.page.get_by_role("option", name="벌린 입").click()
        await chat.page.locator(".picker .press").click()
        await expect(answer).to_contain_text("웃음 +1.5 · 벌린 입 +1.5")
        compared = answer.locator(".attachments img[alt*='벌린 입']")
        await expect(compared).to_be_visible()
        shown, file = await compared.bounding_box(), await answer.locator(".file").bounding_box()
        assert shown
        assert file
        assert abs(shown["width"] / shown["height"] - 2) < 0.1  # both faces whole
        assert shown["y"] + shown["height"] <= file["y"]
        await picture(chat, f"several-{size[0]}")
