"""Views, the answers of ``/face``: words, files, and buttons that remember. Knows Discord, not the artist.

What is under a photo is in :mod:`bot.features.face.photo_views`.
"""

from dataclasses import dataclass, field
from re import Match
from typing import Any, cast

import discord

from bot.features.attachments import file
from bot.features.buttons import StatefulButton, row
from bot.features.face.lookup import attribute_name, signed
from bot.features.face.rendering import Cleaned, Portrait, Redrawn
from bot.features.face.request import CUSTOM_ID, FROM_PHOTO, SHOW_FILES, Act, Request
from bot.features.face.service import Maker
from bot.features.face.texts import FaceTexts
from bot.i18n import UserFacingError, texts_for
from bot.markdown import small

COG = "face"
BEFORE = "before.png"
_SMILE = "Smiling"
_EMOJI: dict[str, str] = {"more": "➕", "less": "➖", "again": "🎲", "new": "🎲", "show": "👀", "open": "🙌"}
_OF_SMILES: dict[str, tuple[str, str]] = {"more": ("😊", "＋"), "less": ("😐", "−")}


_LABELS = {"new": "again"}
"""Acts that are called as another."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One message."""

    content: str
    files: list[discord.File]
    view: discord.ui.View
    embeds: list[discord.Embed] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is to be said below pictures made of a photo.

    ``shown_by`` is the id of who showed them to everybody, 0 where that is not known, None while the asker alone sees
    them; ``saw_drawn``: the model has learnt from drawn faces only; ``holds_photo``: the photo itself is in the answer.
    """

    shown_by: int | None
    saw_drawn: bool
    holds_photo: bool = False


def answer(request: Request, picture: bytes | Portrait, maker: Maker, locale: str, *, private: bool) -> Answer:
    """Return the message that shows a face that was drawn or cut out; ``private`` if the asker alone sees it."""
    texts = texts_for(FaceTexts, locale)
    named = {"attribute": attribute_name(request.attribute, texts), "strength": signed(request.strength)}
    lines = [texts.changed.format(**named)]
    lines += [small(line) for line in _below(request, picture, maker, texts, private=private)]
    return Answer("\n".join(lines), _files(picture, texts, named), buttons(request, texts, private=private))


def redrawn_answer(caption: str, picture: discord.File, made: Redrawn, maker: Maker, locale: str) -> Answer:
    """Return the message that shows what was made of a photo, for its asker to see, and to show."""
    texts = texts_for(FaceTexts, locale)
    notes = [texts.several_faces.format(count=made.faces)] if made.faces > 1 else []
    notes += [texts.unmoved] if made.unmoved else []
    notes += [texts.strange] if made.strange else []
    below = [*notes, *of_photo(texts, Circumstances(None, maker.saw_drawn))]
    return Answer("\n".join([caption, *map(small, below)]), [picture], row(_show_files(texts)))


def cleaned_answer(cleaned: Cleaned, locale: str) -> Answer:
    """Return the message that shows a photo whose small faces are clean, for its asker to see, and to show."""
    texts = texts_for(FaceTexts, locale)
    notes = [texts.too_large.format(count=cleaned.too_large)] if cleaned.too_large else []
    notes += [texts.strange] if cleaned.strange else []
    below = [*notes, *of_photo(texts, Circumstances(None, saw_drawn=False))]
    files = [file(cleaned.comparison, "before-after.jpg", texts.cleaned_compared)]
    files += [file(cleaned.whole, "photo.jpg", texts.whole_photo)]
    caption = texts.cleaned.format(count=cleaned.faces)
    return Answer("\n".join([caption, *map(small, below)]), files, row(_show_files(texts)))


def buttons(request: Request, texts: FaceTexts, *, private: bool) -> discord.ui.View:
    """Return 😊＋ 😐− and 🎲; under a photo 👀 while only the asker sees it, and then 🙌, if it obeys them alone."""
    acts: list[Act] = ["more", "less"]
    if request.source != FROM_PHOTO:
        acts.append("again")
    elif private:
        acts.append("show")
    elif request.asker and not request.shared:
        acts.append("open")
    return row(*(FaceButton(request.custom_id(act), **look(act, request.attribute, texts)) for act in acts))


def look(act: str, attribute: str, texts: FaceTexts) -> dict[str, str]:
    """Return the emoji and the label of a button; a smiling face stands for smiles alone."""
    if attribute == _SMILE and act in _OF_SMILES:
        emoji, label = _OF_SMILES[act]
        return {"emoji": emoji, "label": label}
    return {"emoji": _EMOJI[act], "label": getattr(texts, _LABELS.get(act, act))}


def fresh_answer(request: Request, picture: bytes, maker: Maker, locale: str, *, can_smile: bool) -> Answer:
    """Return the message that shows a new face as it is, with 🎲 for another, and 😊 where it can smile."""
    texts = texts_for(FaceTexts, locale)
    caption = _drawn(request, maker, texts)
    shown_buttons = [FaceButton(request.custom_id("new"), **look("new", _SMILE, texts))]
    if can_smile:
        shown_buttons.append(FaceButton(request.custom_id("more"), **look("more", _SMILE, texts)))
    return Answer(small(caption), [file(picture, "face.png", caption)], row(*shown_buttons))


class FacesGone:
    """What a press is told while there are no faces; goes before the kind of a button."""

    cog_name = COG

    def refuse(self) -> None:
        """Say that the bundle that the bot was started with has no faces."""
        raise UserFacingError(FaceTexts, "no_faces")


class FaceButton(FacesGone, StatefulButton, template=CUSTOM_ID):
    """A button under a face: it carries the request."""

    async def press(self, interaction: discord.Interaction[Any], cog: Any) -> None:  # noqa: ANN401 - it imports this module
        """Do what the button is for."""
        await cog.presses.press(interaction, cast(Match[str], CUSTOM_ID.fullmatch(self.custom_id)))


class ShowFiles(FacesGone, StatefulButton, template=SHOW_FILES):
    """👀 under pictures of a photo that are there already and need not be made again."""

    async def press(self, interaction: discord.Interaction[Any], cog: Any) -> None:  # noqa: ANN401 - as above
        """Show the pictures to everybody."""
        await cog.presses.show(interaction)


def _show_files(texts: FaceTexts) -> ShowFiles:
    return ShowFiles(SHOW_FILES.pattern, emoji=_EMOJI["show"], label=texts.show)


def _files(picture: bytes | Portrait, texts: FaceTexts, named: dict[str, str]) -> list[discord.File]:
    if isinstance(picture, bytes):
        return [file(picture, "face.png", texts.before_and_after.format(**named))]
    changed = texts.after.format(**named)
    # The one before by itself, so that a press can read it back: the bot keeps no photos.
    return [file(picture.before, BEFORE, texts.before), file(picture.after, "after.png", changed)]


def _below(request: Request, picture: bytes | Portrait, maker: Maker, texts: FaceTexts, *, private: bool) -> list[str]:
    if isinstance(picture, bytes):
        return [_drawn(request, maker, texts)]
    return of_photo(texts, Circumstances(None if private else request.asker, maker.saw_drawn))


def _drawn(request: Request, maker: Maker, texts: FaceTexts) -> str:
    text = texts.drawn_by if maker.label else texts.drawn
    return text.format(model=maker.label, seed=request.seed)


def of_photo(texts: FaceTexts, circumstances: Circumstances) -> list[str]:
    """Return what is said below all that was made of a photo."""
    lines = [texts.saw_drawn] if circumstances.saw_drawn else []
    if circumstances.shown_by is None:
        return [*lines, texts.only_here if circumstances.holds_photo else texts.from_photo]
    return [*lines, _shown_by(texts, circumstances.shown_by)]


def _shown_by(texts: FaceTexts, by: int) -> str:
    """Return what everybody is told of a photo: that a model changed it, and who showed it, if that is known."""
    parts = [texts.shown_by.format(who=f"<@{by}>")] if by else []
    return " · ".join([*parts, texts.by_a_model])
