"""The one database: opened, brought up to date, read from and written to. Knows no tables.

SQLite keeps a log beside the file (WAL) and waits for the disk at each commit, so that what is committed outlives a
pulled plug; there is one writer at a time, in this process by a lock and among processes by ``BEGIN IMMEDIATE``.
"""

import asyncio
import logging
import sqlite3
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any, Self

from sqlalchemy import event
from sqlalchemy.engine import URL, Connection
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.store import deadline, file_permissions
from bot.store.address import FILE
from bot.store.deadline import Deadline
from bot.store.errors import StoreBusy, StoreError
from bot.store.migration import migrate, newest, schema_of

_log = logging.getLogger(__name__)

PATIENCE = 1.0
"""Seconds for which a writer waits for others: whoever gave a command must hear of it before Discord gives up."""
LONG_PATIENCE = 30.0
_A_MOMENT = 0.01
_STATEMENT = 60.0
"""Seconds for a statement of a server: one that is gone without a word must not hold the writers' turn for ever."""
_WRITES = "dantok_writes"
_NO_WAY_TO_WRITE = ("disk is full", "readonly", "disk I/O", "unable to open")
"""Of what SQLite says."""
_UNWELL = ("08", "25006", "40", "53", "55P03", "57P", "58")
"""Beginnings of SQLSTATE (PostgreSQL's Appendix A): the connection, a standby, a transaction that others undid, no more
room, memory or connections, a lock, a server that starts or stops, its disk."""
_PRAGMAS = (f"busy_timeout={LONG_PATIENCE * 1000:.0f}", "synchronous=FULL", "foreign_keys=ON")


