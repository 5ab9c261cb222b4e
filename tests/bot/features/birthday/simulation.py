"""Groups and years by seed, in a local Discord and a real database, with real bot processes that are killed and worse.

What should be posted is computed from the rules alone; what was posted is read from Discord; what is recorded, from the
database. The plan of a seed is always the same; where in the bot's work a blow falls depends on the machine too.
"""

import asyncio
import random
import signal
import time
from bisect import bisect_right
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from datetime import time as hour
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bot.features.birthday.calendar import local_time
from bot.features.birthday.calendar.rule_text import every_rule
from bot.features.birthday.calendar.rules import Birthday, Lunar, Rule, Solar, within
from bot.features.birthday.model import GuildSettings, State
from bot.features.birthday.storage import tables
from bot.features.birthday.storage.birthdays import BirthdayRepository
from bot.features.birthday.storage.guild_settings import GuildSettingsRepository
from bot.store.address import address
from bot.store.store import Store
from playground import Playground
from tests.bot.features.birthday import faults
from tests.bot.features.birthday.bot_process import Bot, FileClock, Home

ZONES = ("Asia/Seoul", "America/New_York", "Pacific/Apia", "Europe/London", "Australia/Lord_Howe", "Asia/Kathmandu")
DAY = timedelta(days=1)
LATE_DAYS = 3
NUDGE_AFTER = 0.2
"""Seconds without news after which time goes on a little: the bot takes a breath between two looks at what is due, and
waits before it tries again."""
PATIENCE = 90.0
_WELL = (State.PLANNED, State.CLAIMED, State.SENT, State.SPARED)
_ONE_AT_A_TIME = asyncio.Lock()

MENDED = 0.3
"""How many of the birthdays are changed once, mostly to a day soon after a wish."""
REST = timedelta(days=30)

Key = tuple[str, str, str]
"""Channel, user, day."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is played. ``blows``: how many of the moments at which something is due are spoiled."""

    seed: int
    groups: int
    days: int
    blows: int
    processes: int = 1
    sharded: bool = False
    """Whether each process has the servers of one shard, and not all of them."""

    def __str__(self) -> str:
        return f"seed {self.seed}: {self.groups} groups, {self.days} days, {self.processes} processes"


@dataclass(frozen=True, slots=True)
class Mend:
    """A birthday that is changed, by hand of a manager or of its own member."""

    moment: datetime
    guild_id: int
    user_id: str
    rule: Rule


@dataclass(slots=True)
class Outcome:
    """What came of it: all of ``expected`` should be posted once, and nothing in the other four should be."""

    plan: Plan
    expected: int = 0
    missed: list[Key] = field(default_factory=list)
    doubled: list[Key] = field(default_factory=list)
    unasked: list[Key] = field(default_factory=list)
    unsent: list[str] = field(default_factory=list)
    lives: int = 0
    mended: int = 0
    blows: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    @property
    def well(self) -> bool:
        return not (self.missed or self.doubled or self.unasked or self.unsent)


