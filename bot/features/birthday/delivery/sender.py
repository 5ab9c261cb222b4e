"""The sender of messages: claims what is due, sends it, settles what a crash or the chat's silence left open.

Knows no tables. The order is what keeps a wish from being lost or doubled: the claim is committed before the message
is sent, and nothing that may have been sent is sent again before the channel was looked through for its nonce.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import groupby

from bot import metrics
from bot.clock import Clock
from bot.features.birthday import retry
from bot.features.birthday.delivery import digests
from bot.features.birthday.delivery.digests import Period
from bot.features.birthday.delivery.messenger import (
    Digest,
    Message,
    Messenger,
    Refused,
    Reminder,
    Sent,
    Unsure,
    Wish,
    attempt,
)
from bot.features.birthday.delivery.problems import ProblemReporter
from bot.features.birthday.model import About, Celebrated, GuildSettings, Refusal, State
from bot.features.birthday.storage.outbox import Destination, OutboxMessage
from bot.features.birthday.storage.repositories import Repositories
from bot.features.birthday.upcoming import next_of, upcoming

_log = logging.getLogger(__name__)

MOST_NAMED = 20
"""People in one message: with names and mentions they fit into Discord's 2,000 characters."""


class MessageSender:
    """Sends wishes and digests, from due to sent, and what others have claimed."""

    def __init__(
        self, repositories: Repositories, messenger: Messenger, problems: ProblemReporter, clock: Clock
    ) -> None:
        self._repositories = repositories
        self._outbox = repositories.outbox
        self._messenger = messenger
        self._problems = problems
        self._clock = clock

    async def congratulate(self, guild_id: int) -> None:
        """Congratulate everyone of a server who is due, in one message for each day."""
        settings = await self._repositories.settings.get(guild_id)
        due = await self._repositories.occurrences.due(guild_id, self._clock.now())
        if settings.channel_id is None:
            await self._report(settings, Refused(Refusal.NO_CHANNEL), due)
            return
        here = await self._present(settings, due)
        for people in _batches(celebrated for celebrated in due if celebrated.record.user_id in here):
            if not await self._claim_and_send(settings, settings.channel_id, people):
                return

    async def settle(self, claim: OutboxMessage) -> None:
        """Find out whether a claimed message is in its channel, and send it if it is not."""
        mine = await self._outbox.take(claim, self._clock.now())
        if mine is None:
            return
        nonces = await attempt(self._messenger.sent_since(mine.channel_id, mine.anchor), retry.LOOK)
        if isinstance(nonces, Unsure | Refused):
            await self._cannot_look(mine, nonces)
        elif mine.nonce in nonces:
            await self._outbox.mark_sent(mine, nonces[mine.nonce], self._clock.now())
        else:
            await self.send(mine)

    async def post_digest(self, settings: GuildSettings, period: Period) -> None:
        """Post the list of coming birthdays."""
        if settings.channel_id is None:
            return
        anchor = await attempt(self._messenger.newest(settings.channel_id))
        if isinstance(anchor, Unsure | Refused):
            await self._report(settings, anchor, ())
            return
        now = self._clock.now()
        destination = Destination(settings.guild_id, settings.channel_id, anchor)
        claim = await self._outbox.claim_digest(destination, period.first, period.name, now)
        if claim:
            await self.send(claim)

    async def _present(self, settings: GuildSettings, due: tuple[Celebrated, ...]) -> frozenset[int]:
        """Return who of those who are due is on the server, nobody while that is not known."""
        user_ids = frozenset(celebrated.record.user_id for celebrated in due)
        here = await attempt(self._messenger.present(settings.guild_id, user_ids))
        if isinstance(here, Unsure | Refused):
            await self._report(settings, here, due)
            return frozenset()
        await self._repositories.occurrences.note_presence(settings.guild_id, here, user_ids - here, self._clock.now())
        return here

    async def _claim_and_send(self, settings: GuildSettings, channel_id: int, people: tuple[Celebrated, ...]) -> bool:
        """Return whether to go on with the next message."""
        anchor = await attempt(self._messenger.newest(channel_id))
        if isinstance(anchor, Unsure | Refused):
            await self._report(settings, anchor, people)
            return False
        day, user_ids = people[0].occurrence.date, [celebrated.record.user_id for celebrated in people]
        now = self._clock.now()
        claim = await self._outbox.claim(Destination(settings.guild_id, channel_id, anchor), day, user_ids, now)
        return claim is None or await self.send(claim)

    async def send(self, claim: OutboxMessage) -> bool:
        """Send a claimed message that is certainly not in its channel yet; return whether it is there now."""
        settings, now = await self._repositories.settings.get(claim.guild_id), self._clock.now()
        if settings.is_too_late(claim.day, now):
            await self._outbox.drop(claim, State.MISSED)
            return False
        message = await self._message(claim, settings, now)
        if message is None:
            await self._outbox.mark_sent(claim, None, now)
            return True
        if self._clock.now() >= claim.held_until:
            # The machine slept here: someone else may have taken it, and if not, it is settled next.
            return False
        outcome = await attempt(self._messenger.send(message))
        return await self._note(claim, settings, message, outcome)

    async def _note(
        self, claim: OutboxMessage, settings: GuildSettings, message: Message, outcome: Sent | Unsure | Refused
    ) -> bool:
        now = self._clock.now()
        metrics.MESSAGES.labels(type(message).__name__.lower(), type(outcome).__name__.lower()).inc()
        match outcome:
            case Sent(message_id):
                await self._outbox.mark_sent(claim, message_id, now)
                await self._repositories.problems.clear(settings.guild_id, About.CHANNEL)
                return True
            case Unsure(why):
                _log.warning("It is not known whether message %s was sent: %s.", claim.nonce, why)
                await self._outbox.hold(claim, now + retry.backoff_unknown(claim.attempts), why)
            case Refused() if claim.is_reminder:
                # They take no private messages: nobody but them could do anything about it.
                await self._outbox.mark_sent(claim, None, now)
            case Refused():
                await self._outbox.drop(claim, State.PLANNED)
                await self._report(settings, outcome, message.people)
        return False

    async def _cannot_look(self, claim: OutboxMessage, outcome: Unsure | Refused) -> None:
        settings, now = await self._repositories.settings.get(claim.guild_id), self._clock.now()
        if isinstance(outcome, Refused) and outcome.reason is Refusal.CHANNEL_GONE:
            # Whatever was there is no more. (A server that the bot was put out of may take it in again.)
            await self._outbox.drop(claim, State.PLANNED)
        elif settings.is_too_late(claim.day, now):
            await self._outbox.drop(claim, State.UNSURE)
        else:
            wait = retry.backoff_unknown(claim.attempts)
            if isinstance(outcome, Refused):
                wait = retry.backoff_refused(claim.attempts)
            if isinstance(outcome, Refused) and not claim.is_reminder:
                await self._report(settings, outcome, await self._repositories.occurrences.people_of(claim.nonce))
            await self._outbox.hold(claim, now + wait, repr(outcome))

    async def _message(self, claim: OutboxMessage, settings: GuildSettings, now: datetime) -> Message | None:
        """Return what to send, or None if nobody is left to write of."""
        if claim.is_reminder:
            return await self._reminder(claim, settings, now)
        if claim.digest:
            return await self._digest(claim, digests.named(claim.digest), settings, now)
        people = await self._repositories.occurrences.people_of(claim.nonce)
        if not people:
            return None
        to_ids = [celebrated.record.user_id for celebrated in people if celebrated.record.is_prepared]
        letters = await self._repositories.letters.bind(claim.guild_id, to_ids, claim.nonce)
        photos = await self._repositories.photos.of(claim.guild_id, (each.record.user_id for each in people))
        late = settings.days_late(claim.day, now)
        return Wish(claim.nonce, claim.channel_id, settings, people, late, letters, photos)

    async def _reminder(self, claim: OutboxMessage, settings: GuildSettings, now: datetime) -> Reminder | None:
        """Return the reminder, or None if the day has come, or nobody is to be reminded of it any more."""
        addressee = await self._repositories.reminders.addressee(claim.nonce)
        days = (claim.day - settings.today(now)).days
        if addressee is None or days <= 0:
            return None
        record = await self._repositories.birthdays.get(claim.guild_id, addressee.about_id)
        coming = next_of(record, claim.day) if record and record.is_prepared else None
        if coming is None or coming.occurrence.date != claim.day:
            return None
        return Reminder(claim.nonce, claim.channel_id, settings, addressee.to_id, addressee.language, coming, days)

    async def _digest(
        self, claim: OutboxMessage, period: Period, settings: GuildSettings, now: datetime
    ) -> Digest | None:
        """Return what is left of the period's list, or None if nobody has a birthday in it."""
        first = max(period.first, settings.today(now))
        members = await self._repositories.birthdays.of_guild(settings.guild_id)
        people = upcoming(members, first, period.last)
        return Digest(claim.nonce, claim.channel_id, settings, first, period.last, people) if people else None

    async def _report(self, settings: GuildSettings, outcome: Unsure | Refused, people: tuple[Celebrated, ...]) -> None:
        await self._problems.report(settings, About.CHANNEL, outcome, people)


def _batches(due: Iterable[Celebrated]) -> Iterable[tuple[Celebrated, ...]]:
    day: Callable[[Celebrated], object] = lambda celebrated: celebrated.occurrence.date  # noqa: E731
    for _, of_day in groupby(due, day):
        people = tuple(of_day)
        for start in range(0, len(people), MOST_NAMED):
            yield people[start : start + MOST_NAMED]
