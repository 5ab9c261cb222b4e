"""What a newcomer sees: `python -m bot demo` with the bundle that ships, in a real browser at two widths.

With ``SCREENSHOTS=docs/images`` in the environment it also takes the pictures of the README.
"""

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.patience import PATIENCE
from tests.playground.browser import DESKTOP, PHONE, Chat, chromium, executable, open_chat, visitor

needs_chromium = pytest.mark.skipif(executable() is None, reason="Chromium is not installed")
COMMANDS = ("/말해 단어:윤혜 개수:5 번호:5", "/말해 단어:밥 개수:4 번호:11", "/말해 단어:회식 개수:6 번호:3")


@asynccontextmanager
async def demo() -> AsyncIterator[str]:
    """Run the demo as a process of its own, and end it as Ctrl-C would; yields the page's address."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "demo", "--no-browser"), stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        line = (await asyncio.wait_for(process.stdout.readline(), PATIENCE)).decode()
        yield re.search(r"http://[\w.:]+", line)[0]
    finally:
        process.send_signal(signal.SIGINT)
        assert await asyncio.wait_for(process.wait(), PATIENCE) == 0


async def picture(chat: Chat, name: str) -> None:
    if "SCREENSHOTS" in os.environ:
        await chat.page.screenshot(path=Path(os.environ["SCREENSHOTS"]) / f"{name}.png")


@needs_chromium
@pytest.mark.parametrize(("name", "size"), [("desktop", DESKTOP), ("phone", PHONE)])
async def test_a_newcomer_makes_the_bot_speak_and_speak_again(name: str, size: tuple[int, int]) -> None:
    async with (
        demo() as url,
        chromium() as browser,
        visitor(browser, size=size) as person,
        open_chat(person, url) as chat,
    ):
        await expect(chat.page.locator(".greeting")).to_contain_text("디스코드 봇")
        await expect(chat.page.locator(".greeting")).to_be_in_viewport(ratio=1)
        await expect(chat.page.locator("#people")).to_contain_text("운영진 — 8")
        examples = await chat.page.locator(".example code").all_inner_texts()
        assert "/답해 영화 볼 사람" in examples
        assert any(example.startswith("/얼굴") for example in examples)
        assert not any(example.startswith("/부르면") for example in examples), "no switch is the first thing to try"
        for command in COMMANDS:
            await chat.send(command)
            said = await chat.answered(f"🎲 {command.rpartition(':')[2]}")
        await picture(chat, name)
        first, count = await said.inner_text(), await chat.messages.count()
        await said.get_by_role("button", name="🔁").click()
        await expect(chat.messages).to_have_count(count + 1)
        again = await chat.answered("회식")
        assert await again.inner_text() != first
        await chat.send("@단톡 영화 볼 사람")
        reply = chat.messages.filter(has_text="AI 모델이").filter(has=chat.page.locator(".preview", has_text="영화 볼"))
        await expect(reply).to_be_visible()
        await reply.get_by_role("button", name="🔁").click()
        await expect(chat.messages.filter(has_text="↪ 영화 볼 사람")).to_be_visible()
        await chat.page.locator("#clock .turn").click()
        await chat.page.get_by_role("button", name="#생일 새 글").click()
        await expect(chat.last).to_contain_text("생일 축하해")


async def test_the_terminal_answers_with_exactly_so_many_pieces() -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "demo", "--once", "/say 윤혜 5", "--once", "/say word:밥 n:4"),
        *("--once", "@단톡 영화 볼 사람", "--once", "아무도 안 부르는 말"),
        stdout=asyncio.subprocess.PIPE,
    )
    printed, _ = await asyncio.wait_for(process.communicate(), PATIENCE)
    answers = [line.strip() for line in printed.decode().splitlines()]
    assert process.returncode == 0
    assert any(line.startswith("윤혜") for line in answers)
    assert any(line.startswith("밥") for line in answers)
    called = answers[answers.index("@단톡 영화 볼 사람") + 1 : answers.index("아무도 안 부르는 말")]
    assert len(called) == 3  # when and where, the answer, and that a model wrote it
    assert answers[-1] == "아무도 안 부르는 말"
