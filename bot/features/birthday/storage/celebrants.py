"""Celebrants: who joined in under a wish, by its button. Knows no chat."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.features.birthday.storage import tables
from bot.store.columns import insert
from bot.store.store import Store

_celebrants = tables.celebrants


class CelebrantRepository:
    """Those who pressed 🎂, each counted once."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def join(self, nonce: str, user_id: int) -> tuple[int, bool]:
        """Count someone in; return how many there are now and whether this one is new.

        A wish that is not known any more, be it from before a backup was restored, has nobody.
        """
        async with self._store.writing() as connection:
            wish = select(tables.outbox.c.nonce).where(tables.outbox.c.nonce == nonce)
            if await connection.scalar(wish) is None:
                return 0, False
            row = {"nonce": nonce, "user_id": user_id}
            statement = insert(connection, _celebrants).values(row).on_conflict_do_nothing()
            is_new = (await connection.execute(statement)).rowcount > 0
            return await _count(connection, nonce), is_new

    async def count(self, nonce: str) -> int:
        """Return how many joined in."""
        async with self._store.reading() as connection:
            return await _count(connection, nonce)


async def _count(connection: AsyncConnection, nonce: str) -> int:
    count = select(func.count()).select_from(_celebrants).where(_celebrants.c.nonce == nonce)
    return await connection.scalar(count) or 0
