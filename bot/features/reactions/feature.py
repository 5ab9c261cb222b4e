"""The reactions feature: ``/emoji``, “Which emoji?”, and reactions to those who call the bot."""

from collections.abc import Collection, Mapping, Sequence

from discord.ext import commands

from bot.features.feature import Feature, FeatureClient, Services
from bot.features.reactions.called import ReactsWhenCalled
from bot.features.reactions.cog import Emoji, Reactions
from bot.features.reactions.servers import ReactingServerRepository
from bot.features.reactions.texts import ReactionTexts
from bot.groups.group import Group, may_have


class ReactionsFeature(Feature):
    """Reacts, where the bundle has learnt to; without a store nobody can turn on that calls get reactions."""

    texts = ReactionTexts

    def __init__(self, client: FeatureClient, services: Services) -> None:
        """Put the feature together."""
        super().__init__(client, services)
        self._servers = None if services.store is None else ReactingServerRepository(services.store)

    def cogs(self) -> Sequence[commands.Cog]:
        """Return ``/emoji`` and what heeds calls, if a bundle may have a network for it."""
        if not may_have(self.services.groups, lambda models: models.reactor):
            return []
        reactions = Reactions(self.services, self.client)
        emoji = Emoji(reactions, self.client.tree)
        if self._servers is None:
            return [emoji]
        return [emoji, ReactsWhenCalled(reactions, self._servers, self.client, self.services)]

    def in_words(self, locale: str, group: Group | None) -> Sequence[str]:
        """Return what is kept; nothing where no reactions were learnt."""
        return super().in_words(locale, group) if group and group.models.reactor else []

    async def export_user(self, user_id: int) -> Mapping[str, object]:
        """Return nothing: what is kept is of servers."""
        del user_id
        return {}

    async def forget_user(self, user_id: int) -> None:
        """Do nothing, as above."""
        del user_id

    async def servers(self) -> Collection[int]:
        """Return the servers where it is on."""
        return () if self._servers is None else await self._servers.servers()

    async def forget_server(self, server: int) -> None:
        """Turn it off."""
        if self._servers is not None:
            await self._servers.forget_server(server)
