"""One process of the two-process tests: a scheduler and a chat that is a file, which any number of processes share.

The chat does not know nonces: whatever is sent twice stands in it twice.
"""

import asyncio
import json
import os
import random
import sys
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.features.birthday.delivery.messenger import Done, Message, Notice, Sent, ServerEvent
from bot.features.birthday.delivery.scheduler import BirthdayScheduler
from bot.store.address import address
from bot.store.store import Store


class FastClock:
    """A clock that runs faster than the machine's, from the same moment in every process."""

    def __init__(self, start: float, speed: float) -> None:
        self.start, self.speed = start, speed

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.start + (time.time() - self.start) * self.speed, UTC)

    async def sleep_until(self, moment: datetime) -> None:
        await asyncio.sleep(max(0.0, (moment - self.now()).total_seconds() / self.speed))


class FileChat:
    """A line for each message."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def lines(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.file.read_text().splitlines()]

    async def newest(self, channel_id: int) -> int:
        await asyncio.sleep(random.random() / 50)
        return len(self.lines())

    async def send(self, message: Message) -> Sent:
        await asyncio.sleep(random.random() / 20)
        users = [each.record.user_id for each in message.people]
        guild = message.settings.guild_id
        line = {
            "nonce": message.nonce,
            "channel": message.channel_id,
            "users": users,
            "by": os.getpid(),
            "guild": guild,
        }
        # One write to a file opened for appending does not mix with another's.
        with self.file.open("a") as file:
            file.write(json.dumps(line) + "\n")
        await asyncio.sleep(random.random() / 20)
        return Sent(1)

    async def private_channel(self, user_id: int) -> int:
        return 10_000 + user_id

    async def sent_since(self, channel_id: int, anchor: int) -> Mapping[str, int]:
        return {str(line["nonce"]): 1 for line in self.lines()[anchor:] if line["channel"] == channel_id}

    async def present(self, guild_id: int, user_ids: frozenset[int]) -> frozenset[int]:
        return user_ids

    async def give_role(self, guild_id: int, user_id: int, role_id: int) -> Done:
        return Done()

    async def take_role(self, guild_id: int, user_id: int, role_id: int) -> Done:
        return Done()

    async def put_event(self, event: ServerEvent) -> Sent:
        return Sent(1)

    async def find_event(self, event: ServerEvent, known: frozenset[int]) -> int:
        return 0

    async def remove_event(self, guild_id: int, event_id: int) -> Done:
        return Done()

    async def tell_admins(self, notice: Notice) -> Done:
        return Done()


async def main(url: str, file: str, start: str, speed: str) -> None:
    """Announce until killed."""
    store = await Store.open(address(url, Path()))
    await BirthdayScheduler(
        store, FileChat(Path(file)), FastClock(float(start), float(speed)), timedelta(seconds=5)
    ).run()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
