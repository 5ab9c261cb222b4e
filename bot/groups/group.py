"""The interface by which everything that speaks or draws asks for the group that answers, and the one group alone.

Whoever asks names a :class:`Place` and uses what comes for one answer: at the next moment it may be another bundle, or
another group. Knows neither Discord nor where models come from.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from bot.groups.served_bundle import ServedBundle
from bot.groups.settings import GroupSettings
from bot.groups.texts import GroupTexts
from bot.i18n import CoreTexts, texts_for
from bot.inference.models import LoadedModels
from bot.inference.worker import Workers, whose_turn


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is said: a server, or what a person has to themselves, which is on none.

    ``person`` is who asks; 0 where nobody does. Discord gives no id twice.
    """

    server: int | None
    person: int = 0

    @property
    def id(self) -> int:
        """The one number that stands for it: the server's, else the person's."""
        return self.person if self.server is None else self.server


@dataclass(frozen=True, slots=True)
class Group:
    """A group as it answers: its models of the moment, and its settings.

    ``server`` is whose it is, None where there is one group for everybody. ``stands_in``: it is the invented one, where
    a server has none of its own.
    """

    models: LoadedModels
    settings: GroupSettings
    server: int | None = None
    stands_in: bool = False

    def note(self, locale: str, *, picked: bool = False) -> str:
        """Return what the small print under its words says: a model made them up, or ``picked`` them; and whose."""
        core = texts_for(CoreTexts, locale)
        by = core.picked_by_a_model if picked and not self.stands_in else core.by_a_model
        return f"{by} · {texts_for(GroupTexts, locale).stands_in}" if self.stands_in else by


class Groups(Protocol):
    """All groups of this bot."""

    @property
    def only(self) -> Group | None:
        """The group that answers everywhere, if there is one alone."""

    async def at(self, place: Place, *, deferred: bool = False) -> Group:
        """Return the group that answers at a place; where nobody waits for it (``deferred``), it may take longer.

        From then on the caller's jobs take the turns of that place (:data:`bot.inference.worker.whose_turn`).

        Raises:
            UserFacingError: there is none, or none that may be heard there.
            Busy, Slow: its models cannot be loaded in time.
        """

    async def of_person(self, person: int) -> frozenset[int]:
        """Return the servers among whose groups a person may choose; none where there is one group alone."""

    def served(self) -> Mapping[int, ServedBundle]:
        """Return the bundles that are loaded at the moment, by the server whose each is; 0 stands for none."""

    async def reload(
        self, server: int, workers: Workers, before_change: Callable[[], Awaitable[object]] | None = None
    ) -> bool:
        """Change over to what lies in a bundle's folder now, and return whether it is another bundle.

        Raises:
            BundleError, ProviderError, Busy, Slow: the old one goes on serving.
        """

    async def look(self) -> None:
        """Look which bundles there are now."""


EVERYWHERE = 0
"""The key of a bundle that is no server's own."""


class OneGroup:
    """One bundle for every server, and for private messages."""

    def __init__(self, bundle: ServedBundle, settings: GroupSettings | None = None) -> None:
        """Take the bundle, and what its owner has set."""
        self._bundle = bundle
        self._settings = settings or GroupSettings()

    @property
    def only(self) -> Group:
        """The group."""
        return Group(self._bundle.models, self._settings)

    async def at(self, place: Place, *, deferred: bool = False) -> Group:
        """Return the group."""
        del deferred
        whose_turn.set(place.id)
        return self.only

    async def of_person(self, person: int) -> frozenset[int]:
        """Return none."""
        del person
        return frozenset()

    def served(self) -> Mapping[int, ServedBundle]:
        """Return its bundle."""
        return {EVERYWHERE: self._bundle}

    async def reload(
        self, server: int, workers: Workers, before_change: Callable[[], Awaitable[object]] | None = None
    ) -> bool:
        """Change over to what lies in its folder; see :meth:`ServedBundle.reload`."""
        del server
        return await self._bundle.reload(workers, before_change)

    async def look(self) -> None:
        """Do nothing: there is always the one."""


class NoGroups:
    """No group anywhere: where what is kept is worked on, and no bot runs."""

    only = None

    async def at(self, place: Place, *, deferred: bool = False) -> Group:
        """Return none.

        Raises:
            LookupError: always.
        """
        del place, deferred
        raise LookupError

    async def of_person(self, person: int) -> frozenset[int]:
        """Return none."""
        del person
        return frozenset()

    def served(self) -> Mapping[int, ServedBundle]:
        """Return none."""
        return {}

    async def reload(
        self, server: int, workers: Workers, before_change: Callable[[], Awaitable[object]] | None = None
    ) -> bool:
        """Change nothing."""
        del server, workers, before_change
        return False

    async def look(self) -> None:
        """Do nothing."""
