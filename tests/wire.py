"""What bots send during the tests, gathered from every local Discord, for a check against Discord's own description."""

from collections import deque
from typing import Any

from playground.server.rest import Exchange, Rest
from tests.playground.openapi import Description


class Wire:
    """The requests that no test has looked at yet, and those of routes that nobody knows."""

    def __init__(self) -> None:
        """Let every local Discord that is made from now on tell of its requests."""
        self._description = Description()
        self._exchanges: list[Exchange] = []
        self._unknown: list[str] = []
        make = Rest.__init__

        def made(rest: Rest, *given: Any, **named: Any) -> None:
            make(rest, *given, **named)
            rest.requests = _Told(self._exchanges, rest.requests.maxlen)
            rest.unknown_routes = _ToldList(self._unknown)

        Rest.__init__ = made  # type: ignore[method-assign]

    def wrongs(self) -> list[str]:
        """Return what is wrong with what came since it was last asked, each once."""
        exchanges, unknown = self._exchanges[:], self._unknown[:]
        self._exchanges.clear()
        self._unknown.clear()
        wrong = [*self._description.wrong_requests(exchanges), *(f"{route}: no such route" for route in unknown)]
        return list(dict.fromkeys(wrong))


class _Told(deque[Exchange]):
    def __init__(self, also: list[Exchange], maxlen: int | None) -> None:
        super().__init__(maxlen=maxlen)
        self._also = also

    def append(self, exchange: Exchange) -> None:
        super().append(exchange)
        self._also.append(exchange)


class _ToldList(list[str]):
    def __init__(self, also: list[str]) -> None:
        super().__init__()
        self._also = also

    def append(self, route: str) -> None:
        super().append(route)
        self._also.append(route)
