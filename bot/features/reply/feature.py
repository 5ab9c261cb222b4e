"""The reply feature: ``/reply``, “Answer in our voice”, answers to those who call the bot, and now and then unasked."""

from collections.abc import Sequence

from discord.ext import commands

from bot.features.calls.switches import KeepsSwitches, SwitchRepository
from bot.features.feature import Feature, FeatureClient, Services
from bot.features.reply.cog import AnswerAgain, Answers, Reply
from bot.features.reply.texts import ReplyTexts
from bot.features.reply.unasked import UNASKED_CHANNELS, Unasked
from bot.features.reply.when_called import ANSWERING_SERVERS, AnswersWhenCalled
from bot.groups.group import Group
from bot.i18n import texts_for


class ReplyFeature(KeepsSwitches, Feature):
    """Answers; without a store nobody can turn on that calls are answered, or that the bot speaks unasked."""

    texts = ReplyTexts
    buttons = (AnswerAgain,)

    def __init__(self, client: FeatureClient, services: Services) -> None:
        """Put the feature together."""
        super().__init__(client, services)
        self._answers = Answers(services, client)
        if services.store is not None:
            self.switches = [SwitchRepository(services.store, table) for table in (ANSWERING_SERVERS, UNASKED_CHANNELS)]

    def cogs(self) -> Sequence[commands.Cog]:
        """Return ``/reply``, what answers calls, and what speaks unasked where the owner allows it."""
        services, reply = self.services, Reply(self._answers, self.client.tree)
        if not self.switches:
            return [reply]
        servers, channels = self.switches
        called = AnswersWhenCalled(self._answers, servers, self.client, services)
        if services.unasked is None:
            return [reply, called]
        return [reply, called, Unasked(self._answers, channels, self.client, services.clock, services.unasked)]

    def privacy_lines(self, locale: str, group: Group | None) -> Sequence[str]:
        """Return what is kept; and that messages are read, where the owner allows it."""
        texts, kept = texts_for(ReplyTexts, locale), super().privacy_lines(locale, group)
        return kept if self.services.unasked is None else [*kept, texts.what_is_read]
