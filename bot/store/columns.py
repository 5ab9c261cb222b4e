"""Column types and metadata of every table: moments and days that mean the same in every database.

SQLite keeps them as texts that anything may have been written over; what cannot be read comes as None, so that one
damaged row does not hide all others.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column, ColumnElement, Date, DateTime, Dialect, MetaData, Table, Time, false, func
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import TypeDecorator

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
"""Every table of every feature. Its names are those in the migrations."""


class _Readable:
    """Gives None for a value that the database cannot have written itself."""

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        """See :meth:`sqlalchemy.types.TypeEngine.result_processor`."""
        read: Callable[[Any], Any] | None = super().result_processor(dialect, coltype)  # type: ignore[misc]
        if read is None:
            return None

        def readable(value: object) -> object:
            try:
                return read(value)
            except (TypeError, ValueError):
                return None

        return readable


class Day(_Readable, TypeDecorator[date]):
    """A date."""

    impl = Date
    cache_ok = True


class Hour(_Readable, TypeDecorator[time]):
    """A time of day."""

    impl = Time
    cache_ok = True


class Moment(_Readable, TypeDecorator[datetime]):
    """An aware datetime, kept and given back in UTC; SQLite knows no zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a moment that does not say its zone."""
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} says no zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def insert(connection: AsyncConnection | Connection, table: Table) -> "sqlite.Insert | postgresql.Insert":
    """Return an insert that has ``on_conflict_do_nothing`` and ``on_conflict_do_update``, in either database."""
    if connection.dialect.name != "postgresql":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # with its drivers a tenth of the bot's start, which few need

    return postgresql.insert(table)


def is_unreadable(connection: AsyncConnection | Connection, column: Column[Any]) -> ColumnElement[bool]:
    """Return whether a day or a moment in ``column`` cannot be read; PostgreSQL takes nothing in that is none."""
    return false() if connection.dialect.name == "postgresql" else func.datetime(column).is_(None)
