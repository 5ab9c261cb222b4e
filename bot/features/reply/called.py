"""Answers to those who call the bot: by a mention, a reply to it or a private message; and the switch for it.

These messages carry their words without a privileged intent. A message that is not answered is kept by nobody.
"""

import logging

import discord
from discord import app_commands
from discord.ext import commands
from sqlalchemy.exc import DBAPIError

from bot.clock import Clock
from bot.features.feature import FeatureClient
from bot.features.interactions import check_manages_server
from bot.features.reply.cog import Answers, again
from bot.features.reply.formatting import formatted
from bot.features.reply.quota import Quota
from bot.features.reply.request import say_something, words_of
from bot.features.reply.servers import AnsweringServerRepository
from bot.features.reply.texts import ReplyTexts
from bot.i18n import language_of, texts_for
from bot.inference.worker import Busy, Slow
from bot.logs import outline
from bot.store.errors import StoreBusy

_log = logging.getLogger(__name__)

_NOBODY = discord.AllowedMentions.none()
_SAID = frozenset({discord.MessageType.default, discord.MessageType.reply})
_GONE = frozenset({400, 403, 404})
"""How Discord refuses an answer to a message that is gone, or in a channel that is closed to the bot."""


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
        text = texts.turned_on if answer == "yes" else texts.turned_off
        await interaction.response.send_message(text, ephemeral=True, allowed_mentions=_NOBODY)

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer a message that calls the bot, or stay silent: nobody waits for a sentence about why not."""
        if not self._is_call(message) or not _may_write(message):
            return
        try:
            await self._answer(message)
        except (Busy, Slow, StoreBusy, DBAPIError) as reason:
            _log.info("A call was not answered: %s", outline(reason))
        except discord.HTTPException as refusal:
            if refusal.status not in _GONE:
                _log.warning("An answer to a call was not taken: %s", outline(refusal))

    def _is_call(self, message: discord.Message) -> bool:
        """Say whether a person means the bot. Bots never do: two would talk for ever."""
        if message.author.bot or message.webhook_id is not None or message.type not in _SAID:
            return False
        me = self._client.user
        return message.guild is None or (me is not None and any(user.id == me.id for user in message.mentions))

    async def _answer(self, message: discord.Message) -> None:
        words = words_of(message.content)
        if not say_something(words):
            return
        language = await self._servers.language(message.guild.id if message.guild else None)
        if language is None or not self._quota.take(message.channel.id, message.id, self._clock.now()):
            return
        place = message.guild.id if message.guild else message.author.id
        answer = await self._answers.answer(words, message.author.display_name, place, may_be_silent=True)
        if answer is None:
            return
        await message.reply(
            formatted(answer, language),
            view=again(words),
            allowed_mentions=_NOBODY,
            suppress_embeds=True,
            # Discord takes no second message with it for some minutes, also from another process.
            nonce=message.id,
        )


def _may_write(message: discord.Message) -> bool:
    """Say whether the bot may write where a message stands, as far as it knows."""
    channel, guild = message.channel, message.guild
    if guild is None or isinstance(channel, discord.PartialMessageable | discord.DMChannel | discord.GroupChannel):
        return True
    granted = channel.permissions_for(guild.me)
    return granted.send_messages_in_threads if isinstance(channel, discord.Thread) else granted.send_messages
