"""Reports to a server's admins: a new refusal once, and whom it was too late to congratulate until they know.

Knows no tables.
"""

from bot.clock import Clock
from bot.features.birthday.delivery.messenger import Done, Messenger, Notice, Refused, Unsure, attempt
from bot.features.birthday.model import About, Celebrated, GuildSettings, Refusal
from bot.features.birthday.storage.repositories import Repositories


class ProblemReporter:
    """Records what did not work, and tells the admins of a new refusal."""

    def __init__(self, repositories: Repositories, messenger: Messenger, clock: Clock) -> None:
        self._problems = repositories.problems
        self._messenger = messenger
        self._clock = clock

    async def report(
        self, settings: GuildSettings, about: About, outcome: Unsure | Refused, people: tuple[Celebrated, ...] = ()
    ) -> None:
        """Keep what came of something, and tell the admins if it is a new refusal."""
        problem = await self._problems.record(settings.guild_id, about, _refusal(outcome), self._clock.now())
        if problem.reason and not problem.told and problem.reason is not Refusal.GUILD_GONE:
            notice = Notice(about, settings, problem.reason, people)
            if isinstance(await attempt(self._messenger.tell_admins(notice)), Done):
                await self._problems.mark_told(settings.guild_id, about)


class MissedReporter:
    """Reports missed birthdays: from missed to shown."""

    def __init__(self, repositories: Repositories, messenger: Messenger, clock: Clock) -> None:
        self._repositories = repositories
        self._messenger = messenger
        self._clock = clock

    async def show(self, guild_id: int) -> None:
        """Tell the admins of one server whom it was too late to congratulate."""
        outcome = await self._note_presence(guild_id)
        people, unsure = await self._repositories.occurrences.to_show(guild_id)
        if people and isinstance(outcome, Done):
            notice = Notice(About.MISSED, await self._repositories.settings.get(guild_id), None, people, unsure)
            outcome = await attempt(self._messenger.tell_admins(notice))
        await self._note(guild_id, people, outcome)

    async def _note_presence(self, guild_id: int) -> Done | Unsure | Refused:
        """Leave out who is not on the server any more."""
        people, _ = await self._repositories.occurrences.to_show(guild_id)
        user_ids = frozenset(celebrated.record.user_id for celebrated in people)
        here = await attempt(self._messenger.present(guild_id, user_ids))
        if isinstance(here, Unsure | Refused):
            return here
        await self._repositories.occurrences.note_presence(guild_id, here, user_ids - here, self._clock.now())
        return Done()

    async def _note(self, guild_id: int, people: tuple[Celebrated, ...], outcome: Done | Unsure | Refused) -> None:
        if isinstance(outcome, Done):
            await self._repositories.occurrences.mark_shown(guild_id, people)
            await self._repositories.problems.clear(guild_id, About.MISSED)
        else:
            await self._repositories.problems.record(guild_id, About.MISSED, _refusal(outcome), self._clock.now())


def _refusal(outcome: Unsure | Refused) -> Refusal | None:
    return outcome.reason if isinstance(outcome, Refused) else None
