"""Birthdays as people type them."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.features.birthday.calendar.parsing import read_date
from bot.features.birthday.calendar.rules import Birthday, LeapDay, Lunar, Rule, Solar
from bot.features.birthday.errors import Reason, RuleError

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("text", "rule", "year"),
    [
        ("2000-03-05", Solar(3, 5), 2000),
        ("2000-3-5", Solar(3, 5), 2000),
        ("2000/03/05", Solar(3, 5), 2000),
        ("2000.3.5", Solar(3, 5), 2000),
        ("2000. 3. 5.", Solar(3, 5), 2000),
        ("2000년 3월 5일", Solar(3, 5), 2000),
        ("2000년3월5일", Solar(3, 5), 2000),
        ("2000 3 5", Solar(3, 5), 2000),
        ("2000-03-05 00:00:00", Solar(3, 5), 2000),
        ("2000-03-05 0:00", Solar(3, 5), 2000),
        ("20000305", Solar(3, 5), 2000),
        ("000305", Solar(3, 5), 2000),
        ("960305", Solar(3, 5), 1996),
        ("96.3.5", Solar(3, 5), 1996),
        ("96년 3월 5일", Solar(3, 5), 1996),
        ("3/5/2000", Solar(3, 5), 2000),
        ("25/12/2000", Solar(12, 25), 2000),
        ("31.12.1999", Solar(12, 31), 1999),
        ("2000-03-05 오전 12:00:00", Solar(3, 5), 2000),
        ("2000-03-05 12:00:00 AM", Solar(3, 5), 2000),
        ("2000-03-05T00:00:00.000Z", Solar(3, 5), 2000),
        ("2000. 3. 5. 오후 3:20", Solar(3, 5), 2000),
        ("3월 5일생", Solar(3, 5), None),
        ("2000년 3월 5일 출생", Solar(3, 5), 2000),
        ("96년생 3월 5일", Solar(3, 5), 1996),
        ("3月5日", Solar(3, 5), None),
        ("2000年3月5日", Solar(3, 5), 2000),
        ("삼월 오일", Solar(3, 5), None),
        ("시월 십일", Solar(10, 10), None),
        ("유월 이십오일", Solar(6, 25), None),
        ("십이월 삼십일일", Solar(12, 31), None),
        ("음력 오월 삼일", Lunar(5, 3), None),
        ("5th of March, 1999", Solar(3, 5), 1999),
        ("the 5th of March", Solar(3, 5), None),
        ("March 5th", Solar(3, 5), None),
        ("3/5", Solar(3, 5), None),
        ("03-05", Solar(3, 5), None),
        ("3.5", Solar(3, 5), None),
        ("3. 5.", Solar(3, 5), None),
        ("0305", Solar(3, 5), None),
        ("3월 5일", Solar(3, 5), None),
        ("3월5일", Solar(3, 5), None),
        ("３월 ５일", Solar(3, 5), None),
        ("양력 3월 5일", Solar(3, 5), None),
        ("March 5", Solar(3, 5), None),
        ("Mar. 5th, 2000", Solar(3, 5), 2000),
        ("5 March 2000", Solar(3, 5), 2000),
        ("5-Mar", Solar(3, 5), None),
        ("05-Mar-00", Solar(3, 5), 2000),
        ("2/29", Solar(2, 29), None),
        ("음력 3월 5일", Lunar(3, 5), None),
        ("음 3/5", Lunar(3, 5), None),
        ("음력3.5", Lunar(3, 5), None),
        ("3월 5일(음력)", Lunar(3, 5), None),
        ("3월 5일 (음)", Lunar(3, 5), None),
        ("lunar 2000-03-05", Lunar(3, 5), 2000),
        ("음력 2000년 3월 5일", Lunar(3, 5), 2000),
        ("윤 5월 3일", Lunar(5, 3, True), None),
        ("윤5월 3일", Lunar(5, 3, True), None),
        ("음력 윤달 5월 3일", Lunar(5, 3, True), None),
        ("2001년 윤4월 5일", Lunar(4, 5, True), 2001),
        ("2001-윤4-5", Lunar(4, 5, True), 2001),
        ("lunar leap 4/5", Lunar(4, 5, True), None),
        ("정월 초하루", Lunar(1, 1), None),
        ("음력 정월 보름", Lunar(1, 15), None),
        ("섣달 그믐", Lunar(12, 30), None),
        ("동짓달 3일", Lunar(11, 3), None),
        ("사월 초파일", Lunar(4, 8), None),
        ("음력 오월 초닷새", Lunar(5, 5), None),
        ("\u202b3월 5일\u202c", Solar(3, 5), None),
        ("2000-03-05\u200b", Solar(3, 5), 2000),
        ("2000년 3월 5일 일요일", Solar(3, 5), 2000),
        ("2000-03-05(일)", Solar(3, 5), 2000),
        ("Sunday, March 5, 2000", Solar(3, 5), 2000),
        ("Sun Mar 5 2000", Solar(3, 5), 2000),
        ("3/5/99", Solar(3, 5), 1999),
        ("13/5/99", Solar(5, 13), 1999),
        ("31.12.99", Solar(12, 31), 1999),
        ("March 5, '05", Solar(3, 5), 2005),
        ("1999–03–05", Solar(3, 5), 1999),
        ("3·5", Solar(3, 5), None),
        ("3월 5일이에요!", Solar(3, 5), None),
        ("내 생일은 3월 5일", Solar(3, 5), None),
        ("음력 생일: 5월 3일.", Lunar(5, 3), None),
        ("음력으로 5월 3일", Lunar(5, 3), None),
        ("born on March 5", Solar(3, 5), None),
        ("My birthday is March 5th", Solar(3, 5), None),
    ],
)
def test_a_birthday_may_be_written_in_many_ways(text: str, rule: Rule, year: int | None) -> None:
    assert read_date(text, TODAY).birthday(TODAY) == Birthday(rule, year)


@pytest.mark.parametrize(
    "text", ["", "내일", "5", "305", "3월", "3월 5일쯤", "12345678901", "3/5 3/6", "-3-5", "1e3", "윤혜 3월 5일"]
)
def test_what_is_not_understood_is_given_back(text: str) -> None:
    with pytest.raises(RuleError) as refused:
        read_date(text, TODAY)
    assert (refused.value.reason, refused.value.values) == (Reason.UNREADABLE_DATE, {"text": text})


@pytest.mark.parametrize("text", ["양력 음력 3월 5일", "양력 윤5월 3일", "양력 섣달 그믐"])
def test_two_calendars_at_once_are_a_contradiction(text: str) -> None:
    with pytest.raises(RuleError) as refused:
        read_date(text, TODAY)
    assert refused.value.reason is Reason.CONTRADICTION


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("4월 31일", Reason.NO_SUCH_DAY),
        ("2/30", Reason.NO_SUCH_DAY),
        ("음력 13/1", Reason.NO_SUCH_MONTH),
        ("음력 1/31", Reason.NO_SUCH_LUNAR_DAY),
        ("25/13/2000", Reason.NO_SUCH_MONTH),
        ("3000-01-01", Reason.YEAR_OUT_OF_RANGE),
        ("2001-02-29", Reason.NO_SUCH_DAY_THAT_YEAR),
        ("2001년 윤5월 3일", Reason.NO_LEAP_MONTH_THAT_YEAR),
        ("2026-11-21", Reason.NOT_YET_BORN),
    ],
)
def test_a_date_that_cannot_be_says_why(text: str, reason: Reason) -> None:
    with pytest.raises(RuleError) as refused:
        read_date(text, TODAY).birthday(TODAY)
    assert refused.value.reason is reason


def test_the_choice_for_29_february_is_kept() -> None:
    assert read_date("2월 29일", TODAY).birthday(TODAY, LeapDay.MAR_1).rule == Solar(2, 29, LeapDay.MAR_1)


@settings(deadline=None)
@given(
    st.dates(date(1927, 1, 1), TODAY),
    st.sampled_from(["%Y-%m-%d", "%Y년 %m월 %d일", "%Y%m%d", "%y%m%d", "%m/%d/%Y", "%d %B %Y"]),
)
def test_every_day_is_read_back_from_each_spelling(day: date, spelling: str) -> None:
    assert read_date(day.strftime(spelling), TODAY).birthday(TODAY) == Birthday(Solar(day.month, day.day), day.year)


@settings(deadline=None)
@given(st.text("0123456789월일년음력윤달양-/. marchjun", max_size=20))
def test_nothing_typed_breaks_it(text: str) -> None:
    with suppress(RuleError):
        read_date(text, TODAY).birthday(TODAY)
