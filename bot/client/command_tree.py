"""discord.py's command tree, with the check that it leaves to Discord: whether a request has the form of its command.

What has not is refused like a command of another version. Knows nothing of the commands.
"""

from collections.abc import Mapping
from typing import Any

import discord
from discord import app_commands

from bot import error_reply
from bot.features.interactions import in_time, place_of
from bot.groups.access import WHILE_CLOSED
from bot.i18n import UserFacingError

_Kind = discord.AppCommandOptionType
_TYPES: Mapping[_Kind, tuple[type, ...]] = {
    _Kind.string: (str,),
    _Kind.integer: (int,),
    _Kind.boolean: (bool,),
    _Kind.number: (int, float),
}


class CheckedTree(app_commands.CommandTree[Any]):
    """The commands of a bot."""

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        """Check that who asks is served, the types of the options, and what may be chosen.

        Raises:
            UserFacingError: they are not served.
            CommandSignatureMismatch: the options are other ones.
        """
        command = interaction.command
        if command is None or WHILE_CLOSED not in command.extras:
            await interaction.client.services.access.check(place_of(interaction))
        is_typing = interaction.type is discord.InteractionType.autocomplete
        if isinstance(command, app_commands.Command) and not is_typing:
            values = dict(iter(interaction.namespace))  # iter: to dict alone, its attribute "keys" would be an option
            parameters = [parameter for parameter in command.parameters if parameter.display_name in values]
            if not all(_fits(parameter, values[parameter.display_name]) for parameter in parameters):
                raise app_commands.CommandSignatureMismatch(command)
        return True

    async def _call(self, interaction: discord.Interaction[Any]) -> None:
        try:
            with in_time(interaction):
                await super()._call(interaction)
        except Exception as error:
            # What a command raises comes wrapped in a class of its own; all else is about the request itself.
            # The plain class says that what a command was chosen on did not come along.
            if isinstance(error, app_commands.AppCommandError) and type(error) is not app_commands.AppCommandError:
                raise
            if isinstance(error, UserFacingError):
                await _refuse(interaction, error)
                return
            unknown = app_commands.CommandNotFound("", [])
            unknown.__cause__ = error
            await self.on_error(interaction, unknown)


async def _refuse(interaction: discord.Interaction[Any], error: UserFacingError) -> None:
    """Say why nothing is answered; who is still typing is offered nothing."""
    if interaction.type is discord.InteractionType.autocomplete:
        await interaction.response.autocomplete([])
    else:
        await error_reply.answer(interaction, error)


def _fits(parameter: app_commands.Parameter, value: object) -> bool:
    types = _TYPES.get(parameter.type)
    if types is not None and (not isinstance(value, types) or (isinstance(value, bool) and bool not in types)):
        return False
    return not parameter.choices or value in {choice.value for choice in parameter.choices}
