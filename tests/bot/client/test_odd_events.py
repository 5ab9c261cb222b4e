"""Events of the gateway with any of their parts gone or replaced: the bot goes on, and logs none of what they hold."""

import asyncio
import copy
import os
import random
from collections.abc import Iterator
from typing import Any

import pytest

from bot.i18n.ko import TEXTS
from playground import NoAnswer, Playground
from tests.bot.conftest import Room
from tests.patience import PATIENCE

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "60"))
MARK = "비밀표식말"
ODD: tuple[Any, ...] = (None, True, -1, 0, 10**30, 1e308, "", MARK, "9" * 5000, "\ud800", [], [MARK], {}, {MARK: MARK})
GONE = object()
ANSWERED_BY = {("id",), ("token",), ("application_id",)}
"""Where these are other ones, the answer is as they say, to a route that the local Discord does not know."""


async def asked(playground: Playground) -> list[tuple[str, Any]]:
    """Return events of every kind as they went out: commands, presses, forms, what is typed, and what happens."""
    world = playground.world
    said = await playground.command("/say 오늘 5")
    await playground.press(said, "🔁")
    await playground.command("/birthday set 3/5")
    form = await playground.command("/birthday template")
    await playground.submit_modal(form, {"text": "{이름} 축하해"})
    await playground.command("/birthday export")
    await playground.autocomplete("/birthday zone", "zone", "뉴욕")
    interactions = playground._interactions
    channel = next(iter(world.channels.values()))
    message = playground.messages()[-1]
    return [
        *(("INTERACTION_CREATE", interactions._payload(each)) for each in interactions._by_id.values()),
        ("MESSAGE_CREATE", message | {"guild_id": world.guild["id"]}),
        ("MESSAGE_UPDATE", message),
        ("CHANNEL_UPDATE", channel),
        ("GUILD_UPDATE", world.guild),
        ("GUILD_ROLE_UPDATE", {"guild_id": world.guild["id"], "role": world.guild["roles"][0]}),
    ]


def places(value: Any, here: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield where each part of a JSON value is."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        yield (*here, key)
        yield from places(each, (*here, key))


def changed(event: Any, dice: random.Random) -> Any:
    """Return an event of which some parts are gone or others."""
    event = copy.deepcopy(event)
    for _ in range(dice.randrange(1, 4)):
        *way, last = dice.choice([place for place in places(event) if place not in ANSWERED_BY])
        holder = event
        for key in way:
            holder = holder[key]
        value = dice.choice((GONE, *ODD))
        if value is not GONE:
            holder[last] = value
        elif isinstance(holder, dict):
            del holder[last]
        else:
            holder.pop(last)
    return event


async def test_whatever_is_gone_from_an_event_or_in_its_place_the_bot_goes_on_and_writes_none_of_it(
    room: Room, caplog: pytest.LogCaptureFixture
) -> None:
    dice, playground = random.Random(7), room.playground
    events = await asked(playground)
    for _ in range(EXAMPLES):
        name, data = dice.choice(events)
        playground.gateway.tell(name, changed(data, dice))
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                answer = await playground.command("/say 오늘 5")
            except NoAnswer:
                continue
            if not answer.content.startswith(TEXTS.busy):
                break
    assert answer.content.startswith("오늘")
    assert "3월 5일" in (await playground.command("/birthday show")).content
    assert MARK not in caplog.text
    assert "Ignoring exception in on_" not in caplog.text
    assert playground.gateway.identified == 1
