"""People's text is shown as typed: nothing in it may act, and nothing may be lost."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.markdown import cut, escaped, pages, small, unescaped

ACTING = [
    "**굵게** _기울임_ ~~취소~~ ||스포일러|| `코드`",
    "```py\nprint()```",
    "# 제목",
    "-# 작은 글씨",
    "> 인용",
    ">>> 인용",
    "- 목록",
    "+ 목록",
    "1. 목록",
    "12. 목록",
    "[여기](https://example.com)",
    "https://example.com/a_b",
    "discord.gg/abc",
    "@everyone @here",
    "<@123> <@!123> <@&123> <#123> </say:123> <t:1:R> <:웃음:123>",
    ":smile:",
    "\\*이미\\*",
    "¯\\_(ツ)_/¯",
]


@pytest.mark.parametrize("text", ACTING)
def test_what_acts_in_discord_is_shown_instead(text: str) -> None:
    bare = re.sub(r"\\([^\w\s]|_)", "", escaped(text))
    assert not re.search(r"[*_~|`<>\[\]#@:/]|^-|^\+|^\d+\.", bare)
    assert unescaped(escaped(text)) == text


@given(st.text(max_size=60))
def test_nothing_is_lost(text: str) -> None:
    assert unescaped(escaped(text)) == text


def test_plain_sentences_stay_as_they_are() -> None:
    sentence = "윤혜야 생일 축하해 🎉 ㅋㅋㅋ ^^ 진짜?! 1.5배, 그래..."
    assert escaped(sentence).replace("\\", "") == sentence
    assert escaped("윤혜야 생일 축하해 🎉 진짜?!") == "윤혜야 생일 축하해 🎉 진짜?!"


@given(st.text(max_size=200), st.integers(2, 150))
def test_a_cut_text_fits_and_says_that_it_is_cut(text: str, room: int) -> None:
    result = cut(text, room)
    assert len(escaped(result)) <= room
    assert result == text or result.endswith("…")


@given(st.lists(st.text("가 a", max_size=9)), st.integers(1, 20))
def test_lines_are_put_together_as_far_as_they_fit_and_none_is_lost(lines: list[str], room: int) -> None:
    texts = pages(lines, room)
    assert "\n".join(texts).split("\n") == (lines or [""])
    assert all(len(text) <= room or "\n" not in text for text in texts)
    assert all(len(f"{one}\n{more.split(chr(10))[0]}") > room for one, more in pairwise(texts))


def test_small_print_is_one_line() -> None:
    assert small("씨앗 7") == "-# 씨앗 7"
