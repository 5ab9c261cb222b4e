"""Answers to those who call the bot: by a mention, a reply to it or a private message; and the switch for it.

These messages carry their words without a privileged intent. A message that is not answered is kept by nobody.
"""

import discord
from discord import app_commands
from discord.ext import commands

from bot.clock import Clock
from bot.features.calls.messages import in_silence, is_of_person, may_write, names
from bot.features.calls.quota import MOST_A_MINUTE, Quota
from bot.features.calls.words import say_something, words_of
from bot.features.feature import FeatureClient
from bot.features.interactions import check_manages_server
from bot.features.reply.cog import Answers, again
from bot.features.reply.sending import reply_with
from bot.features.reply.servers import AnsweringServerRepository
from bot.features.reply.texts import ReplyTexts
from bot.groups.group import Place
from bot.i18n import language_of, texts_for


class Called(commands.Cog):
    """Answers where a manager of the server has turned it on, and in private messages once any has."""

    def __init__(
        self, answers: Answers, servers: AnsweringServerRepository, client: FeatureClient, clock: Clock
    ) -> None:
        """Take where answers come from, where it is turned on, the client whose name is called, and the clock."""
        self._answers = answers
        self._servers = servers
        self._client = client
        self._clock = clock
        self._quota = Quota()

    @app_commands.command(
        name="when-called",
        description="Managers: whether I answer when I am mentioned, replied to, or written to in private",
    )
    @app_commands.describe(answer="Whether I answer")
    @app_commands.choices(
        answer=[app_commands.Choice(name="Yes", value="yes"), app_commands.Choice(name="No", value="no")]
    )
    @app_commands.guild_only()
    async def when_called(self, interaction: discord.Interaction, answer: str) -> None:
        """Turn it on or off on a server.

        Raises:
            UserFacingError: who asks does not manage it.
        """
        check_manages_server(interaction)
        guild_id, texts = interaction.guild_id or 0, texts_for(ReplyTexts, interaction.locale.value)
        if answer == "yes":
            await self._servers.turn_on(guild_id, language_of(interaction.locale.value))
        else:
            await self._servers.turn_off(guild_id)
        text = texts.turned_on.format(most=MOST_A_MINUTE) if answer == "yes" else texts.turned_off
        await interaction.response.send_message(text, ephemeral=True)

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer a message that calls the bot, or stay silent."""
        is_call = message.guild is None or names(message, self._client.user)
        if is_call and is_of_person(message) and may_write(message):
            with in_silence():
                await self._answer(message)

    async def _answer(self, message: discord.Message) -> None:
        words = words_of(message.content)
        if not say_something(words):
            return
        place = Place(message.guild.id if message.guild else None, message.author.id)
        # In private it is for the server to say whose voice is heard there.
        group = await self._answers.group_at(place) if place.server is None else None
        language = await self._servers.language(group.server if group else place.server)
        if language is None or not self._quota.take(message.channel.id, message.id, self._clock.now()):
            return
        group = group or await self._answers.group_at(place)
        name = message.author.display_name
        answer = await self._answers.answer(words, name, place, group, may_be_silent=True)
        if answer is not None:
            await reply_with(message, answer, group, language, again(words))
