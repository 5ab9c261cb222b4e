"""``/face`` on Discord; what its words mean and what is drawn is decided in the modules beside this one."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TypeVar

import discord
from discord import app_commands
from discord.ext import commands

from bot.features.face import rendering
from bot.features.face.admission import Admission
from bot.features.face.download import fetched
from bot.features.face.lookup import attribute_name, named, named_attribute
from bot.features.face.rendering import Portrait
from bot.features.face.request import (
    FROM_PHOTO,
    LARGEST_SEED,
    STRONGEST,
    USUAL_STRENGTH,
    Request,
    checked_strength,
    fresh_seed,
)
from bot.features.face.texts import FaceTexts
from bot.features.face.views import (
    BEFORE,
    COG,
    Answer,
    Circumstances,
    Maker,
    answer,
    buttons,
    file,
    of_photo,
    show_files,
    shown,
)
from bot.i18n import Named, UnknownButtonError, UserFacingError, texts_for
from bot.inference.artist import Artist
from bot.inference.models import LoadedModels
from bot.inference.worker import Worker
from bot.markdown import small
from bot.photos import PhotoError

T = TypeVar("T")
Strength = app_commands.Range[float, -STRONGEST, STRONGEST]
Seed = app_commands.Range[int, 0, LARGEST_SEED]
_SMILE = "Smiling"
_MOST_PRESSES = 3
"""Of one person under photos, at once: each changes a small crop of the bot's own."""
_TEXT = {
    "photo": "A photo with a face; only you see the answer",
    "strength": "From -3 to 3; below 0 takes it away",
    "seed": "The number under an answer draws the same face again",
    "attribute": "What to change",
}


def _told(*names: str) -> Callable[[T], T]:
    return app_commands.describe(**{name: _TEXT[name] for name in names})


