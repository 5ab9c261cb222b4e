"""``/face`` in a real browser: a face, a photo, three presses, a restart of the bot, and one more press."""

import io
import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.async_api import expect

from bot.default_bundle import DEMO_BUNDLE
from playground import Playground
from tests.bot.conftest import played
from tests.playground.browser import chromium, executable, open_chat, visitor
from training.faces.drawing import Identity, portrait

pytestmark = pytest.mark.skipif(executable() is None, reason="Chromium is not installed")
SITTER = 15


def photo() -> bytes:
    wide = np.full((500, 800, 3), 200, np.uint8)
    wide[100:400, 300:600] = portrait(Identity.of(SITTER), {"Black_Hair": True}, 300)
    stream = io.BytesIO()
    Image.fromarray(wide).save(stream, "PNG")
    return stream.getvalue()


async def picture(chat: object, name: str) -> None:
    if "SCREENSHOTS" in os.environ:
        await chat.page.screenshot(path=Path(os.environ["SCREENSHOTS"]) / f"{name}.png")  # type: ignore[attr-defined]


async def test_a_face_smiles_more_with_each_press_also_after_the_bot_was_started_again() -> None:
    async with (
        Playground() as playground,
        chromium() as browser,
        visitor(browser) as person,
        open_chat(person, playground.url) as chat,
    ):
        async with played(playground, DEMO_BUNDLE):
            await chat.send("/얼굴 웃음 시드:8 세기:0")
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
        await chat.write("/얼굴 웃음 ")
        await chat.page.keyboard.press("Tab")
        await chat.page.locator(".fields-row .add", has_text="사진").click()
        await chat.page.locator("input[type=file]").set_input_files(
            {"name": "me.png", "mimeType": "image/png", "buffer": photo()}
        )
        await chat.field("사진").press("Enter")
        answer = await chat.answered("나만 볼 수 있어요")
        await expect(answer.get_by_role("button", name="모두에게 보여 주기")).to_be_visible()
        await picture(chat, "photo")
