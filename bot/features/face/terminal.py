"""``python -m bot face``: a face in the terminal. Knows no Discord."""

from pathlib import Path

from bot import photos
from bot.errors import OwnerError
from bot.features.face import rendering
from bot.features.face.lookup import named_attribute
from bot.features.face.request import fresh_seed
from bot.features.face.texts import FaceTexts
from bot.i18n import INTERNATIONAL, texts_for
from bot.inference.artist import Artist, How
from bot.inference.models import open_models
from bot.inference.session import Provider
from bot.photos import PhotoError


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
    artist = open_models(bundle, provider).artist
    if artist is None:
        raise OwnerError(f"The bundle in {bundle} has no faces: train some, and export them into it.")
    if photo is not None and not artist.takes_photos:
        raise OwnerError("This bundle changes no photos: it has no encoder. Leave out --photo.")
    generator = artist.usual if photo is None else artist.of_photos
    attribute = named_attribute(typed, artist.attributes(generator))
    if attribute is None:
        raise OwnerError(
            f"{typed!r} cannot be changed; these can: {', '.join(artist.attributes(generator)) or 'none'}."
        )
    if photo is None:
        seed = fresh_seed() if seed is None else seed
        return rendering.drawn(artist, seed, generator, attribute, strength), f"{generator} · seed {seed}"
    return _of_photo(artist, photo, attribute, strength, how)


def _of_photo(artist: Artist, photo: bytes, attribute: str, strength: float, how: How) -> tuple[bytes, str]:
    try:
        portrait = rendering.of_photo(artist, photo, attribute, strength, how)
    except PhotoError as error:
        raise OwnerError(texts_for(FaceTexts, INTERNATIONAL).problems[error.problem]) from None
    return photos.png(photos.read(portrait.whole or portrait.after)), f"{portrait.faces} found, the largest changed"
