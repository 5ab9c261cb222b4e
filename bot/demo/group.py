"""The invented group as its managers have set it up: whose birthday is when and where it is wished, and who manages.

Knows nothing of the page, nor of what the bot makes of it.
"""

import discord

from bot.clock import Clock
from bot.features.birthday.calendar.rules import Birthday, Lunar, Rule, Solar
from bot.features.birthday.storage.birthdays import BirthdayRepository
from bot.features.birthday.storage.guild_settings import GuildSettingsRepository
from bot.features.calls.switches import SwitchRepository
from bot.features.reactions.when_called import REACTING_SERVERS
from bot.features.reply.when_called import ANSWERING_SERVERS
from bot.i18n import language_of
from bot.store.store import Store
from playground import Playground
from playground.world.seed import NEARLY_EVERYTHING

_BIRTHDAY_ROOM, _MANAGERS = "생일", "운영진"
_BESIDE, _THERE = "옆방", ("다빈", "서진", "하람")
_NO_MANAGER = "은결"
"""What a command for managers says to others can be seen as this one."""
_BIRTHDAYS: dict[str, Rule] = {
    "정훈": Solar(3, 5),
    "민서": Solar(9, 9),
    "다빈": Lunar(9, 20),
    "태오": Solar(12, 3),
}
"""Whoever sits down as 윤혜 has yet to set one."""


async def set_up(playground: Playground, store: Store, clock: Clock) -> None:
    """Do what a manager would have done, so that a newcomer sees wishes and answers without any setting up."""
    guild = playground.world.guild
    guild_id = int(guild["id"])
    room = next(room for room in playground.world.rooms_of(guild) if room["name"] == _BIRTHDAY_ROOM)
    await GuildSettingsRepository(store, clock).change(guild_id, channel_id=int(room["id"]))
    ids = {name: int(playground.world.person_called(name)["id"]) for name in _BIRTHDAYS}
    birthdays = {ids[name]: (name, Birthday(rule)) for name, rule in _BIRTHDAYS.items()}
    await BirthdayRepository(store, clock).set_many(guild_id, birthdays)
    language = language_of(guild["preferred_locale"])
    for switches in (ANSWERING_SERVERS, REACTING_SERVERS):
        await SwitchRepository(store, switches).turn_on(guild_id, language)
    _appoint_managers(playground)


def set_up_beside(playground: Playground) -> None:
    """Add the server of a second group, in which one of the first is, too."""
    playground.world.add_guild(_BESIDE, _THERE)


def _appoint_managers(playground: Playground) -> None:
    """Give all but one a role that may do nearly everything, and take what only managers may do from everybody's."""
    guild, admin = playground.world.guild, playground.admin
    ordinary = int(NEARLY_EVERYTHING) & ~discord.Permissions.elevated().value
    admin.change_role(guild["id"], permissions=str(ordinary))
    role = admin.add_role(_MANAGERS, 1, int(NEARLY_EVERYTHING))
    admin.change_role(role["id"], hoist=True)
    for user in playground.world.users():
        if not user["bot"] and user["global_name"] != _NO_MANAGER:
            admin.give_role(user["id"], role["id"])
