"""The database's address: a file in the data folder, unless a URL names a server. Opens nothing."""

from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.store.errors import StoreError

FILE = "dantok.sqlite3"
_SQLITE, _POSTGRESQL = "sqlite+aiosqlite", "postgresql+asyncpg"
_NO_FILE = (":memory:", "file:")
_DRIVERS = {
    "sqlite": _SQLITE,
    _SQLITE: _SQLITE,
    "postgres": _POSTGRESQL,
    "postgresql": _POSTGRESQL,
    _POSTGRESQL: _POSTGRESQL,
}


def address(url: str | None, folder: Path) -> URL:
    """Return the URL with its driver; without one, that of the SQLite file in ``folder``.

    Raises:
        StoreError: it is no URL, or one of another kind of database.
    """
    if not url:
        return URL.create(_SQLITE, database=str((folder / FILE).absolute()))
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise StoreError(_wrong("is no URL")) from None
    driver = _DRIVERS.get(parsed.drivername)
    if driver is None:
        raise StoreError(_wrong(f"names {parsed.drivername}"))
    if driver == _SQLITE and (not parsed.database or parsed.database.startswith(_NO_FILE)):
        raise StoreError(_wrong("names no file, and a database in memory would forget everything"))
    return _with_ssl(parsed.set(drivername=driver))


def _with_ssl(url: URL) -> URL:
    # What everybody else calls sslmode, asyncpg calls ssl.
    mode = url.query.get("sslmode")
    return url if mode is None else url.difference_update_query(["sslmode"]).update_query_dict({"ssl": mode})


def _wrong(what: str) -> str:
    return (
        f"DANTOK_DATABASE_URL {what}: write postgresql://user:password@host/name or sqlite:///file, or leave it out "
        "for a file in the data folder."
    )
