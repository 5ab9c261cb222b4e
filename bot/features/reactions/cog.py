"""``/emoji``, and “Which emoji?” in the context menu of messages, on Discord."""

import asyncio
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.bundle import normalise
from bot.features.calls.words import words_of
from bot.features.commands import MessageMenu, everywhere
from bot.features.feature import FeatureClient, Services
from bot.features.interactions import place_of
from bot.features.reactions.texts import ReactionTexts
from bot.groups.group import Group, Place
from bot.groups.texts import GroupTexts
from bot.i18n import UserFacingError, texts_for
from bot.markdown import cut, escaped, small

LONGEST = 2000
_MOST_QUOTED = 120
_PATIENCE = 0.5
"""Seconds until a reaction that Discord is slow to take is told instead: who asked is answered within three."""


class Reactions:
    """The way from words to a reaction of the model, for all who ask for one."""

    def __init__(self, services: Services, client: FeatureClient) -> None:
        """Take the groups with the worker of their words, who is served, and who knows the lines that are refused."""
        self.group_at = services.group_at
        self._worker = services.workers.words
        self._refused = client.refused_lines

    async def reaction(self, words: str, place: Place, group: Group) -> str | None:
        """Return the emoji that a group would give ``words``, or None where that is not sure.

        Raises:
            UserFacingError: the group's bundle has learnt no reactions.
            Busy, Slow, StoreBusy: too many are asking at once, or this takes too long.
        """
        reactor, refused = group.models.reactor, await self._refused(place.id)
        if reactor is None:
            raise UserFacingError(ReactionTexts, "not_here")
        return await self._worker.run(lambda: reactor.reaction(words, refused))


class Emoji(MessageMenu, commands.Cog):
    """Tells which emoji the room would give, and gives it to a message where the bot may."""

    def __init__(self, reactions: Reactions, tree: app_commands.CommandTree[Any]) -> None:
        """Take where reactions come from, and the tree to which the context menu's command is added."""
        self._reactions = reactions
        super().__init__(tree, "Which emoji?", self.react_to_message)

    @app_commands.command(name="emoji", description="Which emoji this group would give a sentence")
    @app_commands.describe(sentence="What to react to, such as 오늘 시험 망했어 ㅠㅠ")
    @everywhere
    async def emoji(self, interaction: discord.Interaction, sentence: app_commands.Range[str, 1, LONGEST]) -> None:
        """Tell the emoji for ``sentence``.

        Raises:
            UserFacingError: there is nothing in it, or no reaction is sure.
        """
        emoji, group = await self._sure(interaction, words_of(sentence), "nothing_typed")
        above = escaped(cut(normalise(sentence), _MOST_QUOTED))
        await interaction.response.send_message(
            _told(emoji, above, group, interaction.locale.value), suppress_embeds=True
        )

    async def react_to_message(self, interaction: discord.Interaction[Any], message: discord.Message) -> None:
        """Give a message its emoji, whoever's it is, or tell it where that cannot be; to the one who asked.

        Raises:
            UserFacingError: there is nothing in it, or no reaction is sure.
        """
        emoji, group = await self._sure(interaction, words_of(message.content), "nothing_in_message")
        locale = interaction.locale.value
        texts = texts_for(ReactionTexts, locale)
        if await _given(message, emoji):
            text = f"{texts.given.format(emoji=emoji)}\n{_small_print(group, locale)}"
        else:
            text = _told(emoji, f"[{texts.this_message}]({message.jump_url})", group, locale)
        await interaction.response.send_message(text, ephemeral=True, suppress_embeds=True)

    async def _sure(self, interaction: discord.Interaction, words: str, nothing: str) -> tuple[str, Group]:
        if not words:
            raise UserFacingError(ReactionTexts, nothing)
        place = place_of(interaction)
        group = await self._reactions.group_at(place)
        emoji = await self._reactions.reaction(words, place, group)
        if emoji is None:
            raise UserFacingError(ReactionTexts, "not_sure")
        return emoji, group


async def _given(message: discord.Message, emoji: str) -> bool:
    """Add a reaction, and say whether Discord took it: the message may be gone, or the bot may not there."""
    try:
        async with asyncio.timeout(_PATIENCE):
            await message.add_reaction(emoji)
    except (TimeoutError, discord.HTTPException):
        return False
    return True


def _told(emoji: str, above: str, group: Group, locale: str) -> str:
    """Return the message that tells an emoji; ``above`` is markdown that says what it is for."""
    told = texts_for(ReactionTexts, locale).told.format(emoji=emoji)
    return f"{small(f'↪ {above}')}\n{told}\n{_small_print(group, locale)}"


def _small_print(group: Group, locale: str) -> str:
    """Return who chose the emoji: a model, and whose."""
    by = texts_for(ReactionTexts, locale).by_a_model
    return small(f"{by} · {texts_for(GroupTexts, locale).stands_in}" if group.stands_in else by)
