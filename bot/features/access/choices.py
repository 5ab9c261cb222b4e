"""Choices: whose voice somebody wants to hear where they are alone with the bot. Knows no Discord."""

from sqlalchemy import BigInteger, Column, Table, delete, select

from bot.store.columns import METADATA, insert
from bot.store.personal_data import rows_of_user
from bot.store.store import Store

TABLE = Table(
    "chosen_groups",
    METADATA,
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("guild_id", BigInteger, nullable=False, index=True, doc="whether they may hear it is asked anew"),
)


class ChoiceRepository:
    """One server a person."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def choose(self, user_id: int, server: int) -> None:
        """Remember a choice."""
        row = {"user_id": user_id, "guild_id": server}
        async with self._store.writing() as connection:
            statement = insert(connection, TABLE).values(row)
            await connection.execute(
                statement.on_conflict_do_update(index_elements=["user_id"], set_={"guild_id": server})
            )

    async def of(self, user_id: int) -> int | None:
        """Return what somebody has chosen."""
        async with self._store.reading() as connection:
            return await connection.scalar(select(TABLE.c.guild_id).where(TABLE.c.user_id == user_id))

    async def servers(self) -> frozenset[int]:
        """Return every server that somebody has chosen."""
        async with self._store.reading() as connection:
            return frozenset((await connection.execute(select(TABLE.c.guild_id).distinct())).scalars())

    async def export(self, user_id: int) -> dict[str, object]:
        """Return the choice of a user."""
        return await rows_of_user(self._store, [TABLE], user_id)

    async def forget(self, user_id: int) -> None:
        """Delete the choice of a user."""
        async with self._store.writing() as connection:
            await connection.execute(delete(TABLE).where(TABLE.c.user_id == user_id))

    async def forget_server(self, server: int) -> None:
        """Delete every choice of a server."""
        async with self._store.writing() as connection:
            await connection.execute(delete(TABLE).where(TABLE.c.guild_id == server))
