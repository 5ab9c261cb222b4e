"""The servers on which the bot answers when it is called, and in which language. Knows no Discord."""

from sqlalchemy import BigInteger, Column, String, Table, delete, select

from bot.store.columns import METADATA, insert
from bot.store.store import Store

TABLE = Table(
    "answering_servers",
    METADATA,
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
    Column("language", String(8), nullable=False, doc="of whoever turned it on"),
)


class AnsweringServerRepository:
    """The servers where a manager has turned it on."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def turn_on(self, guild_id: int, language: str) -> None:
        """Answer on a server from now on."""
        row = {"guild_id": guild_id, "language": language}
        async with self._store.writing() as connection:
            statement = insert(connection, TABLE).values(row)
            await connection.execute(
                statement.on_conflict_do_update(index_elements=["guild_id"], set_={"language": language})
            )

    async def turn_off(self, guild_id: int) -> None:
        """Answer there no more."""
        async with self._store.writing() as connection:
            await connection.execute(delete(TABLE).where(TABLE.c.guild_id == guild_id))

    async def language(self, guild_id: int | None) -> str | None:
        """Return the language of a server, or None where it is off; in private messages (no server) that of any."""
        languages = select(TABLE.c.language).order_by(TABLE.c.guild_id).limit(1)
        if guild_id is not None:
            languages = languages.where(TABLE.c.guild_id == guild_id)
        async with self._store.reading() as connection:
            return await connection.scalar(languages)
