"""The outbox: messages are claimed with a nonce before they are sent, and settled after. Knows no chat.

A claimed message belongs to whoever claimed or took it last, until its lease ends; ``attempts`` counts the owners, and
a change by an owner of before does nothing. That a message was sent may be noted by anyone who saw it.
"""

import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, and_, delete, func, select, update
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.features.birthday import retry
from bot.features.birthday.model import State
from bot.features.birthday.storage import letters, tables
from bot.features.birthday.storage.leases import is_free
from bot.store.columns import insert
from bot.store.store import Store

_outbox, _occurrences = tables.outbox, tables.occurrences


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a message goes, and ``anchor``, the last message there before it."""

    guild_id: int
    channel_id: int
    anchor: int


@dataclass(frozen=True, slots=True)
class OutboxMessage:
    """A claimed message, which is being sent or may have been; ``digest`` names it if it is a list or a reminder."""

    nonce: str
    guild_id: int
    channel_id: int
    day: date
    anchor: int
    held_until: datetime
    attempts: int
    digest: str | None = None

    REMINDER: ClassVar[str] = "reminder-"
    """What ``digest`` begins with where the message is a reminder, whose nonce follows."""

    @property
    def is_reminder(self) -> bool:
        """Whether it reminds somebody privately of another's birthday."""
        return self.digest is not None and self.digest.startswith(self.REMINDER)


class Outbox:
    """Claimed and sent messages of every server."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def claim(
        self, destination: Destination, day: date, user_ids: Iterable[int], now: datetime
    ) -> OutboxMessage | None:
        """Claim those occurrences of ``day`` that are still planned for one message; None if there are none."""
        claim = new_claim(destination, day, now)
        planned = and_(
            _occurrences.c.guild_id == destination.guild_id,
            _occurrences.c.day == day,
            _occurrences.c.user_id.in_(list(user_ids)),
            _occurrences.c.state == State.PLANNED,
        )
        async with self._store.writing() as connection:
            await connection.execute(_outbox.insert().values(outbox_values(claim, now)))
            claimed = update(_occurrences).where(planned).values(state=State.CLAIMED, nonce=claim.nonce)
            if (await connection.execute(claimed)).rowcount:
                return claim
            await connection.execute(delete(_outbox).where(_outbox.c.nonce == claim.nonce))
        return None

    async def claim_digest(
        self, destination: Destination, day: date, digest: str, now: datetime
    ) -> OutboxMessage | None:
        """Claim the digest of that name, whose first day is ``day``; None if it was before."""
        claim = replace(new_claim(destination, day, now), digest=digest)
        async with self._store.writing() as connection:
            statement = insert(connection, _outbox).values(outbox_values(claim, now)).on_conflict_do_nothing()
            return claim if (await connection.execute(statement)).rowcount else None

    async def take(self, claim: OutboxMessage, now: datetime) -> OutboxMessage | None:
        """Take over a claim that nobody holds; None if someone else was quicker."""
        values = {"attempts": claim.attempts + 1, "held_until": now + retry.LONG_LEASE}
        async with self._store.writing() as connection:
            statement = update(_outbox).where(_is_owned(claim)).values(values).returning(*_outbox.c)
            row = (await connection.execute(statement)).one_or_none()
        return _from_row(row) if row else None

    async def hold(self, claim: OutboxMessage, until: datetime, why: str) -> None:
        """Leave it unsettled and untouched until then."""
        async with self._store.writing() as connection:
            await connection.execute(update(_outbox).where(_is_owned(claim)).values(held_until=until, error=why))

    async def mark_sent(self, claim: OutboxMessage, message_id: int | None, now: datetime) -> None:
        """Note that the message is in the chat, or without an id that none is needed any more."""
        async with self._store.writing() as connection:
            mine = _outbox.c.nonce == claim.nonce
            values = {"message_id": message_id, "sent_at": now, "error": None}
            await connection.execute(update(_outbox).where(mine).values(values))
            await _move(connection, claim, State.SENT)
            await letters.hand_over(connection, claim.nonce, now)

    async def drop(self, claim: OutboxMessage, state: State) -> None:
        """Undo a claim whose message is not in the chat, and put its occurrences into ``state``."""
        async with self._store.writing() as connection:
            if (await connection.execute(select(_outbox.c.nonce).where(_is_owned(claim)).with_for_update())).first():
                await _move(connection, claim, state)
                await letters.set_free(connection, claim.nonce)
                await connection.execute(delete(_outbox).where(_outbox.c.nonce == claim.nonce))

    async def forget_sent(self, before: datetime) -> None:
        """Delete what was sent before then."""
        async with self._store.writing() as connection:
            await connection.execute(delete(_outbox).where(_outbox.c.sent_at < before))


async def unsettled(connection: AsyncConnection, now: datetime) -> tuple[OutboxMessage, ...]:
    """Return the messages that nobody holds: whoever did is gone, or waited."""
    free = and_(_outbox.c.sent_at.is_(None), is_free(_outbox.c.held_until, now))
    return tuple(map(_from_row, await connection.execute(select(_outbox).where(free))))


async def next_free(connection: AsyncConnection) -> datetime | None:
    """Return when the next message is no longer held."""
    open_ones = select(func.min(_outbox.c.held_until)).where(_outbox.c.sent_at.is_(None))
    free: datetime | None = await connection.scalar(open_ones)
    return free


async def claimed_digests(connection: AsyncConnection, names: Collection[str]) -> frozenset[tuple[int, str]]:
    """Return which servers claimed, or were sent, which of the digests of these names."""
    claimed = select(_outbox.c.guild_id, _outbox.c.digest).where(_outbox.c.digest.in_(names))
    return frozenset((row.guild_id, row.digest) for row in await connection.execute(claimed)) if names else frozenset()


async def _move(connection: AsyncConnection, claim: OutboxMessage, state: State) -> None:
    mine = and_(_occurrences.c.nonce == claim.nonce, _occurrences.c.state == State.CLAIMED)
    nonce = claim.nonce if state is State.SENT else None
    await connection.execute(update(_occurrences).where(mine).values(state=state, nonce=nonce))


def _is_owned(claim: OutboxMessage) -> ColumnElement[bool]:
    return and_(_outbox.c.nonce == claim.nonce, _outbox.c.sent_at.is_(None), _outbox.c.attempts == claim.attempts)


def new_claim(destination: Destination, day: date, now: datetime) -> OutboxMessage:
    """Return a claim of its own nonce, which belongs to whoever made it."""
    # Random, not counted: after a backup is restored, a number would come a second time.
    nonce = secrets.token_hex(8)
    return OutboxMessage(
        nonce, destination.guild_id, destination.channel_id, day, destination.anchor, now + retry.LEASE, 0
    )


def outbox_values(claim: OutboxMessage, now: datetime) -> dict[str, Any]:
    """Return the row of a new claim."""
    return {
        "nonce": claim.nonce,
        "guild_id": claim.guild_id,
        "channel_id": claim.channel_id,
        "digest": claim.digest,
        "day": claim.day,
        "anchor": claim.anchor,
        "claimed_at": now,
        "held_until": claim.held_until,
        "attempts": claim.attempts,
    }


def _from_row(row: Row[*tuple[Any, ...]]) -> OutboxMessage:
    return OutboxMessage(
        row.nonce, row.guild_id, row.channel_id, row.day, row.anchor, row.held_until, row.attempts, row.digest
    )
