"""``/fill`` and its 🔁 on Discord; what a line means is decided in the pure module beside this one."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.features.buttons import StatefulButton, row
from bot.features.commands import everywhere
from bot.features.feature import FeatureClient, Services
from bot.features.fill.request import CUSTOM_ID, Request
from bot.features.fill.texts import FillTexts
from bot.features.interactions import place_of
from bot.features.typed import HIGHEST_TEMPERATURE
from bot.groups.group import Group
from bot.i18n import UserFacingError, texts_for
from bot.inference.filler import FilledLine
from bot.inference.seeds import LARGEST_SEED, fresh_seed
from bot.markdown import LIMIT, cut, escaped, small, unescaped

_LIVELY = 0.8


class Fill(commands.Cog):
    """Answers ``/fill``."""

    def __init__(self, services: Services, client: FeatureClient) -> None:
        """Take the groups with the worker of their words; and who knows the lines that are refused."""
        self._groups = services.groups
        self._worker = services.workers.words
        self._refused = client.refused_lines

    @app_commands.command(name="fill", description="Fill the blanks of a line the way this group talks")
    @app_commands.describe(
        line="A line with a blank, such as 오늘 ___ 먹자",
        temperature="0 always says the likeliest; higher is wilder, up to 2",
        seed="The number under an answer repeats it",
    )
    @everywhere
    async def fill(
        self,
        interaction: discord.Interaction,
        line: str,
        temperature: app_commands.Range[float, 0.0, HIGHEST_TEMPERATURE] | None = None,
        seed: app_commands.Range[int, 0, LARGEST_SEED] | None = None,
    ) -> None:
        """Fill the blanks of ``line``."""
        group = await self._groups.at(place_of(interaction))
        usual = group.settings.temperature if temperature is None else temperature
        await self._reply(interaction, Request.checked(line, usual, seed), group)

    async def again(self, interaction: discord.Interaction, request: Request, before: str) -> None:
        """Answer the request of a button otherwise than with the line that came ``before``.

        Raises:
            UserFacingError: nothing fits, or the bundle of the moment fills no blanks.
            Busy, Slow: too many are asking at once, or this takes too long.
        """
        await self._reply(interaction, request, await self._groups.at(place_of(interaction)), before)

    async def _reply(self, interaction: discord.Interaction, request: Request, group: Group, before: str = "") -> None:
        """Answer ``request`` as a group would, with a new message that has its own 🔁."""
        filler, usual = group.models.filler, group.settings.temperature
        if filler is None:
            raise UserFacingError(FillTexts, "not_here")
        refused = await self._refused(place_of(interaction).id) | ({before} if before else set())
        seed = fresh_seed() if request.seed is None else request.seed
        job = filler.filling(request.around, request.temperature, seed, refused=refused)
        filled = await self._worker.run(job)
        if filled is None:
            raise UserFacingError(FillTexts, "nothing_fits")
        await interaction.response.send_message(
            _answer(filled, request, group, interaction.locale.value),
            view=again(request.livelier(usual or _LIVELY)),
            suppress_embeds=True,
        )


def _answer(filled: FilledLine, request: Request, group: Group, locale: str) -> str:
    """Return the message for a filled line, in which nothing acts."""
    how = [f"🎲 {filled.seed}"]
    if request.temperature != group.settings.temperature:
        how.append(texts_for(FillTexts, locale).temperature.format(temperature=f"{request.temperature:g}"))
    below = small(" · ".join([*how, group.note(locale)]))
    return f"{escaped(cut(filled.text, LIMIT - len(below) - 1))}\n{below}"


class Again(StatefulButton, template=CUSTOM_ID):
    """The 🔁 under an answer: it carries the request."""

    cog_name = Fill.__cog_name__

    async def press(self, interaction: discord.Interaction[Any], cog: Fill) -> None:
        """Answer the same request with another line than this one."""
        content = interaction.message.content if interaction.message else ""
        await cog.again(interaction, Request.of_button(self.custom_id), unescaped(content.partition("\n")[0]))


def again(request: Request) -> discord.ui.View:
    """Return the 🔁 for ``request``, or no button where its line is too long to remember."""
    custom_id = request.custom_id()
    return row(Again(custom_id, emoji="🔁")) if custom_id else row()
