"""Random groups and years through every kind of misfortune: each occurrence is congratulated once, none twice.

The store is a real SQLite file. A life of the bot ends at any step: before a commit, after it, before a request to
the chat, after it; a seed that fails repeats it. Processes that are killed from outside have their own test.
"""

import random
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.features.birthday.calendar.rule_text import every_rule
from bot.features.birthday.calendar.rules import Birthday, within
from bot.features.birthday.delivery.messenger import Digest, Unsure
from bot.features.birthday.delivery.scheduler import BirthdayScheduler
from bot.features.birthday.model import DigestRhythm, State
from bot.features.birthday.storage import tables
from bot.features.birthday.storage.birthdays import BirthdayRepository
from bot.features.birthday.storage.guild_settings import GuildSettingsRepository
from bot.store.address import address
from bot.store.store import LONG_PATIENCE, PATIENCE, Store

ZONES = ("Asia/Seoul", "America/New_York", "Pacific/Apia", "Europe/London", "Australia/Lord_Howe", "Asia/Kathmandu")
GROUPS, DAYS, CALM = 10, 2, 3
ROLE = 99


class KilledError(BaseException):
    """The process is no more."""


@dataclass(slots=True)
class Life:
    """One process; ``danger`` is how likely each step is its last."""

    chance: random.Random
    danger: float
    alive: bool = True

    def step(self) -> None:
        if not self.alive or self.chance.random() < self.danger:
            self.alive = False
            raise KilledError


class MortalStore(Store):
    """A store whose process may end around each commit."""

    life: Life

    @asynccontextmanager
    async def writing(self, patience: float = PATIENCE) -> AsyncIterator[AsyncConnection]:
        self.life.step()
        # The machine may be busy with other tests: what is tried here is the order of steps, not how long they take.
        async with super().writing(max(patience, LONG_PATIENCE)) as connection:
            yield connection
            self.life.step()
        self.life.step()


class MortalChat:
    """A chat that works as it should or does not, for a process that may end around each request."""

    def __init__(self, chat: Any, life: Life, faults: float) -> None:
        self.chat, self.life, self.faults = chat, life, faults

    def __getattr__(self, name: str) -> Callable[..., Awaitable[Any]]:
        async def request(*values: Any) -> Any:
            self.life.step()
            if self.life.chance.random() < self.faults:
                self.chat.outcomes[name] = [self.life.chance.choice((Unsure("502"), "lost"))]
            outcome = await getattr(self.chat, name)(*values)
            self.life.step()
            return outcome

        return request


@dataclass(slots=True)
class Wall:
    """The true time, and what the bot takes for it."""

    true: datetime
    wrong: timedelta = timedelta()

    def now(self) -> datetime:
        return self.true + self.wrong

    async def sleep_until(self, moment: datetime) -> None:
        raise NotImplementedError(moment)


@dataclass(slots=True)
class World:
    """Groups with their members in a year by chance."""

    chance: random.Random
    path: Path
    chat: Any
    wall: Wall
    processes: int
    first: date
    expected: set[tuple[int, int, str]] = field(default_factory=set)
    lives: list[tuple[Life, MortalStore, BirthdayScheduler]] = field(default_factory=list)
    channels: dict[int, int] = field(default_factory=dict)
    kills: int = 0

    async def settle_in(self) -> None:
        """Give every group its settings and its members."""
        store = await Store.open(address(f"sqlite:///{self.path}", Path()))
        groups, birthdays = GuildSettingsRepository(store, self.wall), BirthdayRepository(store, self.wall)
        falling = [(rule, found) for rule in every_rule() if (found := within(rule, self.first, self.last))]
        for guild in range(1, GROUPS + 1):
            self.channels[guild] = guild
            await groups.change(guild, channel_id=guild, **self._settings())
            chosen = self.chance.sample(falling, self.chance.randint(1, 5))
            await birthdays.set_many(guild, {user: (f"멤버{user}", Birthday(r)) for user, (r, _) in enumerate(chosen)})
            for user, (_, found) in enumerate(chosen):
                if self.chance.random() < 0.1:
                    self.chat.left.add((guild, user))
                else:
                    self.expected |= {(guild, user, occurrence.key) for occurrence in found}
        await store.close()

    @property
    def last(self) -> date:
        return self.first + timedelta(days=DAYS - 1)

    def _settings(self) -> dict[str, Any]:
        return {
            "at": time(self.chance.choice((0, 9, 9, 9, 18, 23))),
            "zone": self.chance.choice(ZONES),
            "role_id": self.chance.choice((None, ROLE)),
            "digest": self.chance.choice((DigestRhythm.OFF, DigestRhythm.OFF, DigestRhythm.WEEKLY)),
        }

    async def live(self, days: int, danger: float) -> None:
        """Let that many days pass."""
        end = self.wall.true + timedelta(days=days)
        while self.wall.true < end:
            moments = [moment for life in range(self.processes) if (moment := await self._pass(life, danger))]
            whole = len(moments) == self.processes
            following = min(moments, default=self.wall.now()) if whole else self.wall.now()
            self.wall.true += max(following - self.wall.now(), timedelta(seconds=1))
            if danger:
                await self._misfortune()

    async def _pass(self, number: int, danger: float) -> datetime | None:
        while len(self.lives) <= number or not self.lives[number][0].alive:
            await self._be_born(number)
        life, _, scheduler = self.lives[number]
        life.danger = danger
        try:
            moment = await scheduler.step()
        except KilledError:
            return None
        return moment if life.alive else None

    async def _be_born(self, number: int) -> None:
        life = Life(self.chance, 0.0)
        store = await MortalStore.open.__func__(_store_of(life), address(f"sqlite:///{self.path}", Path()))
        scheduler = BirthdayScheduler(store, MortalChat(self.chat, life, 0.05), self.wall)
        if number < len(self.lives):
            self.kills += 1
            await self.lives[number][1].close()
            self.lives[number] = (life, store, scheduler)
        else:
            self.lives.append((life, store, scheduler))

    async def _misfortune(self) -> None:
        chance, guild = self.chance, self.chance.randint(1, GROUPS)
        match chance.randint(1, 60):
            case 1:
                self.wall.true += timedelta(hours=chance.randint(1, 16))
            case 2:
                self.wall.wrong = chance.choice((-1, 1)) * timedelta(minutes=chance.choice((1, 20, 61, 600, 1440)))
            case 3 | 4:
                self.wall.wrong = timedelta()
            case 5:
                self.chat.forbidden.add(guild)
            case 6:
                self.chat.gone.add(self.channels[guild])
            case 7 | 8:
                await self.put_right()

    async def put_right(self) -> None:
        """Give the bot its permissions back, and another channel where one was deleted: that never comes back."""
        self.chat.forbidden.clear()
        store = await Store.open(address(f"sqlite:///{self.path}", Path()))
        for guild, channel in self.channels.items():
            if channel in self.chat.gone:
                self.channels[guild] = channel + 1000
                await GuildSettingsRepository(store, self.wall).change(guild, channel_id=channel + 1000)
        await store.close()

    async def end(self) -> None:
        for _, store, _ in self.lives:
            await store.close()


