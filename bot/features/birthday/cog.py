"""``/birthday`` on Discord: the parts of the command put together, and the herald's task beside it."""

import asyncio
import contextlib
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Self

import discord
from discord import app_commands
from discord.ext import commands

from bot.features.birthday.clock import Clock
from bot.features.birthday.delivery.scheduler import BirthdayScheduler
from bot.features.birthday.discord_ui.admin_commands import OversightCommands
from bot.features.birthday.discord_ui.buttons import COG, BirthdayButton
from bot.features.birthday.discord_ui.context import BirthdayServices
from bot.features.birthday.discord_ui.discord_messenger import JOIN, LIST, DiscordMessenger
from bot.features.birthday.discord_ui.import_command import SheetCommands, save_sheet
from bot.features.birthday.discord_ui.join_button import join
from bot.features.birthday.discord_ui.member_commands import MemberCommands, keep, remove, turn_page, whole_list
from bot.features.birthday.discord_ui.settings_commands import (
    CHANNEL_OFF,
    ROLE_OFF,
    PlaceCommands,
    turn_off_channel,
    turn_off_role,
)
from bot.features.birthday.discord_ui.template_commands import TemplateCommands, edit_template, save_template
from bot.features.birthday.storage.birthdays import BirthdayRepository
from bot.features.birthday.storage.celebrants import CelebrantRepository
from bot.features.birthday.storage.guild_settings import GuildSettingsRepository
from bot.features.birthday.text.composer import Composer
from bot.inference.models import LoadedModels
from bot.inference.worker import Workers
from bot.refused import UnknownButton
from bot.store.store import Store

Act = Callable[[discord.Interaction, BirthdayServices, str], Awaitable[None]]
"""Takes the press of a button, the desk, and what the button remembers."""
_ACTS: Mapping[str, Act] = {
    "page": turn_page,
    "remove": remove,
    "keep": keep,
    "import": save_sheet,
    "save": save_template,
    "edit": edit_template,
    CHANNEL_OFF: turn_off_channel,
    ROLE_OFF: turn_off_role,
    JOIN: join,
    LIST: whole_list,
}
_TEMPLATE = re.compile("[1-5]")
_REMEMBERED = {
    "page": re.compile("[0-9]{1,6}"),
    "remove": re.compile("[0-9]{1,18}|[1-8][0-9]{18}"),  # an id, which the database holds in 63 bits
    "save": _TEMPLATE,
    "edit": _TEMPLATE,
}
"""What a button remembers, where its act takes a number."""
_LAST_WORD = 10.0
"""Seconds for what the herald is doing at the end; what takes longer is settled at the next start."""


@app_commands.guild_only()
@app_commands.allowed_installs(guilds=True, users=False)
class Birthdays(
    # discord.py begins at the last: what members do comes first in Discord's list.
    OversightCommands,
    TemplateCommands,
    PlaceCommands,
    SheetCommands,
    MemberCommands,
    commands.GroupCog,
    name=COG,
    group_name="birthday",
    group_description="Birthdays, solar or lunar, congratulated in this group's voice",
):
    """Answers ``/birthday``. What only managers may do is checked at each of those commands and buttons."""

    def __init__(self, services: BirthdayServices, scheduler: BirthdayScheduler) -> None:
        """Take the desk that the commands work at, and who sends the wishes."""
        self.services = services
        self._scheduler = scheduler
        self._heralding: asyncio.Task[None] | None = None

    @classmethod
    def of(
        cls, bot: commands.Bot, store: Store, clock: Clock, voice: Callable[[], LoadedModels], workers: Workers
    ) -> Self:
        """Put the feature together."""
        composer = Composer(voice, workers)
        scheduler = BirthdayScheduler(store, DiscordMessenger(bot, composer), clock)
        services = BirthdayServices(
            BirthdayRepository(store, clock, scheduler.wake),
            GuildSettingsRepository(store, clock, scheduler.wake),
            CelebrantRepository(store),
            scheduler.repositories.problems,
            composer,
            clock,
        )
        bot.add_dynamic_items(BirthdayButton)
        return cls(services, scheduler)

    async def press(self, interaction: discord.Interaction, act: str, what: str) -> None:
        """Do what a button is for.

        Raises:
            UnknownButton: no version made it.
        """
        if act not in _ACTS or (act in _REMEMBERED and not _REMEMBERED[act].fullmatch(what)):
            raise UnknownButton
        await _ACTS[act](interaction, self.services, what)

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Send the wishes from now on; after a lost connection, look again at once."""
        if self._heralding is None:
            self._heralding = asyncio.create_task(self._scheduler.run(), name="herald")
        self._scheduler.wake()

    async def rest(self) -> None:
        """Let the herald finish what it is doing; to be called while Discord can still be reached."""
        self._scheduler.stop()
        if self._heralding is not None:
            with contextlib.suppress(TimeoutError, asyncio.CancelledError):
                await asyncio.wait_for(self._heralding, _LAST_WORD)
