"""The repository of what was taught: of each picture a row of numbers, by place and thing. Knows no Discord.

A place is a server, or the user of private messages. No picture is kept, and none can be made of its row again.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import Enum
from hashlib import blake2b
from typing import NamedTuple

import numpy as np
from sqlalchemy import BigInteger, Column, ColumnElement, LargeBinary, String, Table, Text, and_, delete, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.features.teach.names import Name
from bot.groups.group import Place
from bot.inference.features import FeatureNetwork, Features
from bot.store.columns import METADATA, Moment, insert
from bot.store.personal_data import rows_of_user
from bot.store.store import Store

MOST_THINGS, MOST_PICTURES = 20, 50
"""Of one place, and of one thing: every picture is looked at for each question."""

TABLE = Table(
    "taught_pictures",
    METADATA,
    Column("place", BigInteger, primary_key=True, autoincrement=False, doc="a server, or the user of private messages"),
    Column("thing", String(32), primary_key=True, doc="a digest of the name"),
    Column("picture", String(32), primary_key=True, doc="a digest of the features"),
    Column("name", Text, nullable=False),
    Column("user_id", BigInteger, nullable=False, index=True, doc="who taught it"),
    Column("at", Moment, nullable=False),
    Column("network", String(64), nullable=False, doc="the hash of the graph: only its own features may be compared"),
    Column("features", LargeBinary, nullable=False, doc="numbers of 16 bits, little-endian"),
)
_STORED = np.dtype("<f2")


class TooManyThingsError(Exception):
    """A place has as many things as it may."""


class Outcome(Enum):
    """What became of a picture."""

    NEW = "new"
    KNOWN = "known"
    """The thing has it already, perhaps saved anew."""
    OF_ANOTHER = "of another"
    """Another thing has it already."""
    FULL = "full"
    """The thing has as many as it may."""


class TaughtPicture(NamedTuple):
    """A picture that was taught."""

    thing: str
    name: str
    user_id: int
    network: str
    features: bytes

    def row(self, network: FeatureNetwork) -> Features | None:
        """Return its row, if it is of this network and undamaged."""
        if self.network != network.key or len(self.features) != network.width * _STORED.itemsize:
            return None
        row = np.frombuffer(self.features, _STORED).astype(np.float32)
        length = float(np.linalg.norm(row))
        return row / length if np.isfinite(length) and length > 0 else None


class TaughtPictureRepository:
    """What was taught at every place."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def of(self, place: int) -> list[TaughtPicture]:
        """Return every picture of a place, the first taught first."""
        async with self._store.reading() as connection:
            return await _pictures(connection, place)

    async def add(
        self, place: Place, name: Name, rows: Sequence[Features], network: FeatureNetwork, now: datetime
    ) -> list[Outcome]:
        """Keep the rows of pictures as those of a thing, taught by the place's person; return what became of each.

        What was taught of this thing for another network is of no use any more, and goes.

        Raises:
            TooManyThingsError: the place has too many others; nothing is changed.
        """
        async with self._store.writing() as connection:
            pictures = await _pictures(connection, place.id)
            if len({picture.thing for picture in pictures} - {name.key}) >= MOST_THINGS:
                raise TooManyThingsError
            known = [(picture.thing, row) for picture in pictures if (row := picture.row(network)) is not None]
            outcomes = []
            for row in rows:
                outcome = _outcome(name, row, known, network.likeness.same)
                outcomes.append(outcome)
                if outcome is Outcome.NEW:
                    known.append((name.key, row))
                    await _keep(connection, _stored(place, name, row, network, now))
            if Outcome.NEW in outcomes:
                await connection.execute(delete(TABLE).where(_its(place.id, name.key), TABLE.c.network != network.key))
        return outcomes

    async def remove(self, place: int, thing: str, user_id: int | None = None) -> int:
        """Forget a thing, or what one user taught of it; return how many pictures that were."""
        whose = _its(place, thing) if user_id is None else and_(_its(place, thing), TABLE.c.user_id == user_id)
        async with self._store.writing() as connection:
            return (await connection.execute(delete(TABLE).where(whose))).rowcount

    async def export(self, user_id: int) -> dict[str, object]:
        """Return what a user taught, anywhere."""
        return await rows_of_user(self._store, [TABLE], user_id)

    async def servers(self) -> frozenset[int]:
        """Return the servers where anything was taught; in private messages only the user of the place teaches."""
        async with self._store.reading() as connection:
            on_servers = select(TABLE.c.place).where(TABLE.c.user_id != TABLE.c.place).distinct()
            return frozenset(await connection.scalars(on_servers))

    async def forget_server(self, server: int) -> None:
        """Delete what was taught on a server."""
        async with self._store.writing() as connection:
            await connection.execute(delete(TABLE).where(TABLE.c.place == server))

    async def forget(self, user_id: int) -> None:
        """Delete what a user taught, anywhere."""
        theirs = or_(TABLE.c.place == user_id, TABLE.c.user_id == user_id)
        async with self._store.writing() as connection:
            await connection.execute(delete(TABLE).where(theirs))


def _its(place: int, thing: str) -> ColumnElement[bool]:
    return and_(TABLE.c.place == place, TABLE.c.thing == thing)


async def _pictures(connection: AsyncConnection, place: int) -> list[TaughtPicture]:
    columns = [TABLE.c[name] for name in TaughtPicture._fields]
    rows = select(*columns).where(TABLE.c.place == place).order_by(TABLE.c.at, TABLE.c.picture)
    return [TaughtPicture(*row) for row in await connection.execute(rows)]


async def _keep(connection: AsyncConnection, stored: Mapping[str, object]) -> None:
    """Keep a picture, in the place of the same one that is damaged or of another network."""
    statement = insert(connection, TABLE).values(stored)
    await connection.execute(statement.on_conflict_do_update(index_elements=list(TABLE.primary_key), set_=stored))


def _outcome(name: Name, row: Features, known: Iterable[tuple[str, Features]], same: float) -> Outcome:
    """Return what becomes of a picture, by the things that have it already and how many this one has."""
    own, having = 0, set()
    for thing, other in known:
        own += thing == name.key
        if float(row @ other) >= same:
            having.add(thing)
    if having:
        return Outcome.KNOWN if name.key in having else Outcome.OF_ANOTHER
    return Outcome.NEW if own < MOST_PICTURES else Outcome.FULL


def _stored(place: Place, name: Name, row: Features, network: FeatureNetwork, now: datetime) -> dict[str, object]:
    features = row.astype(_STORED).tobytes()
    return {
        "place": place.id,
        "thing": name.key,
        "picture": blake2b(features, digest_size=16).hexdigest(),
        "name": name.text,
        "user_id": place.person,
        "at": now,
        "network": network.key,
        "features": features,
    }
