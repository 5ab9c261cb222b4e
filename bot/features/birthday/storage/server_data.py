"""Server data: what is stored about one server, to delete it when it has been left for long. Knows no Discord."""

from sqlalchemy import Table, delete, select

from bot.features.birthday.storage import tables
from bot.store.store import Store

_TABLES = tuple(each for each in vars(tables).values() if isinstance(each, Table) and "guild_id" in each.c)
"""What hangs on one of these goes with it: templates with the settings, celebrants with a wish."""


async def servers(store: Store) -> frozenset[int]:
    """Return the servers that anything is stored about."""
    found: set[int] = set()
    async with store.reading() as connection:
        for table in _TABLES:
            found.update((await connection.execute(select(table.c.guild_id).distinct())).scalars())
    return frozenset(found)


async def forget(store: Store, server: int) -> None:
    """Delete every row about a server."""
    async with store.writing() as connection:
        for table in _TABLES:
            await connection.execute(delete(table).where(table.c.guild_id == server))
