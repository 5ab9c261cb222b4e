"""``/style`` and “As a painting” on Discord; what is painted is decided in the modules beside this one."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from re import Match
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.bundle import Style as NamedStyle
from bot.features.attachments import attached, first_picture
from bot.features.commands import MessageMenu, everywhere, suggestions
from bot.features.feature import Services
from bot.features.interactions import place_of
from bot.features.showing import original_of, show
from bot.features.style import rendering
from bot.features.style.lookup import matching, name_of, named
from bot.features.style.rendering import Painted
from bot.features.style.request import STRONGEST, WEAKEST, StyleRequest
from bot.features.style.texts import StyleTexts
from bot.features.style.views import COG, LIKE, answer
from bot.groups.group import Place
from bot.i18n import UnknownButtonError, UserFacingError, texts_for
from bot.inference.batching import Job
from bot.inference.painter import Painter
from bot.photo_intake.intake import MOST_PRESSES
from bot.photo_intake.texts import PhotoTexts


class Style(MessageMenu, commands.Cog, name=COG):
    """Paints photos."""

    def __init__(self, services: Services, tree: app_commands.CommandTree[Any]) -> None:
        """Take the groups, the way in for photos, and the tree to which the context menu's command is added."""
        self._groups, self._worker, self._photos = services.groups, services.workers.pictures, services.photos
        super().__init__(tree, "As a painting", self.paint_message)

    @app_commands.command(name="style", description="Turn a photo into a painting")
    @app_commands.describe(
        photo="The photo to paint; only you see the answer",
        style="A style by name or number; without one you see them all",
        blend="A second style to mix in",
        like="Any picture: the photo is painted the way it is",
        strength="How much of the painting, in percent",
        keep_colours="Whether the photo keeps its own colours",
    )
    @app_commands.rename(keep_colours="keep-colours")
    @everywhere
    async def style(  # noqa: PLR0913, PLR0917 - a command has as many parameters as options
        self,
        interaction: discord.Interaction,
        photo: discord.Attachment,
        style: str | None = None,
        blend: str | None = None,
        like: discord.Attachment | None = None,
        strength: app_commands.Range[int, WEAKEST, STRONGEST] = STRONGEST,
        keep_colours: bool = False,
    ) -> None:
        """Paint a photo.

        Raises:
            UserFacingError: there is no such style, the photo cannot be read, or the group has no styles.
            Busy, Slow: too many are asking at once, or this takes too long.
        """
        painter = await self._painter(place_of(interaction))
        styles = [_style(typed, painter, interaction.locale.value).key for typed in (style, blend) if typed]
        if like is not None and styles:
            raise UserFacingError(StyleTexts, "style_or_like")
        if like is not None and not painter.reads_any:
            raise UserFacingError(StyleTexts, "not_any_picture")
        request = StyleRequest((), strength, keep_colours).in_styles(styles)
        await self._paint(interaction, painter, photo, request, like)

    async def paint_message(self, interaction: discord.Interaction[Any], message: discord.Message) -> None:
        """Show the first picture of a message in all styles, to whoever asks alone.

        Raises:
            UserFacingError: there is none, or as above.
            Busy, Slow: as above.
        """
        painter = await self._painter(place_of(interaction))
        picture = first_picture(message.attachments)
        if picture is None:
            raise UserFacingError(StyleTexts, "no_picture_here")
        await self._paint(interaction, painter, picture, StyleRequest(), None)

    @style.autocomplete("style")
    @style.autocomplete("blend")
    @suggestions
    async def _suggest(self, interaction: discord.Interaction, typed: str) -> Mapping[str, str]:
        painter = (await self._groups.at(place_of(interaction))).models.painter
        styles = matching(typed, painter.styles) if painter else []
        return {style.key: name_of(style, interaction.locale.value) for style in styles}

    async def press(self, interaction: discord.Interaction, match: Match[str], values: Sequence[str]) -> None:
        """Do what the button or the menu with the custom id ``match`` is for; ``values`` were chosen in the menu.

        Raises:
            UserFacingError: it is from another time, or the photo cannot be read back.
            Busy, Slow: too many are asking at once, or this takes too long.
        """
        painter, locale = await self._painter(place_of(interaction)), interaction.locale.value
        request = _read(match, painter, values)
        if match.groupdict().get("act") == "show":
            texts = texts_for(StyleTexts, locale)
            await show(interaction, self._photos, f"{texts.shown_by} · {texts.by_a_model}")
            return
        like = attached(interaction.message, LIKE)
        # Without "thinking": that would decide who sees what follows, an apology too.
        await interaction.response.defer()
        photo = original_of(interaction.message)
        if like is None and not request.styles:
            raise UserFacingError(PhotoTexts, "photo_gone")
        files = [photo, like] if like else [photo]
        make = partial(_from_answer, painter=painter, request=request)
        made = await self._photos.made_in_steps(interaction.user.id, files, make, MOST_PRESSES)
        reply = answer(made, painter.styles, locale)
        # What it began with stays the file that it is, also for another press that is on its way.
        await interaction.edit_original_response(
            content=reply.content, attachments=[reply.picture, *files], view=reply.view
        )

    async def styled(self, place: Place, photo: discord.Attachment, typed: str, locale: str) -> bytes | None:
        """Return a photo of one person in a style of the place's group, small, as a JPEG; None where it has none.

        Raises:
            UserFacingError: there is no such style, the photo cannot be read, or not one person is in it.
            Busy, Slow: as above.
        """
        painter = (await self._groups.at(place)).models.painter
        if painter is None:
            return None
        make = partial(rendering.portrait, painter, key=_style(typed, painter, locale).key)
        return await self._photos.made(place.person, [photo], make)

    async def _painter(self, place: Place) -> Painter:
        painter = (await self._groups.at(place)).models.painter
        if painter is None:
            raise UserFacingError(StyleTexts, "no_styles")
        return painter

    async def _paint(
        self,
        interaction: discord.Interaction,
        painter: Painter,
        photo: discord.Attachment,
        request: StyleRequest,
        like: discord.Attachment | None,
    ) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        make = partial(_from_member, painter=painter, request=request)
        made = await self._photos.made_in_steps(interaction.user.id, [photo, like] if like else [photo], make)
        reply = answer(made, painter.styles, interaction.locale.value)
        files = [reply.picture, *reply.sources]
        await interaction.followup.send(reply.content, files=files, view=reply.view, ephemeral=True)


