"""Digests, the lists of coming birthdays that a server may have posted: their periods, and when one is due. Pure."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.features.birthday.model import DigestRhythm, GuildSettings


@dataclass(frozen=True, slots=True)
class Period:
    """The days of one digest."""

    rhythm: DigestRhythm
    first: date

    @property
    def name(self) -> str:
        """What it is kept under."""
        return f"{self.rhythm}-{self.first.isoformat()}"

    @property
    def last(self) -> date:
        """The last day."""
        if self.rhythm is DigestRhythm.WEEKLY:
            return self.first + timedelta(days=6)
        return self.first.replace(day=calendar.monthrange(self.first.year, self.first.month)[1])

    @property
    def next(self) -> "Period":
        """The one after."""
        return Period(self.rhythm, self.last + timedelta(days=1))


def named(name: str) -> Period:
    """Return the period of that name."""
    rhythm, _, first = name.partition("-")
    return Period(DigestRhythm(rhythm), date.fromisoformat(first))


def period_of(rhythm: DigestRhythm, day: date) -> Period:
    """Return the period that ``day`` is in."""
    monday = day - timedelta(days=day.weekday())
    return Period(rhythm, monday if rhythm is DigestRhythm.WEEKLY else day.replace(day=1))


def due(wanting: Iterable[GuildSettings], now: datetime) -> tuple[tuple[GuildSettings, Period], ...]:
    """Return which of those that want a digest one is due for by now, and not too late."""
    return tuple((settings, period) for settings in wanting if (period := _due(settings, now)))


def next_due(wanting: Iterable[GuildSettings], now: datetime) -> datetime | None:
    """Return when the next digest is due."""
    return min((_next(settings, now) for settings in wanting), default=None)


def _due(settings: GuildSettings, now: datetime) -> Period | None:
    period = period_of(settings.digest, settings.today(now))
    has_begun = settings.digest_from is None or period.first > settings.digest_from
    is_time = settings.due(period.first) <= now
    return period if has_begun and is_time and not settings.is_too_late(period.first, now) else None


def _next(settings: GuildSettings, now: datetime) -> datetime:
    period = period_of(settings.digest, settings.today(now))
    due = settings.due(period.first)
    return due if due > now else settings.due(period.next.first)
