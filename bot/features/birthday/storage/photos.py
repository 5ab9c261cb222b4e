"""The repository of photos that members gave for their own wish, each as it will be shown. Knows no chat.

A picture is kept as a data URL: it goes into backups and a member's export as it is, and any browser opens it.
"""

import base64
import binascii
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import and_, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.features.birthday.storage import tables
from bot.store.columns import insert
from bot.store.store import Store

_photos = tables.photos
_BEGIN = "data:image/jpeg;base64,"


class PhotoRepository:
    """Stored photos of every server, at most one a member."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def keep(self, guild_id: int, user_id: int, jpeg: bytes, now: datetime) -> None:
        """Keep somebody's picture, in place of an earlier one."""
        picture = _BEGIN + base64.b64encode(jpeg).decode()
        row = {"guild_id": guild_id, "user_id": user_id, "picture": picture, "given_at": now}
        async with self._store.writing() as connection:
            statement = insert(connection, _photos).values(row)
            keys = ["guild_id", "user_id"]
            await connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=row))

    async def remove(self, guild_id: int, user_id: int) -> bool:
        """Delete somebody's picture; return whether there was one."""
        its = and_(_photos.c.guild_id == guild_id, _photos.c.user_id == user_id)
        async with self._store.writing() as connection:
            return (await connection.execute(delete(_photos).where(its))).rowcount > 0

    async def of(self, guild_id: int, user_ids: Iterable[int]) -> dict[int, bytes]:
        """Return the pictures, as JPEG files, of those who gave one; a damaged one is left out."""
        theirs = and_(_photos.c.guild_id == guild_id, _photos.c.user_id.in_(list(user_ids)))
        async with self._store.reading() as connection:
            rows = (await connection.execute(select(_photos.c.user_id, _photos.c.picture).where(theirs))).all()
        return {row.user_id: jpeg for row in rows if (jpeg := _jpeg(row.picture))}


async def discard(connection: AsyncConnection, guild_id: int, user_ids: Iterable[int]) -> None:
    """Delete the pictures of those whose birthday is removed: there will be no wish for them."""
    theirs = and_(_photos.c.guild_id == guild_id, _photos.c.user_id.in_(list(user_ids)))
    await connection.execute(delete(_photos).where(theirs))


def _jpeg(picture: str) -> bytes | None:
    try:
        return base64.b64decode(picture.removeprefix(_BEGIN), validate=True)
    except (binascii.Error, ValueError):
        return None
