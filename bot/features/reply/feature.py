"""The reply feature: ``/reply``, “Answer in our voice”, and answers to those who call the bot."""

from collections.abc import Mapping, Sequence

from discord.ext import commands

from bot.features.feature import Feature, FeatureClient, Services
from bot.features.reply.called import Called
from bot.features.reply.cog import AnswerAgain, Answers, Reply
from bot.features.reply.servers import AnsweringServerRepository
from bot.features.reply.texts import ReplyTexts


class ReplyFeature(Feature):
    """Answers; without a store nobody can turn it on that calls are answered."""

    texts = ReplyTexts
    buttons = (AnswerAgain,)

    def __init__(self, client: FeatureClient, services: Services) -> None:
        """Put the feature together."""
        super().__init__(client, services)
        self._answers = Answers(services, client)

    def cogs(self) -> Sequence[commands.Cog]:
        """Return ``/reply``, and what answers calls."""
        services, reply = self.services, Reply(self._answers, self.client.tree)
        if services.store is None:
            return [reply]
        servers = AnsweringServerRepository(services.store)
        return [reply, Called(self._answers, servers, self.client, services.clock)]

    async def export_user(self, user_id: int) -> Mapping[str, object]:
        """Return nothing: what is kept is of servers."""
        del user_id
        return {}

    async def forget_user(self, user_id: int) -> None:
        """Do nothing, as above."""
        del user_id
