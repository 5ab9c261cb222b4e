"""Validation of rows: whether what a table keeps as text can be read again, asked of a backup before it is taken in.

Knows no database: a row is a mapping of columns.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from bot.features.birthday.calendar.ages import AgeStyle
from bot.features.birthday.calendar.rule_text import rule_of
from bot.features.birthday.errors import BirthdayError
from bot.features.birthday.model import MOST_LATE_DAYS, MOST_REMINDER_DAYS, DigestRhythm, State
from bot.features.birthday.storage import tables


def is_readable(table: str, row: Mapping[str, Any]) -> bool:
    """Say whether the feature can read ``row``; of a table that keeps no texts of ours it says so of every row."""
    reader = _READERS.get(table)
    if reader is None:
        return True
    try:
        reader(row)
    except (BirthdayError, KeyError, TypeError, ValueError, OSError):  # ZoneInfo opens a file of that name
        return False
    return True


def _read_guild_settings(row: Mapping[str, Any]) -> None:
    ZoneInfo(row["zone"])
    DigestRhythm(row["digest"])
    AgeStyle(row["ages"])
    if not 0 <= row["late_days"] <= MOST_LATE_DAYS:
        raise ValueError("late_days")


def _read_preparation(row: Mapping[str, Any]) -> None:
    if not 0 <= row["reminder_days"] <= MOST_REMINDER_DAYS:
        raise ValueError("reminder_days")


def _read_birthday(row: Mapping[str, Any]) -> None:
    rule_of(row["rule"])
    if row["year"] is not None:
        date(row["year"], 1, 1)


def _read_occurrence(row: Mapping[str, Any]) -> None:
    State(row["state"])


_READERS: dict[str, Callable[[Mapping[str, Any]], None]] = {
    tables.guild_settings.name: _read_guild_settings,
    tables.preparations.name: _read_preparation,
    tables.birthdays.name: _read_birthday,
    tables.occurrences.name: _read_occurrence,
}
