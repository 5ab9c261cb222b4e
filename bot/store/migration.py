"""Migration: a database is brought up to date by the numbered files in ``migrations``; alembic loads only for work.

Knows no tables: what a schema is made of stands in its file. A new schema is one more file, ``schema_0002.py``, and
never a change of an old one.
"""

import asyncio
import re
from pathlib import Path

from sqlalchemy import inspect, text
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.columns import METADATA
from bot.store.errors import StoreError

_FOLDER = Path(__file__).parent / "migrations"
_NUMBERED = re.compile(r"schema_(\d{4})\.py")
_TABLE = "alembic_version"
_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(8122010)")


def newest() -> int:
    """Return the number of the schema that this version reads and writes."""
    numbers = (_NUMBERED.fullmatch(file.name) for file in _FOLDER.iterdir())
    return max(int(number[1]) for number in numbers if number)


async def migrate(connection: AsyncConnection, target: int | None = None) -> None:
    """Bring the database to schema ``target``, or the newest, within the transaction of ``connection``.

    Raises:
        StoreError: its schema is newer than the newest here.
    """
    if connection.dialect.name == "postgresql":
        await connection.execute(_ONE_AT_A_TIME)
    current, latest = await connection.run_sync(schema_of), await asyncio.to_thread(newest)
    check_known(current, latest)
    goal = latest if target is None else target
    if current < goal:
        await connection.run_sync(_upgrade, goal)


def check_known(schema: int, latest: int) -> None:
    """Refuse a database that a newer Dantok has written.

    Raises:
        StoreError: its ``schema`` is newer than the ``latest`` here.
    """
    if schema > latest:
        raise StoreError(
            f"The database has schema {schema} and this Dantok knows schemas up to {latest}: start the newer Dantok "
            "that wrote it, or restore a backup."
        )


def schema_of(connection: Connection) -> int:
    """Return the number of the database's schema, 0 if it has none."""
    if not inspect(connection).has_table(_TABLE):
        return 0
    # The name is ours.
    return int(connection.scalar(text(f"SELECT version_num FROM {_TABLE}")) or 0)  # noqa: S608


def _upgrade(connection: Connection, target: int) -> None:
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory(str(_FOLDER), version_locations=[str(_FOLDER)])
    revision = f"{target:04}"

    def steps(current: object, context: object) -> object:
        del context
        return scripts._upgrade_revs(revision, current)  # type: ignore[arg-type]  # as alembic's command does

    with EnvironmentContext(Config(), scripts, fn=steps, destination_rev=revision) as environment:
        # The metadata names what the migrations leave unnamed; its tables are not looked at.
        environment.configure(connection=connection, target_metadata=METADATA)
        with environment.begin_transaction():
            environment.run_migrations()
