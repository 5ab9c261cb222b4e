"""A server's birthdays as a table and as a calendar. Pure; hidden years stay out of both."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from bot.features.birthday.exchange.csv_file import write_sheet
from bot.features.birthday.exchange.csv_rows import Entry
from bot.features.birthday.exchange.ics import Event, calendar_of
from bot.features.birthday.model import BirthdayRecord
from bot.features.birthday.texts import BirthdayTexts


def table(records: Iterable[BirthdayRecord]) -> bytes:
    """Return a CSV file that can be imported again."""
    return write_sheet(_entry(record) for record in records)


def calendar(records: Iterable[BirthdayRecord], server: str, now: datetime, today: date, texts: BirthdayTexts) -> bytes:
    """Return an ICS file from ``today`` on; a member's id in it stays the same from export to export."""
    events = (
        Event(
            f"{record.guild_id}-{record.user_id}@dantok",
            texts.calendar_title.format(name=record.name),
            record.birthday.rule,
        )
        for record in records
    )
    return calendar_of(events, texts.calendar_name.format(server=server), now, today)


def _entry(record: BirthdayRecord) -> Entry:
    birthday = record.birthday
    return Entry(record.name, record.user_id, replace(birthday, year=None) if birthday.hidden else birthday)
