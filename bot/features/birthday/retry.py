"""Timeouts, leases and backoff of what may fail: how long it may take, and how long until the next time. Pure."""

from datetime import timedelta

SEND = timedelta(seconds=20)
"""How long one request to the chat may take."""
LOOK = timedelta(seconds=30)
"""How long a look through a channel's messages may take."""
LEASE = timedelta(seconds=30)
"""How long a claim is its process's own: longer than a send, so that nobody takes over what is on its way."""
LONG_LEASE = timedelta(seconds=75)
"""The same for a look and a send after it."""
LONGEST = timedelta(hours=1)
"""Nothing is held or put off for longer."""
_UNKNOWN_FIRST, _UNKNOWN_LONGEST = timedelta(seconds=5), timedelta(minutes=10)
_REFUSED_FIRST = timedelta(minutes=1)


def backoff_unknown(attempts: int) -> timedelta:
    """Return how long to wait before looking again for what may have been sent: 5 s, twice that, up to 10 min."""
    return min(_UNKNOWN_FIRST * (1 << min(attempts, 10)), _UNKNOWN_LONGEST)


def backoff_refused(attempts: int) -> timedelta:
    """Return how long to wait before trying again what was refused: 1 min, twice that, up to an hour."""
    return min(_REFUSED_FIRST * (1 << min(attempts, 10)), LONGEST)
