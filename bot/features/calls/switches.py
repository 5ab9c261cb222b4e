"""What a manager turns on at a place, by server or by channel, with the language of whoever did. Knows no Discord."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Table, delete, select

from bot.store.columns import insert
from bot.store.store import Store


class SwitchRepository:
    """The places where a manager has turned something on, each with a language: a table of an id and that.

    Where the places are servers, it is on in private messages, which are on no server, once it is on one.
    """

    def __init__(self, store: Store, table: Table) -> None:
        self._store = store
        self._table = table
        (self._id,) = table.primary_key.columns

    async def turn_on(self, place: int, language: str, **more: int) -> None:
        """Turn it on at a place from now on; ``more`` is what else the table has."""
        values = {"language": language, **more}
        async with self._store.writing() as connection:
            statement = insert(connection, self._table).values({self._id.name: place, **values})
            await connection.execute(statement.on_conflict_do_update(index_elements=[self._id], set_=values))

    async def turn_off(self, place: int) -> None:
        """Turn it off there."""
        async with self._store.writing() as connection:
            await connection.execute(delete(self._table).where(self._id == place))

    async def language(self, place: int | None) -> str | None:
        """Return the language of a place, or None where it is off; of no place in particular that of any."""
        languages = select(self._table.c.language).order_by(self._id).limit(1)
        if place is not None:
            languages = languages.where(self._id == place)
        async with self._store.reading() as connection:
            return await connection.scalar(languages)

    async def servers(self) -> frozenset[int]:
        """Return the servers where it is on somewhere."""
        guild_id = self._table.c.guild_id
        async with self._store.reading() as connection:
            return frozenset(await connection.scalars(select(guild_id).where(guild_id.is_not(None)).distinct()))

    async def forget_server(self, server: int) -> None:
        """Turn it off everywhere on a server."""
        async with self._store.writing() as connection:
            await connection.execute(delete(self._table).where(self._table.c.guild_id == server))


class KeepsSwitches:
    """A feature that keeps where it is turned on, and nothing of members."""

    switches: Sequence[SwitchRepository] = ()

    async def export_user(self, user_id: int) -> Mapping[str, object]:
        """Return nothing: what is kept is of servers."""
        del user_id
        return {}

    async def forget_user(self, user_id: int) -> None:
        """Do nothing, as above."""

    async def servers(self) -> frozenset[int]:
        """Return the servers where anything is turned on."""
        return frozenset[int]().union(*[await switch.servers() for switch in self.switches])

    async def forget_server(self, server: int) -> None:
        """Turn it off."""
        for switch in self.switches:
            await switch.forget_server(server)
