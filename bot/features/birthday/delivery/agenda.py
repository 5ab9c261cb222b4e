"""What there is to do about birthdays at a moment, and when there is next: read in one go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.features.birthday.delivery import digests, occurrences, outbox, roles
from bot.features.birthday.delivery.digests import Period
from bot.features.birthday.delivery.outbox import OutboxMessage
from bot.features.birthday.delivery.roles import RoleGrant
from bot.features.birthday.storage import planning
from bot.features.birthday.storage.guild_settings import GuildSettings
from bot.store.store import Store


@dataclass(frozen=True, slots=True)
class Agenda:
    """The work of one pass; ``following`` is the first later moment at which there may be more."""

    is_behind: bool
    overdue: tuple[tuple[int, date], ...]
    unsettled: tuple[OutboxMessage, ...]
    waiting: tuple[int, ...]
    unshown: tuple[int, ...]
    wanted: Sequence[dict[str, Any]]
    grants: tuple[RoleGrant, ...]
    digests: tuple[tuple[GuildSettings, Period], ...]
    following: datetime | None

    @property
    def work(self) -> bool:
        """Whether there is anything to do now."""
        work = (self.overdue, self.unsettled, self.waiting, self.unshown, self.wanted, self.grants, self.digests)
        return self.is_behind or any(work)


async def read(store: Store, now: datetime) -> Agenda:
    """Return what there is to do at ``now``."""
    async with store.reading() as connection:
        due, next_digest = await digests.due(connection, now)
        moments = (
            next_digest,
            await occurrences.next_due(connection, now),
            await outbox.next_free(connection),
            await roles.next_moment(connection),
        )
        return Agenda(
            is_behind=await planning.is_behind(connection, now),
            overdue=await occurrences.overdue(connection, now),
            unsettled=await outbox.unsettled(connection, now),
            waiting=await occurrences.waiting(connection, now),
            unshown=await occurrences.unshown(connection, now),
            wanted=await roles.wanted(connection, now),
            grants=await roles.to_do(connection, now),
            digests=due,
            following=min(filter(None, moments), default=None),
        )
