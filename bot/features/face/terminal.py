"""``python -m bot face``: a face in the terminal. Knows no Discord."""

from pathlib import Path

from bot import photos
from bot.errors import OwnerError
from bot.features.face.request import FROM_PHOTO, Request, fresh_seed
from bot.features.face.service import FaceService, photo_refusals
from bot.i18n import INTERNATIONAL, UserFacingError
from bot.inference.artist import How
from bot.inference.models import open_models
from bot.inference.session import Provider

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
) -> tuple[bytes, str]:
    """Return a PNG, and what to know of it: of a photo the whole with the change in it, else before and after.

    Raises:
        BundleError: the bundle must not be served.
        OwnerError: it has no faces or cannot change that, or the photo cannot be read.
    """
    try:
        service = FaceService(open_models(bundle, provider).artist, photos=photo is not None)
        seed = fresh_seed() if seed is None else seed
        source = service.generator if photo is None else FROM_PHOTO
        request = Request(service.attribute(typed), source, seed, strength)
        if photo is None:
            return service.draw(request), f"{source} · seed {seed}"
        with photo_refusals():
            portrait = service.change_photo(photo, request, how)
    except UserFacingError as error:
        sentence = _TO_THE_OWNER.get(error.key)
        raise OwnerError(sentence.format(bundle=bundle) if sentence else error.sentence(INTERNATIONAL)) from None
    return photos.png(photos.read(portrait.whole or portrait.after)), f"{portrait.faces} found, the largest changed"
