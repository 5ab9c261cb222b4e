"""What heeds those who call the bot: by a mention, a reply to it or a private message; and the switch for it.

These messages carry their words without a privileged intent. Knows not what is given to who calls.
"""

from dataclasses import dataclass

import discord
from discord.ext import commands

from bot.features.calls.messages import in_silence, is_of_person, names
from bot.features.calls.quota import Quota
from bot.features.calls.switches import SwitchRepository
from bot.features.calls.words import words_of
from bot.features.feature import FeatureClient, Services
from bot.features.interactions import check_manages_server
from bot.groups.group import Group, Place
from bot.i18n import language_of


async def switch(
    interaction: discord.Interaction, switches: SwitchRepository, place: int | None, *, is_on: bool, **more: int
) -> None:
    """Turn something on or off at a place, for whoever manages the server.

    Raises:
        UserFacingError: who asks does not manage it.
    """
    check_manages_server(interaction)
    if is_on:
        await switches.turn_on(place or 0, language_of(interaction.locale.value), **more)
    else:
        await switches.turn_off(place or 0)


@dataclass(frozen=True, slots=True)
class Call:
    """A message that calls the bot, its words, where it stands, whose model is asked, and the server's language."""

    message: discord.Message
    words: str
    place: Place
    group: Group
    language: str


class CallListener(commands.Cog):
    """Heeds calls where a manager of the server has turned it on, and in private messages once any has.

    No more than so many a minute, before any model is asked. A subclass says which calls are its, and what is given.
    """

    def __init__(self, switches: SwitchRepository, client: FeatureClient, services: Services) -> None:
        """Take where it is turned on, the client whose name is called, and groups and clock."""
        self.switches = switches
        self._client = client
        self._group_at = services.group_at
        self._clock = services.clock
        self._quota = Quota()

    def may_respond(self, message: discord.Message, words: str) -> bool:
        """Say whether something may be given to a message with these words."""
        raise NotImplementedError

    async def respond(self, call: Call) -> None:
        """Give it what it gets, or nothing."""
        raise NotImplementedError

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Heed a message that calls the bot, or stay silent."""
        is_call = message.guild is None or names(message, self._client.user)
        if is_call and is_of_person(message) and self.may_respond(message, words := words_of(message.content)):
            with in_silence():
                await self._respond(message, words)

    async def _respond(self, message: discord.Message, words: str) -> None:
        place = Place(message.guild.id if message.guild else None, message.author.id)
        # In private it is for the server to say whose voice is heard there.
        group = await self._group_at(place) if place.server is None else None
        language = await self.switches.language(group.server if group else place.server)
        if language is None or not self._quota.take(message.channel.id, message.id, self._clock.now()):
            return
        await self.respond(Call(message, words, place, group or await self._group_at(place), language))
