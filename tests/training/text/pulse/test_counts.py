"""Hours counted: whose count, which are unknown, what is usual, and what is told of a year."""

from datetime import date, datetime, timedelta

import numpy as np
import pytest

from training.common.errors import ChatError
from training.text.message import UNDATED, Message
from training.text.pulse.counts import HourlyCounts, rounded
from training.text.pulse.holidays import holidays_of
from training.text.pulse.review import years_of

MONDAY = datetime(2026, 1, 5)
PEOPLE = ("윤혜", "정훈", "다빈")


def said(day: int, hour: int, who: str, times: int = 1) -> list[Message]:
    """Return messages of an hour, on a day from Monday on."""
    return [Message(MONDAY + timedelta(days=day, hours=hour, minutes=number), who, "밥") for number in range(times)]


def room(days: int, hour: int = 21) -> list[Message]:
    """Return a room in which each of three writes once at one hour of each day, and one begins the day after."""
    return [message for day in range(days) for who in PEOPLE for message in said(day, hour, who)] + said(
        days, hour, "윤혜"
    )


def test_the_usual_week_is_the_mean_of_each_hour_and_weekday() -> None:
    counts = HourlyCounts.of([*room(56), *said(1, 21, "윤혜", 8)])
    usual = counts.usual().reshape(7, 24)
    # Eight Tuesdays, on one of which there were eight messages more.
    assert usual[1, 21] == 4
    assert usual[:, 21].tolist() == [3, 4, 3, 3, 3, 3, 3]
    assert usual.sum() == 22
    assert counts.weeks() == 8


def test_the_hour_that_is_not_over_is_not_counted() -> None:
    counts = HourlyCounts.of(room(30))
    assert counts.end == MONDAY + timedelta(days=30, hours=21)
    assert counts.first == MONDAY + timedelta(hours=21)
    assert counts.counts[:2].tolist() == [3, 0]


def test_an_hour_of_the_day_in_which_fewer_than_three_write_is_nobodys_business() -> None:
    awake = [message for day in range(56) for message in said(day, 4, "현지", 5)]
    two = [message for day in range(56) for who in PEOPLE[:2] for message in said(day, 3, who)]
    counts = HourlyCounts.of([*room(56), *awake, *two])
    usual = counts.usual().reshape(7, 24)
    assert usual[:, 3].sum() == usual[:, 4].sum() == 0
    year = years_of([*room(56), *awake, *two])[2026]
    assert year.busiest_hour == 21
    assert year.months[:3] == (80, 80, 0)  # three a day, to ten each month


def test_a_month_of_which_no_file_tells_is_unknown_and_not_silent() -> None:
    later = [Message(message.when + timedelta(days=100), message.who, "밥") for message in room(28)]
    counts = HourlyCounts.of([*room(28)[:-1], *later])
    assert counts.usual().reshape(7, 24)[:, 21] == pytest.approx([3] * 7)
    assert not counts.known.all()
    week_of_silence = HourlyCounts.of([message for message in room(35) if not 7 <= (message.when - MONDAY).days < 14])
    assert week_of_silence.known.all()
    assert week_of_silence.usual().reshape(7, 24)[2, 21] == pytest.approx(3 * 4 / 5)


@pytest.mark.parametrize(
    ("messages", "why"),
    [
        ([Message(UNDATED, who, "밥") for who in PEOPLE], "tell no times"),
        ([], "tell no times"),
        (said(0, 9, "윤혜", 12), r"are of 0 days \(2026-01-05 to 2026-01-05\), and 28 are needed"),
        (room(20), "are of 20 days"),
        ([message for message in room(50) if message.who != "다빈"], "no hour of the day in which 3 people or more"),
        ([Message(message.when, "", "밥") for message in room(50)], "no hour of the day in which 3 people or more"),
    ],
    ids=["no times", "nothing", "twelve messages", "twenty days", "two people", "no names"],
)
def test_too_little_is_refused_with_what_there_is(messages: list[Message], why: str) -> None:
    with pytest.raises(ChatError, match=why):
        HourlyCounts.of(messages)


def test_times_that_cannot_be_of_the_room_are_left_out() -> None:
    counts = HourlyCounts.of([Message(datetime(1970, 1, 1), "윤혜", "밥"), *room(30)])
    assert counts.first.year == 2026
    assert sorted(years_of([Message(datetime(1970, 1, 1), "윤혜", "밥"), *room(30)])) == [2026]


def test_of_a_single_hour_no_more_than_a_power_of_two_is_known() -> None:
    assert rounded(np.array([0, 1, 2, 3, 5, 6, 11, 12, 1000.0])).tolist() == [0, 0, 2, 4, 4, 8, 8, 16, 1024]


def test_a_year_is_told_in_counts() -> None:
    december = [Message(datetime(2025, 12, 30, 21, number), who, "밥") for number in range(4) for who in PEOPLE]
    years = years_of([*december, *room(40), *said(9, 21, "정훈", 33)])
    assert sorted(years) == [2025, 2026]
    year = years[2026]
    # 27 days of January and 13 of February, three messages a day; then 33 in January, and one in February.
    assert year.months[:3] == (110, 40, 0)
    assert (year.busiest_day, year.busiest_day_count) == (date(2026, 1, 14), 40)
    assert year.busiest_weekday == 2
    assert (year.first, year.last) == (date(2026, 1, 5), date(2026, 2, 14))
    assert year.silent_days == 0
    assert years[2025].months == (0,) * 11 + (10,)


def test_silent_days_are_counted_and_the_quietest_hour_is_amid_the_quiet() -> None:
    year = years_of([message for message in room(40) if (message.when - MONDAY).days not in {3, 9}])[2026]
    assert year.silent_days == 2
    assert year.quietest_hour == 0  # of 23 silent hours the first whose neighbours are silent, too


def test_holidays_follow_both_calendars() -> None:
    # By the calendar of 2026: Seollal on 17 February, Buddha's birthday on 24 May, Chuseok on 25 September.
    expected = {(1, 1), (2, 16), (2, 17), (2, 18), (3, 1), (5, 5), (5, 24), (6, 6), (8, 15), (9, 24), (9, 25), (9, 26)}
    assert {(day.month, day.day) for day in holidays_of(2026)} == expected | {(10, 3), (10, 9), (12, 25)}
    assert len(holidays_of(2090)) == 8
