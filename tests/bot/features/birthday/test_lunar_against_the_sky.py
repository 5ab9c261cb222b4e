"""The lunar tables against the sky itself: every month from the 11th of lunar 1999 to the 10th of lunar 2050.

The other side is computed, not copied. PyEphem gives the new moons and the sun's longitude, and the rules of the
calendar (GB/T 33661-2017, the same in Korea, but at UTC+9) give the months: a month begins on the local day of the new
moon; the month of the winter solstice is the 11th; where thirteen months lie between two such months, the first without
a principal term (the sun at a multiple of 30°) is the leap month. PyEphem knows nothing of calendars, and the tables
nothing of the sky. The new moon nearest to a midnight in Seoul came 57 seconds after it (2 December 2005), and of
those to come 155 seconds before one (19 November 2044): that is how exact the computation has to be.
"""

import math
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise

import ephem

from bot.features.birthday.calendar import lunar

FIRST, LAST = 2000, 2050
KOREA, CHINA = 9, 8
Calendar = dict[tuple[int, int, bool], date]


def test_every_month_begins_on_the_day_of_the_new_moon_over_korea() -> None:
    computed = sky_calendar(KOREA)
    assert len(computed) == 51 * 12 + 19
    assert table() == computed


def test_every_month_is_as_long_as_the_moon_makes_it() -> None:
    computed = sorted(sky_calendar(KOREA).items(), key=lambda item: item[1])
    for ((year, month, leap), first), (_, following) in pairwise(computed):
        assert lunar.months(year)[month, leap].days == (following - first).days


def test_the_chinese_calendar_differs_where_a_new_moon_falls_between_eleven_and_midnight_in_beijing() -> None:
    """Midnight comes an hour later there, so such a new moon belongs to the day before; twice it moved a leap month."""
    korean, chinese = sky_calendar(KOREA), sky_calendar(CHINA)
    different = {key for key in korean | chinese if korean.get(key) != chinese.get(key)}
    assert {key for key in different if key[2]} == {(2012, 3, True), (2012, 4, True), (2017, 5, True), (2017, 6, True)}
    new_years = {year: (korean[year, 1, False], chinese[year, 1, False]) for year, month, _ in different if month == 1}
    assert new_years == {
        2027: (date(2027, 2, 7), date(2027, 2, 6)),
        2028: (date(2028, 1, 27), date(2028, 1, 26)),
    }
    assert sorted(key for key in different if not key[2] and key[1] != 1) == [
        (2001, 4, False), (2005, 11, False), (2012, 4, False), (2012, 5, False), (2012, 7, False), (2013, 5, False),
        (2017, 6, False), (2019, 11, False), (2020, 2, False), (2023, 4, False), (2026, 9, False), (2029, 6, False),
        (2031, 2, False), (2034, 12, False), (2036, 11, False), (2040, 8, False), (2041, 2, False), (2046, 5, False),
        (2048, 11, False), (2050, 2, False),
    ]  # fmt: skip


def table() -> Calendar:
    months = {
        (year, month, leap): found.first
        for year in range(FIRST - 1, LAST + 1)
        for (month, leap), found in lunar.months(year).items()
    }
    covered = date(FIRST - 1, 12, 1), date(LAST, 12, 1)
    return {key: first for key, first in months.items() if covered[0] <= first <= covered[1]}


def sky_calendar(hours: int) -> Calendar:
    """Return the first day of each month, ``hours`` east of Greenwich."""
    moons = list(new_moons(hours))
    solstices = [local_day(ephem.next_winter_solstice(f"{year}/12/1"), hours) for year in range(FIRST - 1, LAST + 1)]
    found: Calendar = {}
    for year, (before, after) in zip(range(FIRST, LAST + 1), pairwise(solstices), strict=True):
        begins = max(index for index, moon in enumerate(moons) if moon <= before)
        ends = max(index for index, moon in enumerate(moons) if moon <= after)
        for number, leap, first in numbered(moons[begins : ends + 1], hours):
            found[year - 1 if number >= 11 else year, number, leap] = first
    return found


def numbered(moons: Sequence[date], hours: int) -> Iterator[tuple[int, bool, date]]:
    """Yield the months of one solstice year; ``moons`` are their first days and the first day after them."""
    leap_to_come = len(moons) - 1 == 13
    number = 10
    for first, following in pairwise(moons):
        leap = leap_to_come and thirty_degrees(first, hours) == thirty_degrees(following, hours)
        leap_to_come = leap_to_come and not leap
        number = number if leap else number % 12 + 1
        yield number, leap, first


def new_moons(hours: int) -> Iterator[date]:
    moon = ephem.next_new_moon(f"{FIRST - 1}/11/1")
    while moon.datetime().year <= LAST + 1:
        yield local_day(moon, hours)
        moon = ephem.next_new_moon(moon + 1)


def thirty_degrees(day: date, hours: int) -> int:
    """Return which twelfth of its way the sun is in when ``day`` begins."""
    moment = ephem.Date(datetime(day.year, day.month, day.day) - timedelta(hours=hours))
    return int(math.degrees(ephem.Ecliptic(ephem.Sun(moment), epoch=moment).lon) // 30)


def local_day(moment: ephem.Date, hours: int) -> date:
    return (moment.datetime() + timedelta(hours=hours)).date()
