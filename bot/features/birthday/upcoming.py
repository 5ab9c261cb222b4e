"""Upcoming birthdays: who celebrates when in some days to come, for lists, plans and digests. Pure."""

from collections.abc import Iterable
from datetime import date, timedelta

from bot.features.birthday.calendar.rules import within
from bot.features.birthday.model import REST, BirthdayRecord, Celebrated

AHEAD = timedelta(days=385) + REST
"""Within it everyone has an occurrence: from one lunar birthday to the next there are at most 385 days."""


def next_of(record: BirthdayRecord, today: date) -> Celebrated | None:
    """Return whom the next wish is for and when, from ``today`` on; None beyond the tables of the lunar calendar."""
    coming = upcoming([record], today, today + AHEAD)
    return next((celebrated for celebrated in coming if celebrated.occurrence.date != record.wished), None)


def upcoming(records: Iterable[BirthdayRecord], first: date, last: date) -> tuple[Celebrated, ...]:
    """Return every occurrence to congratulate on from ``first`` to ``last``, by day and then name.

    Lunar ones come as far as they are known. What is left out the sender leaves out too.
    """
    people = [
        Celebrated(record, occurrence)
        for record in records
        for occurrence in within(record.birthday.rule, first, last)
        if record.is_wished_on(occurrence.date)
    ]
    return tuple(
        sorted(
            people,
            key=lambda celebrated: (celebrated.occurrence.date, celebrated.record.name, celebrated.record.user_id),
        )
    )