def _store_of(life: Life) -> type[MortalStore]:
    return type("Store", (MortalStore,), {"life": life})


async def check(world: World) -> None:
    """Compare what is in the chat with what has to be."""
    wished: Counter[tuple[int, int, str]] = Counter()
    seen: set[tuple[int, int, str]] = set()
    digests: Counter[tuple[int, date]] = Counter()
    sent: set[tuple[int, int, str, int]] = set()
    for posted in world.chat.posted:
        guild = posted.message.settings.guild_id
        if isinstance(posted.message, Digest):
            digests[guild, posted.message.last] += 1
            continue
        for each in posted.message.people:
            which = (guild, each.record.user_id, each.occurrence.key)
            seen.add(which)
            sent.add((*which, posted.id))
            # A wish went with its deleted channel, and nobody can tell any more.
            wished[which] += posted.channel_id not in world.chat.gone
    assert sorted(world.expected - seen) == [], "missed"
    assert sorted(seen - world.expected) == [], "not theirs"
    assert [each for each, times in wished.items() if times > 1] == [], "double"
    assert [each for each, times in digests.items() if times > 1] == [], "digest twice"
    assert world.chat.roles == set(), "a role left behind"
    assert await _recorded(world.path) <= sent, "recorded but not sent"


async def _recorded(path: Path) -> set[tuple[int, int, str, int]]:
    store = await Store.open(address(f"sqlite:///{path}", Path()))
    occurrences, messages = tables.occurrences, tables.outbox
    columns = (occurrences.c.guild_id, occurrences.c.user_id, occurrences.c.key, messages.c.message_id)
    joined = select(*columns).join(messages, messages.c.nonce == occurrences.c.nonce)
    async with store.reading() as connection:
        rows = (await connection.execute(joined.where(occurrences.c.state == State.SENT))).all()
    await store.close()
    return {tuple(row) for row in rows}


@contextmanager
def said(seed: int) -> Any:
    """Name the seed of what fails."""
    try:
        yield
    except BaseException as error:
        error.add_note(f"seed {seed}")
        raise


@pytest.mark.parametrize("processes", [1, 2])
@pytest.mark.parametrize("seed", [1])
async def test_every_occurrence_is_congratulated_once_whatever_happens(
    seed: int, processes: int, tmp_path: Path, chat: Any
) -> None:
    with said(seed):
        chance = random.Random(seed)
        first = date(2000, 1, 2) + timedelta(days=chance.randrange(49 * 365))
        wall = Wall(datetime(first.year, first.month, first.day, tzinfo=UTC) - timedelta(days=1))
        chat.now = lambda: wall.true
        world = World(chance, tmp_path / "dantok.sqlite3", chat, wall, processes, first)
        await world.settle_in()
        await world.live(DAYS + 1, danger=0.02)
        world.wall.wrong = timedelta()
        await world.put_right()
        await world.live(CALM, danger=0)
        await world.end()
        print(f"{len(world.expected)} occurrences in {GROUPS} groups from {first}, {world.kills} kills")
        assert world.kills > 10
        await check(world)
