"""``/about`` on Discord."""

import re
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot import __version__
from bot.bundle import LearntFrom, Manifest
from bot.features.about.texts import AboutTexts
from bot.features.buttons import StatefulButton, row
from bot.features.commands import everywhere
from bot.features.interactions import place_of
from bot.groups.group import Group, Groups
from bot.groups.texts import GroupTexts
from bot.i18n import texts_for
from bot.inference.models import LoadedModels
from bot.markdown import LIMIT, cut, escaped, small

COG = "About"
_MADE = re.compile(r"about:made")
_MOST_CREDITS = 600
_MOST = 3
"""Lines on what one can do: whoever has ten seconds reads no more."""


class About(commands.Cog, name=COG):
    """Answers ``/about``, to the one who asked."""

    def __init__(self, groups: Groups, tree: app_commands.CommandTree[Any]) -> None:
        """Take the groups, and the tree of all commands."""
        self._groups = groups
        self._tree = tree

    @app_commands.command(name="about", description="Who I am and what I can do")
    @everywhere
    async def about(self, interaction: discord.Interaction) -> None:
        """Tell who speaks here, and what one can do."""
        group = await self._groups.at(place_of(interaction))
        texts = texts_for(AboutTexts, interaction.locale.value)
        known = {command.name for command in self._tree.get_commands()}
        button = MadeButton(_MADE.pattern, emoji="🔧", label=texts.show_made)
        await _tell(interaction, introduction(group.models, known, texts), row(button), group)

    async def tell_made(self, interaction: discord.Interaction) -> None:
        """Tell what the bundle says of itself."""
        group = await self._groups.at(place_of(interaction))
        texts = texts_for(AboutTexts, interaction.locale.value)
        await _tell(interaction, provenance(group.models, texts), row(), group)


class MadeButton(StatefulButton, template=_MADE):
    """🔧, behind which it says what it has learnt from."""

    cog_name = COG

    async def press(self, interaction: discord.Interaction[Any], cog: About) -> None:
        """Show it to the one who asks."""
        await cog.tell_made(interaction)


def introduction(models: LoadedModels, known: Collection[str], texts: AboutTexts) -> str:
    """Return what the bot is, what one can do with it, by the commands that are ``known``, and what it does not do."""
    artist = models.artist
    # The command stays when a bundle without faces follows one with them.
    lacking = {"photo", "face"} if artist is None else {"face"} if artist.takes_photos else {"photo"}
    can = {*known, "photo"} - lacking
    pitches = [pitch for command, pitch in texts.pitches.items() if command in can]
    reads = [small(texts.reads)] if "chime-in" in known else []
    return "\n".join([texts.about, *pitches[:_MOST], *reads, small(texts.privacy)])[:LIMIT]


def provenance(models: LoadedModels, texts: AboutTexts) -> str:
    """Return the version, and what members understand of what the bundle says of itself: what it has learnt from."""
    manifest, version = models.bundle.manifest, texts.made.format(version=escaped(__version__))
    faces = _of_faces(manifest, models.artist.usual, texts) if models.artist else []
    return "\n".join([version, *_of_words(manifest.made, texts), *faces, small(texts.more_made)])[:LIMIT]


def _of_words(made: Mapping[str, str], texts: AboutTexts) -> list[str]:
    when, messages = _day(made.get("trained", "")), made.get("messages", "")
    learnt = [texts.words_learnt.format(messages=f"{int(messages):,}", when=when)] if messages.isdecimal() else []
    return [*learnt, *([texts.words_base] if "base" in made else [])]


def _of_faces(manifest: Manifest, generator: str, texts: AboutTexts) -> list[str]:
    """Return when the generator learnt to draw, and whose photos were seen by any model."""
    learnt_from = manifest.models[generator].learnt_from
    learnt = {LearntFrom.DRAWN: texts.faces_drawn, LearntFrom.PHOTOS: texts.faces_learnt}
    when = _day(manifest.made.get(f"{generator} trained", ""))
    lines = [learnt[learnt_from].format(when=when)] if learnt_from else []
    named = (value.split(", ") for key, value in manifest.made.items() if key.endswith(" photos"))
    photos = dict.fromkeys(name for names in named for name in names)
    return [*lines, *([texts.credits.format(photos=escaped(cut(", ".join(photos), _MOST_CREDITS)))] if photos else [])]


def _day(moment: str) -> str:
    """Return the day of a moment in ISO 8601, which every Discord shows in its reader's language; "?" of no moment."""
    try:
        return f"<t:{int(datetime.fromisoformat(moment).timestamp())}:D>"
    except ValueError:
        return "?"


async def _tell(interaction: discord.Interaction, text: str, view: discord.ui.View, group: Group) -> None:
    if group.stands_in:
        text = f"{small(texts_for(GroupTexts, interaction.locale.value).stands_in)}\n{text}"[:LIMIT]
    await interaction.response.send_message(text, view=view, ephemeral=True)
