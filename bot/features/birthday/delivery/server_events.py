"""Discord's own events for birthdays: made once, changed with the birthday, and taken away with it.

Discord knows no nonce of an event. So its row is claimed before it is made, and where it is not known what came of it,
the server's events are looked through for one of the bot's own with that name and day, which is nobody else's. What
the bot may not do waits, and is said in ``check`` alone. Knows no tables.
"""

from dataclasses import replace

from bot.clock import Clock
from bot.features.birthday import retry
from bot.features.birthday.delivery.messenger import Done, Messenger, Refused, Sent, ServerEvent, Unsure, attempt
from bot.features.birthday.model import About, Refusal
from bot.features.birthday.storage.repositories import Repositories
from bot.features.birthday.storage.server_events import EventPlan, EventRow, EventWork, Step


class ServerEventJob:
    """Brings one event from what there is to what should be."""

    def __init__(self, repositories: Repositories, messenger: Messenger, clock: Clock) -> None:
        self._events = repositories.server_events
        self._problems = repositories.problems
        self._messenger = messenger
        self._clock = clock

    async def do(self, work: EventWork) -> None:
        """Make, change, take away or forget an event."""
        row = await self._hold(work)
        if row is None:
            return
        outcome = await self._done(work, row)
        now = self._clock.now()
        if isinstance(outcome, Unsure | Refused):
            reason = outcome.reason if isinstance(outcome, Refused) else None
            problem = await self._problems.record(row.guild_id, About.EVENT, reason, now)
            await self._events.postpone(row, problem.retry_at)
        else:
            await self._problems.clear(row.guild_id, About.EVENT)

    async def _hold(self, work: EventWork) -> EventRow | None:
        """Return the row that is this process's for a while; None if it is another's."""
        until = self._clock.now() + retry.LONG_LEASE
        if work.row is not None:
            return await self._events.hold(work.row, until)
        return await self._events.claim(work.plan, until) if work.plan else None

    async def _done(self, work: EventWork, row: EventRow) -> Done | Unsure | Refused:
        if work.row is None and work.plan is not None:
            return await self._put(work, row, work.plan)
        if row.step is Step.WANTED:
            return await self._recover(work, row)
        if work.plan is not None and row.step is Step.MADE and not row.has_begun(self._clock.now()):
            return await self._put(work, row, work.plan)
        return await self._end(work, row)

    async def _put(self, work: EventWork, row: EventRow, plan: EventPlan) -> Done | Unsure | Refused:
        """Make the event, or change the one there is."""
        event = ServerEvent(work.settings, row.event_id, plan.user_id, plan.name, plan.starts_at, plan.ends_at)
        outcome = await attempt(self._messenger.put_event(event))
        if isinstance(outcome, Sent):
            await self._events.settle(row, outcome.message_id, plan, self._clock.now())
            return Done()
        if isinstance(outcome, Refused) and outcome.reason is Refusal.EVENT_GONE:
            await self._events.give_up(row, self._clock.now())
            return Done()
        if isinstance(outcome, Refused) and row.event_id is None:
            # It was certainly not made: there is nothing to look for.
            await self._events.forget(row)
        return outcome

    async def _recover(self, work: EventWork, row: EventRow) -> Done | Unsure | Refused:
        """Find out whether an event was made, and go on from there."""
        if row.starts_at is None or row.is_over(work.settings, self._clock.now()):
            return await self._end(work, row)
        wanted = ServerEvent(work.settings, None, row.user_id, row.name, row.starts_at, row.starts_at)
        known = await self._events.known(row.guild_id)
        event_id = await attempt(self._messenger.find_event(wanted, known), retry.LOOK)
        if isinstance(event_id, Unsure | Refused):
            return event_id
        row = replace(row, event_id=event_id or None)
        if work.plan is None or work.plan.starts_at <= self._clock.now():
            return await self._end(work, row)
        return await self._put(work, row, work.plan)

    async def _end(self, work: EventWork, row: EventRow) -> Done | Unsure | Refused:
        """Take the event away unless it is over, and forget it."""
        if row.event_id is not None and row.step is not Step.GONE and not row.is_over(work.settings, self._clock.now()):
            outcome = await attempt(self._messenger.remove_event(row.guild_id, row.event_id))
            if not isinstance(outcome, Done):
                return outcome
        await self._events.forget(row)
        return Done()
