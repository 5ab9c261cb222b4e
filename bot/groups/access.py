"""Access: which servers are served, and in private messages who.

Every server, unless the owner has closed the bot: then those that are named, that have a bundle of their own, or that
came with an invitation; and in private messages members of one of them. Knows no codes.
"""

from collections.abc import Callable, Collection

from bot.groups.group import Place
from bot.groups.memberships import Memberships
from bot.groups.texts import GroupTexts
from bot.i18n import UserFacingError

WHILE_CLOSED = "while closed"
"""Among the ``extras`` of a command: it is answered where nothing else is."""


class Access:
    """Who is served."""

    def __init__(
        self,
        allowed: frozenset[int] | None = None,
        memberships: Memberships | None = None,
        bundled: Callable[[], Collection[int]] = tuple,
    ) -> None:
        """Take the servers that the owner names, None where all are served.

        ``memberships`` tells who is a member of one; ``bundled`` returns the servers with a bundle of their own.
        """
        self._allowed = allowed
        self._memberships = memberships
        self._bundled = bundled
        self.admitted: frozenset[int] = frozenset()
        """The servers that came with an invitation, as far as was read."""

    @property
    def is_closed(self) -> bool:
        """Whether not everybody is served."""
        return self._allowed is not None

    def serves(self, server: int) -> bool:
        """Say whether a server is served."""
        return self._allowed is None or server in self._allowed | self.admitted or server in self._bundled()

    def admit(self, server: int) -> None:
        """Serve a server from now on: it came with an invitation."""
        self.admitted |= {server}

    async def check(self, place: Place) -> None:
        """Check that whoever asks at a place is served.

        Raises:
            UserFacingError: they are not.
        """
        if self._allowed is None:
            return
        if place.server is not None:
            if not self.serves(place.server):
                raise UserFacingError(GroupTexts, "not_served")
        elif not await self._is_somebodys(place.person):
            raise UserFacingError(GroupTexts, "not_served_in_private")

    async def _is_somebodys(self, person: int) -> bool:
        servers = {*(self._allowed or ()), *self.admitted, *self._bundled()}
        return self._memberships is not None and bool(await self._memberships.among(servers, person))