class Store:
    """A database that is up to date."""

    def __init__(self, engine: AsyncEngine) -> None:
        """Take an engine; :meth:`open` makes it."""
        snapshot = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
        self._reader = engine.execution_options(**snapshot)
        self._engine = engine
        self._one_writer = asyncio.Lock()
        self._may_be_away = False

    @classmethod
    async def open(cls, url: URL, before_upgrade: Callable[[Self], Awaitable[object]] | None = None) -> Self:
        """Return the database at ``url`` (of :func:`bot.store.address.address`), made or brought up to date.

        ``before_upgrade`` is given a database of an older schema as it is; where it fails nothing is changed.

        Raises:
            StoreError: it cannot be reached, or a newer Dantok has written it; and what ``before_upgrade`` raises.
        """
        store = cls(connect(url))
        try:
            if before_upgrade and await store._is_old():
                await before_upgrade(store)
            async with store.writing(LONG_PATIENCE) as connection:
                await migrate(connection)
        except (DBAPIError, OSError) as error:
            await store.close()
            raise StoreError(unreachable(url, error)) from error
        except BaseException:
            await store.close()
            raise
        store._may_be_away = url.get_backend_name() == "postgresql"
        return store

    async def _is_old(self) -> bool:
        async with self.reading() as connection:
            return 0 < await connection.run_sync(schema_of) < await asyncio.to_thread(newest)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """Yield a connection that sees one state of the database.

        Raises:
            StoreBusy: the server is away, or too many files are open.
        """
        try:
            async with self._connected(self._reader) as connection:
                yield connection
        except OperationalError as error:
            if "unable to open" in str(error.orig):
                raise StoreBusy from error
            raise

    @asynccontextmanager
    async def writing(self, patience: float = PATIENCE) -> AsyncIterator[AsyncConnection]:
        """Yield a connection whose changes are committed at the end of the block, all or none.

        Raises:
            StoreBusy: others write for longer than ``patience`` seconds, or the server is away; what fails now is not
                done later.
        """
        writer = self._engine.execution_options(**{_WRITES: round(patience * 1000)})
        async with self._turn(patience):
            try:
                async with self._connected(writer) as connection:
                    yield connection
            except OperationalError as error:
                if "locked" in str(error.orig):
                    raise StoreBusy from error
                if any(reason in str(error.orig) for reason in _NO_WAY_TO_WRITE):
                    _log.error(
                        "Nothing is kept now (%s): give the database's disk room, and the right to write.", error.orig
                    )
                    raise StoreBusy from error
                raise
        if asked := deadline.current.get():
            asked.has_changed = True

    @asynccontextmanager
    async def _connected(self, engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
        """Yield a connection in a transaction; a server that was there before may be away for a while, or slow."""
        asked = deadline.current.get()
        async with _in_time(asked if self._may_be_away else None):
            try:
                async with AsyncExitStack() as stack:
                    yield await self._begun(engine, stack, asked)
            except DBAPIError as error:
                if self._may_be_away and (error.connection_invalidated or _is_unwell(error)):
                    raise _busy(asked) from error
                raise

    async def _begun(self, engine: AsyncEngine, stack: AsyncExitStack, asked: Deadline | None) -> AsyncConnection:
        """Return a connection in a transaction, which ends with ``stack``."""
        try:
            async with asyncio.timeout(PATIENCE if self._may_be_away else None):
                return await stack.enter_async_context(engine.begin())
        except (DBAPIError, OSError) as error:
            if self._may_be_away:
                raise _busy(asked) from error
            raise

    @asynccontextmanager
    async def _turn(self, patience: float) -> AsyncIterator[None]:
        """Wait for the other writers of this process."""
        try:
            async with asyncio.timeout(patience):
                await self._one_writer.acquire()
        except TimeoutError:
            raise StoreBusy from None
        try:
            yield
        finally:
            self._one_writer.release()

    async def close(self) -> None:
        """Let go of the database."""
        await self._engine.dispose()


@asynccontextmanager
async def _in_time(asked: Deadline | None) -> AsyncIterator[None]:
    """Let a transaction be ended, and nothing come of it, when whoever waits for it would have waited in vain.

    Raises:
        StoreBusy: it came to that.
    """
    limit = asyncio.timeout_at(asked.left() if asked else None)
    try:
        async with limit:
            yield
    except TimeoutError:
        if limit.expired():
            raise _busy(asked) from None
        raise


def _busy(asked: Deadline | None) -> StoreBusy:
    return StoreBusy(after_change=asked is not None and asked.has_changed)


def _is_unwell(error: DBAPIError) -> bool:
    """Return whether a server cannot do now what it can do when it is well again, or another has taken its place."""
    return str(getattr(error.orig, "sqlstate", "")).startswith(_UNWELL)


def connect(url: URL) -> AsyncEngine:
    """Return an engine for ``url``; nothing is opened before it is used, but a file and its folder are made.

    Raises:
        StoreError: they cannot be made.
    """
    if url.get_backend_name() == "postgresql":
        engine = create_async_engine(url, pool_pre_ping=True, connect_args={"command_timeout": _STATEMENT})
        event.listen(engine.sync_engine, "invalidate", _hang_up_if_cancelled)
        return engine
    try:
        _make_room(Path(str(url.database)))
    except (OSError, ValueError) as error:
        raise StoreError(unreachable(url, error)) from error
    engine = create_async_engine(url)
    event.listen(engine.sync_engine, "connect", _prepare)
    event.listen(engine.sync_engine, "begin", _begin)
    event.listen(engine.sync_engine, "invalidate", _roll_back_if_cancelled)
    return engine


def _make_room(file: Path) -> None:
    """Make the folder and an empty file for nobody else to read; what SQLite puts beside it gets the file's rights."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if file.name == FILE:
        file_permissions.tighten(file.parent)
    file_permissions.make_private(file)
    for beside in ("-wal", "-shm", "-journal"):
        file_permissions.tighten(file.with_name(file.name + beside))


def _prepare(connection: Any, record: object) -> None:  # noqa: ANN401 - the driver's own
    del record
    # The driver must not begin transactions by itself: it would begin them as readers.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    _log_ahead(connection, cursor)
    cursor.close()


def _log_ahead(connection: Any, cursor: Any) -> None:  # noqa: ANN401 - as above
    """Turn SQLite to write-ahead logging, which the file remembers.

    Of two that turn a new file at the same moment one is refused at once, however patient it is.
    """
    until = time.monotonic() + LONG_PATIENCE
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            connection.run_async(lambda _: asyncio.sleep(_A_MOMENT))
        else:
            return


def _roll_back_if_cancelled(connection: Any, record: object, error: BaseException | None) -> None:  # noqa: ANN401 - as above
    # It is closed next. But SQLite keeps the lock as long as there is a statement with rows to read, and the cursor of
    # one that was cancelled lives on in the traceback.
    del record
    if isinstance(error, asyncio.CancelledError):
        connection.rollback()


def _hang_up_if_cancelled(connection: Any, record: object, error: BaseException | None) -> None:  # noqa: ANN401 - as above
    # It is closed next, and would be told goodbye; a server that hangs says nothing for seconds.
    del record
    if isinstance(error, asyncio.CancelledError):
        connection.driver_connection.terminate()


def _begin(connection: Connection) -> None:
    # A reader that turns writer later may find that another has written meanwhile, and fail.
    patience = connection.get_execution_options().get(_WRITES)
    if patience is not None:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={patience}")
    connection.exec_driver_sql("BEGIN" if patience is None else "BEGIN IMMEDIATE")


def unreachable(url: URL, error: Exception) -> str:
    """Return the sentence for a database that cannot be used, without its password."""
    where = url.render_as_string(hide_password=True) if url.host or url.query else url.database
    cause = " ".join(str(getattr(error, "orig", None) or error).split())
    return f"The database {where} cannot be used ({cause}): check DANTOK_DATABASE_URL, or the data folder."
