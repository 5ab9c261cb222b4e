"""``/face`` on Discord; what its words mean and what is drawn is decided in the modules beside this one."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TypeVar

import discord
from discord import app_commands
from discord.ext import commands

from bot.features.attachments import file
from bot.features.commands import everywhere, suggestions
from bot.features.face import rendering
from bot.features.face.lookup import attribute_name, matching
from bot.features.face.photo_request import PhotoRequest
from bot.features.face.photo_views import labels, original, photo_answer
from bot.features.face.presses import Presses
from bot.features.face.request import (
    STEP,
    STRONGEST,
    USUAL_STRENGTH,
    Request,
    checked_strength,
)
from bot.features.face.service import FaceService
from bot.features.face.texts import FaceTexts
from bot.features.face.views import COG, Answer, answer, cleaned_answer, fresh_answer, redrawn_answer
from bot.features.interactions import place_of
from bot.groups.group import Group, Groups, Place
from bot.i18n import texts_for
from bot.inference.seeds import LARGEST_SEED, fresh_seed
from bot.inference.worker import Worker
from bot.markdown import small
from bot.photo_intake.intake import PhotoIntake

T = TypeVar("T")
Strength = app_commands.Range[float, -STRONGEST, STRONGEST]
Seed = app_commands.Range[int, 0, LARGEST_SEED]
_SMILE = "Smiling"
_TEXT = {
    "photo": "A photo with a face; only you see the answer",
    "strength": "From −3 to 3; below 0 takes it away",
    "seed": "The number under an answer draws the same face again",
    "attribute": "What to change",
}


def _described(*names: str) -> Callable[[T], T]:
    return app_commands.describe(**{name: _TEXT[name] for name in names})


@everywhere
class Face(commands.GroupCog, name=COG, group_name="face", group_description="Draw faces, or change a photo of yours"):
    """Answers ``/face``."""

    def __init__(self, groups: Groups, worker: Worker, intake: PhotoIntake) -> None:
        """Take the groups, the worker of their pictures, and the way in for photos."""
        self._groups = groups
        self._worker = worker
        self._intake = intake
        self.presses = Presses(groups, worker, intake)

    @app_commands.command(name="smile", description="Make a face smile: a new one, or one in your photo")
    @_described("photo", "strength", "seed")
    async def smile(
        self,
        interaction: discord.Interaction,
        photo: discord.Attachment | None = None,
        strength: Strength = USUAL_STRENGTH,
        seed: Seed | None = None,
    ) -> None:
        """Make a face smile."""
        await self._change(interaction, _SMILE, photo, strength, seed)

    @app_commands.command(name="change", description="Change something about a face")
    @_described("attribute", "photo", "strength", "seed")
    async def change(
        self,
        interaction: discord.Interaction,
        attribute: str,
        photo: discord.Attachment | None = None,
        strength: Strength = USUAL_STRENGTH,
        seed: Seed | None = None,
    ) -> None:
        """Change an attribute of a face."""
        await self._change(interaction, attribute, photo, strength, seed)

    @app_commands.command(name="clean", description="Take noise and blur off the small faces in a photo")
    @_described("photo")
    async def clean(self, interaction: discord.Interaction, photo: discord.Attachment) -> None:
        """Clean small faces."""
        group = await self._groups.at(place_of(interaction))
        service, locale = FaceService(group.models.artist, photos=True), interaction.locale.value
        await interaction.response.defer(ephemeral=True, thinking=True)
        make = partial(service.clean_photo, labels=labels(texts_for(FaceTexts, locale)))
        cleaned = await self._intake.made(interaction.user.id, [photo], make)
        await _send(interaction, cleaned_answer(cleaned, locale), private=True)

    @app_commands.command(name="new", description="Draw someone who doesn't exist")
    @app_commands.describe(model="Which model draws", seed=_TEXT["seed"])
    async def new(self, interaction: discord.Interaction, model: str | None = None, seed: Seed | None = None) -> None:
        """Draw a fresh face."""
        group = await self._groups.at(place_of(interaction))
        service, asker = FaceService(group.models.artist), _asker(interaction, group)
        # What 😊 below it begins with: one step further it is as strong as usual.
        strength, seed = USUAL_STRENGTH - STEP, fresh_seed() if seed is None else seed
        request = Request(_SMILE, service.model(model), seed, strength, asker)
        picture = await self._worker.run(partial(service.draw_fresh, request))
        maker, can_smile = service.maker(request), service.smiles(request)
        await _send(interaction, fresh_answer(request, picture, maker, interaction.locale.value, can_smile=can_smile))

    @app_commands.command(name="mix", description="Turn one face into another")
    @app_commands.describe(photo=_TEXT["photo"], other_photo="Another photo with a face")
    @app_commands.rename(other_photo="other-photo")
    async def mix(
        self, interaction: discord.Interaction, photo: discord.Attachment, other_photo: discord.Attachment
    ) -> None:
        """Walk between two faces."""
        group = await self._groups.at(place_of(interaction))
        service = FaceService(group.models.artist, photos=True)
        await interaction.response.defer(ephemeral=True, thinking=True)
        make = partial(rendering.mix, service.artist)
        made = await self._intake.made(interaction.user.id, [photo, other_photo], make)
        caption = texts_for(FaceTexts, interaction.locale.value).mixed
        walk = file(made.picture, "mix.gif", caption)
        reply = redrawn_answer(caption, walk, made, service.maker(), interaction.locale.value)
        await _send(interaction, reply, private=True)

    @app_commands.command(name="sweep", description="One thing about a face, from the least to the most")
    @_described("attribute", "photo", "seed")
    async def sweep(
        self,
        interaction: discord.Interaction,
        attribute: str,
        photo: discord.Attachment | None = None,
        seed: Seed | None = None,
    ) -> None:
        """Show them side by side, in one picture: a chat crops several."""
        group = await self._groups.at(place_of(interaction))
        service = FaceService(group.models.artist, photos=photo is not None)
        texts = texts_for(FaceTexts, interaction.locale.value)
        chosen, seed = service.attribute(attribute), fresh_seed() if seed is None else seed
        generator = service.generator_of(chosen)
        make = partial(rendering.sweep, service.artist, attribute=chosen, seed=seed, generator=generator)
        caption = texts.swept.format(attribute=attribute_name(chosen, texts))
        if photo is not None:
            await interaction.response.defer(ephemeral=True, thinking=True)
            swept = await self._intake.made(interaction.user.id, [photo], make)
            steps = _steps(swept.picture, caption)
            reply = redrawn_answer(caption, steps, swept, service.maker(), interaction.locale.value)
            await _send(interaction, reply, private=True)
            return
        swept = await self._worker.run(partial(make, None))
        below = texts.drawn.format(seed=seed)
        await interaction.response.send_message(f"{caption}\n{small(below)}", file=_steps(swept.picture, caption))

    @change.autocomplete("attribute")
    @sweep.autocomplete("attribute")
    @suggestions
    async def _suggest_attributes(self, interaction: discord.Interaction, typed: str) -> Mapping[str, str]:
        group = await self._groups.at(place_of(interaction))
        artist, texts = group.models.artist, texts_for(FaceTexts, interaction.locale.value)
        if artist is None:
            return {}
        photos = artist.takes_photos and getattr(interaction.namespace, "photo", None) is not None
        attributes = FaceService(artist, photos=photos).attributes
        return matching(typed, {name: attribute_name(name, texts) for name in attributes})

    @new.autocomplete("model")
    @suggestions
    async def _suggest_models(self, interaction: discord.Interaction, typed: str) -> Mapping[str, str]:
        artist = (await self._groups.at(place_of(interaction))).models.artist
        return matching(typed, artist.labels if artist else {})

    async def smiling(self, place: Place, photo: discord.Attachment) -> bytes | None:
        """Return a photo of the place's person alone, small and smiling, as a JPEG; None where no model does that.

        Raises:
            UserFacingError: it cannot be read, nobody is in it, or more than one.
            Busy, Slow: too many are asking at once, or this takes too long.
        """
        artist = (await self._groups.at(place)).models.artist
        if artist is None or not artist.takes_photos or _SMILE not in artist.photo_attributes:
            return None
        service = FaceService(artist, photos=True)
        return await self._intake.made(place.person, [photo], partial(service.smiling_photo, attribute=_SMILE))

    async def _change(
        self,
        interaction: discord.Interaction,
        attribute: str,
        photo: discord.Attachment | None,
        strength: float,
        seed: int | None,
    ) -> None:
        group = await self._groups.at(place_of(interaction))
        service, strength = FaceService(group.models.artist, photos=photo is not None), checked_strength(strength)
        chosen, locale = service.attribute(attribute), interaction.locale.value
        if photo is None:
            generator, seed = service.generator_of(chosen), fresh_seed() if seed is None else seed
            request = Request(chosen, generator, seed, strength, _asker(interaction, group))
            picture = await self._worker.run(partial(service.draw, request))
            reply = answer(request, picture, service.maker(request), locale, private=False)
            await _send(interaction, reply)
            return
        # A face of somebody's: whoever sees it later, its buttons are theirs.
        request_of_photo = PhotoRequest(((chosen, strength),), asker=interaction.user.id)
        texts = texts_for(FaceTexts, locale)
        await interaction.response.defer(ephemeral=True, thinking=True)
        make = partial(service.change_photo, request=request_of_photo, labels=labels(texts))
        edited = await self._intake.made(interaction.user.id, [photo], make)
        reply = photo_answer(edited, service.photo_maker(edited.request), service.attributes, locale, private=True)
        await _send(interaction, replace(reply, files=[*reply.files, original(edited, texts)]), private=True)


def _asker(interaction: discord.Interaction, group: Group) -> int:
    """Return whose presses alone count under a drawn face, or 0 where everybody's do."""
    return interaction.user.id if group.settings.face_buttons == "asker" else 0


def _steps(swept: bytes, caption: str) -> discord.File:
    return file(swept, "sweep.jpg", caption.replace("*", ""))


async def _send(interaction: discord.Interaction, reply: Answer, *, private: bool = False) -> None:
    send = interaction.followup.send if interaction.response.is_done() else interaction.response.send_message
    await send(reply.content, files=reply.files, embeds=reply.embeds, view=reply.view, ephemeral=private)
