"""Answers to those who call the bot, and the switch for it. A message that is not answered is kept by nobody."""

import discord
from discord import app_commands
from sqlalchemy import BigInteger, Column, String, Table
from typing_extensions import override

from bot.features.calls.listener import Call, CallListener, switch
from bot.features.calls.messages import may_write
from bot.features.calls.quota import MOST_A_MINUTE
from bot.features.calls.switches import SwitchRepository
from bot.features.calls.words import say_something
from bot.features.commands import YES_OR_NO
from bot.features.feature import FeatureClient, Services
from bot.features.reply.cog import Answers, again, reply_with
from bot.features.reply.texts import ReplyTexts
from bot.i18n import texts_for
from bot.store.columns import METADATA

ANSWERING_SERVERS = Table(
    "answering_servers",
    METADATA,
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
    Column("language", String(8), nullable=False, doc="of whoever turned it on"),
)


class AnswersWhenCalled(CallListener):
    """Answers where a manager of the server has turned it on, and in private messages once any has."""

    def __init__(self, answers: Answers, servers: SwitchRepository, client: FeatureClient, services: Services) -> None:
        """Take where answers come from, where it is turned on, and what heeding calls takes."""
        super().__init__(servers, client, services)
        self._answers = answers

    @app_commands.command(
        name="when-called",
        description="Managers: whether I answer when I am mentioned, replied to, or written to in private",
    )
    @app_commands.describe(answer="Whether I answer")
    @app_commands.choices(answer=YES_OR_NO)
    @app_commands.guild_only()
    async def when_called(self, interaction: discord.Interaction, answer: str) -> None:
        """Turn it on or off on a server.

        Raises:
            UserFacingError: who asks does not manage it.
        """
        await switch(interaction, self.switches, interaction.guild_id, is_on=answer == "yes")
        texts = texts_for(ReplyTexts, interaction.locale.value)
        text = texts.turned_on.format(most=MOST_A_MINUTE) if answer == "yes" else texts.turned_off
        await interaction.response.send_message(text, ephemeral=True)

    @override
    def may_respond(self, message: discord.Message, words: str) -> bool:
        """Say whether they say something, and the bot may write there."""
        return say_something(words) and may_write(message)

    @override
    async def respond(self, call: Call) -> None:
        """Answer, or stay silent where no answer is good enough."""
        name = call.message.author.display_name
        answer = await self._answers.answer(call.words, name, call.place, call.group, may_be_silent=True)
        if answer is not None:
            await reply_with(call.message, answer, call.group, call.language, again(call.words))
