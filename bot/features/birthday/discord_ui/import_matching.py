"""Matching: which members of the server the rows of a sheet mean."""

from collections.abc import Mapping
from dataclasses import replace

import discord

from bot.features.birthday.calendar.rules import Birthday
from bot.features.birthday.discord_ui.members import members_by_id, members_called
from bot.features.birthday.errors import BirthdayError, Reason
from bot.features.birthday.exchange.csv_file import BadRow
from bot.features.birthday.exchange.csv_rows import Entry, RowError
from bot.features.birthday.model import BirthdayRecord

MOST_NAMES = 80
"""Names looked up at most: each is a question over the gateway, which takes 120 a minute."""


async def match(server: discord.Guild, entries: Mapping[int, Entry]) -> tuple[list[Entry], list[BadRow]]:
    """Return the entries with the id and name of the member meant, and those rows that mean nobody or several."""
    here = await members_by_id(server, (entry.user_id for entry in entries.values() if entry.user_id))
    good: dict[int, tuple[int, Entry]] = {}
    bad: list[BadRow] = []
    lookups = 0
    for number, entry in entries.items():
        try:
            if entry.user_id is None:
                lookups += 1
            member = await _member(server, entry, here, lookups)
            if member.bot:
                raise RowError(Reason.IS_A_BOT, name=member.display_name)
            first, _ = good.setdefault(member.id, (number, _matched(entry, member)))
            if first != number:
                raise RowError(Reason.SAME_AS_ROW, row=first)
        except BirthdayError as error:
            bad.append(BadRow(number, error.reason, error.values, entry.name or str(entry.user_id)))
    return [entry for _, entry in good.values()], bad


def with_known_year(birthday: Birthday, before: BirthdayRecord | None) -> Birthday:
    """Return ``birthday`` with the year known for the same rule where it comes without one: an export hides some."""
    if before is None or birthday.year is not None or before.birthday.rule != birthday.rule:
        return birthday
    return replace(birthday, year=before.birthday.year)


async def _member(
    server: discord.Guild, entry: Entry, here: Mapping[int, discord.Member], lookups: int
) -> discord.Member:
    if entry.user_id is not None:
        if entry.user_id not in here:
            raise RowError(Reason.NO_MEMBER, user=entry.user_id)
        return here[entry.user_id]
    if lookups > MOST_NAMES:
        raise RowError(Reason.TOO_MANY_NAMES, limit=MOST_NAMES)
    candidates = await members_called(server, entry.name)
    if not candidates:
        raise RowError(Reason.NOBODY_CALLED, name=entry.name)
    if len(candidates) > 1:
        raise RowError(Reason.SEVERAL_CALLED, name=entry.name)
    return candidates[0]


def _matched(entry: Entry, member: discord.Member) -> Entry:
    return Entry(member.display_name, member.id, entry.birthday)
