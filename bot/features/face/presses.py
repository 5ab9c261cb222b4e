"""Presses of the buttons under faces: change again, draw another, show to everybody, let everybody press."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from re import Match

import discord

from bot.features.attachments import attached
from bot.features.face.photo_request import PhotoRequest
from bot.features.face.photo_views import labels, original, photo_answer
from bot.features.face.rendering import Portrait
from bot.features.face.request import FROM_PHOTO, Request
from bot.features.face.service import FaceService
from bot.features.face.texts import FaceTexts
from bot.features.face.views import BEFORE, answer, buttons, fresh_answer
from bot.features.interactions import place_of
from bot.features.showing import original_of, show
from bot.groups.group import Groups
from bot.i18n import UnknownButtonError, UserFacingError, texts_for
from bot.inference.worker import Worker
from bot.photo_intake.intake import MOST_PRESSES, PhotoIntake


class Presses:
    """Whoever presses a button under a face is answered here."""

    def __init__(self, groups: Groups, worker: Worker, intake: PhotoIntake) -> None:
        """Take the groups, the worker of their pictures, and the way in for photos."""
        self._groups = groups
        self._worker = worker
        self._intake = intake

    async def press(self, interaction: discord.Interaction, match: Match[str]) -> None:
        """Do what the button with the custom id ``match`` is for.

        Raises:
            UserFacingError: the button is somebody else's, or from another time; the photo cannot be read back.
            Busy, Slow: too many are asking at once, or this takes too long.
        """
        act, request = match["act"], Request.of_button(match).after(match["act"])
        if not request.obeys(interaction.user.id):
            raise UserFacingError(FaceTexts, "not_yours")
        if act == "open":
            texts = texts_for(FaceTexts, interaction.locale.value)
            await interaction.response.edit_message(view=buttons(replace(request, shared=True), texts, private=False))
            return
        group = await self._groups.at(place_of(interaction))
        service = FaceService(group.models.artist, photos=request.source == FROM_PHOTO)
        if act == "new" and service.has(request.source):
            await self._draw_fresh(interaction, service, request)
            return
        if not service.can(request):
            raise UnknownButtonError
        if act == "show":
            request = replace(request, asker=interaction.user.id)
        # Without "thinking": that would decide who sees what follows, an apology too.
        await interaction.response.defer()
        portrait = await self._portrait(interaction, service, request)
        private = act != "show" and _is_private(interaction.message)
        reply = answer(request, portrait, service.maker(request), interaction.locale.value, private=private)
        if act == "show":
            await interaction.followup.send(reply.content, files=reply.files, view=reply.view)
            return
        files: list[discord.Attachment | discord.File] = list(reply.files)
        if before := attached(
            interaction.message, BEFORE
        ):  # it stays the file that it is, also for another press that is on its way
            files = [before, *(attachment for attachment in reply.files if attachment.filename != BEFORE)]
        await interaction.edit_original_response(content=reply.content, attachments=files, view=reply.view)

    async def press_photo(
        self, interaction: discord.Interaction, match: Match[str], values: Sequence[str] = ()
    ) -> None:
        """Do what the button or the menu with the custom id ``match`` is for; ``values`` were chosen in the menu.

        Raises:
            UserFacingError: it is somebody else's, or from another time; the photo cannot be read back.
            Busy, Slow: too many are asking at once, or this takes too long.
        """
        group = await self._groups.at(place_of(interaction))
        service, locale = FaceService(group.models.artist, photos=True), interaction.locale.value
        texts = texts_for(FaceTexts, locale)
        request = _read(match, service, values)
        if not request.obeys(interaction.user.id):
            raise UserFacingError(FaceTexts, "not_yours")
        request, is_shown = request.after(match["act"], values), match["act"] == "show"
        # Without "thinking", as above.
        await interaction.response.defer()
        photo = original_of(interaction.message)
        make = partial(service.change_original, request=request, labels=labels(texts))
        edited = await self._intake.made(interaction.user.id, [photo], make, MOST_PRESSES)
        private = not is_shown and _is_private(interaction.message)
        reply = photo_answer(edited, service.photo_maker(edited.request), service.attributes, locale, private=private)
        if is_shown:
            files = [*reply.files, original(edited, texts)]
            await interaction.followup.send(reply.content, files=files, embeds=reply.embeds, view=reply.view)
            return
        # The photo stays the file that it is, also for another press that is on its way.
        await interaction.edit_original_response(
            content=reply.content, attachments=[*reply.files, photo], embeds=reply.embeds, view=reply.view
        )

    async def show(self, interaction: discord.Interaction) -> None:
        """Show to everybody the pictures that only their asker sees.

        Raises:
            UserFacingError: they cannot be fetched any more.
        """
        texts = texts_for(FaceTexts, interaction.locale.value)
        await show(interaction, self._intake, f"{texts.shown_by} · {texts.by_a_model}")

    async def _draw_fresh(self, interaction: discord.Interaction, service: FaceService, request: Request) -> None:
        await interaction.response.defer()
        picture = await self._worker.run(partial(service.draw_fresh, request), deferred=True)
        maker, can_smile = service.maker(request), service.smiles(request)
        reply = fresh_answer(request, picture, maker, interaction.locale.value, can_smile=can_smile)
        await interaction.edit_original_response(content=reply.content, attachments=reply.files, view=reply.view)

    async def _portrait(
        self,
        interaction: discord.Interaction,
        service: FaceService,
        request: Request,
    ) -> bytes | Portrait:
        if request.source != FROM_PHOTO:
            return await self._worker.run(partial(service.draw, request), deferred=True)
        before, make = original_of(interaction.message, BEFORE), partial(service.change_crop, request=request)
        return await self._intake.made(interaction.user.id, [before], make, MOST_PRESSES)


def _is_private(message: discord.Message | None) -> bool:
    return message is not None and message.flags.ephemeral


def _read(match: Match[str], service: FaceService, values: Sequence[str]) -> PhotoRequest:
    """Return what a button remembers, if the bundle of the moment has all of it, and what was chosen."""
    try:
        request = PhotoRequest.of_button(match, service.attributes)
    except LookupError:
        raise UnknownButtonError from None
    if match["act"] == "edits" and not {*values} <= {*service.attributes}:
        raise UnknownButtonError
    return request
