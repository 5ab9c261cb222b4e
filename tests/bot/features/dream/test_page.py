"""``/dream`` in a real browser: a drawn face, and the fall into its dream; for the README by the network that ships."""

import os
from pathlib import Path

import pytest
from playwright.async_api import expect

from bot.default_bundle import DEMO_BUNDLE
from playground import Playground
from tests import dreams_bundle
from tests.bot.conftest import played, write_bundle_to
from tests.bot.features.face.pictures import encoded
from tests.playground.browser import chromium, executable, open_chat, visitor
from training.faces.drawing import Identity, portrait

pytestmark = pytest.mark.skipif(executable() is None, reason="Chromium is not installed")


async def test_a_picture_is_dreamt_of_and_fallen_into(tmp_path: Path) -> None:
    is_for_show = "SCREENSHOTS" in os.environ
    bundle = DEMO_BUNDLE if is_for_show else dreams_bundle.add_to(write_bundle_to(tmp_path / "bundle"))
    async with (
        Playground() as playground,
        played(playground, bundle),
        chromium() as browser,
        visitor(browser) as person,
        open_chat(person, playground.url) as chat,
    ):
        await chat.write("/꿈 ")
        await chat.page.keyboard.press("Tab")
        face = portrait(Identity.of(20), {"Black_Hair": True}, 384)
        await chat.page.locator("input[type=file]").set_input_files(
            {"name": "me.png", "mimeType": "image/png", "buffer": encoded(face)}
        )
        await chat.field("사진").press("Enter")
        answer = await chat.answered("나만 볼 수 있어요")
        await answer.get_by_role("button", name="물결").click()
        await expect(answer.locator("img[alt*='물결']")).to_be_visible()
        if is_for_show:
            await answer.screenshot(path=Path(os.environ["SCREENSHOTS"]) / "dream.png")
        await answer.get_by_role("button", name="빠져들기").click()
        fall = await chat.answered("꿈속으로")
        await expect(fall.locator("img[alt*='다가오면서']")).to_be_visible()
