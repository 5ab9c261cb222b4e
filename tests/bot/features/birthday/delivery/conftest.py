"""A room for the tests of the delivery."""

from typing import Any

import pytest

from bot.store.store import Store
from tests.bot.features.birthday.delivery.room import CHANNEL, GUILD, Room


@pytest.fixture
async def room(store: Store, chat: Any, clock: Any) -> Room:
    room = Room(store, chat, clock)
    await room.settings.change(GUILD, channel_id=CHANNEL)
    return room
