"""The whole way in a real browser: an export is dropped, people agree, it learns, it answers, Discord knows it.

With ``SCREENSHOTS=docs/images`` in the environment it also takes the pictures of the README, from a whole training of
the whole sample room, which takes its time: give ``-o faulthandler_timeout=0``.
"""

import os
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import pytest
from playwright.async_api import Browser, BrowserContext, Page, expect

from owner.page.desk import ProjectDesk
from owner.page.server import OwnerPage
from owner.project import Project
from playground import Playground
from tests.patience import PATIENCE
from tests.playground.browser import DESKTOP, PHONE, chromium, executable, visitor
from training.faces.data.dataset import write_faces
from training.faces.data.labels import ATTRIBUTES, read_labels
from training.samples.__main__ import COMMITTED

pytestmark = pytest.mark.skipif(executable() is None, reason="Chromium is not installed")

STEPS = ("chat", "people", "learn", "faces", "listen", "discord")
SCREENSHOTS = os.environ.get("SCREENSHOTS")
LINES = None if SCREENSHOTS else 420
TINY = (
    "--from-nothing",
    "--network",
    "gru",
    "--hidden",
    "16",
    "--epochs",
    "2",
    "--no-answers",
    "--no-fill",
    "--no-leaks",
)
FLAGS = () if SCREENSHOTS else (*TINY, "--no-leaks")
AT_WORK = 3_600_000.0 if SCREENSHOTS else 5000.0 * PATIENCE
PICTURES = {("chat", "desktop"): "owner", ("learn", "desktop"): "owner-learn", ("people", "phone"): "owner-phone"}

DROP = """([place, name, text]) => {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([text], name));
  place.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
}"""


class Discord(Playground):
    """A local Discord whose token has the form of a real one."""

    TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.Local0.good-on-this-machine-alone"


@asynccontextmanager
async def opened(context: BrowserContext, url: str) -> AsyncIterator[Page]:
    """Open the page; its scripts must not fail, and it must talk to nobody but this machine."""
    page, errors, hosts = await context.new_page(), list[str](), set[str]()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda line: line.type == "error" and errors.append(line.text))
    page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname or ""))
    await page.goto(url)
    await page.locator("#step h1").wait_for()
    yield page
    await page.close()
    assert errors == []
    assert hosts <= {"127.0.0.1", ""}


async def go(page: Page, step: str) -> None:
    await page.locator(f"#to-{step}").click()
    await expect(page.locator(f"#to-{step}")).to_have_attribute("aria-current", "step")


async def drop_an_export(page: Page) -> None:
    room = "\n".join(COMMITTED.read_text(encoding="utf-8").splitlines()[:LINES])
    place = await page.locator(".drop").element_handle()
    await page.evaluate(DROP, [place, "우리방.txt", room])
    await expect(page.locator(".figures")).to_contain_text("9사람", timeout=AT_WORK)
    await expect(page.locator(".file")).to_contain_text("우리방.txt")
    await expect(page.locator(".counts").first).to_contain_text("빼낸 개인정보")
    await expect(page.locator("#step")).to_contain_text("윤혜")


async def let_people_agree(page: Page) -> None:
    await page.get_by_role("link", name="사람들").last.click()
    await expect(page.locator(".note.warn")).to_contain_text("아직 좋다고 한 사람이 없어요")
    await page.get_by_text("방에 올려서 물어볼 글").click()
    await page.get_by_role("button", name="복사하기").click()
    assert "/개인정보 지우기" in await page.evaluate("navigator.clipboard.readText()")
    await page.get_by_role("radiogroup", name="민서 님의 대답").get_by_text("싫대요").click()
    for name in ("태오", "서진"):
        await page.get_by_role("checkbox", name=f"{name} 고르기").check()
    await page.get_by_role("button", name="한 사람으로 합치기").click()
    await page.get_by_role("button", name="서진, 태오에게서 떼어 내기").click()
    await expect(page.locator(".chip")).to_have_count(0)
    await page.locator("#everyone").click()
    await expect(page.locator(".note.good")).to_contain_text("9명 가운데 8명이 좋다고 했어요")


async def let_it_learn(page: Page, browser_of: BrowserContext) -> Page:
    """Press the button, close the page while it learns, and come back to the end."""
    await go(page, "learn")
    await page.locator("#learn").click()
    await expect(page.locator(".stages .running")).to_be_visible()
    url = page.url
    await page.close()
    again = await browser_of.new_page()
    await again.goto(url)
    await expect(again.locator("#stop_learning")).to_be_visible()
    await expect(again.locator(".verdict")).to_contain_text("적어요", timeout=AT_WORK)
    await expect(again.locator("#to-learn")).to_have_class("done", timeout=AT_WORK)
    await expect(again.locator(".note")).to_have_count(0)  # nothing has changed since, and nothing is given away
    await expect(again.frame_locator("iframe.quality").locator("h1")).to_be_visible()
    return again


