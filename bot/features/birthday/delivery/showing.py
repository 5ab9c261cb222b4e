"""Tells a group's admins whom it was too late to congratulate, until they are told. Knows no tables."""

from bot.clock import Clock
from bot.features.birthday.delivery.messenger import About, Celebrated, Done, Messenger, Notice, Refused, Unsure
from bot.features.birthday.delivery.repositories import Repositories
from bot.features.birthday.delivery.retry import attempt


class MissedReporter:
    """From missed to shown."""

    def __init__(self, repositories: Repositories, messenger: Messenger, clock: Clock) -> None:
        self._repositories = repositories
        self._messenger = messenger
        self._clock = clock

    async def show(self, guild_id: int) -> None:
        """Tell the admins of one group."""
        outcome = await self._note_presence(guild_id)
        people, unsure = await self._repositories.occurrences.missed(guild_id)
        if people and isinstance(outcome, Done):
            notice = Notice(About.MISSED, await self._repositories.settings.get(guild_id), None, people, unsure)
            outcome = await attempt(self._messenger.tell_admins(notice))
        await self._note(guild_id, people, outcome)

    async def _note_presence(self, guild_id: int) -> Done | Unsure | Refused:
        """Leave out who is not in the group any more."""
        people, _ = await self._repositories.occurrences.missed(guild_id)
        asked = frozenset(each.record.user_id for each in people)
        here = await attempt(self._messenger.present(guild_id, asked))
        if isinstance(here, Unsure | Refused):
            return here
        await self._repositories.occurrences.note_presence(guild_id, here, asked - here, self._clock.now())
        return Done()

    async def _note(self, guild_id: int, people: tuple[Celebrated, ...], outcome: Done | Unsure | Refused) -> None:
        if isinstance(outcome, Done):
            await self._repositories.occurrences.shown(guild_id, people)
            await self._repositories.problems.clear(guild_id, About.MISSED)
        else:
            await self._repositories.problems.keep(guild_id, About.MISSED, outcome, self._clock.now())
