"""``/privacy`` and its buttons on Discord: to the member alone, on servers and in private messages."""

import io
import re
from collections.abc import Callable, Sequence
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.features.buttons import StatefulButton, row
from bot.features.commands import everywhere
from bot.features.feature import Feature, Services
from bot.features.interactions import place_of
from bot.features.privacy import all_features
from bot.features.privacy.texts import PrivacyTexts
from bot.features.privacy.withdrawals import TABLE
from bot.groups.group import Group
from bot.i18n import UnknownButtonError, UserFacingError, texts_for
from bot.inference.worker import Busy, Slow
from bot.markdown import small

COG = "Privacy"
_FORGET, _KEEP = "forget", "keep"
_SHAPE = re.compile(rf"privacy:(?P<act>{_FORGET}|{_KEEP}):(?P<user_id>[1-9][0-9]{{0,18}})", re.ASCII)


@everywhere
class Privacy(
    commands.GroupCog,
    name=COG,
    group_name="privacy",
    group_description="What I keep about you: read it, take it along, delete it",
):
    """Answers ``/privacy``, to the one who asked."""

    def __init__(self, features: Callable[[], Sequence[Feature]], services: Services) -> None:
        """Take the provider of all features, which there are when the first command comes, and what they share."""
        self._features = features
        self._groups = services.groups
        self._clock = services.clock
        self._url = services.privacy_url

    @app_commands.command(name="show", description="What I keep about members, in plain words")
    async def show(self, interaction: discord.Interaction) -> None:
        """Say for each feature what it keeps."""
        group = await self._group(interaction)
        first, *more = all_features.explained(self._features(), interaction.locale.value, group, self._url)
        await interaction.response.send_message(first, ephemeral=True)
        for text in more:
            await interaction.followup.send(text, ephemeral=True)

    async def _group(self, interaction: discord.Interaction) -> Group | None:
        """Return the group that answers here, if there is one at the moment: what is kept can be read in any case."""
        try:
            return await self._groups.at(place_of(interaction))
        except (UserFacingError, Busy, Slow):
            return None

    @app_commands.command(name="export", description="Everything about you as one file, to you alone")
    async def export(self, interaction: discord.Interaction) -> None:
        """Give all that is kept of who asks."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        texts, user_id = _texts_of(interaction), interaction.user.id
        kept = await all_features.exported(self._features(), user_id)
        if not kept:
            await interaction.edit_original_response(content=texts.nothing_kept)
            return

        def name_of(guild_id: int) -> str | None:
            guild = interaction.client.get_guild(guild_id)
            return guild.name if guild else None

        data = all_features.as_file(kept, user_id, self._clock.now(), name_of)
        file = discord.File(io.BytesIO(data), "dantok-privacy.json")
        await interaction.edit_original_response(content=texts.exported, attachments=[file])

    @app_commands.command(name="forget", description="Delete everything about you; asks first")
    async def forget(self, interaction: discord.Interaction) -> None:
        """Ask whether to forget who asks."""
        texts = _texts_of(interaction)
        buttons = row(
            _button(_FORGET, interaction.user.id, label=texts.forget, style=discord.ButtonStyle.danger),
            _button(_KEEP, interaction.user.id, label=texts.keep),
        )
        await interaction.response.send_message(texts.ask, ephemeral=True, view=buttons)

    async def forget_now(self, interaction: discord.Interaction) -> None:
        """Forget who presses, and say what stays."""
        # Several features write, and a database may be busy for longer than Discord waits.
        await interaction.response.defer()
        texts, user_id = _texts_of(interaction), interaction.user.id
        await all_features.forget(self._features(), user_id)
        left = await all_features.exported(self._features(), user_id)
        lines = [texts.forgotten, *[small(texts.some_left) for _ in left.keys() - {TABLE.name}][:1]]
        await interaction.edit_original_response(content="\n".join(lines), view=None)


class PrivacyButton(StatefulButton, template=re.compile(r"privacy:.*", re.DOTALL)):
    """A button under the question whether to forget; it is for the one who was asked."""

    cog_name = COG

    async def press(self, interaction: discord.Interaction[Any], cog: Privacy) -> None:
        """Forget who presses, or change nothing."""
        match = _SHAPE.fullmatch(self.custom_id)
        if match is None or int(match["user_id"]) != interaction.user.id:
            raise UnknownButtonError
        if match["act"] == _FORGET:
            await cog.forget_now(interaction)
        else:
            await interaction.response.edit_message(content=_texts_of(interaction).unchanged, view=None)


def _button(act: str, user_id: int, **look: Any) -> PrivacyButton:  # noqa: ANN401 - as discord.py takes it
    return PrivacyButton(f"privacy:{act}:{user_id}", **look)


def _texts_of(interaction: discord.Interaction) -> PrivacyTexts:
    return texts_for(PrivacyTexts, interaction.locale.value)
