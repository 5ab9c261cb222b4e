"""A backup of all tables as lines of JSON, made and restored while the bot runs; the same for every database.

The first line names the schema, the last one counts the rows, and each between them names a table and holds a row.
A backup of an older schema is brought up to date on the way in; one made on SQLite restores to PostgreSQL and the
other way round. Knows no tables.
"""

import json
import os
import tempfile
from collections.abc import AsyncIterator, Iterable, Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from sqlalchemy import Column, MetaData, Table, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.address import address
from bot.store.errors import StoreError
from bot.store.migrating import migrate, newest, schema_of
from bot.store.store import Store, connect

_FORMAT = "dantok backup"
_VERSION_TABLE = "alembic_version"
_CHUNK = 500
_KINDS = (datetime, date, time)


async def backup(store: Store, file: Path) -> int:
    """Write everything to ``file``, whole or not at all, and return how many rows that are.

    Raises:
        StoreError: the file cannot be written.
    """
    unfinished = file.with_name(f".{file.name}.unfinished")
    try:
        with unfinished.open("w", encoding="utf-8") as lines:
            async for line in _lines(store):
                lines.write(json.dumps(line, ensure_ascii=False, default=_text) + "\n")
            lines.flush()
            os.fsync(lines.fileno())
        unfinished.replace(file)
    except OSError as error:
        raise StoreError(f"The backup {file} cannot be written ({error.strerror}): choose another place.") from error
    finally:
        unfinished.unlink(missing_ok=True)
    return int(line["rows"])


async def restore(store: Store, file: Path) -> int:
    """Put what ``file`` holds in the place of all there is, in one transaction, and return how many rows that are.

    Raises:
        StoreError: the file is no backup, not whole, or of a newer Dantok.
    """
    schema = _schema(file)
    known = newest()
    if schema > known:
        raise StoreError(
            f"The backup {file} has schema {schema} and this Dantok knows schemas up to {known}: restore it with the "
            "newer Dantok that made it."
        )
    if schema < known:
        return await _restore_older(store, file, schema)
    async with store.writing() as connection:
        return await load(connection, file)


async def _restore_older(store: Store, file: Path, schema: int) -> int:
    """Bring the backup up to date in a database of its own first."""
    with tempfile.TemporaryDirectory() as folder:
        engine = connect(address(None, Path(folder)))
        async with engine.begin() as connection:
            await migrate(connection, schema)
            await load(connection, file)
            await migrate(connection)
        await engine.dispose()
        between = await Store.open(address(None, Path(folder)))
        newer = Path(folder) / "newer.jsonl"
        await backup(between, newer)
        await between.close()
        return await restore(store, newer)


async def _lines(store: Store) -> AsyncIterator[dict[str, Any]]:
    async with store.reading() as connection:
        count = 0
        yield {"format": _FORMAT, "schema": await connection.run_sync(schema_of)}
        for table in await _tables(connection):
            async with connection.stream(select(table)) as rows:
                async for row in rows:
                    yield {"table": table.name, "row": row._asdict()}
                    count += 1
        yield {"rows": count}


async def load(connection: AsyncConnection, file: Path) -> int:
    """Put what ``file`` holds into a database of the very same schema, in the transaction of ``connection``."""
    tables = {table.name: table for table in await _tables(connection)}
    for table in reversed(tables.values()):
        await connection.execute(table.delete())
    rows = 0
    for name, part in _parts(file):
        if name not in tables:
            raise _no_backup(file)
        table = tables[name]
        await connection.execute(table.insert(), [_row(table, row) for row in part])
        rows += len(part)
    return rows


async def _tables(connection: AsyncConnection) -> list[Table]:
    """Return the database's own tables, those that others refer to first."""
    metadata = MetaData()
    await connection.run_sync(metadata.reflect)
    return [table for table in metadata.sorted_tables if table.name != _VERSION_TABLE]


def _parts(file: Path) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield rows of one table at a time, as many as go into one statement."""
    name = ""
    part: list[dict[str, Any]] = []
    for line in _rows(file):
        if part and (line["table"] != name or len(part) == _CHUNK):
            yield name, part
            part = []
        name = line["table"]
        part.append(line["row"])
    if part:
        yield name, part


def _rows(file: Path) -> Iterable[dict[str, Any]]:
    count, expected = 0, None
    with file.open(encoding="utf-8") as lines:
        next(lines)
        for line in lines:
            try:
                read = json.loads(line)
            except ValueError:
                raise _no_backup(file) from None
            if "row" in read:
                yield read
                count += 1
            else:
                expected = read.get("rows")
    if count != expected:
        raise _no_backup(file)


def _schema(file: Path) -> int:
    try:
        with file.open(encoding="utf-8") as lines:
            head = json.loads(next(lines))
        if head["format"] == _FORMAT:
            return int(head["schema"])
    except OSError as error:
        raise StoreError(f"The backup {file} cannot be read ({error.strerror}): check the path.") from error
    except (ValueError, KeyError, TypeError, StopIteration):
        pass
    raise _no_backup(file)


def _no_backup(file: Path) -> StoreError:
    return StoreError(f"{file} is no whole backup of Dantok: give a file that the backup command wrote.")


def _text(value: object) -> str:
    if isinstance(value, datetime) and value.tzinfo is None:
        value = value.replace(tzinfo=UTC)
    if isinstance(value, _KINDS):
        return value.isoformat()
    raise TypeError(f"{value!r} has no place in a backup")


def _row(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    return {name: _value(table.c[name], value) for name, value in row.items()}


def _value(column: "Column[Any]", value: Any) -> Any:  # noqa: ANN401 - whatever the column holds
    kind = column.type.python_type
    return kind.fromisoformat(value) if value is not None and kind in _KINDS else value
