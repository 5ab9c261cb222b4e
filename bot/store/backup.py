"""A backup of all tables as lines of JSON, made and restored while the bot runs; the same for every database.

The first line names the schema, the last one counts the rows, and each between them names a table and holds a row.
A backup of an older schema is brought up to date on the way in; one made on SQLite restores to PostgreSQL and the
other way round. Knows no tables.
"""

import json
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from sqlalchemy import Column, MetaData, Table, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.bundle.files import whole
from bot.store import file_permissions
from bot.store.address import address
from bot.store.errors import StoreError
from bot.store.migration import migrate, newest, schema_of
from bot.store.store import LONG_PATIENCE, Store, connect

_FORMAT = "dantok backup"
_VERSION_TABLE = "alembic_version"
_CHUNK = 500
_KINDS = (datetime, date, time)


async def backup(store: Store, file: Path) -> int:
    """Write everything to ``file``, whole or not at all, and return how many rows that are.

    Raises:
        StoreError: the file cannot be written.
    """
    try:
        with whole(file) as unfinished:
            file_permissions.make_private(unfinished)
            with unfinished.open("w", encoding="utf-8") as lines:
                async for line in _lines(store):
                    lines.write(json.dumps(line, ensure_ascii=False, default=_text) + "\n")
    except OSError as error:
        raise StoreError(f"The backup {file} cannot be written ({error.strerror}): choose another place.") from error
    return int(line["rows"])


@dataclass(frozen=True, slots=True)
class Restored:
    """How many rows are back, and which were left out, counted within their table: ``row 7 of birthdays``."""

    rows: int
    left_out: tuple[str, ...] = ()


Judge = Callable[[str, Mapping[str, Any]], bool]
"""Says of a table's name and a row whether the feature that keeps them can read what is in it."""


def _believe(table: str, row: Mapping[str, Any]) -> bool:
    del table, row
    return True


async def restore(store: Store, file: Path, judge: Judge = _believe) -> Restored:
    """Put what ``file`` holds in the place of all there is, in one transaction.

    Rows that ``judge`` refuses are left out and named, unless others belong to them; anything else that is wrong
    changes nothing.

    Raises:
        StoreError: the file is no backup, not whole, damaged, or of a newer Dantok.
    """
    schema = _schema(file)
    latest = newest()
    if schema > latest:
        raise StoreError(
            f"The backup {file} has schema {schema} and this Dantok knows schemas up to {latest}: restore it with the "
            "newer Dantok that made it."
        )
    if schema < latest:
        return await _restore_older(store, file, schema, judge)
    async with store.writing(LONG_PATIENCE) as connection:
        return await load(connection, file, judge)


async def _restore_older(store: Store, file: Path, schema: int, judge: Judge) -> Restored:
    """Bring the backup up to date in a database of its own first."""
    with tempfile.TemporaryDirectory() as folder:
        engine = connect(address(None, Path(folder)))
        try:
            async with engine.begin() as connection:
                await migrate(connection, schema)
                await load(connection, file)
                await migrate(connection)
        finally:
            await engine.dispose()
        between = await Store.open(address(None, Path(folder)))
        newer = Path(folder) / file.name
        await backup(between, newer)
        await between.close()
        return await restore(store, newer, judge)


async def _lines(store: Store) -> AsyncIterator[dict[str, Any]]:
    async with store.reading() as connection:
        count = 0
        yield {"format": _FORMAT, "schema": await connection.run_sync(schema_of)}
        for table in await _tables(connection):
            try:
                async with connection.stream(select(table)) as rows:
                    async for row in rows:
                        yield {"table": table.name, "row": row._asdict()}
                        count += 1
            except ValueError:
                raise StoreError(
                    f"Row {count + 1} of all cannot be read (it is in {table.name}), so no backup was written: mend "
                    "the database, or restore an earlier backup."
                ) from None
        yield {"rows": count}


async def load(connection: AsyncConnection, file: Path, judge: Judge = _believe) -> Restored:
    """Put what ``file`` holds into a database of the very same schema, in the transaction of ``connection``."""
    tables = {table.name: table for table in await _tables(connection)}
    for table in reversed(tables.values()):
        await connection.execute(table.delete())
    parents = {key.column.table.name for table in tables.values() for key in table.foreign_keys}
    row_counts: Counter[str] = Counter()
    left_out: list[str] = []
    for name, rows in _parts(file):
        if name not in tables:
            raise _damaged(file, rows[0][0], name)
        readable = []
        for line, row in rows:
            row_counts[name] += 1
            values = _row(file, line, tables[name], row)
            if judge(name, row):
                readable.append(values)
            elif name in parents:
                raise _damaged(file, line, name)
            else:
                left_out.append(f"row {row_counts[name]} of {name}")
        await _insert(connection, file, tables[name], readable)
    return Restored(row_counts.total() - len(left_out), tuple(left_out))


