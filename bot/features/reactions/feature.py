"""The reactions feature: ``/emoji``, “Which emoji?”, and reactions to those who call the bot."""

from collections.abc import Sequence

from discord.ext import commands

from bot.features.calls.switches import KeepsSwitches, SwitchRepository
from bot.features.feature import Feature, FeatureClient, Services
from bot.features.reactions.cog import Emoji, Reactions
from bot.features.reactions.texts import ReactionTexts
from bot.features.reactions.when_called import REACTING_SERVERS, ReactsWhenCalled


class ReactionsFeature(KeepsSwitches, Feature):
    """Reacts, where the bundle has learnt to; without a store nobody can turn on that calls get reactions."""

    texts = ReactionTexts
    model = "reactor"

    def __init__(self, client: FeatureClient, services: Services) -> None:
        """Put the feature together."""
        super().__init__(client, services)
        if services.store is not None:
            self.switches = [SwitchRepository(services.store, REACTING_SERVERS)]

    def cogs(self) -> Sequence[commands.Cog]:
        """Return ``/emoji`` and what heeds calls."""
        reactions = Reactions(self.services, self.client)
        called = (ReactsWhenCalled(reactions, servers, self.client, self.services) for servers in self.switches)
        return [Emoji(reactions, self.client.tree), *called]
