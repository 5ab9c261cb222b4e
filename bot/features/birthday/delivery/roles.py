"""The birthday role: given at the server's hour, worn until the day's end, and taken back for certain.

Giving and taking twice is harmless in the chat; two processes keep apart by holding a grant while they work on it.
Knows no tables.
"""

from datetime import datetime, timedelta

from bot.clock import Clock
from bot.features.birthday import retry
from bot.features.birthday.delivery.messenger import Done, Messenger, Refused, Unsure, attempt
from bot.features.birthday.delivery.problems import ProblemReporter
from bot.features.birthday.model import About, Refusal
from bot.features.birthday.storage.repositories import Repositories
from bot.features.birthday.storage.role_grants import RoleGrant, Step

_GONE = (Refusal.MEMBER_GONE, Refusal.ROLE_GONE, Refusal.GUILD_GONE)
_KEPT = timedelta(days=60)


class RoleAssigner:
    """Gives every server's birthday role, and takes it back."""

    def __init__(
        self, repositories: Repositories, messenger: Messenger, problems: ProblemReporter, clock: Clock
    ) -> None:
        self._settings = repositories.settings
        self._grants = repositories.role_grants
        self._solved = repositories.problems
        self._messenger = messenger
        self._problems = problems
        self._clock = clock

    async def do(self, grant: RoleGrant) -> None:
        """Give or take back the role of one grant."""
        now = self._clock.now()
        if not await self._grants.hold(grant, now + retry.LEASE):
            return
        is_over = grant.until <= now
        if is_over and grant.step == Step.WANTED and not grant.attempts:
            await self._grants.give_up(grant)
            return
        change = self._messenger.take_role if is_over else self._messenger.give_role
        outcome = await attempt(change(grant.guild_id, grant.user_id, grant.role_id))
        await self._note(grant, is_over, outcome)

    async def forget_done(self, now: datetime) -> None:
        """Forget what was returned long ago."""
        await self._grants.forget_done(now - _KEPT)

    async def _note(self, grant: RoleGrant, is_over: bool, outcome: Done | Unsure | Refused) -> None:
        now = self._clock.now()
        if isinstance(outcome, Done):
            await self._grants.settle(grant, Step.DONE if is_over else Step.GIVEN, now)
            await self._solved.clear(grant.guild_id, About.ROLE)
            return
        if isinstance(outcome, Refused) and outcome.reason is not Refusal.MEMBER_GONE:
            settings = await self._settings.get(grant.guild_id)
            await self._problems.report(settings, About.ROLE, outcome)
        if isinstance(outcome, Refused) and outcome.reason in _GONE:
            await self._grants.give_up(grant)
        else:
            await self._grants.postpone(grant, now + retry.backoff_refused(grant.attempts))
