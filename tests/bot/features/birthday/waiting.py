"""Waiting for what the bot does of its own accord, in the tests that drive the real client."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from playground import Playground
from tests.patience import PATIENCE

NINE = datetime(2026, 11, 20, 0, 0, tzinfo=UTC)
"""20 November 2026, nine in the morning in Seoul: a day after the ``room`` begins."""


async def until(holds: Callable[[], Any]) -> Any:
    """Return what ``holds`` returns once it is true."""
    async with asyncio.timeout(PATIENCE):
        while not (value := holds()):  # noqa: ASYNC110 - the playground tells nobody
            await asyncio.sleep(0.02)
    return value


def said(playground: Playground, channel: str, member: str | None = None) -> list[dict[str, Any]]:
    """Return what the bot has said in a channel."""
    bot = playground.world.bot["id"]
    return [one for one in playground.messages(channel, member=member) if one["author"]["id"] == bot]


async def wish(room: Any, moment: datetime = NINE, count: int = 1) -> dict[str, Any]:
    """Return the last of so many wishes, once they are there."""
    room.clock.turn(moment)
    wishes = await until(lambda: len(found := said(room.playground, "생일")) >= count and found)
    return dict(wishes[-1])
