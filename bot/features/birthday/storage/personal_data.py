"""Personal data: what is stored of one user, to give it to them and to delete it, and about one server, to delete it.

Knows no Discord.
"""

from datetime import datetime

from sqlalchemy import Table, delete, select, update

from bot.features.birthday.model import State
from bot.features.birthday.storage import tables
from bot.features.birthday.storage.role_grants import Step
from bot.features.birthday.storage.server_events import Step as EventStep
from bot.store.personal_data import rows_of_user
from bot.store.store import Store

_OF_USERS = (
    *(tables.birthdays, tables.occurrences, tables.celebrants, tables.role_grants, tables.letters),
    *(tables.subscribers, tables.reminders, tables.events, tables.photos),
)
"""Every table with a column ``user_id``."""
_OF_SERVERS = tuple(each for each in vars(tables).values() if isinstance(each, Table) and "guild_id" in each.c)
"""What hangs on one of these goes with it: templates with the settings, celebrants with a wish."""


async def export_user(store: Store, user_id: int) -> dict[str, object]:
    """Return every row of a user, by table."""
    return await rows_of_user(store, _OF_USERS, user_id)


async def forget_user(store: Store, user_id: int, now: datetime) -> None:
    """Delete the rows of a user, and the names of others nowhere.

    What is on its way at this moment stays until it is settled: a wish that is being sent, a role that is worn, which
    is taken back now, and an event, which goes with the birthday.
    """
    async with store.writing() as connection:
        for table in _OF_USERS:
            theirs = table.c.user_id == user_id
            if table is tables.occurrences:
                theirs &= table.c.state != State.CLAIMED
            if table is tables.role_grants:
                theirs &= table.c.step == Step.DONE
            if table is tables.events:
                theirs &= table.c.step == EventStep.GONE
            await connection.execute(delete(table).where(theirs))
        for addressed in (tables.letters.c.to_id, tables.reminders.c.about_id):
            await connection.execute(delete(addressed.table).where(addressed == user_id))
        ending = update(tables.role_grants).where(
            tables.role_grants.c.user_id == user_id, tables.role_grants.c.until > now
        )
        await connection.execute(ending.values(until=now))


async def servers(store: Store) -> frozenset[int]:
    """Return the servers that anything is stored about."""
    found: set[int] = set()
    async with store.reading() as connection:
        for table in _OF_SERVERS:
            found.update((await connection.execute(select(table.c.guild_id).distinct())).scalars())
    return frozenset(found)


async def forget_server(store: Store, server: int) -> None:
    """Delete every row about a server."""
    async with store.writing() as connection:
        for table in _OF_SERVERS:
            await connection.execute(delete(table).where(table.c.guild_id == server))
