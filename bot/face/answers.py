"""What an answer of ``/face`` holds: words, files, and buttons that remember. Knows Discord, not the artist."""

import io
from dataclasses import dataclass
from re import Match
from typing import Any, Self, cast

import discord

from bot import apology
from bot.face.making import Portrait
from bot.face.request import CUSTOM_ID, FROM_PHOTO, SHOW_FILES, Act, Request
from bot.i18n import Texts, texts_for
from bot.markdown import small
from bot.refused import Refused

COG = "face"
BEFORE = "before.png"
_EMOJI: dict[str, str] = {"more": "😊", "less": "😐", "again": "🎲", "show": "👀"}
_SIGN: dict[str, str] = {"more": "＋", "less": "−"}


@dataclass(frozen=True, slots=True)
class Answer:
    """One message."""

    content: str
    files: list[discord.File]
    view: discord.ui.View


def answer(request: Request, made: bytes | Portrait, locale: str, *, private: bool) -> Answer:
    """Return the message that shows a drawn face or a photo's; ``private`` if the asker alone sees it."""
    texts = texts_for(locale)
    named = {"attribute": texts.face.attributes[request.attribute], "strength": f"{request.strength:+g}"}
    lines = [texts.face.changed.format(**named)]
    lines += [small(line) for line in _below(request, made, texts, private=private)]
    return Answer("\n".join(lines), _files(made, texts, named), buttons(request, texts, private=private))


def buttons(request: Request, texts: Texts, *, private: bool) -> discord.ui.View:
    """Return 😊＋ 😐− and 🎲, or 👀 under a photo that only the asker sees."""
    acts: list[Act] = ["more", "less"]
    if request.source != FROM_PHOTO:
        acts.append("again")
    elif private:
        acts.append("show")
    view = discord.ui.View(timeout=None)
    for act in acts:
        label = _SIGN.get(act) if request.attribute == "Smiling" else getattr(texts.face, act)
        view.add_item(FaceButton(request.custom_id(act), _EMOJI[act], label or getattr(texts.face, act)))
    return view


def file(data: bytes, name: str, alt: str) -> discord.File:
    """Return an attachment with words for who cannot see it."""
    return discord.File(io.BytesIO(data), name, description=alt)


class FaceButton(discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]], template=CUSTOM_ID):
    """A button under a face: it carries the request, so it outlives the process that made it."""

    def __init__(self, custom_id: str, emoji: str | None = None, label: str | None = None) -> None:
        super().__init__(discord.ui.Button(custom_id=custom_id, emoji=emoji, label=label))

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction, item: discord.ui.Item[Any], match: Match[str], /
    ) -> Self:
        """Return the button of an old message."""
        del interaction, item
        return cls(match.string)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do what the button is for."""
        try:
            await _cog(interaction).press(interaction, cast(Match[str], CUSTOM_ID.fullmatch(self.custom_id)))
        except Exception as error:  # noqa: BLE001 - one of the two outermost doors: what gets past here is lost
            await apology.answer(interaction, error)


class ShowFiles(discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]], template=SHOW_FILES):
    """👀 under pictures of a photo that are there already and need not be made again."""

    def __init__(self, label: str | None = None) -> None:
        super().__init__(discord.ui.Button(custom_id=SHOW_FILES.pattern, emoji=_EMOJI["show"], label=label))

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction, item: discord.ui.Item[Any], match: Match[str], /
    ) -> Self:
        """Return the button of an old message."""
        del interaction, item, match
        return cls()

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Show the pictures to everybody."""
        try:
            await _cog(interaction).show(interaction)
        except Exception as error:  # noqa: BLE001 - as above
            await apology.answer(interaction, error)


def show_files(texts: Texts) -> discord.ui.View:
    """Return 👀 alone."""
    view = discord.ui.View(timeout=None)
    view.add_item(ShowFiles(texts.face.show))
    return view


def _cog(interaction: discord.Interaction[Any]) -> Any:  # noqa: ANN401 - the cog imports this module
    cog = interaction.client.get_cog(COG)
    if cog is None:  # the bundle that the bot was started with has no faces
        raise Refused(lambda texts: texts.face.no_faces)
    return cog


def _files(made: bytes | Portrait, texts: Texts, named: dict[str, str]) -> list[discord.File]:
    if isinstance(made, bytes):
        return [file(made, "face.png", texts.face.before_and_after.format(**named))]
    changed = texts.face.after.format(**named)
    # The one before by itself, so that a press can read it back: the bot keeps no photos.
    files = [file(made.before, BEFORE, texts.face.before), file(made.after, "after.png", changed)]
    return [*files, file(made.whole, "photo.jpg", changed)] if made.whole else files


def _below(request: Request, made: bytes | Portrait, texts: Texts, *, private: bool) -> list[str]:
    if isinstance(made, bytes):
        model = texts.face.models[request.source]
        return [texts.face.drawn.format(model=model, seed=request.seed)]
    return of_photo(texts, made.faces, private=private)


def of_photo(texts: Texts, faces: int, *, private: bool) -> list[str]:
    """Return what is said below what was made of a photo with so many faces."""
    lines = [texts.face.several_faces.format(count=faces)] if faces > 1 else []
    return [*lines, texts.face.from_photo] if private else lines
