"""What an answer of ``/face`` holds: words, files, and buttons that remember. Knows Discord, not the artist."""

import io
from dataclasses import dataclass
from re import Match
from typing import Any, Self, cast

import discord

from bot import error_reply
from bot.features.face.rendering import Portrait
from bot.features.face.request import CUSTOM_ID, FROM_PHOTO, SHOW_FILES, Act, Request
from bot.i18n import Texts, texts_for
from bot.markdown import small
from bot.refused import Refused

COG = "face"
BEFORE = "before.png"
_EMOJI: dict[str, str] = {"more": "😊", "less": "😐", "again": "🎲", "show": "👀", "open": "🙌"}
_SIGN: dict[str, str] = {"more": "＋", "less": "−"}


@dataclass(frozen=True, slots=True)
class Answer:
    """One message."""

    content: str
    files: list[discord.File]
    view: discord.ui.View


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is to be said below pictures made of a photo.

    ``shown_by`` is the id of who showed them to everybody, 0 where that is not known, None while the asker alone sees
    them; ``saw_drawn``: the model has learnt from drawn faces only.
    """

    shown_by: int | None
    saw_drawn: bool


def answer(request: Request, made: bytes | Portrait, locale: str, *, private: bool, saw_drawn: bool = False) -> Answer:
    """Return the message that shows a drawn face or a photo's; ``private`` if the asker alone sees it."""
    texts = texts_for(locale)
    named = {"attribute": texts.face.attributes[request.attribute], "strength": f"{request.strength:+g}"}
    lines = [texts.face.changed.format(**named)]
    circumstances = Circumstances(None if private else request.asker, saw_drawn)
    lines += [small(line) for line in _below(request, made, texts, circumstances)]
    return Answer("\n".join(lines), _files(made, texts, named), buttons(request, texts, private=private))


def buttons(request: Request, texts: Texts, *, private: bool) -> discord.ui.View:
    """Return 😊＋ 😐− and 🎲; under a photo 👀 while only the asker sees it, and then 🙌, if it obeys them alone."""
    acts: list[Act] = ["more", "less"]
    if request.source != FROM_PHOTO:
        acts.append("again")
    elif private:
        acts.append("show")
    elif request.asker and not request.shared:
        acts.append("open")
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
            await error_reply.answer(interaction, error)


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
            await error_reply.answer(interaction, error)


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


def _below(request: Request, made: bytes | Portrait, texts: Texts, circumstances: Circumstances) -> list[str]:
    if isinstance(made, bytes):
        model = texts.face.models[request.source]
        return [texts.face.drawn.format(model=model, seed=request.seed)]
    shrunk = [texts.face.shrunk.format(width=made.shrunk[0], height=made.shrunk[1])] if made.shrunk else []
    return [*shrunk, *of_photo(texts, made.faces, circumstances)]


def of_photo(texts: Texts, faces: int, circumstances: Circumstances) -> list[str]:
    """Return what is said below what was made of a photo with so many faces."""
    lines = [texts.face.several_faces.format(count=faces)] if faces > 1 else []
    if circumstances.saw_drawn:
        lines.append(texts.face.saw_drawn)
    if circumstances.shown_by is None:
        return [*lines, texts.face.from_photo]
    return [*lines, shown(texts, circumstances.shown_by)]


def shown(texts: Texts, by: int) -> str:
    """Return what everybody is told of a photo: that a model changed it, and who showed it, if that is known."""
    who = [texts.face.shown_by.format(who=f"<@{by}>")] if by else []
    return " · ".join([*who, texts.face.by_a_model])
