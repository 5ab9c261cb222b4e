"""``/scene`` and its buttons on Discord; what a request means is decided in the pure modules beside this one."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.features.buttons import StatefulButton, row
from bot.features.commands import everywhere
from bot.features.feature import FeatureClient, Services
from bot.features.interactions import place_of
from bot.features.scene.formatting import formatted, may_go_on, turns_of
from bot.features.scene.request import (
    CUSTOM_ID,
    FEWEST_TURNS,
    FURTHER_ID,
    MOST_TURNS,
    Request,
    further_id,
    temperature_of,
)
from bot.features.scene.texts import SceneTexts
from bot.features.typed import HIGHEST_TEMPERATURE
from bot.groups.group import Group
from bot.i18n import UnknownButtonError, UserFacingError, texts_for
from bot.inference.scene import SceneWriter
from bot.inference.seeds import LARGEST_SEED, fresh_seed

_LIVELY = 0.8
_FURTHER = 3
"""Turns that the button adds."""


class Scene(commands.Cog):
    """Answers ``/scene``."""

    def __init__(self, services: Services, client: FeatureClient) -> None:
        """Take the groups with the worker of their words; and who knows the lines that are refused."""
        self._groups = services.groups
        self._worker = services.workers.words
        self._refused = client.refused_lines

    @app_commands.command(name="scene", description="Invent a short conversation the way this group talks")
    @app_commands.describe(
        word="What the first to speak begins with",
        turns="How many turns, 2 to 8",
        temperature="0 always says the likeliest; higher is wilder, up to 2",
        seed="The number under a scene repeats it",
    )
    @everywhere
    async def scene(
        self,
        interaction: discord.Interaction,
        word: str,
        turns: app_commands.Range[int, FEWEST_TURNS, MOST_TURNS] | None = None,
        temperature: app_commands.Range[float, 0.0, HIGHEST_TEMPERATURE] | None = None,
        seed: app_commands.Range[int, 0, LARGEST_SEED] | None = None,
    ) -> None:
        """Invent a scene of so many ``turns`` that begins with ``word``."""
        group = await self._groups.at(place_of(interaction))
        usual = group.settings.temperature if temperature is None else temperature
        await self._reply(interaction, Request.typed(word, turns, usual, seed), group)

    async def again(self, interaction: discord.Interaction, request: Request) -> None:
        """Answer the request of a 🔁 with a new scene, as the group of where it is pressed.

        Raises:
            UserFacingError: nothing comes, or the bundle of the moment invents no scenes.
            Busy, Slow: too many are asking at once, or this takes too long.
        """
        await self._reply(interaction, request, await self._groups.at(place_of(interaction)))

    async def go_on(self, interaction: discord.Interaction, temperature: float) -> None:
        """Add a few turns to the scene of the message under which this is pressed.

        Raises:
            UserFacingError, Busy, Slow: as :meth:`again`.
        """
        group = await self._groups.at(place_of(interaction))
        writer = _writer(group)
        turns = turns_of(interaction.message.content if interaction.message else "")
        if not turns:
            raise UnknownButtonError
        refused = await self._refused(place_of(interaction).id)
        await interaction.response.defer()
        job = writer.going_on(turns, _FURTHER, temperature, fresh_seed(), refused=refused)
        dialogue = await self._worker.run(job, deferred=True)
        if len(dialogue.turns) == len(turns):
            raise UserFacingError(SceneTexts, "nothing_further")
        content = formatted(dialogue, group, interaction.locale.value)
        view = _buttons(_request_id(interaction), content, temperature, interaction.locale.value)
        await interaction.edit_original_response(content=content, view=view)

    async def _reply(self, interaction: discord.Interaction, request: Request, group: Group) -> None:
        """Answer ``request`` as a group would, with a new message that has its own buttons."""
        writer, usual, locale = _writer(group), group.settings.temperature, interaction.locale.value
        refused = await self._refused(place_of(interaction).id)
        await interaction.response.defer(thinking=True)
        seed = fresh_seed() if request.seed is None else request.seed
        job = writer.writing(request.word, request.turns, request.temperature, seed, refused=refused)
        dialogue = await self._worker.run(job, deferred=True)
        if len(dialogue.turns) < FEWEST_TURNS:
            raise UserFacingError(SceneTexts, "nothing_comes")
        content = formatted(dialogue, group, locale, _how(request, seed, usual, locale))
        again = request.livelier(usual or _LIVELY)
        await interaction.followup.send(
            content,
            view=_buttons(again.custom_id(), content, again.temperature, locale),
            suppress_embeds=True,
        )


def _writer(group: Group) -> SceneWriter:
    """Return what invents a group's scenes.

    Raises:
        UserFacingError: its bundle has nothing for it.
    """
    if group.models.scenes is None:
        raise UserFacingError(SceneTexts, "not_here")
    return group.models.scenes


def _how(request: Request, seed: int, usual: float, locale: str) -> str:
    """Return what the small print says of how a scene was made."""
    number = f"🎲 {seed}"
    if request.temperature == usual:
        return number
    return f"{number} · {texts_for(SceneTexts, locale).temperature.format(temperature=f'{request.temperature:g}')}"


class Again(StatefulButton, template=CUSTOM_ID):
    """The 🔁 under a scene: it carries the request."""

    cog_name = Scene.__cog_name__

    async def press(self, interaction: discord.Interaction[Any], cog: Scene) -> None:
        """Answer the same request with another scene."""
        await cog.again(interaction, Request.of_button(self.custom_id))


class GoOn(StatefulButton, template=FURTHER_ID):
    """The button that goes on with a scene: it carries how boldly, and the scene is the message."""

    cog_name = Scene.__cog_name__

    async def press(self, interaction: discord.Interaction[Any], cog: Scene) -> None:
        """Add a few turns."""
        await cog.go_on(interaction, temperature_of(self.custom_id))


def _buttons(request_id: str | None, content: str, temperature: float, locale: str) -> discord.ui.View:
    """Return the buttons under a scene: no 🔁 for a word too long to remember, none to go on where it is full."""
    again = [Again(request_id, emoji="🔁")] if request_id else []
    if not may_go_on(content, _FURTHER):
        return row(*again)
    label = texts_for(SceneTexts, locale).go_on
    return row(*again, GoOn(further_id(temperature), emoji="⏩", label=label))


def _request_id(interaction: discord.Interaction[Any]) -> str | None:
    """Return what the 🔁 of the message remembers under which this is pressed."""
    lines = interaction.message.components if interaction.message else ()
    parts = (part for line in lines for part in getattr(line, "children", ()))
    ids = (str(getattr(part, "custom_id", "")) for part in parts)
    return next(filter(CUSTOM_ID.fullmatch, ids), None)