@app_commands.allowed_installs(guilds=True, users=True)
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
class Face(commands.GroupCog, name=COG, group_name="face", group_description="Draw faces, or change a photo of yours"):
    """Answers ``/face``."""

    def __init__(self, voice: Callable[[], LoadedModels], worker: Worker, *, for_asker_only: bool) -> None:
        """Take where to find the artist of the moment, the door to it, and whose presses count."""
        self._voice = voice
        self._worker = worker
        self._for_asker_only = for_asker_only
        self._admission = Admission()
        self._warming: asyncio.Task[None] | None = None

    async def cog_load(self) -> None:
        """Get ready for the first photo while nobody waits."""
        artist = self._voice().artist
        if artist is not None and artist.takes_photos:
            warm = self._worker.run(partial(rendering.warm, artist), deferred=True)
            self._warming = asyncio.create_task(warm)

    async def cog_unload(self) -> None:
        """Leave off getting ready."""
        if self._warming is not None:
            self._warming.cancel()

    @app_commands.command(name="smile", description="Make a face smile: a new one, or one in your photo")
    @_told("photo", "strength", "seed")
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
    @_told("attribute", "photo", "strength", "seed")
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

    @app_commands.command(name="new", description="Draw someone who doesn't exist")
    @app_commands.describe(model="Which model draws", seed=_TEXT["seed"])
    async def new(self, interaction: discord.Interaction, model: str | None = None, seed: Seed | None = None) -> None:
        """Draw a fresh face."""
        artist, texts = self._artist(), texts_for(FaceTexts, interaction.locale.value)
        generator = named(model, artist.generators, artist.labels) if model else artist.usual
        if generator is None:
            raise UserFacingError(FaceTexts, "no_such_model", known=", ".join(artist.labels.values()))
        seed = fresh_seed() if seed is None else seed
        picture = await self._worker.run(partial(rendering.fresh, artist, seed, generator))
        said = texts.drawn.format(model=artist.labels[generator], seed=seed)
        await interaction.response.send_message(small(said), file=file(picture, "face.png", said))

    @app_commands.command(name="mix", description="Turn one face into another")
    @app_commands.describe(photo=_TEXT["photo"], other_photo="Another photo with a face")
    @app_commands.rename(other_photo="other-photo")
    async def mix(
        self, interaction: discord.Interaction, photo: discord.Attachment, other_photo: discord.Attachment
    ) -> None:
        """Walk between two faces."""
        artist = self._artist(photos=True)
        await interaction.response.defer(ephemeral=True, thinking=True)
        async with self._admission.of(interaction.user.id):
            one, other = await asyncio.gather(self._fetched(photo), self._fetched(other_photo))
            walk, faces = await self._made(partial(rendering.mix, artist, one, other))
        said = texts_for(FaceTexts, interaction.locale.value).mixed
        await _send_private(interaction, said, [file(walk, "mix.gif", said)], faces, artist)

    @app_commands.command(name="sweep", description="One thing about a face, from the least to the most")
    @_told("attribute", "photo", "seed")
    async def sweep(
        self,
        interaction: discord.Interaction,
        attribute: str,
        photo: discord.Attachment | None = None,
        seed: Seed | None = None,
    ) -> None:
        """Show a strip and an animation."""
        artist, texts = self._artist(photos=photo is not None), texts_for(FaceTexts, interaction.locale.value)
        generator = artist.of_photos if photo else artist.usual
        chosen = self._attribute(attribute, artist, generator)
        seed = fresh_seed() if seed is None else seed
        make = partial(rendering.sweep, artist, attribute=chosen, seed=seed, generator=generator)
        said = texts.swept.format(attribute=attribute_name(chosen, texts))
        if photo is not None:
            await interaction.response.defer(ephemeral=True, thinking=True)
            strip, moving, faces = await self._of_photo(interaction, photo, make)
            await _send_private(interaction, said, _strip(strip, moving, said), faces, artist)
            return
        strip, moving, _ = await self._worker.run(partial(make, None))
        below = texts.drawn.format(model=artist.labels[generator], seed=seed)
        await interaction.response.send_message(f"{said}\n{small(below)}", files=_strip(strip, moving, said))

    @change.autocomplete("attribute")
    @sweep.autocomplete("attribute")
    async def _attributes(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        artist = self._voice().artist
        texts = texts_for(FaceTexts, interaction.locale.value)
        of_photo = artist is not None and artist.takes_photos and getattr(interaction.namespace, "photo", None)
        known = artist.attributes(artist.of_photos if of_photo else artist.usual) if artist else ()
        return [
            app_commands.Choice(name=attribute_name(name, texts), value=name)
            for name in known
            if typed.casefold() in attribute_name(name, texts) or typed.casefold() in name.replace("_", " ").casefold()
        ][:25]

    @new.autocomplete("model")
    async def _models(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        del interaction
        artist = self._voice().artist
        known = artist.labels.items() if artist else ()
        return [
            app_commands.Choice(name=label, value=name) for name, label in known if typed.casefold() in label.casefold()
        ][:25]

    async def press(self, interaction: discord.Interaction, match: re.Match[str]) -> None:
        """Do what a button under a face is for.

        Raises:
            UserFacingError: the button is somebody else's, or from another time.
            PhotoError: the photo of the answer cannot be read back.
        """
        request = Request.of_button(match).after(match["act"])
        if not request.obeys(interaction.user.id):
            raise UserFacingError(FaceTexts, "not_yours")
        texts = texts_for(FaceTexts, interaction.locale.value)
        if match["act"] == "open":
            shared = buttons(replace(request, shared=True), texts, private=False)
            await interaction.response.edit_message(view=shared)
            return
        artist = self._artist(photos=request.source == FROM_PHOTO)
        if not _can(artist, request):
            raise UnknownButtonError
        message = interaction.message
        private = message is not None and message.flags.ephemeral
        if match["act"] == "show":
            private, request = False, replace(request, asker=interaction.user.id)
        # Without "thinking": that would decide who sees what follows, an apology too.
        await interaction.response.defer()
        before = _before(message)
        portrait = await self._portrait(interaction, artist, request, before)
        made = _answer(interaction, artist, request, portrait, private=private)
        if match["act"] == "show":
            await interaction.followup.send(made.content, files=made.files, view=made.view)
            return
        files: list[discord.Attachment | discord.File] = list(made.files)
        if before is not None:  # it stays the file that it is, also for another press that is on its way
            files = [before, *(each for each in made.files if each.filename != BEFORE)]
        await interaction.edit_original_response(content=made.content, attachments=files, view=made.view)

    async def show(self, interaction: discord.Interaction) -> None:
        """Show to everybody the pictures that only their asker sees.

        Raises:
            UserFacingError: they cannot be fetched any more.
        """
        message = interaction.message
        await interaction.response.defer()
        attachments = message.attachments if message else []
        async with self._admission.of(interaction.user.id, _MOST_PRESSES):
            files = [file(await self._fetched(each), each.filename, each.description or "") for each in attachments]
        said = message.content.partition("\n")[0] if message else ""
        below = small(shown(texts_for(FaceTexts, interaction.locale.value), interaction.user.id))
        await interaction.followup.send(f"{said}\n{below}", files=files)

    async def _change(
        self,
        interaction: discord.Interaction,
        attribute: str,
        photo: discord.Attachment | None,
        strength: float,
        seed: int | None,
    ) -> None:
        artist = self._artist(photos=photo is not None)
        source = artist.of_photos if photo else artist.usual
        chosen = self._attribute(attribute, artist, source)
        strength = checked_strength(strength)
        if photo is None:
            asker = interaction.user.id if self._for_asker_only else 0
            request = Request(chosen, source, fresh_seed() if seed is None else seed, strength, asker)
            portrait = await self._portrait(interaction, artist, request, None)
            await _send(interaction, _answer(interaction, artist, request, portrait, private=False))
            return
        # A face of somebody's: whoever sees it later, its buttons are theirs.
        request = Request(chosen, FROM_PHOTO, 0, strength, interaction.user.id)
        await interaction.response.defer(ephemeral=True, thinking=True)
        make = partial(rendering.of_photo, artist, attribute=chosen, strength=strength)
        portrait = await self._of_photo(interaction, photo, make)
        made = _answer(interaction, artist, request, portrait, private=True)
        await interaction.followup.send(made.content, files=made.files, view=made.view, ephemeral=True)

    async def _portrait(
        self, interaction: discord.Interaction, artist: Artist, request: Request, before: discord.Attachment | None
    ) -> bytes | Portrait:
        if request.source != FROM_PHOTO:
            settings = (request.seed, request.source, request.attribute, request.strength)
            draw = partial(rendering.drawn, artist, *settings)
            return await self._worker.run(draw, deferred=interaction.response.is_done())
        if before is None:
            raise UserFacingError(FaceTexts, "photo_gone")
        make = partial(rendering.of_crop, artist, attribute=request.attribute, strength=request.strength)
        return await self._of_photo(interaction, before, make, _MOST_PRESSES)

    async def _of_photo(
        self, interaction: discord.Interaction, photo: discord.Attachment, make: Callable[[bytes], T], most: int = 1
    ) -> T:
        """Fetch a photo and return what is made of it, when it is its turn."""
        async with self._admission.of(interaction.user.id, most):
            return await self._made(partial(make, await self._fetched(photo)))

    async def _fetched(self, photo: discord.Attachment) -> bytes:
        try:
            return await fetched(photo)
        except PhotoError as error:
            raise _refusal(error) from None

    async def _made(self, job: Callable[[], T]) -> T:
        try:
            return await self._worker.run(partial(rendering.tidily, job), deferred=True)
        except PhotoError as error:
            raise _refusal(error) from None

    def _artist(self, *, photos: bool = False) -> Artist:
        artist = self._voice().artist
        if artist is None:
            raise UserFacingError(FaceTexts, "no_faces")
        if photos and not artist.takes_photos:
            raise UserFacingError(FaceTexts, "no_photos")
        return artist

    def _attribute(self, typed: str, artist: Artist, generator: str) -> str:
        """Return the attribute that is meant, by its name in any language."""
        known = artist.attributes(generator)
        found = named_attribute(typed, known)
        if found is not None:
            return found
        raise UserFacingError(FaceTexts, "no_such_attribute", known=Named("attributes", tuple(known)))


def _can(artist: Artist, request: Request) -> bool:
    """Say whether the bundle of the moment has what a button of another time remembers."""
    generator = artist.of_photos if request.source == FROM_PHOTO else request.source
    return generator in artist.generators and request.attribute in artist.attributes(generator)


def _answer(
    interaction: discord.Interaction, artist: Artist, request: Request, made: bytes | Portrait, *, private: bool
) -> Answer:
    generator = artist.of_photos if request.source == FROM_PHOTO else request.source
    by = Maker(artist.labels[generator], artist.saw_drawn_faces_only)
    return answer(request, made, by, interaction.locale.value, private=private)


def _before(message: discord.Message | None) -> discord.Attachment | None:
    found = [each for each in message.attachments if each.filename == BEFORE] if message else []
    return found[0] if found else None


def _refusal(error: PhotoError) -> UserFacingError:
    return UserFacingError(FaceTexts, "problems", error.problem)


def _strip(strip: bytes, moving: bytes, said: str) -> list[discord.File]:
    return [file(strip, "sweep.png", said), file(moving, "sweep.gif", said)]


async def _send_private(
    interaction: discord.Interaction, said: str, files: list[discord.File], faces: int, artist: Artist
) -> None:
    """Send what was made of a photo with so many faces, for its asker to see, and to show."""
    texts = texts_for(FaceTexts, interaction.locale.value)
    circumstances = Circumstances(None, artist.saw_drawn_faces_only)
    content = "\n".join([said, *map(small, of_photo(texts, faces, circumstances))])
    await interaction.followup.send(content, files=files, view=show_files(texts), ephemeral=True)


async def _send(interaction: discord.Interaction, shown: Answer) -> None:
    await interaction.response.send_message(shown.content, files=shown.files, view=shown.view)
