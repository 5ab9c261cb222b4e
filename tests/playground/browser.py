"""Drives the playground's page in a real Chromium, the way a person would: for tests of the page and for screenshots.

Knows the page's roles and labels; knows nothing of any bot.
"""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.async_api import Browser, BrowserContext, Locator, Page, async_playwright, expect

from tests.patience import PATIENCE

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP, PHONE = (1280, 800), (390, 780)
expect.set_options(timeout=1000 * PATIENCE)


def executable() -> str | None:
    """Return where Chromium is, or ``None`` if it is not installed (Debian: ``apt-get install chromium``)."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """Run a headless Chromium."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=executable(), args=FLAGS)
        try:
            yield browser
        finally:
            await browser.close()


@dataclass
class Chat:
    """One open page. ``errors``: what its scripts threw or its console complained of; ``hosts``: whom it talked to.

    ``newest``: the id of the row that was the newest when something was sent.
    """

    page: Page
    errors: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)
    newest: str | None = None

    @property
    def box(self) -> Locator:
        """The input under the messages."""
        return self.page.locator("#composer textarea")

    @property
    def messages(self) -> Locator:
        """The rows of the message list, attempts still waiting included."""
        return self.page.locator(".message")

    @property
    def last(self) -> Locator:
        """The newest row."""
        return self.messages.last

    @property
    def banner(self) -> Locator:
        """The line that says what is wrong: no connection, no bot."""
        return self.page.locator("#banner")

    @property
    def suggestions(self) -> Locator:
        """What the popup over the input offers."""
        return self.page.locator(".suggestion")

    async def write(self, text: str) -> None:
        """Type into the input, without Enter."""
        await self.box.click()
        await self.page.keyboard.type(text)

    async def send(self, text: str) -> None:
        """Type a message or a command and press Enter."""
        self.newest = await self.last.get_attribute("data-id") if await self.messages.count() else None
        await self.write(text)
        await self.page.keyboard.press("Enter")

    async def answered(self, text: str) -> Locator:
        """Wait until the newest row contains ``text``; return the row, which stays the same when newer ones come.

        Right after :meth:`send`, what was there before does not count.
        """
        if self.newest is not None:
            await expect(self.last).not_to_have_attribute("data-id", self.newest)
            self.newest = None
        await expect(self.last).to_contain_text(text)
        message_id = await self.last.get_attribute("data-id")
        return self.page.locator(f'[data-id="{message_id}"]') if message_id else self.last

    def field(self, name: str) -> Locator:
        """Return the input of a command's option, by its shown name."""
        return self.page.locator(".fields-row").get_by_role("combobox", name=name, exact=True)

    async def become(self, name: str) -> None:
        """Be another member."""
        await self.page.locator(".me").click()
        await self.page.get_by_role("dialog").get_by_role("button", name=name).click()
        await expect(self.page.locator(".me strong")).to_have_text(name)

    async def settle(self, channel: str) -> None:
        """Leave whatever is open and go to ``channel`` with an empty input."""
        await self.page.evaluate("document.querySelectorAll('dialog').forEach((dialog) => dialog.close())")
        if await self.page.locator(".fields-row").count():
            await self.page.locator(".fields-row").press("Escape")
        await self.enter(channel)
        await self.box.fill("")

    async def enter(self, channel: str) -> None:
        """Go to a channel by its shown name."""
        await self.page.locator("#channels").get_by_role("button", name=channel).click()
        await expect(self.page.locator("#heading h1")).to_have_text(channel)


@asynccontextmanager
async def visitor(
    browser: Browser, *, size: tuple[int, int] = DESKTOP, **options: object
) -> AsyncIterator[BrowserContext]:
    """Be a Korean who was never here. ``size``: width and height in CSS pixels; ``options``: Playwright's own."""
    width, height = size
    options = {"locale": "ko-KR", **options}
    context = await browser.new_context(viewport={"width": width, "height": height}, **options)
    context.set_default_timeout(1000 * PATIENCE)
    try:
        yield context
    finally:
        await context.close()


@asynccontextmanager
async def open_chat(context: BrowserContext, url: str) -> AsyncIterator[Chat]:
    """Open the page; its scripts must not fail, and it must talk to nobody but this machine."""
    chat = Chat(await context.new_page())
    chat.page.on("pageerror", lambda error: chat.errors.append(str(error)))
    chat.page.on("console", lambda line: line.type == "error" and chat.errors.append(line.text))
    chat.page.on("request", lambda request: chat.hosts.add(urlsplit(request.url).hostname or ""))
    await chat.page.goto(url)
    await chat.page.locator("#heading h1").wait_for()
    yield chat
    await chat.page.close()
    assert chat.errors == []
    assert chat.hosts <= {"127.0.0.1", ""}
