"""Leases: a row that one process works on is held until a moment, so that two processes keep apart."""

from datetime import datetime

from sqlalchemy import ColumnElement, or_

from bot.features.birthday.retry import LONGEST


def is_free(held_until: ColumnElement[datetime], now: datetime) -> ColumnElement[bool]:
    """Return whether something is no longer held; nothing is held for hours, unless the clock was set back since."""
    return or_(held_until <= now, held_until > now + LONGEST)
