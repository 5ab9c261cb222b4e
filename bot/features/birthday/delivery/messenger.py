"""The messenger: what a delivery asks of the chat, and what can come of it. Knows no Discord and no database.

**The mark.** Discord answers a repeated nonce with the first message for a few minutes only, and the messages it gives
back later need not carry their nonce. So every message carries its nonce in the message itself, in the
``custom_id`` of a button, where it survives for as long as the message does.
"""

import asyncio
import logging
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Protocol, TypeVar

from bot.features.birthday import retry
from bot.features.birthday.model import About, Celebrated, GuildSettings, Refusal

_log = logging.getLogger(__name__)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Done:
    """It was done, or had been."""


@dataclass(frozen=True, slots=True)
class Sent:
    """The message is in the chat."""

    message_id: int


@dataclass(frozen=True, slots=True)
class Unsure:
    """It may have been done or not: a timeout, a dropped connection, an error on the chat's side."""

    why: str


@dataclass(frozen=True, slots=True)
class Refused:
    """It was not done."""

    reason: Refusal


@dataclass(frozen=True, slots=True)
class Wish:
    """One message that congratulates everyone in ``people``, all on one day; ``days_late`` after it, 0 on the day.

    It brings so many ``letters`` that others wrote beforehand, and the ``photos`` (JPEG files, by user id) of those who
    gave one for it.
    """

    nonce: str
    channel_id: int
    settings: GuildSettings
    people: tuple[Celebrated, ...]
    days_late: int
    letters: int = 0
    photos: Mapping[int, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Digest:
    """One message that lists who has a birthday from ``first`` to ``last``, at least one, by day."""

    nonce: str
    channel_id: int
    settings: GuildSettings
    first: date
    last: date
    people: tuple[Celebrated, ...]


@dataclass(frozen=True, slots=True)
class Reminder:
    """One private message to ``to_id``, in their language, about another's birthday in so many ``days``."""

    nonce: str
    channel_id: int
    settings: GuildSettings
    to_id: int
    language: str
    celebrated: Celebrated
    days: int

    @property
    def people(self) -> tuple[Celebrated, ...]:
        """Whom it is about."""
        return (self.celebrated,)


Message = Wish | Digest | Reminder
"""What is claimed before it is sent, and carries its nonce."""


@dataclass(frozen=True, slots=True)
class ServerEvent:
    """An event in the server's list, from one moment to another; made where ``event_id`` is None, else changed."""

    settings: GuildSettings
    event_id: int | None
    user_id: int
    name: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the admins should know; ``unsure`` are those of the people who may have been congratulated after all.

    ``reason`` is None for :attr:`About.MISSED`.
    """

    about: About
    settings: GuildSettings
    reason: Refusal | None
    people: tuple[Celebrated, ...]
    unsure: frozenset[int] = frozenset()


class Messenger(Protocol):
    """The chat, as far as birthdays go. What raises, or takes too long and is cancelled, counts as :class:`Unsure`."""

    async def newest(self, channel_id: int) -> int | Unsure | Refused:
        """Return the id of the channel's last message, 0 if it has none.

        ``FORBIDDEN`` if the bot may not send there or may not read what was sent: Discord gives an empty history to a
        bot without the permission, and a wish that cannot be looked for could be sent twice.
        """
        ...

    async def send(self, message: Message) -> Sent | Unsure | Refused:
        """Send one message that carries ``message.nonce``, enforced, and in the ``custom_id`` of a button too."""
        ...

    async def private_channel(self, user_id: int) -> int | Unsure | Refused:
        """Return the id of the channel in which a user is written to privately; refused if they cannot be."""
        ...

    async def sent_since(self, channel_id: int, anchor: int) -> Mapping[str, int] | Unsure | Refused:
        """Return the ids of all own messages after message ``anchor``, by the nonce in each one's button.

        All of them, page by page; or :class:`Unsure`, never a part.
        """
        ...

    async def present(self, guild_id: int, user_ids: frozenset[int]) -> frozenset[int] | Unsure | Refused:
        """Return those who are members now. Someone is left out only if the chat said so of that very person."""
        ...

    async def give_role(self, guild_id: int, user_id: int, role_id: int) -> Done | Unsure | Refused:
        """Give a role; done if the member has it already."""
        ...

    async def take_role(self, guild_id: int, user_id: int, role_id: int) -> Done | Unsure | Refused:
        """Take a role back; done if the member does not have it."""
        ...

    async def put_event(self, event: ServerEvent) -> Sent | Unsure | Refused:
        """Make or change an event, and return its id; ``EVENT_GONE`` if there is none to change."""
        ...

    async def find_event(self, event: ServerEvent, known: frozenset[int]) -> int | Unsure | Refused:
        """Return the id of an own event with that name and beginning which is none of ``known``, 0 if there is none."""
        ...

    async def remove_event(self, guild_id: int, event_id: int) -> Done | Unsure | Refused:
        """Take an event away; done if it is not there."""
        ...

    async def tell_admins(self, notice: Notice) -> Done | Unsure | Refused:
        """Tell those who manage the server; after a crash in between they may be told again."""
        ...


async def attempt(request: Awaitable[T], limit: timedelta = retry.SEND) -> T | Unsure:
    """Return what comes of a request to the chat; unsure if it raises or takes longer than ``limit``."""
    try:
        async with asyncio.timeout(limit.total_seconds()):
            return await request
    except TimeoutError:
        return Unsure(f"no answer in {limit.total_seconds():.0f} s")
    except Exception as error:  # noqa: BLE001 - whatever it is, the wish is not lost
        _log.exception("The chat could not be asked.")
        return Unsure(repr(error))
