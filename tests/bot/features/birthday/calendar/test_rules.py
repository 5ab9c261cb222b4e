"""On which days a birthday falls."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.features.birthday.calendar import lunar
from bot.features.birthday.calendar.rules import (
    LeapDay,
    Lunar,
    Note,
    Occurrence,
    Rule,
    Solar,
    born,
    last_known,
    occurrence_in,
    occurrences,
)
from bot.features.birthday.errors import Reason, RuleError

SEOLLAL = {
    2000: "02-05", 2005: "02-09", 2010: "02-14", 2015: "02-19", 2020: "01-25", 2021: "02-12", 2022: "02-01",
    2023: "01-22", 2024: "02-10", 2025: "01-29", 2026: "02-17", 2027: "02-07", 2028: "01-27",
}  # fmt: skip
CHUSEOK = {
    2000: "09-12", 2005: "09-18", 2010: "09-22", 2015: "09-27", 2020: "10-01", 2021: "09-21", 2022: "09-10",
    2023: "09-29", 2024: "09-17", 2025: "10-06", 2026: "09-25", 2027: "09-15", 2028: "10-03",
}  # fmt: skip
LEAP_MONTHS = {2025: 6, 2028: 5, 2031: 3, 2033: 11, 2036: 6, 2039: 5, 2042: 2, 2044: 7, 2047: 5, 2050: 3}

solar_rules = st.dates(date(2000, 1, 1), date(2000, 12, 31)).flatmap(
    lambda day: st.sampled_from(LeapDay).map(lambda choice: Solar(day.month, day.day, choice))
)
plain_months = st.builds(Lunar, st.integers(1, 12), st.integers(1, 30))
leap_months = st.builds(Lunar, st.sampled_from(lunar.LEAP_MONTHS), st.integers(1, 30), st.just(True))
rules: st.SearchStrategy[Rule] = st.one_of(solar_rules, plain_months, leap_months)


def days_of(rule: Rule, first: int, last: int) -> list[str]:
    return [str(each.date) for each in occurrences(rule, date(first, 1, 1), date(last, 12, 31))]


@pytest.mark.parametrize(("rule", "known"), [(Lunar(1, 1), SEOLLAL), (Lunar(8, 15), CHUSEOK)])
def test_new_year_and_chuseok_are_the_public_holidays_of_korea(rule: Lunar, known: dict[int, str]) -> None:
    found = {year: each.date for year in known if (each := occurrence_in(rule, year))}
    assert found == {year: date.fromisoformat(f"{year}-{day}") for year, day in known.items()}


def test_leap_months_are_those_of_the_korean_calendar() -> None:
    assert {year: lunar.leap_month(year) for year in range(2024, 2051) if lunar.leap_month(year)} == LEAP_MONTHS


def test_a_leap_month_of_any_living_person_can_be_given_and_no_other() -> None:
    assert {lunar.leap_month(year) for year in range(1900, 2051)} - {0} <= set(lunar.LEAP_MONTHS)


def test_a_solar_birthday_falls_once_a_year() -> None:
    assert occurrences(Solar(3, 5), date(2026, 3, 5), date(2028, 3, 5)) == (
        Occurrence("2026", date(2026, 3, 5)),
        Occurrence("2027", date(2027, 3, 5)),
        Occurrence("2028", date(2028, 3, 5)),
    )


@pytest.mark.parametrize(
    ("choice", "moved"), [(LeapDay.FEB_28, ["2027-02-28", "2029-02-28"]), (LeapDay.MAR_1, ["2027-03-01", "2029-03-01"])]
)
def test_29_february_falls_where_the_member_chose(choice: LeapDay, moved: list[str]) -> None:
    rule = Solar(2, 29, choice)
    assert days_of(rule, 2027, 2029) == [moved[0], "2028-02-29", moved[1]]
    notes = [each.notes for each in occurrences(rule, date(2027, 1, 1), date(2028, 12, 31))]
    assert notes == [(Note.LEAP_DAY_MOVED,), ()]


def test_29_february_follows_the_century_rule() -> None:
    assert days_of(Solar(2, 29), 2100, 2100) == ["2100-02-28"]


def test_the_choice_for_29_february_means_nothing_on_another_day() -> None:
    assert Solar(3, 5, LeapDay.MAR_1) == Solar(3, 5)


def test_a_lunar_birthday_may_fall_twice_in_a_year_and_then_not_at_all() -> None:
    assert days_of(Lunar(12, 1), 2024, 2024) == ["2024-01-11", "2024-12-31"]
    assert days_of(Lunar(12, 1), 2025, 2025) == []
    found = occurrences(Lunar(12, 1), date(2024, 1, 1), date(2026, 12, 31))
    assert [each.key for each in found] == ["lunar-2023", "lunar-2024", "lunar-2025"]


def test_the_30th_falls_on_the_29th_of_a_short_month() -> None:
    short, full = occurrence_in(Lunar(12, 30), 2025), occurrence_in(Lunar(12, 30), 2026)
    assert short == Occurrence("lunar-2025", date(2026, 2, 16), (Note.SHORT_MONTH,))
    assert full == Occurrence("lunar-2026", date(2027, 2, 6))


def test_the_twelfth_month_has_no_30th_in_eleven_of_the_years_to_come() -> None:
    found = [occurrence_in(Lunar(12, 30), year) for year in range(2024, 2050)]
    assert sum(Note.SHORT_MONTH in each.notes for each in found if each) == 11


def test_a_leap_month_birthday_falls_in_the_leap_month_or_else_in_the_plain_one() -> None:
    assert occurrence_in(Lunar(6, 1, leap=True), 2025) == Occurrence("lunar-2025", date(2025, 7, 25))
    assert occurrence_in(Lunar(6, 1, leap=True), 2026) == Occurrence(
        "lunar-2026", date(2026, 7, 14), (Note.PLAIN_MONTH,)
    )


def test_a_plain_month_birthday_falls_once_in_a_year_with_that_leap_month() -> None:
    assert days_of(Lunar(6, 1), 2025, 2025) == ["2025-06-25"]


def test_a_leap_month_30th_may_be_moved_twice() -> None:
    assert occurrence_in(Lunar(6, 30, leap=True), 2027) == Occurrence(
        "lunar-2027", date(2027, 8, 1), (Note.PLAIN_MONTH, Note.SHORT_MONTH)
    )


def test_the_tables_end_on_the_last_day_of_2050() -> None:
    assert last_known() == date(2050, 12, 31)
    assert occurrence_in(Lunar(11, 18), 2050) == Occurrence("lunar-2050", last_known())
    assert occurrence_in(Lunar(11, 19), 2050) is None
    assert occurrence_in(Lunar(11, 30), 2050) is None
    assert occurrence_in(Lunar(12, 1), 2050) is None


def test_a_look_beyond_the_tables_is_refused_and_not_answered_with_nothing() -> None:
    with pytest.raises(RuleError) as refused:
        occurrences(Lunar(1, 1), date(2050, 1, 1), date(2051, 1, 1))
    assert refused.value.reason is Reason.BEYOND_TABLES
    assert refused.value.values["last"] == date(2050, 12, 31)


def test_solar_birthdays_know_no_end() -> None:
    assert days_of(Solar(12, 31), 9998, 9999) == ["9998-12-31", "9999-12-31"]


@settings(deadline=None)
@given(rules)
def test_a_birthday_falls_exactly_once_in_each_year_of_its_own_calendar(rule: Rule) -> None:
    found = occurrences(rule, date(2000, 2, 5), date(2050, 1, 22))
    assert len({each.key for each in found}) == len(found)
    assert [each.year for each in found if 2001 <= each.year <= 2048] == list(range(2001, 2049))
    assert list(found) == sorted(found, key=lambda each: each.date)


@settings(deadline=None)
@given(rules, st.dates(date(2000, 1, 1), date(2049, 12, 31)), st.integers(0, 400))
def test_a_window_holds_just_what_falls_into_it(rule: Rule, first: date, days: int) -> None:
    last = min(date.fromordinal(first.toordinal() + days), last_known())
    whole = occurrences(rule, date(2000, 1, 1), last_known())
    assert occurrences(rule, first, last) == tuple(each for each in whole if first <= each.date <= last)


@pytest.mark.parametrize(
    ("month", "day", "reason"),
    [
        (4, 31, Reason.NO_SUCH_DAY),
        (2, 30, Reason.NO_SUCH_DAY),
        (1, 0, Reason.NO_SUCH_DAY),
        (13, 1, Reason.NO_SUCH_MONTH),
        (0, 1, Reason.NO_SUCH_MONTH),
    ],
)
def test_a_solar_day_that_no_year_has_is_refused(month: int, day: int, reason: Reason) -> None:
    with pytest.raises(RuleError) as refused:
        Solar(month, day)
    assert refused.value.reason is reason
    assert refused.value.values["month"] == month


@pytest.mark.parametrize(
    ("month", "day", "leap", "reason"),
    [
        (13, 1, False, Reason.NO_SUCH_MONTH),
        (1, 31, False, Reason.NO_SUCH_LUNAR_DAY),
        (1, 0, False, Reason.NO_SUCH_LUNAR_DAY),
        (1, 1, True, Reason.NEVER_A_LEAP_MONTH),
        (12, 1, True, Reason.NEVER_A_LEAP_MONTH),
    ],
)
def test_a_lunar_day_that_no_year_has_is_refused(month: int, day: int, leap: bool, reason: Reason) -> None:
    with pytest.raises(RuleError) as refused:
        Lunar(month, day, leap)
    assert refused.value.reason is reason


def test_a_birth_has_a_solar_date() -> None:
    today = date(2026, 11, 20)
    assert born(Solar(2, 29), 2000, today) == date(2000, 2, 29)
    assert born(Lunar(12, 20), 1999, today) == date(2000, 1, 26)
    assert born(Lunar(4, 5, leap=True), 2001, today) == date(2001, 5, 27)


@pytest.mark.parametrize(
    ("rule", "year", "reason", "values"),
    [
        (Solar(1, 1), 3000, Reason.YEAR_OUT_OF_RANGE, {"year": 3000, "first": 1900, "last": 2026}),
        (Solar(1, 1), 1899, Reason.YEAR_OUT_OF_RANGE, {"year": 1899, "first": 1900, "last": 2026}),
        (Lunar(1, 1), 3000, Reason.YEAR_OUT_OF_RANGE, {"year": 3000, "first": 1900, "last": 2026}),
        (Solar(11, 21), 2026, Reason.NOT_YET_BORN, {"date": date(2026, 11, 21)}),
        (Solar(2, 29), 2001, Reason.NO_SUCH_DAY_THAT_YEAR, {"year": 2001, "month": 2, "day": 29, "most": 28}),
        (Lunar(12, 30), 2025, Reason.NO_SUCH_DAY_THAT_YEAR, {"year": 2025, "month": 12, "day": 30, "most": 29}),
        (Lunar(5, 3, True), 2001, Reason.NO_LEAP_MONTH_THAT_YEAR, {"year": 2001, "month": 5, "has": 4}),
        (Lunar(5, 3, True), 2000, Reason.NO_LEAP_MONTH_THAT_YEAR, {"year": 2000, "month": 5, "has": 0}),
    ],
)
def test_a_birth_that_cannot_have_been_is_refused(
    rule: Rule, year: int, reason: Reason, values: dict[str, int | date]
) -> None:
    with pytest.raises(RuleError) as refused:
        born(rule, year, date(2026, 11, 20))
    assert refused.value.reason is reason
    assert refused.value.values == values
