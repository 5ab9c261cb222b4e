"""How old a birthday makes someone."""

from datetime import date

import pytest

from bot.features.birthday.calendar.ages import AgeStyle, age_at
from bot.features.birthday.calendar.rules import LeapDay, Lunar, Rule, Solar, occurrences


def age_on(day: date, rule: Rule, year: int | None, style: AgeStyle, *, hidden: bool = False) -> int | None:
    (occurrence,) = occurrences(rule, day, day)
    return age_at(occurrence, rule, year, style, hidden=hidden)


@pytest.mark.parametrize(
    ("style", "age"), [(AgeStyle.INTERNATIONAL, 26), (AgeStyle.COUNTING, 27), (AgeStyle.NONE, None)]
)
def test_a_group_counts_ages_in_its_own_way(style: AgeStyle, age: int | None) -> None:
    assert age_on(date(2026, 3, 5), Solar(3, 5), 2000, style) == age


@pytest.mark.parametrize("style", AgeStyle)
def test_no_age_without_a_year_or_with_a_hidden_one(style: AgeStyle) -> None:
    assert age_on(date(2026, 3, 5), Solar(3, 5), None, style) is None
    assert age_on(date(2026, 3, 5), Solar(3, 5), 2000, style, hidden=True) is None


@pytest.mark.parametrize("choice", LeapDay)
def test_a_moved_29_february_counts_like_any_birthday(choice: LeapDay) -> None:
    day = date(2027, 2, 28) if choice is LeapDay.FEB_28 else date(2027, 3, 1)
    assert age_on(day, Solar(2, 29, choice), 2000, AgeStyle.INTERNATIONAL) == 27


def test_a_lunar_birthday_counts_lunar_years_and_so_never_skips_or_repeats_an_age() -> None:
    found = occurrences(Lunar(12, 1), date(2024, 1, 1), date(2026, 12, 31))
    ages = [age_at(each, Lunar(12, 1), 2000, AgeStyle.INTERNATIONAL) for each in found]
    assert [str(each.date) for each in found] == ["2024-01-11", "2024-12-31", "2026-01-19"]
    assert ages == [23, 24, 25]


def test_the_counting_age_of_a_lunar_birth_goes_by_the_solar_years_of_birth_and_birthday() -> None:
    """Lunar 1999-12-20 was 26 January 2000, and lunar 2025-12-20 is 7 February 2026: 27, as for all born in 2000."""
    assert age_on(date(2026, 2, 7), Lunar(12, 20), 1999, AgeStyle.COUNTING) == 27


def test_the_day_of_birth_itself_has_no_age_to_wish_for() -> None:
    assert age_on(date(2026, 3, 5), Solar(3, 5), 2026, AgeStyle.INTERNATIONAL) is None
    assert age_on(date(2026, 3, 5), Solar(3, 5), 2026, AgeStyle.COUNTING) == 1
    assert age_on(date(2025, 3, 5), Solar(3, 5), 2026, AgeStyle.COUNTING) is None
