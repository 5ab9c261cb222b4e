"""Things that members teach: ``/teach``, ``/what``, and the buttons below them."""

from collections.abc import Collection, Mapping, Sequence

from discord.ext import commands

from bot.features.feature import Feature, FeatureClient, Services
from bot.features.teach.cog import Teach, What
from bot.features.teach.knowledge import KnowledgeReader
from bot.features.teach.taught_pictures import TaughtPictureRepository
from bot.features.teach.texts import TeachTexts
from bot.features.teach.views import ListButton, ShowButton


class TeachFeature(Feature):
    """Learns things where a bundle sees pictures."""

    texts = TeachTexts
    buttons = (ListButton, ShowButton)
    needs_store = True
    model = "features"

    def __init__(self, client: FeatureClient, services: Services) -> None:
        """Put the feature together."""
        super().__init__(client, services)
        self._pictures = TaughtPictureRepository(self.store)

    def cogs(self) -> Sequence[commands.Cog]:
        """Return ``/teach`` and ``/what``."""
        services = self.services
        reader = KnowledgeReader(services.groups, self.client, self._pictures)
        return [Teach(reader, self._pictures, services.photos, services.clock), What(reader, services.photos)]

    async def export_user(self, user_id: int) -> Mapping[str, object]:
        """Return what a user taught, anywhere."""
        return await self._pictures.export(user_id)

    async def forget_user(self, user_id: int) -> None:
        """Delete what they taught."""
        await self._pictures.forget(user_id)

    async def servers(self) -> Collection[int]:
        """Return the servers where anything was taught."""
        return await self._pictures.servers()

    async def forget_server(self, server: int) -> None:
        """Delete what was taught there."""
        await self._pictures.forget_server(server)
