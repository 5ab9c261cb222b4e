"""Withdrawals: who had everything forgotten, and when; the next training leaves them out. Knows no Discord."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from sqlalchemy import BigInteger, Column, Table, select

from bot.bundle.files import write_whole
from bot.store.columns import METADATA, Moment, insert
from bot.store.personal_data import rows_of_user
from bot.store.store import Store

TABLE = Table(
    "withdrawals",
    METADATA,
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
)


FILE = "withdrawals.tsv"
"""What it is called, in the folder of all that is kept, where the next training reads who withdrew."""


def lines_of(withdrawals: Mapping[int, datetime | None]) -> Iterator[str]:
    """Yield a line each: the ID, a tab, and when; ``?`` where that cannot be read."""
    for user_id, at in withdrawals.items():
        yield f"{user_id}\t{at.isoformat(timespec='seconds') if at else '?'}"


def write_withdrawals(withdrawals: Mapping[int, datetime | None], path: Path) -> None:
    """Write who withdrew for the next training, for the owner's eyes alone; no file where nobody ever did.

    Raises:
        OSError: it cannot be written.
    """
    if not withdrawals and not path.exists():
        return
    write_whole(path, "".join(f"{line}\n" for line in lines_of(withdrawals)), private=True)


class WithdrawalRepository:
    """Those who withdrew, each once."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def add(self, user_id: int, now: datetime) -> bool:
        """Keep that somebody withdrew, and return whether they had not before; the first time is the one kept."""
        async with self._store.writing() as connection:
            statement = insert(connection, TABLE).values(user_id=user_id, at=now).on_conflict_do_nothing()
            return (await connection.execute(statement)).rowcount > 0

    async def all(self) -> dict[int, datetime | None]:
        """Return when each of them did, the first of all first; None where that cannot be read."""
        async with self._store.reading() as connection:
            rows = await connection.execute(select(TABLE.c.user_id, TABLE.c.at).order_by(TABLE.c.at, TABLE.c.user_id))
            return {row.user_id: row.at for row in rows}

    async def export(self, user_id: int) -> dict[str, object]:
        """Return the one of a user."""
        return await rows_of_user(self._store, [TABLE], user_id)
