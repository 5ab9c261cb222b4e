"""``/say`` and its 🔁 on Discord; what they mean is decided in the pure modules beside this one."""

from collections.abc import Mapping
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.features.buttons import StatefulButton, row
from bot.features.commands import everywhere, suggestions
from bot.features.feature import FeatureClient, Services
from bot.features.interactions import place_of
from bot.features.say.formatting import answer
from bot.features.say.request import CUSTOM_ID, MOST_PIECES, Request
from bot.features.say.texts import SayTexts
from bot.features.typed import HIGHEST_TEMPERATURE
from bot.groups.group import Group
from bot.i18n import UserFacingError
from bot.inference.models import LoadedModels
from bot.inference.seeds import LARGEST_SEED, fresh_seed
from bot.inference.speaker import Speaker
from bot.markdown import escaped

_LIVELY = 0.8
_TRIES = 12
"""So many seeds are tried for another answer: of some words a group knows but one line of so many morphemes."""


class Say(commands.Cog):
    """Answers ``/say``."""

    def __init__(self, services: Services, client: FeatureClient) -> None:
        """Take the groups with the worker of their words; and who knows the lines that are refused."""
        self._groups = services.groups
        self._worker = services.workers.words
        self._refused = client.refused_lines

    @app_commands.command(name="say", description="Continue a word the way this group talks")
    @app_commands.describe(
        word="What to start with",
        n="How many more morphemes, 1 to 50; left out, one whole sentence",
        temperature="0 always says the likeliest; higher is wilder, up to 2",
        seed="The number under an answer repeats it",
        member="As which member, where the model has learned to",
    )
    @app_commands.rename(member="as")
    @everywhere
    async def say(  # noqa: PLR0913, PLR0917 - each is an option of the command
        self,
        interaction: discord.Interaction,
        word: str,
        n: app_commands.Range[int, 1, MOST_PIECES] | None = None,
        temperature: app_commands.Range[float, 0.0, HIGHEST_TEMPERATURE] | None = None,
        seed: app_commands.Range[int, 0, LARGEST_SEED] | None = None,
        member: str | None = None,
    ) -> None:
        """Continue ``word`` by ``n`` morphemes; else by the number at its end, or to a sentence's end."""
        group = await self._groups.at(place_of(interaction))
        usual = group.settings.temperature if temperature is None else temperature
        await self.reply(interaction, Request.typed(word, n, usual, seed, member), group)

    @say.autocomplete("member")
    @suggestions
    async def _suggest_members(self, interaction: discord.Interaction, typed: str) -> Mapping[str, str]:
        members = (await self._groups.at(place_of(interaction))).models.members
        return {name: name for name in members if typed.strip().casefold() in name.casefold()}

    async def again(self, interaction: discord.Interaction, request: Request) -> None:
        """Say something else to the request of a button, in the voice of where it is pressed; see :meth:`reply`."""
        previous = interaction.message.content if interaction.message else ""
        await self.reply(interaction, request, await self._groups.at(place_of(interaction)), previous)

    async def reply(self, interaction: discord.Interaction, request: Request, group: Group, previous: str = "") -> None:
        """Answer ``request`` in a group's voice, with a new message that has its own 🔁.

        Where that would be the ``previous`` answer again, other seeds are tried: each repeats what it says.

        Raises:
            UserFacingError: the model cannot speak as the member who was chosen.
            Busy, Slow: too many are asking at once, or this takes too long.
        """
        speaker, usual = _speaker(group.models, request.member), group.settings.temperature
        refused = await self._refused(place_of(interaction).id)
        for _ in range(_TRIES):
            seed = fresh_seed() if request.seed is None else request.seed
            job = speaker.saying(request.word, request.n, request.temperature, seed, refused=refused)
            utterance = await self._worker.run(job)
            if not previous.startswith(escaped(utterance.text)):
                break
        content = answer(utterance, request, group, interaction.locale.value)
        await interaction.response.send_message(
            content,
            view=again(request.livelier(usual or _LIVELY)),
            suppress_embeds=True,
        )


def _speaker(models: LoadedModels, member: str | None) -> Speaker:
    """Return who speaks.

    Raises:
        UserFacingError: nobody of that name does.
    """
    if member is None:
        return models.speaker
    if not models.members:
        raise UserFacingError(SayTexts, "no_members")
    if member not in models.members:
        raise UserFacingError(SayTexts, "no_such_member", names=escaped(", ".join(models.members)))
    return models.members[member]


class Again(StatefulButton, template=CUSTOM_ID):
    """The 🔁 under an answer: it carries the request."""

    cog_name = Say.__cog_name__

    async def press(self, interaction: discord.Interaction[Any], cog: Say) -> None:
        """Answer the same request with another draw."""
        await cog.again(interaction, Request.of_button(self.custom_id))


def again(request: Request) -> discord.ui.View:
    """Return the 🔁 for ``request``, or no button where its word is too long to remember."""
    custom_id = request.custom_id()
    return row(Again(custom_id, emoji="🔁")) if custom_id else row()
