"""Reading of birthday records, from rows that may be damaged, with the last day wished. Knows no chat."""

import logging
from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.features.birthday.calendar.rule_text import rule_of
from bot.features.birthday.calendar.rules import Birthday
from bot.features.birthday.model import WISHED, BirthdayRecord
from bot.features.birthday.storage import planning, tables
from bot.features.birthday.storage.validation import is_readable

_birthdays, _occurrences = tables.birthdays, tables.occurrences
_log = logging.getLogger(__name__)

_theirs = _occurrences.alias("theirs")
COLUMNS = (
    *_birthdays.c,
    select(func.max(_theirs.c.day))
    .where(
        _theirs.c.guild_id == _birthdays.c.guild_id,
        _theirs.c.user_id == _birthdays.c.user_id,
        _theirs.c.state.in_(WISHED),
    )
    .scalar_subquery()
    .label("wished"),
)
"""What a :class:`BirthdayRecord` is made of."""


async def records_of(connection: AsyncConnection, guild_id: int, user_ids: Iterable[int]) -> tuple[BirthdayRecord, ...]:
    """Return those of ``user_ids`` who have a birthday here, also who left."""
    ids = list(user_ids)
    records: list[BirthdayRecord] = []
    for start in range(0, len(ids), planning.CHUNK):
        some = _birthdays.c.user_id.in_(ids[start : start + planning.CHUNK])
        rows = await connection.execute(select(*COLUMNS).where(_birthdays.c.guild_id == guild_id, some))
        records += _readable(rows)
    return tuple(records)


async def present_records(connection: AsyncConnection, guild_id: int) -> tuple[BirthdayRecord, ...]:
    """Return all of a server that are not known to have left, by user id."""
    here = and_(_birthdays.c.guild_id == guild_id, _birthdays.c.left_at.is_(None))
    rows = await connection.execute(select(*COLUMNS).where(here).order_by(_birthdays.c.user_id))
    return tuple(_readable(rows))


async def damaged_ids(connection: AsyncConnection, guild_id: int) -> tuple[int, ...]:
    """Return the ids of those of a server whose birthday cannot be read."""
    rows = await connection.execute(select(*COLUMNS).where(_birthdays.c.guild_id == guild_id))
    return tuple(row.user_id for row in rows if record_of(row) is None)


async def guilds_with_birthdays(connection: AsyncConnection) -> tuple[int, ...]:
    """Return the servers on which anyone has a birthday."""
    return tuple((await connection.execute(select(_birthdays.c.guild_id).distinct())).scalars())


def record_of(row: Row[*tuple[Any, ...]]) -> BirthdayRecord | None:
    """Return the record in a row that has :data:`COLUMNS`; None for a damaged one, which is named in the log once."""
    if row.since is None or not is_readable(_birthdays.name, row._asdict()):
        _name_damaged(row.guild_id, row.user_id)
        return None
    birthday = Birthday(rule_of(row.rule), row.year, row.hidden)
    return BirthdayRecord(row.guild_id, row.user_id, row.name, birthday, row.since, row.left_at, row.wished)


def _readable(rows: Iterable[Row[*tuple[Any, ...]]]) -> list[BirthdayRecord]:
    return [record for row in rows if (record := record_of(row))]


@cache
def _name_damaged(guild_id: int, user_id: int) -> None:
    _log.error("The birthday of user %d on server %d cannot be read and is left out: set it again.", user_id, guild_id)
