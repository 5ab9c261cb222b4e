"""``/song`` and its button on Discord; how a song is written down is decided in the pure module beside this one."""

from dataclasses import replace
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.features.buttons import StatefulButton, row
from bot.features.commands import everywhere
from bot.features.feature import FeatureClient, Services
from bot.features.interactions import place_of
from bot.features.song.formatting import MOST_VERSES, message_of, song_in
from bot.features.song.request import CUSTOM_ID, Request, custom_id, seed_of_button
from bot.features.song.texts import SongTexts
from bot.groups.group import Group, Place
from bot.i18n import UnknownButtonError, UserFacingError, texts_for
from bot.inference.seeds import LARGEST_SEED, fresh_seed
from bot.inference.songwriter import FORMS, Song, Songwriter


class Songs(commands.Cog):
    """Answers ``/song``."""

    def __init__(self, services: Services, client: FeatureClient) -> None:
        """Take the groups with the worker of their words; and who knows the lines that are refused."""
        self._groups = services.groups
        self._worker = services.workers.words
        self._refused = client.refused_lines

    @app_commands.command(name="song", description="Write a song in this group's words, with a refrain and rhymes")
    @app_commands.describe(
        word="What to sing about; the refrain begins with it",
        lines="How many lines; 8 if left out",
        seed="The number under a song repeats it",
    )
    @app_commands.choices(lines=[app_commands.Choice(name=str(lines), value=lines) for lines in FORMS])
    @everywhere
    async def song(
        self,
        interaction: discord.Interaction,
        word: str,
        lines: int | None = None,
        seed: app_commands.Range[int, 0, LARGEST_SEED] | None = None,
    ) -> None:
        """Write a song about ``word``."""
        request, place = Request.checked(word, lines, seed), place_of(interaction)
        group = await self._groups.at(place)
        _writer(group)  # who has none is told so at once, and alone
        await interaction.response.defer(thinking=True)
        song = await self.written(request, place, group)
        await interaction.followup.send(
            _message(song, group, interaction),
            view=_under(song, interaction),
            suppress_embeds=True,
        )

    async def written(self, request: Request, place: Place, group: Group) -> Song:
        """Return a song that a group's writer made.

        Raises:
            UserFacingError: its bundle has none, or nothing comes to it.
            Busy, Slow: too many are asking at once, or this takes too long.
        """
        seed = fresh_seed() if request.seed is None else request.seed
        refused = await self._refused(place.id)
        job = _writer(group).writing(request.word, request.lines, seed, refused=refused)
        song = await self._worker.run(job, deferred=True)
        if song is None:
            raise UserFacingError(SongTexts, "nothing_comes")
        return song

    async def add(self, interaction: discord.Interaction, song: Song) -> None:
        """Write another verse to a song, in its message.

        Raises:
            UserFacingError: the song is long enough, the bundle of the moment writes none, or nothing comes to it.
            Busy, Slow: too many are asking at once, or this takes too long.
        """
        if len(song.verses) >= MOST_VERSES:
            raise UserFacingError(SongTexts, "is_full")
        place = place_of(interaction)
        group = await self._groups.at(place)
        refused = await self._refused(place.id)
        job = _writer(group).adding(song, len(song.verses[0]), refused=refused)
        await interaction.response.defer()
        verse = await self._worker.run(job, deferred=True)
        if not verse:
            raise UserFacingError(SongTexts, "no_verse_comes")
        longer = replace(song, verses=(*song.verses, verse))
        await interaction.edit_original_response(
            content=_message(longer, group, interaction), view=_under(longer, interaction)
        )


def _writer(group: Group) -> Songwriter:
    if group.models.songwriter is None:
        raise UserFacingError(SongTexts, "not_here")
    return group.models.songwriter


def _message(song: Song, group: Group, interaction: discord.Interaction) -> str:
    return message_of(song, group.note(interaction.locale.value))


class AnotherVerse(StatefulButton, template=CUSTOM_ID):
    """“Another verse” under a song: the song stands above it."""

    cog_name = Songs.__cog_name__

    async def press(self, interaction: discord.Interaction[Any], cog: Songs) -> None:
        """Write another verse.

        Raises:
            UnknownButtonError: there is no song above it.
        """
        content = interaction.message.content if interaction.message else ""
        song = song_in(content, seed_of_button(self.custom_id))
        if song is None:
            raise UnknownButtonError
        await cog.add(interaction, song)


def _under(song: Song, interaction: discord.Interaction) -> discord.ui.View:
    """Return the button, or none where the song is long enough."""
    if len(song.verses) >= MOST_VERSES:
        return row()
    label = texts_for(SongTexts, interaction.locale.value).another_verse
    return row(AnotherVerse(custom_id(song.seed), label=label, emoji="🎵"))
