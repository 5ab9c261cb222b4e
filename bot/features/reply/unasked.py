"""Answers that nobody asked for, now and then: where the owner allows it, in channels where a manager turns it on.

It takes the privileged intent to read messages. Of what is read, only when people spoke is remembered.
"""

import discord
from discord import app_commands
from discord.ext import commands
from sqlalchemy import BigInteger, Column, String, Table

from bot.clock import Clock, QuietHours
from bot.features.buttons import row
from bot.features.calls.listener import switch
from bot.features.calls.messages import in_silence, is_of_person, may_write
from bot.features.calls.switches import SwitchRepository
from bot.features.calls.words import say_something, words_of
from bot.features.commands import YES_OR_NO
from bot.features.feature import FeatureClient
from bot.features.interactions import place_of
from bot.features.reply.cog import Answers, reply_with
from bot.features.reply.texts import ReplyTexts
from bot.features.reply.timing import MOST_AN_HOUR, TimingGate
from bot.groups.group import Place
from bot.i18n import texts_for
from bot.store.columns import METADATA

UNASKED_CHANNELS = Table(
    "unasked_channels",
    METADATA,
    Column("channel_id", BigInteger, primary_key=True, autoincrement=False),
    Column("language", String(8), nullable=False, doc="of whoever turned it on"),
    Column("guild_id", BigInteger, index=True, doc="whose channel it is"),
)


class Unasked(commands.Cog):
    """Answers what was said to nobody in particular, with a line that surely fits, at a moment that is good."""

    def __init__(
        self,
        answers: Answers,
        channels: SwitchRepository,
        client: FeatureClient,
        clock: Clock,
        quiet: QuietHours,
    ) -> None:
        """Take where answers come from, where it is turned on, the client, the clock, and when nothing is said."""
        self._answers = answers
        self._channels = channels
        self._client = client
        self._clock = clock
        self._quiet = quiet
        self._gate = TimingGate(quiet)

    @app_commands.command(
        name="chime-in",
        description="Managers: whether I may now and then say something unasked in this channel",
    )
    @app_commands.describe(allowed="Whether I may; for that I read the messages here")
    @app_commands.choices(allowed=YES_OR_NO)
    @app_commands.guild_only()
    async def chime_in(self, interaction: discord.Interaction, allowed: str) -> None:
        """Turn it on or off in a channel.

        Raises:
            UserFacingError: who asks does not manage the server.
        """
        server, is_on = interaction.guild_id or 0, allowed == "yes"
        await switch(interaction, self._channels, interaction.channel_id, is_on=is_on, guild_id=server)
        texts = texts_for(ReplyTexts, interaction.locale.value)
        text = await self._turned_on(texts, place_of(interaction)) if is_on else texts.unasked_off
        await interaction.response.send_message(text, ephemeral=True)

    async def _turned_on(self, texts: ReplyTexts, place: Place) -> str:
        quiet = self._quiet
        text = texts.unasked_on.format(most=MOST_AN_HOUR, first=quiet.first, last=quiet.last, zone=quiet.zone)
        group = await self._answers.group_at(place)
        return text if group.models.answerer.can_be_sure else f"{text}\n{texts.never_sure}"

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Note when somebody spoke, and answer if the moment is good and a line surely fits."""
        me, channel, now = self._client.user, message.channel.id, self._clock.now()
        if message.guild is None or me is None:
            return
        if message.author.id == me.id:
            self._gate.speak(channel, now)
        elif is_of_person(message):
            self._gate.hear(channel, now)
            if _is_to_all(message) and may_write(message) and self._gate.is_open(channel, now):
                with in_silence():
                    await self._answer(message, Place(message.guild.id, message.author.id))

    async def _answer(self, message: discord.Message, place: Place) -> None:
        words, channel = words_of(message.content), message.channel.id
        if not say_something(words) or (language := await self._channels.language(channel)) is None:
            return
        group = await self._answers.group_at(place)
        answer = await self._answers.sure_line(words, place, group)
        if answer is not None and self._gate.take(channel, self._clock.now()):
            # No 🔁: it would keep the words of somebody who did not ask.
            await reply_with(message, answer, group, language, row())


def _is_to_all(message: discord.Message) -> bool:
    """Say whether a message is meant for nobody in particular."""
    return message.reference is None and not (message.mentions or message.role_mentions or message.mention_everyone)
