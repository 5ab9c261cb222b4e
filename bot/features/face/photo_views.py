"""Photo views, the answer to a photo: before and after, the photo to save, whose face it is, and what else may change.

The picture of before and after is the only one among the attachments, since a chat crops several to squares; the whole
photo is in an embed. The photo that it all began with goes along, as a file that no chat shows as a picture: every
press begins with it, and the bot itself keeps none. Knows Discord, not the artist.
"""

from collections.abc import Sequence
from typing import Any

import discord

from bot.features.attachments import ORIGINAL, file
from bot.features.buttons import StatefulButton, StatefulItem, StatefulMenu, chosen, row
from bot.features.face.lookup import attribute_name, signed
from bot.features.face.photo_request import MOST_EDITS, PHOTO_ID, PHOTO_MENU, Act, PhotoRequest
from bot.features.face.rendering import Edited, Labels
from bot.features.face.service import Maker
from bot.features.face.texts import FaceTexts
from bot.features.face.views import Answer, Circumstances, FacesGone, look, of_photo
from bot.i18n import texts_for
from bot.markdown import small

_NUMBERS, _COMPARISON, _WHOLE = "faces.jpg", "before-after.jpg", "photo.jpg"
_STYLE = {True: discord.ButtonStyle.primary, False: discord.ButtonStyle.secondary}
_MOST_BUTTONS, _IN_A_ROW, _MOST_OPTIONS = 9, 5, 25


class PhotoButton(FacesGone, StatefulButton, template=PHOTO_ID):
    """A button under a photo."""

    async def press(self, interaction: discord.Interaction[Any], cog: Any) -> None:  # noqa: ANN401 - it imports this module
        """Do what the button is for."""
        await cog.presses.press_photo(interaction, PHOTO_ID.fullmatch(self.custom_id), ())


class PhotoMenu(FacesGone, StatefulMenu, template=PHOTO_MENU):
    """A menu under a photo: of faces, or of what to change."""

    async def press(self, interaction: discord.Interaction[Any], cog: Any) -> None:  # noqa: ANN401 - as above
        """Do what was chosen."""
        await cog.presses.press_photo(interaction, PHOTO_MENU.fullmatch(self.custom_id), chosen(interaction))


def labels(texts: FaceTexts) -> Labels:
    """Return what is written on the picture of before and after."""
    return Labels(texts.label_before, texts.label_after)


def photo_answer(edited: Edited, maker: Maker, attributes: Sequence[str], locale: str, *, private: bool) -> Answer:
    """Return the message that shows what a photo has become; ``attributes`` are those that can be changed."""
    texts = texts_for(FaceTexts, locale)
    changes = _changes(edited.request, texts)
    lines = [f"**{changes}**"] if changes else [texts.nothing_changed]
    circumstances = Circumstances(None if private else edited.request.asker, maker.saw_drawn, holds_photo=True)
    lines += [small(line) for line in [*_of_faces(edited, texts), *of_photo(texts, circumstances)]]
    files = _pictures(edited, changes, texts)
    embeds = [_whole(edited, changes, texts)] if edited.whole else []
    return Answer("\n".join(lines), files, photo_buttons(edited, attributes, texts, private=private), embeds)


def original(edited: Edited, texts: FaceTexts) -> discord.File:
    """Return the photo that every press begins with."""
    return file(edited.original, ORIGINAL, texts.original_photo)


def photo_buttons(edited: Edited, attributes: Sequence[str], texts: FaceTexts, *, private: bool) -> discord.ui.View:
    """Return what may be pressed: more and less of the last change, whose face, and what else to change."""
    request = edited.request
    acts: list[Act] = ["more", "less"] if edited.whole else []
    if private and edited.whole:
        acts.append("show")
    elif not private and not request.shared:
        acts.append("open")
    items: list[StatefulItem] = [_act(request, act, texts) for act in acts]
    if edited.faces > 1:
        items += _faces(edited, texts, first_row=1 if acts else 0)
    # Menus go into the first row that is empty.
    return row(*items, _edits(request, attributes, texts))


def _act(request: PhotoRequest, act: Act, texts: FaceTexts) -> PhotoButton:
    attribute = request.edits[-1][0] if request.edits else ""
    how = look(act, attribute, texts)
    if act in {"more", "less"} and len(request.edits) > 1:
        how["label"] = f"{attribute_name(attribute, texts)} {how['label']}"
    return PhotoButton(request.custom_id(act), **how, row=0)


