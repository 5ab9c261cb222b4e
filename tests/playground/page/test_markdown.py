"""Markdown as on Discord, and nothing that a person or a bot writes ever becomes HTML."""

import pytest
from playwright.async_api import expect

from tests.playground.browser import Chat

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_markup_in_messages_stays_text(chat: Chat) -> None:
    await chat.send("/dressed ")
    row = await chat.answered("<b id=injected>태그</b> <img src=x onerror=alert(1)>")
    await chat.send("<script>window.hurt = 1</script> [글](javascript:alert(1)) <img src=x onerror=window.hurt=1>")
    await chat.answered("<script>window.hurt = 1</script> [글](javascript:alert(1))")
    assert await chat.page.evaluate(
        "[window.hurt, document.querySelectorAll('#injected, .prose img, .prose script').length]"
    ) == [None, 0]
    assert (
        await row.evaluate(
            "row => ['strong', 'em', 's', 'blockquote', 'small', 'pre'].filter(tag => !row.querySelector(tag))"
        )
        == []
    )
    await expect(row.locator(".spoiler > span")).to_have_css("opacity", "0")
    await row.locator(".spoiler").click()
    await expect(row.locator(".spoiler > span")).to_have_css("opacity", "1")


MARKDOWN = {
    "***둘 다***": "strong em",
    "snake_case_name 2*3*4": "em",
    "a_b_c": "",
    r"\*별\*": "",
    "`**코드**`": "code",
    "~~**안**~~": "s strong",
    "# 제목": "h3",
    "- 하나\n- 둘": ".item",
    "https://example.com/a_b_c": "a",
    "<@1> @everyone": ".mention .everyone",
    "||*숨김*||": ".spoiler em",
    "** 빈 **": "strong",
    "**열림 *만": "",
}


async def test_markdown_reads_as_on_discord(chat: Chat) -> None:
    script = """async ([texts, tags]) => {
        const { prose } = await import("/page/prose.js");
        const store = { members: new Map(), channels: new Map(), guild: {} };
        const nodes = texts.map((text) => prose(text, { store }));
        return nodes.map((node) => tags.filter((tag) => node.querySelector(tag)));
    }"""
    tags = ["strong", "em", "s", "code", "h3", ".item", "a", ".mention", ".everyone", ".spoiler"]
    found = await chat.page.evaluate(script, [list(MARKDOWN), tags])
    assert {text: set(one) for text, one in zip(MARKDOWN, found, strict=True)} == {
        text: set(expected.split()) for text, expected in MARKDOWN.items()
    }


async def test_hostile_markdown_takes_no_time(chat: Chat) -> None:
    script = """async () => {
        const { parse } = await import("/page/markdown.js");
        const before = performance.now();
        const signs = ["*", "_", "`", "~~", "||", "> ", "[a](", "<", "**_", "\\n> "];
        signs.forEach((sign) => parse(sign.repeat(2000).slice(0, 4000)));
        return performance.now() - before;
    }"""
    assert await chat.page.evaluate(script) < 1500