def _from_member(photo: bytes, like: bytes | None = None, *, painter: Painter, request: StyleRequest) -> Job[Painted]:
    style = None if like is None else rendering.taken_style(like)
    pixels, shrunk = rendering.taken(photo)
    made = yield from rendering.painted(painter, pixels, request, style)
    return replace(made, shrunk=shrunk)


def _from_answer(photo: bytes, like: bytes | None = None, *, painter: Painter, request: StyleRequest) -> Job[Painted]:
    return (yield from rendering.painted(painter, rendering.kept(photo), request, like))


def _style(typed: str, painter: Painter, locale: str) -> NamedStyle:
    style = named(typed, painter.styles)
    if style is None:
        known = ", ".join(name_of(each, locale) for each in painter.styles)
        raise UserFacingError(StyleTexts, "no_such_style", known=known)
    return style


def _read(match: Match[str], painter: Painter, values: Sequence[str]) -> StyleRequest:
    """Return what a press leads to, if the bundle of the moment has all of it."""
    keys = [style.key for style in painter.styles]
    try:
        request = StyleRequest.of_button(match, keys)
    except LookupError:
        raise UnknownButtonError from None
    if "page" not in match.groupdict():
        return request.after(match["act"], keys)
    if not values or not {*values} <= {*keys}:
        raise UnknownButtonError
    return request.in_styles(values)
