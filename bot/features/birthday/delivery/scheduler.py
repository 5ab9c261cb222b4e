"""The scheduler: one task that sleeps until the next moment at which something is due, and then does it.

Knows no Discord (a :class:`~.messenger.Messenger` does) and no tables (the steps' own modules do).
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime, timedelta
from typing import TypeVar

from bot import metrics
from bot.clock import Clock
from bot.features.birthday.delivery.agenda import Agenda, read_agenda
from bot.features.birthday.delivery.messenger import Messenger
from bot.features.birthday.delivery.problems import MissedReporter, ProblemReporter
from bot.features.birthday.delivery.reminders import ReminderJob
from bot.features.birthday.delivery.retention import RetentionJob
from bot.features.birthday.delivery.roles import RoleAssigner
from bot.features.birthday.delivery.sender import MessageSender
from bot.features.birthday.delivery.server_events import ServerEventJob
from bot.features.birthday.storage.repositories import Repositories
from bot.store.store import Store

_log = logging.getLogger(__name__)

LOOK_AGAIN = timedelta(hours=1)
"""How often to look although nothing is due: another process may have changed something and died."""
_BREATH = timedelta(seconds=1)
_AT_ONCE = 8
_RECOVERY = (1, 5, 15, 60)
"""Seconds between attempts while something fails, be it the database."""

T = TypeVar("T")


class BirthdayScheduler:
    """Runs all deliveries in one task. Any number of processes may run one each on the same database.

    To wire it: ``scheduler = BirthdayScheduler(store, messenger, clock)``, ``BirthdayRepository(store, clock,
    scheduler.wake)`` and ``GuildSettingsRepository(store, clock, scheduler.wake)``, then
    ``task = asyncio.create_task(scheduler.run())`` once the chat is ready; at the end ``scheduler.stop()``, await the
    task, and only then close the store.
    """

    def __init__(
        self,
        store: Store,
        messenger: Messenger,
        clock: Clock,
        look_again: timedelta = LOOK_AGAIN,
        *,
        is_ours: Callable[[int], bool] = lambda _server: True,
    ) -> None:
        """Take the store, the chat, the clock, and which servers this process delivers to; others may have the rest."""
        self._is_ours = is_ours
        self._store = store
        self._clock = clock
        self._look_again = look_again
        self._woken = asyncio.Event()
        self._stopped = False
        self._retention_ran: datetime | None = None
        self._repair_ran: datetime | None = None
        self._failures: list[Exception] = []
        self.repositories = Repositories.of(store, clock)
        problems = ProblemReporter(self.repositories, messenger, clock)
        self._sender = MessageSender(self.repositories, messenger, problems, clock)
        self._reminders = ReminderJob(self.repositories, messenger, self._sender, clock)
        self._events = ServerEventJob(self.repositories, messenger, clock)
        self._missed_reporter = MissedReporter(self.repositories, messenger, clock)
        self._role_assigner = RoleAssigner(self.repositories, messenger, problems, clock)
        self._retention = RetentionJob(self.repositories, messenger, is_ours)

    def wake(self) -> None:
        """Wake the task to look again now: something was changed. Only from the event loop's own thread."""
        self._woken.set()

    def stop(self) -> None:
        """Stop: let :meth:`run` return after what it is doing."""
        self._stopped = True
        self._woken.set()

    async def run(self) -> None:
        """Announce until :meth:`stop`; cancelled at any point, nothing is lost."""
        failed = 0
        while not self._stopped:
            self._woken.clear()
            try:
                moment = await self.step()
                failed = 0
            except Exception:  # noqa: BLE001 - an outermost door: birthdays go on when the database comes back
                _log.exception("Some birthdays have to wait; trying again.")
                seconds = _RECOVERY[min(failed, len(_RECOVERY) - 1)]
                failed += 1
                await self._sleep_until(self._clock.now() + timedelta(seconds=seconds))
            else:
                await self._sleep_until(max(moment, self._clock.now() + _BREATH))

    async def step(self) -> datetime:
        """Do what is due now, and return the next moment at which something is; at once, if anything was done.

        Raises:
            ExceptionGroup: something failed that should not have; all the rest was done.
        """
        self._failures.clear()
        if self._repair_ran is None or abs(self._clock.now() - self._repair_ran) >= LOOK_AGAIN:
            self._repair_ran = self._clock.now()
            await self.repositories.occurrences.repair(self._repair_ran)
        now = self._clock.now()
        await self.repositories.occurrences.spare_due(now)
        agenda = (await read_agenda(self._store, now)).of(self._is_ours)
        metrics.WISHES_DUE.set(agenda.due)
        await self._do(agenda)
        if not agenda.work:
            # Planning may just have found wishes that are due: they come before the housekeeping.
            await self._keep_house()
        if self._failures:
            raise ExceptionGroup("some birthdays failed", self._failures)
        now = self._clock.now()
        # What was done may have made something else due.
        return now if agenda.work else min((now + self._look_again, *filter(None, [agenda.following])))

    async def _do(self, agenda: Agenda) -> None:
        repositories, now = self.repositories, self._clock.now()
        if agenda.is_behind:
            await repositories.occurrences.plan(now)
        if agenda.overdue:
            await repositories.occurrences.mark_missed(agenda.overdue, now)
        if agenda.wanted:
            await repositories.role_grants.add(agenda.wanted)
        await self._each(self._sender.settle, agenda.unsettled)
        await self._each(self._sender.congratulate, agenda.waiting)
        await self._each(self._role_assigner.do, agenda.grants)
        await self._each(self._missed_reporter.show, agenda.unshown)
        await self._each(lambda due: self._sender.post_digest(*due), agenda.digests)
        await self._each(self._reminders.remind, agenda.reminders)
        await self._each(self._events.do, agenda.events)

    async def _each(self, do: Callable[[T], Awaitable[None]], items: Iterable[T]) -> None:
        """Do it for each, some at once; one that fails does not keep the others from theirs."""
        door = asyncio.Semaphore(_AT_ONCE)

        async def one(item: T) -> None:
            async with door:
                await do(item)

        results = await asyncio.gather(*map(one, items), return_exceptions=True)
        self._failures += [result for result in results if isinstance(result, Exception)]

    async def _keep_house(self) -> None:
        now = self._clock.now()
        if self._retention_ran is None or abs(now - self._retention_ran) >= LOOK_AGAIN:
            self._retention_ran = now
            await self._retention.run(now)
            await self._role_assigner.forget_done(now)

    async def _sleep_until(self, moment: datetime) -> None:
        """Sleep until then or until woken."""
        sleeping = asyncio.ensure_future(self._clock.sleep_until(moment))
        woken = asyncio.ensure_future(self._woken.wait())
        try:
            await asyncio.wait({sleeping, woken}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (sleeping, woken):
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task
