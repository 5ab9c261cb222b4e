"""A chat and a clock made up for the birthdays' tests: the chat keeps what was sent, and fails in every way it may."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.features.birthday.delivery.messenger import Done, Message, Notice, Refused, Sent, ServerEvent, Unsure
from bot.features.birthday.model import Refusal
from bot.store.address import address
from bot.store.store import Store

NONCE_HOLDS = timedelta(minutes=3)
CHANNEL = 7


@dataclass(slots=True)
class Turned:
    """A clock that stands still until it is turned."""

    moment: datetime

    def now(self) -> datetime:
        return self.moment

    async def sleep_until(self, moment: datetime) -> None:
        """Time passes only for those who wait for it."""
        self.moment = max(self.moment, moment)


@dataclass(frozen=True, slots=True)
class Posted:
    """A message in the chat."""

    id: int
    channel_id: int
    message: Message
    at: datetime

    @property
    def users(self) -> list[int]:
        return [each.record.user_id for each in self.message.people]


@dataclass(slots=True)
class Chat:
    """All groups' channels. ``now`` is the chat's own time; ``outcomes`` are played before it works, per request."""

    now: Callable[[], datetime]
    posted: list[Posted] = field(default_factory=list)
    told: list[Notice] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    roles: set[tuple[int, int, int]] = field(default_factory=set)
    events: dict[int, ServerEvent] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)
    left: set[tuple[int, int]] = field(default_factory=set)
    forbidden: set[int] = field(default_factory=set)
    outcomes: dict[str, list[Unsure | Refused | str]] = field(default_factory=dict)
    before: Callable[[str], None] = lambda what: None
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    async def newest(self, channel_id: int) -> int | Unsure | Refused:
        return self._refusal("newest", channel_id) or max(
            (posted.id for posted in self.posted if posted.channel_id == channel_id), default=0
        )

    async def send(self, message: Message) -> Sent | Unsure | Refused:
        if refusal := self._refusal("send", message.channel_id, played := self._played("send")):
            return refusal
        posted = self._same(message) or self._post(message)
        return Unsure("the answer was lost") if played == "lost" else Sent(posted.id)

    async def private_channel(self, user_id: int) -> int | Unsure | Refused:
        refused = self._refusal("private_channel", None)
        return 10_000 + user_id if refused is None else refused

    async def sent_since(self, channel_id: int, anchor: int) -> Mapping[str, int] | Unsure | Refused:
        found = {
            posted.message.nonce: posted.id
            for posted in self.posted
            if posted.channel_id == channel_id and posted.id > anchor
        }
        refused = self._refusal("sent_since", channel_id)
        return found if refused is None else refused

    async def present(self, guild_id: int, user_ids: frozenset[int]) -> frozenset[int] | Unsure | Refused:
        here = frozenset(user for user in user_ids if (guild_id, user) not in self.left)
        refused = self._refusal("present", None)
        return here if refused is None else refused

    async def give_role(self, guild_id: int, user_id: int, role_id: int) -> Done | Unsure | Refused:
        return self._role("give_role", (guild_id, user_id, role_id), self.roles.add)

    async def take_role(self, guild_id: int, user_id: int, role_id: int) -> Done | Unsure | Refused:
        return self._role("take_role", (guild_id, user_id, role_id), self.roles.discard)

    async def put_event(self, event: ServerEvent) -> Sent | Unsure | Refused:
        if refusal := self._refusal("put_event", None, played := self._played("put_event")):
            return refusal
        if event.event_id is not None and event.event_id not in self.events:
            return Refused(Refusal.EVENT_GONE)
        event_id = event.event_id or 500 + self.asked.count("put_event")
        self.events[event_id] = event
        return Unsure("the answer was lost") if played == "lost" else Sent(event_id)

    async def find_event(self, event: ServerEvent, known: frozenset[int]) -> int | Unsure | Refused:
        same = (event.name, event.starts_at)
        own = [each for each, made in self.events.items() if (made.name, made.starts_at) == same and each not in known]
        refused = self._refusal("find_event", None)
        return next(iter(own), 0) if refused is None else refused

    async def remove_event(self, guild_id: int, event_id: int) -> Done | Unsure | Refused:
        if refusal := self._refusal("remove_event", None):
            return refusal
        self.events.pop(event_id, None)
        return Done()

    async def tell_admins(self, notice: Notice) -> Done | Unsure | Refused:
        if refusal := self._refusal("tell_admins", None):
            return refusal
        self.told.append(notice)
        return Done()

    def _role(
        self, what: str, role: tuple[int, int, int], change: Callable[[tuple[int, int, int]], None]
    ) -> Done | Unsure | Refused:
        if role[:2] in self.left:
            return Refused(Refusal.MEMBER_GONE)
        if refusal := self._refusal(what, None, played := self._played(what)):
            return refusal
        change(role)
        return Unsure("the answer was lost") if played == "lost" else Done()

    def _played(self, what: str) -> Unsure | Refused | str | None:
        self.before(what)
        self.asked.append(what)
        outcomes = self.outcomes.get(what)
        return outcomes.pop(0) if outcomes else None

    def _refusal(
        self, what: str, channel_id: int | None, played: Unsure | Refused | str | None = ""
    ) -> Unsure | Refused | None:
        if played == "":
            played = self._played(what)
        if channel_id in self.gone:
            return Refused(Refusal.CHANNEL_GONE)
        if channel_id in self.forbidden:
            return Refused(Refusal.FORBIDDEN)
        return played if isinstance(played, Unsure | Refused) else None

    def _same(self, message: Message) -> Posted | None:
        return next(
            (
                posted
                for posted in self.posted
                if posted.message.nonce == message.nonce and self.now() - posted.at < NONCE_HOLDS
            ),
            None,
        )

    def _post(self, message: Message) -> Posted:
        posted = Posted(len(self.posted) + 1, message.channel_id, message, self.now())
        self.posted.append(posted)
        self.arrived.set()
        return posted


@pytest.fixture
def clock() -> Turned:
    """Return a clock that shows the morning of 5 March 2027 in Seoul."""
    return Turned(datetime(2027, 3, 4, 22, tzinfo=UTC))


@pytest.fixture
def chat(clock: Turned) -> Chat:
    """Return an empty chat that lives by the same clock."""
    return Chat(clock.now)


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    """Yield an empty store."""
    opened = await Store.open(address(database_url, Path()))
    yield opened
    await opened.close()


@pytest.fixture
async def open_store(database_url: str) -> AsyncIterator[Callable[[], Awaitable[Store]]]:
    """Open the test's database again, as another process would."""
    opened: list[Store] = []

    async def again() -> Store:
        opened.append(await Store.open(address(database_url, Path())))
        return opened[-1]

    yield again
    for each in opened:
        await each.close()
