"""The wire format: JSON, snowflakes and times in Discord's form.

Knows nothing of what the objects mean. Source: Discord's reference, "Snowflakes" and "ISO8601 date/time".
"""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

JSON = dict[str, Any]
Clock = Callable[[], float]

EPOCH_MS = 1_420_070_400_000


def dumps(value: object) -> str:
    """Return the compact JSON text of ``value``, with Hangul as it is."""
    return well_formed(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def loads(text: str) -> Any:  # noqa: ANN401 - any JSON
    """Return what ``text`` holds. Raises ValueError if it is no JSON, or nested beyond sense."""
    try:
        return json.loads(text, parse_constant=_refuse)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


def well_formed(text: str) -> str:
    """Return ``text`` with U+FFFD for each half of a character, which has no bytes and cannot be sent."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def timestamp(seconds: float) -> str:
    """Return Unix ``seconds`` as Discord writes a time."""
    return datetime.fromtimestamp(seconds, UTC).isoformat()


class Snowflakes:
    """Ids that are unique and grow with time, as decimal strings."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = 0

    def new(self, *, ago: float = 0.0) -> str:
        """Return the next id; with ``ago`` an id that looks that many seconds old."""
        moment = (int((self._clock() - ago) * 1000) - EPOCH_MS) << 22
        if ago:
            return str(moment)
        self._last = max(self._last + 1, moment)
        return str(self._last)
