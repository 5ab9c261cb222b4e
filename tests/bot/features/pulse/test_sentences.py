"""What is said of an outlook: how long ago, which months are whole, what a button may say."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.features.pulse import sentences
from bot.features.pulse.en import TEXTS as ENGLISH
from bot.features.pulse.ko import TEXTS as KOREAN
from bot.features.pulse.request import Request
from bot.i18n import UnknownButtonError
from tests.bot.pulses import YEAR


@pytest.mark.parametrize(
    ("days", "korean", "english"),
    [
        (-3, "오늘", "today"),
        (0, "오늘", "today"),
        (1, "1일 전", "1 day ago"),
        (13, "13일 전", "13 days ago"),
        (14, "2주 전", "2 weeks ago"),
        (59, "8주 전", "8 weeks ago"),
        (61, "2달 전", "2 months ago"),
        (365, "12달 전", "12 months ago"),
        (730, "2년 전", "2 years ago"),
        (1000, "2년 전", "2 years ago"),
        (9000, "24년 전", "24 years ago"),
    ],
)
def test_how_long_ago_is_said_in_a_fitting_unit(days: int, korean: str, english: str) -> None:
    now = datetime(2026, 11, 19, 0, 30)
    last = (now - timedelta(days=days)).date()
    assert (sentences.age(last, now, KOREAN), sentences.age(last, now, ENGLISH)) == (korean, english)


def test_a_month_that_is_hardly_there_is_not_the_quietest() -> None:
    year = replace(YEAR, first=date(2025, 2, 20), months=(0, 30, *YEAR.months[2:]))
    assert "가장 조용한 달은 7월" in "\n".join(sentences.review(year, KOREAN))


def test_of_one_whole_month_there_is_no_quietest() -> None:
    year = replace(YEAR, first=date(2025, 7, 1), last=date(2025, 8, 10))
    assert "조용한 달" not in "\n".join(sentences.review(year, KOREAN))


@pytest.mark.parametrize("request_", [Request("day"), Request("week"), Request("year"), Request("year", 2025)])
def test_a_button_remembers_what_it_shows(request_: Request) -> None:
    assert Request.of_button(request_.custom_id()) == request_


@pytest.mark.parametrize("custom_id", ["pulse:", "pulse:month", "pulse:year:25", "pulse:year:٢٠٢٥", "pulse:day:2025:1"])
def test_what_no_version_made_is_no_button(custom_id: str) -> None:
    with pytest.raises(UnknownButtonError):
        Request.of_button(custom_id)