async def hear_an_answer(page: Page) -> None:
    await go(page, "listen")
    await page.locator("#listen").click()
    await expect(page.locator("iframe.chat")).to_be_visible(timeout=AT_WORK)
    chat = page.frame_locator("iframe.chat")
    await chat.locator("#composer textarea").fill("/말해 단어:오늘 개수:3")
    await chat.locator("#composer textarea").press("Enter")
    await expect(chat.locator(".message").last).to_contain_text("AI 모델이 지어낸 말이에요")
    await expect(chat.locator(".message").last).to_contain_text("오늘")


async def label_faces(page: Page, project: Project) -> None:
    """Say of each face by a key whether it smiles, and correct one by a click."""
    images = (np.full((16, 16, 3), shade, np.uint8) for shade in (40, 90, 140, 190))
    names = ("a.jpg", "b c.jpg", "다.jpg", "d.jpg")
    write_faces(project.faces, images, names, np.zeros((4, len(ATTRIBUTES)), np.int8))
    await go(page, "faces")
    await page.locator("#face-0").focus()
    for key in ("1", "2", "3", "1"):
        await page.keyboard.press(key)
    await expect(page.locator("#face-3")).to_have_attribute("data-label", "1")
    await page.locator("#face-3").click()
    await expect(page.locator("#face-3")).to_have_attribute("data-label", "-1")
    assert await page.locator("#face-2 img").evaluate("image => image.decode().then(() => image.naturalWidth)") == 16
    smiles = read_labels(project.faces / "labels.csv", names)[:, ATTRIBUTES.index("Smiling")]
    assert smiles.tolist() == [1, -1, 0, -1]


async def give_a_token(page: Page, project: Project, browser: Browser, url: str) -> None:
    await go(page, "discord")
    field = page.get_by_label("봇 토큰")
    await field.fill("something else")
    await page.get_by_role("button", name="확인하기").click()
    await expect(page.locator("#problem")).to_contain_text("토큰")
    async with Discord() as discord:
        with discord.redirect():
            await field.fill(Discord.TOKEN)
            await page.get_by_role("button", name="확인하기").click()
            await expect(page.locator(".note.good").first).to_contain_text("단톡 봇의 토큰을 넣어 두었어요")
            await expect(page.locator(".portal")).to_be_visible()
    link = await page.get_by_role("link", name="서버에 초대하기").get_attribute("href")
    assert re.search(r"discord\.com/oauth2/authorize\?.*permissions=\d+", link or "")
    assert project.dotenv.stat().st_mode & 0o777 == 0o600
    async with visitor(browser) as other, opened(other, f"{url}#discord") as second:
        await expect(second.locator(".note.good").first).to_be_visible()
        for each in (page, second):
            assert Discord.TOKEN not in await each.content()


async def test_from_the_drop_of_an_export_to_an_answer(tmp_path: Path) -> None:
    project = Project(tmp_path / "project")
    desk = ProjectDesk(project, FLAGS)
    try:
        async with OwnerPage(desk, port=0) as served, chromium() as browser, visitor(browser, size=DESKTOP) as person:
            await person.grant_permissions(["clipboard-read", "clipboard-write"])
            async with opened(person, served.url) as page:
                await drop_an_export(page)
                await let_people_agree(page)
                back = await let_it_learn(page, person)
                await hear_an_answer(back)
                await label_faces(back, project)
                await give_a_token(back, project, browser, served.url)
            for name, size in (("desktop", DESKTOP), ("phone", PHONE)):
                async with visitor(browser, size=size) as again:
                    await every_step_fits(again, served.url, name)
    finally:
        desk.close()


async def every_step_fits(person: BrowserContext, url: str, name: str) -> None:
    """See each step in both languages, none of it wider than the window."""
    async with opened(person, url) as page:
        for language in ("ko", "en"):
            await expect(page.locator("html")).to_have_attribute("lang", language)
            for step in STEPS:
                await go(page, step)
                if SCREENSHOTS and (step, name) in PICTURES:
                    await page.wait_for_timeout(1500)
                    await page.screenshot(path=Path(SCREENSHOTS) / f"{PICTURES[step, name]}.{language}.png")
                wide = await page.locator("#step").evaluate("node => node.scrollWidth - node.clientWidth")
                assert wide <= 0, f"{step} in {language} at {name}"
            await page.locator(".language").click()
