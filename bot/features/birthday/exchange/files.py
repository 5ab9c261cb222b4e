"""A server's birthdays as a table and as a calendar. Pure; hidden years stay out of both."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from bot.features.birthday.exchange.csv_file import write_sheet
from bot.features.birthday.exchange.csv_rows import Entry
from bot.features.birthday.exchange.ics import Event, calendar_of
from bot.features.birthday.storage.birthdays import Member
from bot.i18n.birthday_texts import BirthdayTexts


def table(members: Iterable[Member]) -> bytes:
    """Return a CSV file that can be imported again."""
    return write_sheet(_entry(member) for member in members)


def calendar(members: Iterable[Member], server: str, now: datetime, today: date, texts: BirthdayTexts) -> bytes:
    """Return an ICS file from ``today`` on; a member's id in it stays the same from export to export."""
    events = (
        Event(
            f"{member.guild_id}-{member.user_id}@dantok",
            texts.calendar_title.format(name=member.name),
            member.birthday.rule,
        )
        for member in members
    )
    return calendar_of(events, texts.calendar_name.format(server=server), now, today)


def _entry(member: Member) -> Entry:
    birthday = member.birthday
    return Entry(member.name, member.user_id, replace(birthday, year=None) if birthday.hidden else birthday)
