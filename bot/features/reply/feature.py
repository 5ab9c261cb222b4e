"""The reply feature: ``/reply``, “Answer in our voice”, answers to those who call the bot, and now and then unasked."""

from collections.abc import Collection, Mapping, Sequence

from discord.ext import commands

from bot.features.feature import Feature, FeatureClient, Services
from bot.features.reply.called import Called
from bot.features.reply.cog import AnswerAgain, Answers, Reply
from bot.features.reply.servers import AnsweringServerRepository, UnaskedChannelRepository
from bot.features.reply.texts import ReplyTexts
from bot.features.reply.unasked import Unasked
from bot.groups.group import Group
from bot.i18n import texts_for


class ReplyFeature(Feature):
    """Answers; without a store nobody can turn on that calls are answered, or that the bot speaks unasked."""

    texts = ReplyTexts
    buttons = (AnswerAgain,)

    def __init__(self, client: FeatureClient, services: Services) -> None:
        """Put the feature together."""
        super().__init__(client, services)
        self._answers = Answers(services, client)
        self._switches: tuple[AnsweringServerRepository, UnaskedChannelRepository] | tuple[()] = ()
        if services.store is not None:
            self._switches = AnsweringServerRepository(services.store), UnaskedChannelRepository(services.store)

    def cogs(self) -> Sequence[commands.Cog]:
        """Return ``/reply``, what answers calls, and what speaks unasked where the owner allows it."""
        services, reply = self.services, Reply(self._answers, self.client.tree)
        if not self._switches:
            return [reply]
        servers, channels = self._switches
        called = Called(self._answers, servers, self.client, services)
        if services.unasked is None:
            return [reply, called]
        return [reply, called, Unasked(self._answers, channels, self.client, services.clock, services.unasked)]

    def in_words(self, locale: str, group: Group | None) -> Sequence[str]:
        """Return what is kept; and that messages are read, where the owner allows it."""
        texts, kept = texts_for(ReplyTexts, locale), super().in_words(locale, group)
        return kept if self.services.unasked is None else [*kept, texts.what_is_read]

    async def export_user(self, user_id: int) -> Mapping[str, object]:
        """Return nothing: what is kept is of servers."""
        del user_id
        return {}

    async def forget_user(self, user_id: int) -> None:
        """Do nothing, as above."""
        del user_id

    async def servers(self) -> Collection[int]:
        """Return the servers where anything is turned on."""
        return frozenset[int]().union(*[await switch.servers() for switch in self._switches])

    async def forget_server(self, server: int) -> None:
        """Turn it off."""
        for switch in self._switches:
            await switch.forget_server(server)
