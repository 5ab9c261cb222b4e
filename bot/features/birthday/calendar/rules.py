"""Rules and occurrences: on which days a birthday falls. Pure: knows nothing of members, hours, languages or storage.

A rule says when in a year; an occurrence is one such day, and its key names the year that it belongs to, in the
rule's own calendar. A lunar birthday may fall twice in a solar year and then not at all, yet once in a lunar year.
"""

from calendar import isleap
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, StrEnum
from functools import lru_cache

from bot.features.birthday.calendar import lunar
from bot.features.birthday.errors import Reason, RuleError

_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_LUNAR_KEY = "lunar-"
_OLDEST = 1900


class LeapDay(StrEnum):
    """Where a 29 February birthday falls in a year without that day."""

    FEB_28 = "feb-28"
    MAR_1 = "mar-1"


class Note(Enum):
    """Why an occurrence is not on the very day of its rule."""

    LEAP_DAY_MOVED = "leap-day-moved"
    """29 February, in a year without it."""
    SHORT_MONTH = "short-month"
    """The 30th of a lunar month that has 29 days this time: its last day."""
    PLAIN_MONTH = "plain-month"
    """A leap month, in a year without it: the plain month of that number, as custom has it."""


@dataclass(frozen=True, slots=True)
class Solar:
    """A month and a day of the solar calendar, and the choice that only a 29 February needs.

    Raises:
        RuleError: there is no such day in any year.
    """

    month: int
    day: int
    leap_day: LeapDay = LeapDay.FEB_28

    def __post_init__(self) -> None:
        _check_month(self.month)
        most = _DAYS[self.month - 1]
        if not 1 <= self.day <= most:
            raise RuleError(Reason.NO_SUCH_DAY, month=self.month, day=self.day, most=most)
        if not self.on_leap_day:
            # Two rules that always fall together are equal.
            object.__setattr__(self, "leap_day", LeapDay.FEB_28)

    @property
    def on_leap_day(self) -> bool:
        """Whether this is 29 February."""
        return (self.month, self.day) == (2, 29)


@dataclass(frozen=True, slots=True)
class Lunar:
    """A month and a day of the Korean lunar calendar, in the leap month (윤달) of that number if ``leap``.

    Raises:
        RuleError: there is no such day in any year, or never a leap month of that number.
    """

    month: int
    day: int
    leap: bool = False

    def __post_init__(self) -> None:
        _check_month(self.month)
        if not 1 <= self.day <= lunar.MOST_DAYS:
            raise RuleError(Reason.NO_SUCH_LUNAR_DAY, month=self.month, day=self.day)
        if self.leap and self.month not in lunar.LEAP_MONTHS:
            raise RuleError(Reason.NEVER_A_LEAP_MONTH, month=self.month)


Rule = Solar | Lunar


@dataclass(frozen=True, slots=True)
class Birthday:
    """A rule, the year of birth in its calendar if it was given, and whether the year is kept to oneself."""

    rule: Rule
    year: int | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One day on which a rule falls. No two of one rule share a key: ``2027``, or ``lunar-2026`` by lunar year.

    One of a rule that was changed since has its day for a key.
    """

    key: str
    date: date
    notes: tuple[Note, ...] = ()

    @property
    def year(self) -> int:
        """The year in the rule's own calendar."""
        return int(self.key.removeprefix(_LUNAR_KEY)[:4])


def last_known() -> date:
    """Return the last day of which it is known whether a lunar birthday falls on it; solar ones know no end."""
    return lunar.LAST


# A day's plan asks for the same few hundred rules a hundred thousand times.
@lru_cache(maxsize=8192)
def occurrences(rule: Rule, first: date, last: date) -> tuple[Occurrence, ...]:
    """Return every occurrence from ``first`` to ``last``, both included, in order.

    Raises:
        RuleError: the rule is lunar, and the lunar tables do not cover all these days.
    """
    if isinstance(rule, Lunar) and not (first >= lunar.FIRST and last <= lunar.LAST):
        raise RuleError(Reason.BEYOND_TABLES, first=lunar.FIRST, last=lunar.LAST)
    # A lunar year ends in the January or February after it.
    years = range(max(first.year - 1, date.min.year), last.year + 1)
    of_years = (occurrence_in(rule, year) for year in years)
    return tuple(occurrence for occurrence in of_years if occurrence and first <= occurrence.date <= last)


def within(rule: Rule, first: date, last: date) -> tuple[Occurrence, ...]:
    """Return the occurrences from ``first`` to ``last``; of a lunar rule those that the tables know."""
    end = min(last, last_known()) if isinstance(rule, Lunar) else last
    return occurrences(rule, first, end) if first <= end else ()


def occurrence_in(rule: Rule, year: int) -> Occurrence | None:
    """Return the occurrence of ``rule`` in ``year`` of its own calendar; None where the lunar tables lack it."""
    return _solar(rule, year) if isinstance(rule, Solar) else _lunar(rule, year)


def _solar(rule: Solar, year: int) -> Occurrence:
    if not rule.on_leap_day or isleap(year):
        return Occurrence(str(year), date(year, rule.month, rule.day))
    moved = date(year, 2, 28) if rule.leap_day is LeapDay.FEB_28 else date(year, 3, 1)
    return Occurrence(str(year), moved, (Note.LEAP_DAY_MOVED,))


def _lunar(rule: Lunar, year: int) -> Occurrence | None:
    months = lunar.months(year)
    without = rule.leap and (rule.month, True) not in months
    month = months.get((rule.month, rule.leap and not without))
    # Only where the tables end has a month fewer than 29 days.
    if month is None or min(rule.day, lunar.MOST_DAYS - 1) > month.days:
        return None
    day = min(rule.day, month.days)
    reasons = {Note.PLAIN_MONTH: without, Note.SHORT_MONTH: day < rule.day}
    notes = tuple(note for note, holds in reasons.items() if holds)
    return Occurrence(f"{_LUNAR_KEY}{year}", month.first + timedelta(days=day - 1), notes)


def born(rule: Rule, year: int, today: date) -> date:
    """Return the solar date of a birth in ``year`` of the rule's own calendar; here the day must be the very one.

    Raises:
        RuleError: no one alive was born then, or that year has no such day or leap month.
    """
    if not _OLDEST <= year <= today.year:
        raise RuleError(Reason.YEAR_OUT_OF_RANGE, year=year, first=_OLDEST, last=today.year)
    occurrence = occurrence_in(rule, year)
    if occurrence is None:
        raise RuleError(Reason.BEYOND_TABLES, first=lunar.FIRST, last=lunar.LAST)
    if occurrence.notes:
        raise _not_that_year(rule, year, occurrence.notes)
    if occurrence.date > today:
        raise RuleError(Reason.NOT_YET_BORN, date=occurrence.date)
    return occurrence.date


def _not_that_year(rule: Rule, year: int, notes: tuple[Note, ...]) -> RuleError:
    if Note.PLAIN_MONTH in notes:
        has = lunar.leap_month(year)
        return RuleError(Reason.NO_LEAP_MONTH_THAT_YEAR, year=year, month=rule.month, has=has)
    return RuleError(Reason.NO_SUCH_DAY_THAT_YEAR, year=year, month=rule.month, day=rule.day, most=rule.day - 1)


def _check_month(month: int) -> None:
    if not 1 <= month <= len(_DAYS):
        raise RuleError(Reason.NO_SUCH_MONTH, month=month)
