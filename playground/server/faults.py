"""Faults on request: rate limits, server errors, lost answers, slow ones.

Knows nothing of what the requests mean. The gateway's own faults are in ``gateway``.
"""

from dataclasses import dataclass
from fnmatch import fnmatchcase

from playground.world.wire import JSON


@dataclass(slots=True)
class Fault:
    """One misbehaviour; it strikes the next ``times`` requests whose method and path fit (``*`` fits all).

    ``status`` with ``body`` and ``headers`` is answered instead of Discord's own, or nothing at all where ``lost``: the
    connection closes. ``after`` does the request first, so that only the answer goes wrong. ``delay`` is in seconds.
    """

    method: str
    path: str
    times: int
    status: int = 0
    body: JSON | None = None
    headers: dict[str, str] | None = None
    lost: bool = False
    after: bool = False
    delay: float = 0.0

    def fits(self, method: str, path: str) -> bool:
        """Say whether it strikes this request."""
        return self.times > 0 and self.method in ("*", method) and fnmatchcase(path, self.path)


class Faults:
    """The faults that wait. ``path`` is below ``/api/v10``, with ``*`` for any part of it."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def rate_limit(
        self, path: str = "*", *, method: str = "*", retry_after: float = 0.1, everywhere: bool = False, times: int = 1
    ) -> Fault:
        """Answer 429 with ``retry_after`` seconds; ``everywhere`` makes it the global limit."""
        scope = "global" if everywhere else "user"
        headers = {"Retry-After": str(max(1, round(retry_after))), "Via": "1.1 playground", "X-RateLimit-Scope": scope}
        headers |= {"X-RateLimit-Global": "true"} if everywhere else {}
        body: JSON = {"message": "You are being rate limited.", "retry_after": retry_after, "global": everywhere}
        return self._add(Fault(method, path, times, status=429, body=body, headers=headers))

    def error(
        self, path: str = "*", *, method: str = "*", status: int = 502, after: bool = False, times: int = 1
    ) -> Fault:
        """Answer with a server error, before or ``after`` the request has been done."""
        return self._add(
            Fault(method, path, times, status=status, body={"message": f"{status}", "code": 0}, after=after)
        )

    def lose(self, path: str = "*", *, method: str = "*", after: bool = False, times: int = 1) -> Fault:
        """Close the connection without an answer, before or ``after`` the request has been done."""
        return self._add(Fault(method, path, times, lost=True, after=after))

    def slow(self, seconds: float, path: str = "*", *, method: str = "*", after: bool = False, times: int = 1) -> Fault:
        """Answer ``seconds`` late; ``after`` does the request at once and holds only the answer back."""
        return self._add(Fault(method, path, times, delay=seconds, after=after))

    def clear(self) -> None:
        """Clear all faults."""
        self._waiting.clear()

    def strike(self, method: str, path: str) -> Fault | None:
        """Return the fault that strikes this request, and count it."""
        for fault in self._waiting:
            if fault.fits(method, path):
                fault.times -= 1
                return fault
        return None

    def _add(self, fault: Fault) -> Fault:
        self._waiting.append(fault)
        return fault
