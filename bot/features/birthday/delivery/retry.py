"""Trying what may fail: how long it may take, and how long to wait before the next time. Knows no chat."""

import asyncio
import logging
from collections.abc import Awaitable
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import ColumnElement, or_

from bot.features.birthday.delivery.messenger import Unsure

_log = logging.getLogger(__name__)

SEND = timedelta(seconds=20)
"""How long one request to the chat may take."""
LOOK = timedelta(seconds=30)
"""How long a look through a channel's messages may take."""
LEASE = timedelta(seconds=30)
"""How long a claim is its process's own: longer than a send, so that nobody takes over what is on its way."""
LONG_LEASE = timedelta(seconds=75)
"""The same for a look and a send after it."""
_SHORTEST, _LONGEST = timedelta(seconds=5), timedelta(minutes=10)
_PATIENT, LONGEST = timedelta(minutes=1), timedelta(hours=1)

T = TypeVar("T")


async def attempt(doing: Awaitable[T], limit: timedelta = SEND) -> T | Unsure:
    """Return what comes of ``doing``; unsure if it raises or takes longer than ``limit``."""
    try:
        async with asyncio.timeout(limit.total_seconds()):
            return await doing
    except TimeoutError:
        return Unsure(f"no answer in {limit.total_seconds():.0f} s")
    except Exception as error:  # noqa: BLE001 - whatever it is, the wish is not lost
        _log.exception("The chat could not be asked.")
        return Unsure(repr(error))


def backoff_unknown(attempts: int) -> timedelta:
    """Return how long to wait before looking again for what may have been sent: 5 s, twice that, up to 10 min."""
    return min(_SHORTEST * (1 << min(attempts, 10)), _LONGEST)


def backoff_refused(attempts: int) -> timedelta:
    """Return how long to wait before trying again what was refused: 1 min, twice that, up to an hour."""
    return min(_PATIENT * (1 << min(attempts, 10)), LONGEST)


def is_free(held_until: ColumnElement[datetime], now: datetime) -> ColumnElement[bool]:
    """Return whether something is no longer held; nothing is held for hours, unless the clock was set back since."""
    return or_(held_until <= now, held_until > now + LONGEST)
