"""The blocklist feature: “Never say this again”, ``/never list``, and what the speaker is told before each answer."""

from collections.abc import Collection, Mapping, Sequence

from discord.ext import commands

from bot.features.blocklist.cache import RefusedLineCache
from bot.features.blocklist.cog import Blocklist, BlocklistButton
from bot.features.blocklist.lines import RefusedLineRepository
from bot.features.blocklist.texts import BlocklistTexts
from bot.features.feature import Feature, FeatureClient, Services


class BlocklistFeature(Feature):
    """Keeps lines from being said again."""

    texts = BlocklistTexts
    buttons = (BlocklistButton,)
    needs_store = True

    def __init__(self, client: FeatureClient, services: Services) -> None:
        """Put the feature together."""
        super().__init__(client, services)
        self._lines = RefusedLineRepository(self.store, self._changed)
        self._cache = RefusedLineCache(self._lines)

    def cogs(self) -> Sequence[commands.Cog]:
        """Return “Never say this again” and ``/never``."""
        return [Blocklist(self._lines, self.services.clock, self.client.tree)]

    async def refused_lines(self, place: int) -> frozenset[str]:
        """Return the lines of a place.

        Raises:
            StoreBusy: they cannot be read, and never were.
        """
        return await self._cache.of(place)

    def _changed(self, place: int) -> None:
        self._cache.expire(place)

    async def export_user(self, user_id: int) -> Mapping[str, object]:
        """Return the lines that a user refused, anywhere."""
        return await self._lines.export(user_id)

    async def forget_user(self, user_id: int) -> None:
        """Delete those of their private messages; on servers it is forgotten who refused."""
        await self._lines.forget(user_id)

    async def servers(self) -> Collection[int]:
        """Return the servers where lines are refused."""
        return await self._lines.servers()

    async def forget_server(self, server: int) -> None:
        """Delete these lines."""
        await self._lines.forget_server(server)
