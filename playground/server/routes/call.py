"""A call of a route: what the route gets; and a row of the table of routes.

Knows nothing of HTTP, nor of any single route.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from playground.interactions.interactions import Interactions
from playground.interactions.responses import InteractionResponses
from playground.world.attachments import Upload
from playground.world.wire import JSON
from playground.world.world import World

Reply = JSON | list[JSON] | None


@dataclass(frozen=True, slots=True)
class Call:
    """One request, read: the parts of its path, its query, its JSON and its files, and what it is about."""

    path: Mapping[str, str]
    query: Mapping[str, str]
    body: Any
    files: tuple[Upload, ...]
    world: World
    interactions: Interactions
    answers: InteractionResponses
    gateway_url: str

    def flag(self, name: str) -> bool:
        """Return a yes-or-no parameter of the query."""
        return self.query.get(name, "").lower() in ("1", "true")


@dataclass(frozen=True, slots=True)
class Route:
    """One row of the table; ``open`` needs no bot token: its own token is in the path."""

    method: str
    path: str
    act: Callable[[Call], Reply]
    open: bool = False
