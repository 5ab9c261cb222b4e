"""The page in a real browser, against the real playground, with a real discord.py bot behind it.

One browser serves all tests; each module has its own playground and bot. Most tests share one open page, because
opening one takes longer than most of them.
"""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext

from playground import Playground
from tests.playground.browser import Chat, chromium, executable, open_chat, visitor
from tests.playground.guest_bot import guest

for_session = pytest_asyncio.fixture(scope="session", loop_scope="session")
for_module = pytest_asyncio.fixture(scope="module", loop_scope="session")
for_test = pytest_asyncio.fixture(loop_scope="session")


@for_session
async def browser() -> AsyncIterator[Browser]:
    """Run one Chromium for all tests."""
    if executable() is None:
        pytest.skip("no Chromium is installed (Debian: apt-get install chromium)")
    async with chromium() as running:
        yield running


@for_module
async def playground() -> AsyncIterator[Playground]:
    """Run a playground with the guest bot in it, where a bot that does not answer has failed after one second."""
    async with Playground(answer_within=1.0) as running, guest(running):
        yield running


@for_session
async def regular(browser: Browser) -> AsyncIterator[BrowserContext]:
    """Be somebody who comes again and again: the browser need not fetch everything anew."""
    async with visitor(browser) as context:
        yield context


@for_module
async def open_page(regular: BrowserContext, playground: Playground) -> AsyncIterator[Chat]:
    """Open the page once for a module."""
    async with open_chat(regular, playground.url) as opened:
        yield opened


@for_test
async def chat(open_page: Chat) -> Chat:
    """Return the shared page, in the first channel, with an empty input."""
    await open_page.settle("일상")
    return open_page


@for_test
async def newcomer(browser: Browser, playground: Playground) -> AsyncIterator[Chat]:
    """Open the page as somebody who was never here."""
    async with visitor(browser) as context, open_chat(context, playground.url) as opened:
        yield opened
