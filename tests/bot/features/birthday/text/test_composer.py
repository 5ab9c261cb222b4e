"""The words of a wish."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.features.birthday.text.composer import continued, opening

START = "윤혜야 생일 축하해"


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (("윤혜",), START),
        (("다빈",), "다빈아 생일 축하해"),
        (("윤혜", "다빈"), "윤혜야, 다빈아 생일 축하해"),
        (("★",), "★님 생일 축하해"),
        (("지은  \n 언니",), "지은 언니 생일 축하해"),
        (("",), "생일 축하해"),
        ((), "생일 축하해"),
    ],
)
def test_a_wish_opens_with_everyone_called_by_name(names: tuple[str, ...], words: str) -> None:
    assert opening(*names) == words


@pytest.mark.parametrize(
    ("speak", "whole"),
    [
        (lambda words: words + " 오늘 뭐 해", f"{START} 오늘 뭐 해"),
        (lambda words: words + "요 🎉", f"{START}요 🎉"),
        (lambda words: words + "\n\n  오늘\n뭐 해 ", f"{START} 오늘 뭐 해"),
        # A voice that spaces the start in its own way does not change what the bot says.
        (lambda words: "윤혜 야 생일  축하 해 진짜", f"{START} 진짜"),
        # Never empty.
        (lambda words: words, f"{START} 🎉"),
        (lambda words: words + "  \n", f"{START} 🎉"),
        (lambda words: "", f"{START} 🎉"),
        # A voice that gives back the rest alone.
        (lambda words: "오늘 뭐 해", f"{START} 오늘 뭐 해"),
    ],
)
def test_what_the_voice_adds_is_joined_on_one_line(speak: Callable[[str], str], whole: str) -> None:
    assert continued(START, speak) == whole


@settings(deadline=None)
@given(st.text(max_size=40), st.text(max_size=80))
def test_a_wish_is_one_line_that_begins_with_its_opening_and_says_more(name: str, said: str) -> None:
    start = opening(name)
    whole = continued(start, lambda words: words + said)
    assert whole.startswith(start)
    assert len(whole) > len(start)
    assert len(whole.splitlines()) == 1
