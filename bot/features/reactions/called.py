"""Reactions to those who call the bot: by a mention, a reply to it or a private message; and the switch for it.

These messages carry their words without a privileged intent. They are kept by nobody.
"""

import discord
from discord import app_commands
from discord.ext import commands

from bot.clock import Clock
from bot.features.calls.messages import in_silence, is_of_person, may_react, names
from bot.features.calls.quota import MOST_A_MINUTE, Quota
from bot.features.calls.words import words_of
from bot.features.feature import FeatureClient
from bot.features.interactions import check_manages_server
from bot.features.reactions.cog import Reactions
from bot.features.reactions.servers import ReactingServerRepository
from bot.features.reactions.texts import ReactionTexts
from bot.groups.group import Place
from bot.i18n import language_of, texts_for


class ReactsWhenCalled(commands.Cog):
    """Reacts where a manager of the server has turned it on, and in private messages once any has."""

    def __init__(
        self, reactions: Reactions, servers: ReactingServerRepository, client: FeatureClient, clock: Clock
    ) -> None:
        """Take where reactions come from, where it is turned on, the client whose name is called, and the clock."""
        self._reactions = reactions
        self._servers = servers
        self._client = client
        self._clock = clock
        self._quota = Quota()

    @app_commands.command(
        name="react-when-called",
        description="Managers: whether I react when I am mentioned, replied to, or written to in private",
    )
    @app_commands.describe(react="Whether I react")
    @app_commands.choices(
        react=[app_commands.Choice(name="Yes", value="yes"), app_commands.Choice(name="No", value="no")]
    )
    @app_commands.guild_only()
    async def react_when_called(self, interaction: discord.Interaction, react: str) -> None:
        """Turn it on or off on a server.

        Raises:
            UserFacingError: who asks does not manage it.
        """
        check_manages_server(interaction)
        guild_id, texts = interaction.guild_id or 0, texts_for(ReactionTexts, interaction.locale.value)
        if react == "yes":
            await self._servers.turn_on(guild_id, language_of(interaction.locale.value))
        else:
            await self._servers.turn_off(guild_id)
        text = texts.turned_on.format(most=MOST_A_MINUTE) if react == "yes" else texts.turned_off
        await interaction.response.send_message(text, ephemeral=True)

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """React to a message that calls the bot, or do nothing."""
        is_call = message.guild is None or names(message, self._client.user)
        if is_call and is_of_person(message) and may_react(message):
            with in_silence():
                await self._react(message)

    async def _react(self, message: discord.Message) -> None:
        words = words_of(message.content)
        if not words:
            return
        place = Place(message.guild.id if message.guild else None, message.author.id)
        # In private it is for the server to say whose reactions are seen there.
        group = await self._reactions.group_at(place) if place.server is None else None
        if await self._servers.language(group.server if group else place.server) is None:
            return
        group = group or await self._reactions.group_at(place)
        emoji = await self._reactions.reaction(words, place, group)
        if emoji is not None and self._quota.take(message.channel.id, message.id, self._clock.now()):
            await message.add_reaction(emoji)
