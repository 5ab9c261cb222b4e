"""Tabs in a real browser: one that an earlier start of Dantok left open, and one that loses the line for a moment."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.async_api import expect

from owner.page.controller import ProjectController
from owner.page.server import OwnerPage
from owner.project import Project
from tests.playground.browser import chromium, executable, visitor

pytestmark = pytest.mark.skipif(executable() is None, reason="Chromium is not installed")


async def test_a_tab_of_an_earlier_start_says_that_it_is_and_where_to_go_on(tmp_path: Path) -> None:
    controller = ProjectController(Project(tmp_path / "project"))
    async with chromium() as browser, visitor(browser) as person:
        tab = await person.new_page()
        async with OwnerPage(controller, port=0) as first:
            await tab.goto(first.url)
            await tab.locator("#step h1").wait_for()
        banner = tab.locator("#banner")
        await expect(banner).to_contain_text("연결이 끊겼어요")
        async with OwnerPage(controller, port=urlsplit(first.url).port) as second:
            # Unless the tab has tried again by itself meanwhile: then the button is gone.
            await banner.get_by_role("button").evaluate_all("buttons => buttons.forEach((button) => button.click())")
            await expect(banner).to_have_text(
                "단톡을 다시 켜서 이 탭은 더 쓸 수 없어요. 새로 열린 탭에서 이어서 하세요."
            )
            await tab.goto(second.url)
            await expect(banner).to_be_hidden()
    controller.close()