def _faces(edited: Edited, texts: FaceTexts, first_row: int) -> list[StatefulItem]:
    """Return a button for each face and one for all of them, or a menu where they are many."""
    request = edited.request
    if edited.faces > _MOST_BUTTONS:
        return [_menu_of_faces(edited, texts)]
    pressed: list[tuple[Act | int, str, bool]] = [
        (number, str(number), number in request.faces) for number in range(1, edited.faces + 1)
    ]
    pressed.append(("all", texts.every_face, len(request.faces) == edited.faces))
    return [
        PhotoButton(request.custom_id(act), label=label, style=_STYLE[is_on], row=first_row + at // _IN_A_ROW)
        for at, (act, label, is_on) in enumerate(pressed)
    ]


def _menu_of_faces(edited: Edited, texts: FaceTexts) -> PhotoMenu:
    on, every = edited.request.faces, len(edited.request.faces) == edited.faces
    options = [discord.SelectOption(label=texts.every_face, value="all", default=every)]
    for number in range(1, edited.faces + 1):
        label = texts.face_number.format(number=number)
        options.append(discord.SelectOption(label=label, value=str(number), default=number in on and not every))
    custom_id = edited.request.custom_id("faces")
    return PhotoMenu(custom_id, placeholder=texts.pick_faces, max_values=len(options), options=options)


def _edits(request: PhotoRequest, attributes: Sequence[str], texts: FaceTexts) -> PhotoMenu:
    """Return the menu of what to change, in which what is changed is chosen already, so that it can be taken back."""
    on = [name for name, _ in request.edits]
    offered = [*on, *(name for name in attributes if name not in on)][:_MOST_OPTIONS]
    offered.sort(key=list(attributes).index)
    options = [
        discord.SelectOption(label=attribute_name(name, texts)[:100], value=name, default=name in on)
        for name in offered
    ]
    most = min(MOST_EDITS, len(options))
    custom_id = request.custom_id("edits")
    return PhotoMenu(custom_id, placeholder=texts.pick_edits, min_values=0, max_values=most, options=options)


def _changes(request: PhotoRequest, texts: FaceTexts) -> str:
    return " · ".join(f"{attribute_name(name, texts)} {signed(strength)}" for name, strength in request.edits)


def _of_faces(edited: Edited, texts: FaceTexts) -> list[str]:
    lines: list[str] = []
    if edited.faces > 1 and edited.whole:
        numbers = ", ".join(map(str, sorted(edited.request.faces)))
        lines.append(texts.faces_changed.format(count=edited.faces, numbers=numbers))
    elif edited.faces > 1:
        lines.append(texts.which_face.format(count=edited.faces))
    if edited.unmoved:
        numbers = ", ".join(map(str, sorted(edited.unmoved)))
        text = texts.unmoved if edited.faces == 1 else texts.unmoved_faces
        lines.append(text.format(numbers=numbers))
    if edited.strange:
        numbers = ", ".join(map(str, sorted(edited.strange)))
        lines.append((texts.strange if edited.faces == 1 else texts.strange_faces).format(numbers=numbers))
    if edited.left_out:
        lines.append(texts.left_out.format(count=edited.left_out))
    if edited.shrunk:
        lines.append(texts.shrunk.format(width=edited.shrunk[0], height=edited.shrunk[1]))
    return lines


def _pictures(edited: Edited, changes: str, texts: FaceTexts) -> list[discord.File]:
    files: list[discord.File] = []
    if edited.comparison and edited.whole:
        files += [file(edited.comparison, _COMPARISON, texts.compared.format(changes=changes))]
        files += [file(edited.whole, _WHOLE, texts.whole_photo)]
    if edited.numbers:
        alt = texts.numbers.format(count=edited.faces) if edited.faces > 1 else texts.original_photo
        files.append(file(edited.numbers, _NUMBERS, alt))
    return files


def _whole(edited: Edited, changes: str, texts: FaceTexts) -> discord.Embed:
    """Return the frame of the whole photo, and beside it which number is which face."""
    shown: dict[str, Any] = {"type": "rich", "description": small(texts.whole_photo)}
    shown["image"] = _medium(_WHOLE, texts.compared.format(changes=changes))
    if edited.numbers:
        shown["thumbnail"] = _medium(_NUMBERS, texts.numbers.format(count=edited.faces))
    return discord.Embed.from_dict(shown)


def _medium(name: str, alt: str) -> dict[str, str]:
    """Return a picture of an embed with words for who cannot see it, for which the library has no name."""
    return {"url": f"attachment://{name}", "description": alt}