async def _insert(connection: AsyncConnection, file: Path, table: Table, rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    try:
        await connection.execute(table.insert(), rows)
    except IntegrityError:
        raise StoreError(
            f"The backup {file.name} is damaged: in {table.name}, a row is there twice or belongs to one that is "
            "missing, so nothing was changed; give an earlier backup."
        ) from None


async def _tables(connection: AsyncConnection) -> list[Table]:
    """Return the database's own tables, those that others refer to first."""
    metadata = MetaData()
    await connection.run_sync(metadata.reflect)
    return [table for table in metadata.sorted_tables if table.name != _VERSION_TABLE]


def _parts(file: Path) -> Iterator[tuple[str, list[tuple[int, dict[str, Any]]]]]:
    """Yield rows of one table at a time with the numbers of their lines, as many as go into one statement."""
    name = ""
    rows: list[tuple[int, dict[str, Any]]] = []
    for line, table, row in _rows(file):
        if rows and (table != name or len(rows) == _CHUNK):
            yield name, rows
            rows = []
        name = table
        rows.append((line, row))
    if rows:
        yield name, rows


def _rows(file: Path) -> Iterator[tuple[int, str, dict[str, Any]]]:
    count, expected = 0, None
    for number, entry in _read(file):
        match entry:
            case {"table": str(table), "row": dict(row)} if expected is None:
                yield number, table, row
                count += 1
            case {"rows": int(rows)} if number > 1:
                expected = rows
            case {"format": str()} if number == 1:
                pass
            case _:
                raise _damaged(file, number)
    if count != expected:
        raise _no_backup(file)


def _read(file: Path) -> Iterator[tuple[int, object]]:
    """Yield what is in each line, with its number.

    Raises:
        StoreError: there is something else than lines of JSON, or the file cannot be read.
    """
    try:
        if file.exists() and not file.is_file():
            raise _no_backup(file)
        with file.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                yield number, json.loads(line)
    except OSError as error:
        raise StoreError(f"The backup {file} cannot be read ({error.strerror}): check the path.") from error
    except (ValueError, RecursionError):  # no JSON, no UTF-8, a path that cannot be, nested without end
        raise _no_backup(file) from None


def _schema(file: Path) -> int:
    match next(_read(file), None):
        case 1, {"format": str(kind), "schema": int(schema)} if kind == _FORMAT and schema is not True and schema > 0:
            return schema
    raise _no_backup(file)


def _damaged(file: Path, line: int, where: str = "") -> StoreError:
    return StoreError(
        f"The backup {file.name} is damaged in line {line}{where and f' ({where})'}, so nothing was changed: give an "
        "earlier backup."
    )


def _no_backup(file: Path) -> StoreError:
    return StoreError(f"{file.name} is no whole backup of Dantok: give a file that the backup command wrote.")


def _text(value: object) -> str:
    if isinstance(value, datetime) and value.tzinfo is None:
        value = value.replace(tzinfo=UTC)
    if isinstance(value, _KINDS):
        return value.isoformat()
    raise TypeError(f"{value!r} has no place in a backup")


def _row(file: Path, line: int, table: Table, row: dict[str, Any]) -> dict[str, Any]:
    """Return ``row`` as its columns want it.

    Raises:
        StoreError: it has other columns, or a value of another kind.
    """
    if row.keys() != set(table.c.keys()):
        raise _damaged(file, line, table.name)
    try:
        return {name: _value(table.c[name], value) for name, value in row.items()}
    except (TypeError, ValueError):
        raise _damaged(file, line, table.name) from None


def _value(column: "Column[Any]", value: Any) -> Any:  # noqa: ANN401 - whatever the column holds
    """Return what the database takes for ``value``, which JSON knows as a text, a number or a truth.

    Raises:
        TypeError: it is of another kind than the column, or nothing where something must be.
        ValueError: it is too long, too large, no date, or no text that can be written.
    """
    kind = column.type.python_type
    if value is None and column.nullable:
        return None
    if kind in _KINDS:
        return _moment(kind, value)
    if type(value) is not kind:
        raise TypeError(kind)
    if isinstance(value, str):
        _check_text(value, getattr(column.type, "length", None))
    elif not -(2**63) <= value < 2**63:
        raise ValueError(value)
    return value


def _moment(kind: type[date | time], text: str) -> date | time:
    moment = kind.fromisoformat(text)
    has_zone = getattr(moment, "tzinfo", None) is not None
    if has_zone != (kind is datetime):
        raise ValueError(text)
    return moment


def _check_text(text: str, longest: int | None) -> None:
    text.encode()  # half an emoji cannot be written
    if "\0" in text or len(text) > (longest or len(text)):
        raise ValueError(text)
