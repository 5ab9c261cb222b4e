"""Inspection of the database, without changing it: whether it is there, whole, and of a schema that is known."""

import asyncio
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine

from bot.store.errors import StoreError
from bot.store.migration import check_known, newest, schema_of
from bot.store.store import unreachable

_PATIENCE = 10.0


def inspect(url: URL) -> int:
    """Return the schema of the database at ``url``, 0 where nothing was kept in it yet; a file must be there.

    Raises:
        StoreError: it cannot be reached, is damaged, or a newer Dantok has written it.
    """
    try:
        schema = (
            _schema_on_server(url) if url.get_backend_name() == "postgresql" else _schema_in(Path(str(url.database)))
        )
    except (DBAPIError, sqlite3.Error, OSError, ValueError) as error:
        raise StoreError(unreachable(url, error)) from error
    check_known(schema, newest())
    return schema


def _schema_in(file: Path) -> int:
    with closing(sqlite3.connect(f"file:{quote(str(file))}?mode=ro", uri=True)) as connection:
        (state,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        if state != "ok":
            raise sqlite3.DatabaseError("it is damaged")
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone():
            return 0
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        return int(row[0]) if row else 0


def _schema_on_server(url: URL) -> int:
    # In a thread of its own, because whoever asks may be in a loop already.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, _ask(url)).result()


async def _ask(url: URL) -> int:
    engine = create_async_engine(url)
    try:
        async with asyncio.timeout(_PATIENCE), engine.connect() as connection:
            return await connection.run_sync(schema_of)
    finally:
        await engine.dispose()
