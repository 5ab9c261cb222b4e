"""Admissions: invitation codes that the owner makes, and the servers that came with one. Knows no Discord.

A code is kept by its hash alone: 80 random bits, which nobody finds by trying, need no salt.
"""

import base64
import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import BigInteger, Column, Integer, String, Table, delete, select, update

from bot.store.columns import METADATA, Moment, insert
from bot.store.store import Store

INVITATIONS = Table(
    "invitations",
    METADATA,
    Column("digest", String(64), primary_key=True, doc="of the code, which is kept nowhere"),
    Column("uses", Integer, nullable=False, doc="how many servers may still come with it"),
    Column("until", Moment, nullable=False),
)
ADMITTED = Table(
    "admitted_servers",
    METADATA,
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
)

_BYTES = 10
_IN_A_GROUP = 4


class AdmissionRepository:
    """The codes that are still good, and who came with one."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def invite(self, uses: int, lasting: timedelta, now: datetime) -> str:
        """Make a code for so many servers, good for so long, and return it: nobody can read it again."""
        code = base64.b32encode(secrets.token_bytes(_BYTES)).decode().lower()
        row = {"digest": _digest(code), "uses": uses, "until": now + lasting}
        async with self._store.writing() as connection:
            await connection.execute(delete(INVITATIONS).where(INVITATIONS.c.until <= now))
            await connection.execute(INVITATIONS.insert().values(row))
        return "-".join(code[at : at + _IN_A_GROUP] for at in range(0, len(code), _IN_A_GROUP))

    async def redeem(self, code: str, server: int, now: datetime) -> bool:
        """Admit a server by a code, of which that is one use; return whether the code is good."""
        good = (INVITATIONS.c.digest == _digest(code)) & (INVITATIONS.c.uses > 0) & (INVITATIONS.c.until > now)
        async with self._store.reading() as connection:
            # Whoever tries codes, of which none will be good, takes no writer's turn.
            if (await connection.execute(select(INVITATIONS.c.uses).where(good))).first() is None:
                return False
        async with self._store.writing() as connection:
            used = await connection.execute(update(INVITATIONS).where(good).values(uses=INVITATIONS.c.uses - 1))
            if used.rowcount == 0:
                return False
            row = {"guild_id": server, "at": now}
            await connection.execute(insert(connection, ADMITTED).values(row).on_conflict_do_nothing())
        return True

    async def dismiss(self, server: int) -> bool:
        """Admit a server no longer; return whether it was."""
        async with self._store.writing() as connection:
            return (await connection.execute(delete(ADMITTED).where(ADMITTED.c.guild_id == server))).rowcount > 0

    async def servers(self) -> frozenset[int]:
        """Return who came with a code."""
        async with self._store.reading() as connection:
            return frozenset((await connection.execute(select(ADMITTED.c.guild_id))).scalars())


def _digest(code: str) -> str:
    """Return what a code is kept by, however it was typed."""
    return sha256("".join(filter(str.isalnum, code)).lower().encode()).hexdigest()
