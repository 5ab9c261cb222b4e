"""Many groups: each server hears its own bundle or the one that stands in, and a person alone hears a group of theirs.

Nobody hears another's: which group answers hangs on the place alone, and no request names one.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from bot.groups.bundle_cache import BundleCache
from bot.groups.group import EVERYWHERE, Group, Place
from bot.groups.memberships import Memberships
from bot.groups.served_bundle import ServedBundle
from bot.groups.texts import GroupTexts
from bot.i18n import UserFacingError
from bot.inference.worker import Workers, whose_turn

Choice = Callable[[int], Awaitable[int | None]]
"""Takes a person and returns the server whose group they have chosen to hear, if they have."""


class ManyGroups:
    """A bundle a server; see :class:`bot.groups.group.Groups`."""

    def __init__(self, cache: BundleCache, memberships: Memberships, choice: Choice, *, stands_in: bool) -> None:
        """Take the bundles, who is on which server, what people have chosen, and whether one stands in for others."""
        self._cache = cache
        self._memberships = memberships
        self._choice = choice
        self._stands_in = stands_in

    @property
    def only(self) -> None:
        """None: there are several."""
        return None

    async def at(self, place: Place, *, deferred: bool = False) -> Group:
        """Return the group that answers at a place; where nobody waits for it (``deferred``), it may take longer.

        Raises:
            UserFacingError: there is none, it cannot be opened, or a person has yet to choose among theirs.
            Busy, Slow: its bundle is not open in time.
        """
        whose_turn.set(place.id)
        if place.server is not None:
            self._memberships.note(place.server, place.person)
        server = await self._of_person(place.person) if place.server is None else place.server
        if server in self._cache.known:
            return Group(
                (await self._cache.get(server, deferred=deferred)).models, self._cache.settings(server), server
            )
        if not self._stands_in:
            raise UserFacingError(GroupTexts, "no_voice_of_yours" if place.server is None else "no_voice")
        bundle = await self._cache.get(EVERYWHERE, deferred=deferred)
        return Group(bundle.models, self._cache.settings(EVERYWHERE), None, stands_in=True)

    async def of_person(self, person: int) -> frozenset[int]:
        """Return the servers whose groups a person may hear."""
        return await self._memberships.among(self._cache.known, person)

    async def _of_person(self, person: int) -> int:
        """Return the server whose group a person hears, or 0 where there is none."""
        chosen = await self._choice(person)
        if chosen is not None and await self._memberships.among(self._cache.known & {chosen}, person):
            return chosen
        servers = await self.of_person(person)
        if len(servers) > 1:
            raise UserFacingError(GroupTexts, "choose_first")
        return next(iter(servers), EVERYWHERE)

    def served(self) -> Mapping[int, ServedBundle]:
        """Return the bundles that are loaded at the moment."""
        return self._cache.loaded

    async def reload(
        self, server: int, workers: Workers, before_change: Callable[[], Awaitable[object]] | None = None
    ) -> bool:
        """Change over to what lies in a bundle's folder now; see :meth:`ServedBundle.reload`."""
        return await self._cache.reload(server, workers, before_change)

    async def look(self) -> None:
        """Look which bundles there are now; the ones taken away serve no more."""
        await asyncio.to_thread(self._cache.look)
        self._cache.drop_gone()