class Simulation:
    """One world and its bots."""

    def __init__(self, plan: Plan, folder: Path, bundle: Path, url: str | None = None) -> None:
        """Play ``plan`` in ``folder`` on the database at ``url``, or else on a file."""
        folder.mkdir(parents=True, exist_ok=True)
        self.plan = plan
        self.draw = random.Random(plan.seed)
        self.url = url or f"sqlite:///{folder / 'dantok.sqlite3'}"
        self.clock = FileClock(folder / "clock")
        self.playground = Playground(clock=self.clock)
        self.bots: list[Bot] = []
        self.outcome = Outcome(plan)
        self.due: list[datetime] = []
        self._mends: list[Mend] = []
        self._folder, self._bundle = folder, bundle
        self._occurrences: dict[tuple[str, str], list[tuple[datetime, str]]] = {}
        self._keys: dict[Key, datetime] = {}
        self._posted: Counter[Key] = Counter()
        self._message_ids: set[int] = set()
        self._news = asyncio.Event()

    async def run(self) -> Outcome:
        """Play to the end and return what came of it."""
        begun = time.monotonic()
        self.clock.turn(datetime(self.draw.randint(2005, 2045), self.draw.randint(1, 12), 3, tzinfo=UTC))
        self.playground.world.listen(self._happened)
        async with self.playground, self._store() as store:
            await self._settle_in(store)
            self._move_in()
            try:
                await self._play(store)
                await self._check_records(store)
            finally:
                for bot in self.bots:
                    bot.kill()
        self._count()
        self.outcome.seconds = time.monotonic() - begun
        return self.outcome

    # What the misfortunes use

    def turn(self, moment: datetime) -> None:
        """Let it be ``moment`` on every clock; never earlier than it is, but for a bot's clock that is behind."""
        self.clock.turn(max(moment, self.clock.now()))
        self.set_clocks()

    def set_clocks(self) -> None:
        """Let the bots' clocks follow."""
        for bot in self.bots:
            bot.clock.turn(self.clock.now() - bot.behind)

    # The world

    @asynccontextmanager
    async def _store(self) -> AsyncIterator[Store]:
        # Migrations run through one door of Alembic's in each process.
        async with _ONE_AT_A_TIME:
            store = await Store.open(address(self.url, self._folder))
        try:
            yield store
        finally:
            await store.close()

    async def _settle_in(self, store: Store) -> None:
        """Draw the groups, who is in them, when they were born and when it is morning there."""
        world = self.playground.world
        people = [user_id for user_id in world.members if user_id != world.bot["id"]]
        birthdays, groups = BirthdayRepository(store, self.clock), GuildSettingsRepository(store, self.clock)
        for number in range(self.plan.groups):
            room = world.add_guild(f"group-{number}")
            settings = {"zone": self.draw.choice(ZONES), "at": hour(self.draw.randrange(24), self.draw.choice((0, 30)))}
            group = await groups.change(
                int(room["guild_id"]), channel_id=int(room["id"]), late_days=LATE_DAYS, **settings
            )
            today = self.clock.now().date()
            span = (today + DAY, today + self.plan.days * DAY)
            born = {user_id: self._rule(*span) for user_id in self.draw.sample(people, self.draw.randint(1, 4))}
            given = {int(user_id): (user_id, Birthday(rule, None)) for user_id, rule in born.items()}
            await birthdays.set_many(group.guild_id, given)
            for user_id, rule in born.items():
                self._expect(group, room["id"], user_id, rule)
        self.due = sorted({*self._keys.values(), *(mend.moment for mend in self._mends)})
        self.outcome.expected = len(self._keys)

    def _rule(self, first: date, last: date) -> Rule:
        """Draw a rule that falls on some day from ``first`` to ``last``, but for some leap months."""
        odd = (Solar(2, 29), Lunar(12, 30), Lunar(12, 1), Lunar(6, 15, True), Solar(1, 1), Solar(12, 31))
        rules = odd if self.draw.random() < 0.2 else every_rule()
        falling = [rule for rule in rules if within(rule, first, last)]
        return self.draw.choice(falling or odd)

    def _expect(self, group: GuildSettings, channel_id: str, user_id: str, rule: Rule) -> None:
        """Note what should be posted: of a date that is changed, the new one's days but for a month after a wish."""
        wanted = self._falling(group, rule, self.clock.now())
        if mend := self._mend(group, user_id, wanted):
            self._mends.append(mend)
            wanted = [(due, day) for due, day in wanted if due <= mend.moment]
            for due, day in self._falling(group, mend.rule, mend.moment):
                if not wanted or day - wanted[-1][1] > REST:
                    wanted.append((due, day))
        found = [(due, day.isoformat()) for due, day in wanted]
        self._occurrences[channel_id, user_id] = found
        self._keys |= {(channel_id, user_id, key): due for due, key in found}

    def _mend(self, group: GuildSettings, user_id: str, wanted: list[tuple[datetime, date]]) -> Mend | None:
        """Draw when a birthday is changed and to what: half of them within two months after a wish, the rest ever."""
        if self.draw.random() > MENDED:
            return None
        end = self.clock.now() + self.plan.days * DAY
        moment = self.clock.now() + self.draw.random() * (end - self.clock.now())
        if wanted and self.draw.random() < 0.7:
            moment = self.draw.choice(wanted)[0] + self.draw.random() * 20 * DAY + timedelta(hours=1)
        if moment >= end:
            return None
        day = local_time.local_day(moment, group.tz)
        # Not at once: the bots here look again once an hour, and a member's own bot is told of the change.
        return Mend(moment, group.guild_id, user_id, self._rule(day + 2 * DAY, day + 60 * DAY))

    def _falling(self, group: GuildSettings, rule: Rule, begin: datetime) -> list[tuple[datetime, date]]:
        """Return when ``rule`` falls from ``begin`` on; today counts too where its hour has passed."""
        first, end = local_time.local_day(begin, group.tz), self.clock.now() + self.plan.days * DAY
        days = [each.date for each in within(rule, first, first + (self.plan.days + 2) * DAY)]
        found = [(local_time.due(day, group.at, group.tz), day) for day in days]
        return [(max(due, begin), day) for due, day in found if due <= end]

    def _move_in(self) -> None:
        settings = {"token": self.playground.TOKEN, "bundle": str(self._bundle), "database_url": self.url}
        for number in range(self.plan.processes):
            shards = {"shards": f"{number}/{self.plan.processes}"} if self.plan.sharded else {}
            bot = Bot(Home(self._folder / f"bot-{number}", self.playground.url, settings | shards))
            self.bots.append(bot)
        self.set_clocks()
        for bot in self.bots:
            bot.begin()

    # The play

    async def _play(self, store: Store) -> None:
        blows = set(self.draw.sample(range(len(self.due)), min(self.plan.blows, len(self.due))))
        for at, moment in enumerate(self.due):
            if moment > self.clock.now() and at in blows:
                blow = self.draw.choice(faults.ALL)
                self.outcome.blows[blow.__name__] += 1
                await blow(self, moment)
                await self._check_records(store)
            self._recover()
            self.turn(moment)
            await self._mend_now(store, moment)
            if not await self._settled():
                return
        await self._watch_for_more()
        self.outcome.lives = sum(bot.lives for bot in self.bots)
        codes = [await bot.end() for bot in self.bots]
        # One that was begun a moment ago may not hear the signal yet, and is ended by it.
        well = (0, -signal.SIGTERM)
        self.outcome.unsent += [f"a bot ended with {code}" for code in codes if code not in well]

    async def _mend_now(self, store: Store, moment: datetime) -> None:
        """Change the dates that are changed at this moment, as another process on the same database would."""
        birthdays = BirthdayRepository(store, self.clock)
        for mend in self._mends:
            if mend.moment == moment:
                given = Birthday(mend.rule, None)
                await birthdays.set(mend.guild_id, int(mend.user_id), mend.user_id, given)
                self.outcome.mended += 1

    def _recover(self) -> None:
        self.playground.faults.clear()
        for bot in self.bots:
            bot.behind = timedelta()
            bot.go_on()
            if not bot.alive:
                bot.begin()
        self.set_clocks()

    async def _settled(self) -> bool:
        """Return whether everything that is due by now is posted in time; time goes on for those who try again."""
        end, nudge = time.monotonic() + PATIENCE, 1.1
        # Two that share a claim are kept apart by the time that a message may be on its way: that must not fly by.
        longest, wait = (
            (600.0, NUDGE_AFTER) if self.plan.processes == 1 or self.plan.sharded else (2.0, 2 * NUDGE_AFTER)
        )
        while self._waiting():
            if time.monotonic() > end:
                return False
            self._news.clear()
            try:
                await asyncio.wait_for(self._news.wait(), wait)
            except TimeoutError:
                if self.playground.gateway.online:
                    self.turn(self.clock.now() + timedelta(seconds=nudge))
                    nudge = min(2 * nudge, longest)
        return True

    async def _watch_for_more(self) -> None:
        """Let some hours pass in which nothing is due: whatever comes then comes a second time."""
        for minutes in (0, 1, 5, 30, 120):
            self.turn(self.clock.now() + timedelta(minutes=minutes))
            await asyncio.sleep(0.3)

    def _waiting(self) -> bool:
        now = self.clock.now()
        return any(due <= now and not self._posted[key] for key, due in self._keys.items())

    # What is seen

    def _happened(self, name: str, data: dict[str, Any]) -> None:
        if name != "MESSAGE_CREATE" or data["author"]["id"] != self.playground.world.bot["id"]:
            return
        self._message_ids.add(int(data["id"]))
        for user in data["mentions"]:
            self._posted[data["channel_id"], user["id"], self._occasion(data["channel_id"], user["id"])] += 1
        self._news.set()

    def _occasion(self, channel_id: str, user_id: str) -> str:
        """Return the key of the last occurrence that was due."""
        found = self._occurrences.get((channel_id, user_id), [])
        at = bisect_right([due for due, _ in found], self.clock.now())
        return found[at - 1][1] if at else "none"

    async def _check_records(self, store: Store) -> None:
        """Note what is recorded as sent and is not in any channel."""
        messages, occurrences = tables.outbox, tables.occurrences
        sent = select(messages.c.nonce, messages.c.message_id).where(messages.c.sent_at.is_not(None))
        lost = select(occurrences).where(occurrences.c.state.not_in(_WELL))
        async with store.reading() as connection:
            recorded = (await connection.execute(sent)).all()
            given_up = (await connection.execute(lost)).all()
        self.outcome.unsent += [row.nonce for row in recorded if row.message_id not in self._message_ids]
        self.outcome.unsent += [f"{row.state}: {row.guild_id} {row.user_id} {row.key}" for row in given_up]

    def _count(self) -> None:
        self.outcome.missed = [key for key in self._keys if not self._posted[key]]
        self.outcome.doubled = [key for key, count in self._posted.items() if count > 1]
        self.outcome.unasked = [key for key in self._posted if self._posted[key] and key not in self._keys]
