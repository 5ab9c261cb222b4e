"""``python -m bot face``: a face in the terminal. Knows no Discord."""

import re
from pathlib import Path

from bot import photos
from bot.errors import OwnerError
from bot.features.face.photo_request import EVERY, PhotoRequest
from bot.features.face.rendering import Edited, Labels
from bot.features.face.request import Request
from bot.features.face.service import FaceService
from bot.i18n import INTERNATIONAL, UserFacingError
from bot.inference.artist import How
from bot.inference.models import open_models
from bot.inference.seeds import fresh_seed
from bot.inference.session import Provider
from bot.photo_intake.intake import photo_refusals

_TO_THE_OWNER = {
    "no_faces": "The bundle in {bundle} has no faces: train some, and export them into it.",
    "no_photos": "The bundle in {bundle} changes no photos: it has no encoder. Leave out --photo.",
}
"""What an owner can do something about is said to them in other words than to members."""


def changed(  # noqa: PLR0913, PLR0917 - what the command takes
    bundle: Path,
    provider: Provider,
    typed: str,
    photo: bytes | None,
    strength: float,
    seed: int | None,
    how: How = "carry",
    faces: str | None = None,
) -> tuple[bytes, str]:
    """Return a PNG, and what to know of it: of a photo the whole with the change in it, else before and after.

    ``faces`` are those of the photo to change, as :func:`numbers` reads them; where none of several is named, the
    picture shows their numbers.

    Raises:
        BundleError: the bundle must not be served.
        OwnerError: it has no faces or cannot change that, the photo cannot be read, or it has no such face.
    """
    try:
        service = FaceService(open_models(bundle, provider).artist, photos=photo is not None, how=how)
        attribute = service.attribute(typed)
        if photo is None:
            seed = fresh_seed() if seed is None else seed
            request = Request(attribute, service.generator_of(attribute), seed, strength)
            return service.draw(request), f"{request.source} · seed {seed}"
        named = numbers(faces)
        with photo_refusals():
            edited = service.change_photo(photo, PhotoRequest(((attribute, strength),), named), Labels("", ""), how)
    except UserFacingError as error:
        sentence = _TO_THE_OWNER.get(error.key)
        raise OwnerError(sentence.format(bundle=bundle) if sentence else error.sentence(INTERNATIONAL)) from None
    return _described(edited, named)


def numbers(typed: str | None) -> frozenset[int]:
    """Return the numbers of faces in ``2``, ``1,3`` or ``all``; none for None.

    Raises:
        OwnerError: it is none of these.
    """
    if typed is None:
        return frozenset()
    if typed == "all":
        return EVERY
    named = frozenset(map(int, re.findall(r"[0-9]+", typed)))
    if not named <= EVERY or not re.fullmatch(r" *[0-9]+ *(, *[0-9]+ *)*", typed):
        raise OwnerError(f"--face takes a number, numbers such as 1,3, or all, and not {typed!r}.")
    return named


def _described(edited: Edited, named: frozenset[int]) -> tuple[bytes, str]:
    there = frozenset(range(1, edited.faces + 1))
    if named != EVERY and not named <= there:
        raise OwnerError(f"There is no face {max(named - there)} in that photo: I see {edited.faces}.")
    picture = photos.png(photos.read(edited.whole or edited.numbers or edited.original))
    notes = [f"{edited.faces} found"]
    if edited.left_out:
        notes.append(f"{edited.left_out} left out as tiny or cut off")
    if edited.unmoved:
        notes.append(f"hardly changed (a hidden mouth, a drawing, or already so): {len(edited.unmoved)}")
    if edited.whole is None:
        return picture, "; ".join([*notes, "none changed yet: choose with --face 1, --face 1,3 or --face all"])
    return picture, "; ".join([*notes, f"changed: {', '.join(map(str, sorted(edited.request.faces)))}"])
