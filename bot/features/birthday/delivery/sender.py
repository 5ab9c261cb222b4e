"""Congratulates: claims what is due, sends it, and settles what a crash or the chat's silence left open.

Knows no tables. The order is what keeps a wish from being lost or doubled: the claim is committed before the message
is sent, and nothing that may have been sent is sent again before the channel was looked through for its nonce.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import groupby

from bot.clock import Clock
from bot.features.birthday.delivery import retry
from bot.features.birthday.delivery.digests import Period
from bot.features.birthday.delivery.messenger import (
    About,
    Celebrated,
    Digest,
    Messenger,
    Refusal,
    Refused,
    Sent,
    Unsure,
    Wish,
)
from bot.features.birthday.delivery.occurrences import days_late, too_late
from bot.features.birthday.delivery.outbox import Destination, OutboxMessage
from bot.features.birthday.delivery.repositories import Repositories
from bot.features.birthday.delivery.retry import attempt
from bot.features.birthday.storage.guild_settings import GuildSettings
from bot.features.birthday.storage.tables import State

_log = logging.getLogger(__name__)

MOST_NAMED = 20
"""People in one message: with names and mentions they fit into Discord's 2,000 characters."""


class WishSender:
    """From due to sent."""

    def __init__(self, repositories: Repositories, messenger: Messenger, clock: Clock) -> None:
        self._repositories = repositories
        self._messenger = messenger
        self._clock = clock

    async def congratulate(self, guild_id: int) -> None:
        """Congratulate everyone of a group who is due, in one message for each day."""
        settings = await self._repositories.settings.get(guild_id)
        due = await self._repositories.occurrences.due(guild_id, self._clock.now())
        if settings.channel_id is None:
            await self._trouble(settings, Refused(Refusal.NO_CHANNEL), due)
            return
        here = await self._present(settings, due)
        for people in _batches(each for each in due if each.record.user_id in here):
            if not await self._claim_and_send(settings, settings.channel_id, people):
                return

    async def settle(self, claim: OutboxMessage) -> None:
        """Find out whether a claimed message is in its channel, and send it if it is not."""
        taken = await self._repositories.outbox.take(claim, self._clock.now())
        if taken is None:
            return
        looked = await attempt(self._messenger.sent_since(taken.channel_id, taken.anchor), retry.LOOK)
        if isinstance(looked, Unsure | Refused):
            await self._cannot_look(taken, looked)
        elif taken.nonce in looked:
            await self._repositories.outbox.sent(taken, looked[taken.nonce], self._clock.now())
        else:
            await self._send(taken)

    async def post_digest(self, settings: GuildSettings, period: Period) -> None:
        """Post the list of coming birthdays."""
        if settings.channel_id is None:
            return
        anchor = await attempt(self._messenger.newest(settings.channel_id))
        if isinstance(anchor, Unsure | Refused):
            await self._trouble(settings, anchor, ())
            return
        now = self._clock.now()
        place = Destination(settings.guild_id, settings.channel_id, anchor)
        claim = await self._repositories.outbox.claim_digest(place, period.first, period.name, now)
        if claim:
            await self._send(claim)

    async def _present(self, settings: GuildSettings, due: tuple[Celebrated, ...]) -> frozenset[int]:
        """Return who of those who are due is in the group, nobody while that is not known."""
        wanted = frozenset(each.record.user_id for each in due)
        here = await attempt(self._messenger.present(settings.guild_id, wanted))
        if isinstance(here, Unsure | Refused):
            await self._trouble(settings, here, due)
            return frozenset()
        await self._repositories.occurrences.note_presence(settings.guild_id, here, wanted - here, self._clock.now())
        return here

    async def _claim_and_send(self, settings: GuildSettings, channel_id: int, people: tuple[Celebrated, ...]) -> bool:
        """Return whether to go on with the next message."""
        anchor = await attempt(self._messenger.newest(channel_id))
        if isinstance(anchor, Unsure | Refused):
            await self._trouble(settings, anchor, people)
            return False
        day, users = people[0].occurrence.date, [each.record.user_id for each in people]
        now = self._clock.now()
        claim = await self._repositories.outbox.claim(
            Destination(settings.guild_id, channel_id, anchor), day, users, now
        )
        return claim is None or await self._send(claim)

    async def _send(self, claim: OutboxMessage) -> bool:
        """Send a claimed message that is certainly not in its channel yet; return whether it is there now."""
        settings, now = await self._repositories.settings.get(claim.guild_id), self._clock.now()
        if too_late(settings, claim.day, now):
            await self._repositories.outbox.drop(claim, State.MISSED)
            return False
        message = await self._message(claim, settings, now)
        if message is None:
            await self._repositories.outbox.sent(claim, None, now)
            return True
        if self._clock.now() >= claim.held_until:
            # The machine slept here: someone else may have taken it, and if not, it is settled next.
            return False
        outcome = await attempt(self._messenger.send(message))
        return await self._note(claim, settings, message, outcome)

    async def _note(
        self, claim: OutboxMessage, settings: GuildSettings, message: Wish | Digest, outcome: Sent | Unsure | Refused
    ) -> bool:
        now = self._clock.now()
        match outcome:
            case Sent(message_id):
                await self._repositories.outbox.sent(claim, message_id, now)
                await self._repositories.problems.clear(settings.guild_id, About.CHANNEL)
                return True
            case Unsure(why):
                _log.warning("It is not known whether message %s was sent: %s.", claim.nonce, why)
                await self._repositories.outbox.hold(claim, now + retry.backoff_unknown(claim.attempts), why)
            case Refused():
                await self._repositories.outbox.drop(claim, State.PLANNED)
                await self._trouble(settings, outcome, message.people)
        return False

    async def _cannot_look(self, claim: OutboxMessage, outcome: Unsure | Refused) -> None:
        settings, now = await self._repositories.settings.get(claim.guild_id), self._clock.now()
        if isinstance(outcome, Refused) and outcome.reason is Refusal.CHANNEL_GONE:
            # Whatever was there is no more. (A server that the bot was put out of may take it in again.)
            await self._repositories.outbox.drop(claim, State.PLANNED)
        elif too_late(settings, claim.day, now):
            await self._repositories.outbox.drop(claim, State.UNSURE)
        else:
            wait = retry.backoff_unknown(claim.attempts)
            if isinstance(outcome, Refused):
                wait = retry.backoff_refused(claim.attempts)
                await self._trouble(settings, outcome, await self._repositories.occurrences.claimed(claim.nonce))
            await self._repositories.outbox.hold(claim, now + wait, repr(outcome))

    async def _message(self, claim: OutboxMessage, settings: GuildSettings, now: datetime) -> Wish | Digest | None:
        if claim.digest:
            return await self._repositories.digests.message(claim, settings, now)
        people = await self._repositories.occurrences.claimed(claim.nonce)
        if not people:
            return None
        return Wish(claim.nonce, claim.channel_id, settings, people, days_late(settings, claim.day, now))

    async def _trouble(
        self, settings: GuildSettings, outcome: Unsure | Refused, people: tuple[Celebrated, ...]
    ) -> None:
        await self._repositories.problems.note(settings, About.CHANNEL, outcome, people, self._clock.now())


def _batches(due: Iterable[Celebrated]) -> Iterable[tuple[Celebrated, ...]]:
    day: Callable[[Celebrated], object] = lambda each: each.occurrence.date  # noqa: E731
    for _, found in groupby(due, day):
        people = tuple(found)
        for start in range(0, len(people), MOST_NAMED):
            yield people[start : start + MOST_NAMED]
