"""Personal data: every row of a user in the tables that have users, as JSON has it. Knows no tables."""

import base64
from collections.abc import Iterable
from datetime import date, datetime, time

from sqlalchemy import BigInteger, Column, Table, select

from bot.store.store import Store


async def rows_of_user(store: Store, tables: Iterable[Table], user_id: int) -> dict[str, object]:
    """Return the rows with this ``user_id``, by table, without the tables that have none.

    Ids are strings, as in Discord's own JSON: JavaScript's numbers cannot hold them. Bytes are in base 64.
    """
    rows: dict[str, object] = {}
    async with store.reading() as connection:
        for table in tables:
            result = await connection.execute(select(table).where(table.c.user_id == user_id))
            if theirs := [
                {column.name: _as_json(column, row[column]) for column in table.c} for row in result.mappings()
            ]:
                rows[table.name] = theirs
    return rows


def _as_json(column: "Column[object]", value: object) -> object:
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return str(value) if isinstance(column.type, BigInteger) and value is not None else value
