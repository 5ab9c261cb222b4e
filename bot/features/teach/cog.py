"""``/teach`` and ``/what`` on Discord; what is decided is in the modules beside this one."""

import asyncio
from collections.abc import Mapping, Sequence
from functools import partial

import discord
from discord import app_commands
from discord.ext import commands

from bot.clock import Clock
from bot.features.commands import everywhere, suggestions
from bot.features.interactions import manages_server, place_of
from bot.features.showing import show
from bot.features.teach import views
from bot.features.teach.knowledge import Knowledge, KnowledgeReader
from bot.features.teach.names import Name, checked_name
from bot.features.teach.pictures import guessed, looks
from bot.features.teach.taught_pictures import MOST_THINGS, TaughtPictureRepository, TooManyThingsError
from bot.features.teach.texts import TeachTexts
from bot.features.teach.things import Thing
from bot.groups.group import Place
from bot.i18n import UserFacingError, texts_for
from bot.photo_intake.intake import PhotoIntake

_MORE = "Another picture of it, best from another day"


@everywhere
class Teach(
    commands.GroupCog,
    name=views.COG,
    group_name="teach",
    group_description="Teach me things by pictures: your cat, a dish, a bike",
):
    """Answers ``/teach`` and the presses below it."""

    def __init__(
        self, reader: KnowledgeReader, pictures: TaughtPictureRepository, intake: PhotoIntake, clock: Clock
    ) -> None:
        """Take what is known, where it is kept, the way in for pictures, and the clock."""
        self._reader, self._pictures, self._intake, self._clock = reader, pictures, intake, clock

    @app_commands.command(name="add", description="Show me up to five pictures of a thing")
    @app_commands.describe(
        name="What it is called, for example: our cat",
        photo="A picture of it, not of a person",
        photo_2=_MORE,
        photo_3=_MORE,
        photo_4=_MORE,
        photo_5=_MORE,
    )
    @app_commands.rename(photo_2="photo-2", photo_3="photo-3", photo_4="photo-4", photo_5="photo-5")
    async def add(  # noqa: PLR0913, PLR0917 - each is an option of the command
        self,
        interaction: discord.Interaction,
        name: str,
        photo: discord.Attachment,
        photo_2: discord.Attachment | None = None,
        photo_3: discord.Attachment | None = None,
        photo_4: discord.Attachment | None = None,
        photo_5: discord.Attachment | None = None,
    ) -> None:
        """Learn some pictures of a thing, and say how well it is known now."""
        place = place_of(interaction)
        knowledge = await self._reader.at(place)
        checked = checked_name(name, knowledge.refused)
        await interaction.response.defer(ephemeral=True, thinking=True)
        given = [one for one in (photo, photo_2, photo_3, photo_4, photo_5) if one is not None]
        learnt = await self._learnt(place, knowledge, checked, given)
        content = views.taught(learnt, interaction.locale.value)
        await interaction.followup.send(content, ephemeral=True)

    async def _learnt(
        self, place: Place, knowledge: Knowledge, name: Name, given: Sequence[discord.Attachment]
    ) -> views.LessonResult:
        looked = await self._intake.made(place.person, given, partial(looks, network=knowledge.network))
        rows = [look.row for look in looked if look.row is not None]
        try:
            outcomes = await self._pictures.add(place, name, rows, knowledge.network, self._clock.now())
        except TooManyThingsError:
            raise UserFacingError(TeachTexts, "too_many_things", most=MOST_THINGS) from None
        knowledge = await self._reader.at(place)
        known = knowledge.known
        # In a thread: of a thousand pictures it takes as long as one picture does.
        classifier = await asyncio.to_thread(known.classifier, knowledge.network)
        thing = _thing(knowledge, name.key)
        called, count = (thing.name, thing.usable) if thing else (name.text, 0)
        return views.LessonResult(called, looked, outcomes, count, len(known.names), classifier.leave_one_out)

    @add.autocomplete("name")
    @suggestions
    async def _suggest_names(self, interaction: discord.Interaction, typed: str) -> Mapping[str, str]:
        """Suggest what is known already, so that friends teach the same thing."""
        known = (await self._reader.at(place_of(interaction))).known
        return {name: name for name in known.names if typed.casefold() in name.casefold()}

    @app_commands.command(name="list", description="What you have taught me, by whom, and how to delete it")
    async def list(self, interaction: discord.Interaction) -> None:
        """Show the first page."""
        content, view = await self._page(interaction, 0)
        await interaction.response.send_message(content, view=view, ephemeral=True)

    async def turn(self, interaction: discord.Interaction, number: int, act: str | None, key: str) -> None:
        """Show another page in the same message, or ask whether to delete a thing, or do it.

        Raises:
            UserFacingError: they did not teach it, and manage nothing here.
        """
        place, asker = place_of(interaction), _asker(interaction)
        if act is not None:
            knowledge = await self._reader.at(place)
            thing = _thing(knowledge, key)
            if thing is not None and not views.may_delete(thing, asker):
                raise UserFacingError(TeachTexts, "not_yours")
            if thing is not None and act == "ask":
                texts, count = texts_for(TeachTexts, interaction.locale.value), knowledge.taught_by(thing, asker)
                question = views.asked(thing, count, number, texts, is_hidden=bool(knowledge.hidden([thing])))
                await _edit(interaction, question)
                return
            if act == "drop":
                await self._pictures.remove(place.id, key, asker)
        await _edit(interaction, await self._page(interaction, number))

    async def _page(self, interaction: discord.Interaction, number: int) -> views.Message:
        knowledge = await self._reader.at(place_of(interaction))
        things = knowledge.things
        return views.listed(things, knowledge.hidden(things), number, interaction.locale.value, _asker(interaction))

    async def show(self, interaction: discord.Interaction) -> None:
        """Show to everybody an answer that only who asked sees, with the picture in it.

        Raises:
            UserFacingError: the picture cannot be fetched any more.
        """
        await show(interaction, self._intake, texts_for(TeachTexts, interaction.locale.value).shown_by)


class What(commands.Cog, name="What"):
    """Answers ``/what``."""

    def __init__(self, reader: KnowledgeReader, intake: PhotoIntake) -> None:
        """Take what is known, and the way in for pictures."""
        self._reader, self._intake = reader, intake

    @app_commands.command(name="what", description="Which of the things you taught me is in this picture?")
    @app_commands.describe(photo="A picture; only you see the answer")
    @everywhere
    async def what(self, interaction: discord.Interaction, photo: discord.Attachment) -> None:
        """Say which of the taught things a picture shows, or that it is none of them."""
        place, locale = place_of(interaction), interaction.locale.value
        knowledge = await self._reader.at(place)
        known = knowledge.enough()
        await interaction.response.defer(ephemeral=True, thinking=True)
        make = partial(guessed, network=knowledge.network, known=known)
        guess, jpeg = await self._intake.made(place.person, [photo], make)
        content, view = views.answered(guess, known.names, locale, on_server=interaction.guild_id is not None)
        file = views.picture_file(jpeg, texts_for(TeachTexts, locale))
        await interaction.followup.send(content, file=file, view=view, ephemeral=True)


def _thing(knowledge: Knowledge, key: str) -> Thing | None:
    return next((thing for thing in knowledge.things if thing.key == key), None)


def _asker(interaction: discord.Interaction) -> int | None:
    """Return whose things alone may be deleted; None of who manages the server, or asks in private."""
    manages = place_of(interaction).server is None or manages_server(interaction)
    return None if manages else interaction.user.id


async def _edit(interaction: discord.Interaction, message: views.Message) -> None:
    await interaction.response.edit_message(content=message.content, view=message.view)
