"""Reactions to those who call the bot, and the switch for it. Their messages are kept by nobody."""

import discord
from discord import app_commands
from sqlalchemy import BigInteger, Column, String, Table
from typing_extensions import override

from bot.features.calls.listener import Call, CallListener, switch
from bot.features.calls.messages import may_react
from bot.features.calls.quota import MOST_A_MINUTE
from bot.features.calls.switches import SwitchRepository
from bot.features.commands import YES_OR_NO
from bot.features.feature import FeatureClient, Services
from bot.features.reactions.cog import Reactions
from bot.features.reactions.texts import ReactionTexts
from bot.i18n import texts_for
from bot.store.columns import METADATA

REACTING_SERVERS = Table(
    "reacting_servers",
    METADATA,
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
    Column("language", String(8), nullable=False, doc="of whoever turned it on"),
)


class ReactsWhenCalled(CallListener):
    """Reacts where a manager of the server has turned it on, and in private messages once any has."""

    def __init__(
        self, reactions: Reactions, servers: SwitchRepository, client: FeatureClient, services: Services
    ) -> None:
        """Take where reactions come from, where it is turned on, and what heeding calls takes."""
        super().__init__(servers, client, services)
        self._reactions = reactions

    @app_commands.command(
        name="react-when-called",
        description="Managers: whether I react when I am mentioned, replied to, or written to in private",
    )
    @app_commands.describe(react="Whether I react")
    @app_commands.choices(react=YES_OR_NO)
    @app_commands.guild_only()
    async def react_when_called(self, interaction: discord.Interaction, react: str) -> None:
        """Turn it on or off on a server.

        Raises:
            UserFacingError: who asks does not manage it.
        """
        await switch(interaction, self.switches, interaction.guild_id, is_on=react == "yes")
        texts = texts_for(ReactionTexts, interaction.locale.value)
        text = texts.turned_on.format(most=MOST_A_MINUTE) if react == "yes" else texts.turned_off
        await interaction.response.send_message(text, ephemeral=True)

    @override
    def may_respond(self, message: discord.Message, words: str) -> bool:
        """Say whether there are words, and the bot may react."""
        return bool(words) and may_react(message)

    @override
    async def respond(self, call: Call) -> None:
        """React, or do nothing where no reaction is sure."""
        emoji = await self._reactions.reaction(call.words, call.place, call.group)
        if emoji is not None:
            await call.message.add_reaction(emoji)
