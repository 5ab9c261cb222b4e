"""``/birthday`` on Discord: the parts of the command put together."""

import re
from collections.abc import Awaitable, Callable, Mapping

import discord
from discord import app_commands
from discord.ext import commands

from bot.features.birthday.discord_ui.admin_commands import AdminCommands
from bot.features.birthday.discord_ui.buttons import (
    ASK_TEAR,
    COG,
    ID,
    JOIN,
    KEEP_PHOTO,
    LETTERS,
    LIST,
    MUTE,
    NONCE,
    REMOVE_PHOTO,
    TEAR,
)
from bot.features.birthday.discord_ui.context import BirthdayServices
from bot.features.birthday.discord_ui.import_command import ImportCommand, save_sheet
from bot.features.birthday.discord_ui.letter_commands import LetterCommands, unwrite, write
from bot.features.birthday.discord_ui.letter_pages import ask_tear, read, tear
from bot.features.birthday.discord_ui.member_commands import MemberCommands, join, keep, remove, turn_page, whole_list
from bot.features.birthday.discord_ui.photo_commands import PhotoCommands, keep_photo, remove_photo
from bot.features.birthday.discord_ui.reminder_commands import ReminderCommands, mute
from bot.features.birthday.discord_ui.settings_commands import (
    CHANNEL_OFF,
    ROLE_OFF,
    SettingsCommands,
    turn_off_channel,
    turn_off_role,
)
from bot.features.birthday.discord_ui.template_commands import TemplateCommands, edit_template, save_template
from bot.i18n import UnknownButtonError

Act = Callable[[discord.Interaction, BirthdayServices, str], Awaitable[None]]
"""Takes the press of a button, the services, and what the button remembers."""
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
    LETTERS: read,
    MUTE: mute,
    KEEP_PHOTO: keep_photo,
    REMOVE_PHOTO: remove_photo,
    ASK_TEAR: ask_tear,
    TEAR: tear,
    "write": write,
    "unwrite": unwrite,
}
_TEMPLATE = re.compile("[1-5]")
_REMEMBERED = {
    "page": re.compile("[0-9]{1,6}"),
    "remove": re.compile(ID),
    "save": _TEMPLATE,
    "edit": _TEMPLATE,
    LETTERS: re.compile(f"{NONCE}(-[0-9]{{1,6}})?"),
    KEEP_PHOTO: re.compile(ID),
    MUTE: re.compile(f"{ID}(-{NONCE})?"),
    ASK_TEAR: re.compile(f"{NONCE}-{ID}-{ID}"),
    TEAR: re.compile(f"{NONCE}-{ID}-{ID}"),
    "write": re.compile(f"{ID}-{ID}"),
    "unwrite": re.compile(f"{ID}-{ID}"),
}
"""What a button remembers, where its act takes numbers."""


@app_commands.guild_only()
@app_commands.allowed_installs(guilds=True, users=False)
class Birthdays(
    # discord.py begins at the last: what members do comes first in Discord's list.
    AdminCommands,
    TemplateCommands,
    SettingsCommands,
    ImportCommand,
    PhotoCommands,
    ReminderCommands,
    LetterCommands,
    MemberCommands,
    commands.GroupCog,
    name=COG,
    group_name="birthday",
    group_description="Birthdays, solar or lunar, congratulated in this group's voice",
):
    """Answers ``/birthday``. What only managers may do is checked at each of those commands and buttons."""

    def __init__(self, services: BirthdayServices) -> None:
        """Take the services that the commands work with."""
        self.services = services

    async def press(self, interaction: discord.Interaction, act: str, what: str) -> None:
        """Do what a button is for.

        Raises:
            UnknownButtonError: no version made it.
        """
        if act not in _ACTS or (act in _REMEMBERED and not _REMEMBERED[act].fullmatch(what)):
            raise UnknownButtonError
        await _ACTS[act](interaction, self.services, what)
