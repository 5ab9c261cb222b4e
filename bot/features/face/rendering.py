"""From a request to pictures: what runs on the worker's thread. Knows the artist and photos, and no Discord."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from bot import photos
from bot.features.face.lookup import signed
from bot.features.face.photo_request import MOST_FACES, PhotoRequest
from bot.features.face.request import STRONGEST
from bot.inference.artist import Artist, Edit, How, Picture
from bot.inference.cleaner import Cleaner
from bot.photo_intake.photo import Photo
from bot.photos import Located

_LARGEST_SHOWN, _LARGEST_CROP = 512, 1024
_LARGEST_PHOTO = 3072
"""Pixels of the longer side of a photo that comes back whole: its memory is several times its pixels."""
_ENOUGH = 2048
"""Pixels of a photo's longer side, where no more than a small face is shown of it."""
_FRAMES, _STEPS = 13, 7
"""Pictures of a walk from face to face, and of a sweep."""
_PREVIEW, _COMPARED = 1280, 800
"""Pixels of the longer side of a photo with numbers on it, and of the part that is shown before and after."""
_SMALLEST = 48
"""Pixels of the side of a crop at the photo's own resolution: a mouth is 12 of them wide."""
_LOOKED_AT, _CLEARLY, _HARDLY = 128, 1.5, 1.5
"""Pixels of the side at which a change is measured, the strength from which on it is, and a change nobody sees."""
_MOUTH_BELOW, _AROUND = 1.1, 0.25
"""How far a mouth lies below the eyes, in distances between them; how much is shown around faces."""


@dataclass(frozen=True, slots=True)
class Portrait:
    """A face that was cut out of a photo, before and after."""

    before: bytes
    after: bytes


@dataclass(frozen=True, slots=True)
class Labels:
    """What is written on the picture of before and after, in the reader's language."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Edited:
    """A photo with what a request asks of it; ``request`` names those of its ``faces`` that there are.

    ``original`` is the photo without its metadata, from which it can be done again. Where something was changed,
    ``comparison`` shows it before and after, and ``whole`` is the photo; else, and where there are several faces,
    ``numbers`` shows which is which. ``left_out`` faces are tiny or cut off; ``shrunk`` is the width and height to
    which a larger photo was brought. ``unmoved`` faces hardly changed, though they were to: the mouth is hidden, the
    face is drawn, or it is that way already.
    """

    request: PhotoRequest
    original: bytes
    numbers: bytes | None = None
    comparison: bytes | None = None
    whole: bytes | None = None
    faces: int = 1
    left_out: int = 0
    shrunk: tuple[int, int] | None = None
    unmoved: frozenset[int] = frozenset()
    strange: frozenset[int] = frozenset()
    """Faces that the generator redrew in the photo, though they are of no kind that is known."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A photo whose small faces are clean: ``comparison`` shows them before and after, ``whole`` is the photo.

    ``faces`` were cleaned, so many are ``too_large`` for it; ``strange`` says that one of them is of no known kind.
    """

    comparison: bytes
    whole: bytes
    faces: int
    too_large: int
    strange: bool


@dataclass(frozen=True, slots=True)
class Redrawn:
    """One picture of what a generator made of faces: the largest of a photo with so many ``faces``, or a drawn one.

    ``strange`` says that one of them is of no known kind, ``unmoved`` that it is as it was in all of the picture.
    """

    picture: bytes
    faces: int = 1
    strange: bool = False
    unmoved: bool = False


def drawn(artist: Artist, seed: int, generator: str, attribute: str, strength: float) -> bytes:
    """Draw the face of ``seed`` as it is and with the attribute, side by side."""
    both = artist.varied(seed, attribute, (0, strength), generator)
    return photos.png(photos.row([photos.enlarged(face) for face in both]))


def fresh(artist: Artist, seed: int, generator: str) -> bytes:
    """Draw the face of ``seed``."""
    return photos.png(photos.enlarged(artist.draw(artist.latent(seed, generator), generator)[0]))


def taken(data: bytes) -> tuple[Photo, tuple[int, int] | None]:
    """Return a photo from anybody, and to which width and height it had to be brought.

    Raises:
        PhotoError: it cannot be read.
    """
    return Photo.taken(photos.read(data, longest_side=_LARGEST_PHOTO), data)


def kept(original: bytes) -> Photo:
    """Return a photo from one of the bot's own answers; those of older ones have no faces noted.

    Raises:
        PhotoError: it cannot be read.
    """
    pixels = photos.read(original, longest_side=_LARGEST_PHOTO)
    faces = photos.faces_of(original)
    return Photo(pixels, photos.find(pixels) if faces is None else faces, original)


def edited(artist: Artist, photo: Photo, request: PhotoRequest, labels: Labels, how: How = "carry") -> Edited:
    """Change those faces of a photo that were chosen: carry the change onto it, or lay in what the decoder draws.

    Raises:
        PhotoError: nobody is in it whose face could be changed.
    """
    pixels, original = photo.pixels, photo.original
    faces, left_out = _offered(pixels, photo.faces)
    request = request.of(len(faces))
    is_changed = bool(request.faces and request.edits)
    numbers = photos.jpeg(_numbered(pixels, faces)) if len(faces) > 1 or not is_changed else None
    if not is_changed:
        return Edited(request, original, numbers, faces=len(faces), left_out=left_out)
    chosen = {number: face for number, face in faces.items() if number in request.faces}
    strange = {number for number, face in chosen.items() if _is_strange(artist, pixels, face, request.edits, how)}
    before, unmoved = _view(pixels, [*chosen.values()]), set()
    for number, face in chosen.items():
        lower = _lower(pixels, face)
        _change(artist, pixels, face, request.edits, how)
        if _is_unmoved(artist, request.edits, how, _difference(lower, _lower(pixels, face))):
            unmoved.add(number)
    compared = photos.jpeg(_compared(before, _view(pixels, [*chosen.values()]), labels))
    whole = photos.jpeg(pixels)
    result = Edited(request, original, numbers, compared, whole, len(faces), left_out)
    return replace(result, unmoved=frozenset(unmoved), strange=frozenset(strange - unmoved))


def cleaned(cleaner: Cleaner, data: bytes, labels: Labels) -> Cleaned | None:
    """Return a photo with its small faces clean; None where every face is too large for it.

    Raises:
        PhotoError: it cannot be read, or nobody is in it whose face could be cleaned.
    """
    pixels = photos.read(data, longest_side=_LARGEST_PHOTO)
    faces, _ = _offered(pixels, photos.find(pixels))
    small = [face for face in faces.values() if cleaner.takes(face)]
    if not small:
        return None
    strange, before = not all(cleaner.knows(pixels, face) for face in small), _view(pixels, small)
    for face in small:
        cleaner.clean(pixels, face, into=pixels)
    comparison = photos.jpeg(_compared(before, _view(pixels, small), labels))
    return Cleaned(comparison, photos.jpeg(pixels), len(small), len(faces) - len(small), strange)


def _is_strange(artist: Artist, pixels: Picture, face: Located, edits: Sequence[Edit], how: How) -> bool:
    """Return whether a face that a generator redraws is of no kind that is known; the editor leaves it what it is."""
    by_editor = how == "carry" and all(artist.edits(*edit) for edit in edits)
    return not by_editor and _is_unknown(artist, pixels, face)


def _is_unknown(artist: Artist, pixels: Picture, face: Located) -> bool:
    return artist.cleaner is not None and not artist.cleaner.knows(pixels, face)


def alone(artist: Artist, data: bytes, edit: Edit) -> bytes | None:
    """Return a photo of one person, changed and small, as a JPEG without metadata; None of one with several.

    Raises:
        PhotoError: it cannot be read, or nobody is in it whose face could be changed.
    """
    pixels = photos.read(data, longest_side=_ENOUGH)
    faces, _ = _offered(pixels, photos.find(pixels))
    if len(faces) > 1:
        return None
    (face,) = faces.values()
    _change(artist, pixels, face, [edit], "carry")
    return photos.jpeg(photos.shrunk(pixels, _LARGEST_SHOWN))


def _is_unmoved(artist: Artist, edits: Sequence[Edit], how: How, difference: float) -> bool:
    """Return whether a face that was to change is as it was, or, where the editor alone changes it, as good as that."""
    hardly = difference < _HARDLY and _is_edited_alone(artist, edits, how)
    return hardly or (difference == 0 and any(strength for _, strength in edits))


def _is_edited_alone(artist: Artist, edits: Sequence[Edit], how: How) -> bool:
    """Return whether the editor alone changes a photo, clearly enough for anybody to see it."""
    return how == "carry" and all(artist.edits(*edit) and abs(edit[1]) >= _CLEARLY for edit in edits)


def _lower(pixels: Picture, face: Located) -> Picture:
    """Return the lower half of a face, small."""
    return photos.crop(pixels, face, _LOOKED_AT)[_LOOKED_AT // 2 :]


def _difference(one: Picture, other: Picture) -> float:
    """Return by how many of 255 two pictures differ on average."""
    return float(np.abs(one.astype(int) - other).mean())


def _change(artist: Artist, pixels: Picture, face: Located, edits: Sequence[Edit], how: How) -> None:
    """Change a face of a photo in place: first by the generator, all at once, and then by the editor."""
    edited = [edit for edit in edits if how == "carry" and artist.edits(*edit)]
    redrawn = [edit for edit in edits if edit not in edited]
    if redrawn:
        # At the photo's own resolution: what is laid back should be no softer than what was there.
        side = min(_LARGEST_CROP, max(photos.SHOWN, photos.natural_size(face, artist.eyes)))
        before = photos.crop(pixels, face, side, artist.eyes)
        (after,) = artist.redrawn(before, [redrawn], how)
        if not np.array_equal(after, before):
            photos.lay_back(pixels, face, photos.enlarged(after, side), artist.eyes, into=pixels)
    for _, strength in edited:
        artist.change_photo(pixels, face, strength, into=pixels)


def _offered(pixels: Picture, located: Sequence[Located]) -> tuple[Mapping[int, Located], int]:
    """Return the faces that can be changed, numbered from the left, and how many others there are."""
    if not located:
        raise photos.PhotoError(photos.PhotoProblem.NO_FACE)
    fit = [face for face in located if _is_fit(face, pixels)][:MOST_FACES]
    if not fit:
        raise photos.PhotoError(photos.PhotoProblem.UNFIT_FACE)
    fit.sort(key=lambda face: face.left[0] + face.right[0])
    return dict(enumerate(fit, 1)), len(located) - len(fit)


def _is_fit(face: Located, pixels: Picture) -> bool:
    """Return whether a face is large enough to hold a change, and inside the photo from the eyes to the mouth."""
    left, right = complex(*face.left), complex(*face.right)
    mouth = (left + right) / 2 + (right - left) * 1j * _MOUTH_BELOW
    height, width, _ = pixels.shape
    inside = all(0 <= point.real < width and 0 <= point.imag < height for point in (left, right, mouth))
    return inside and photos.natural_size(face) >= _SMALLEST


def _numbered(pixels: Picture, faces: Mapping[int, Located]) -> Picture:
    preview = photos.shrunk(pixels, _PREVIEW)
    if len(faces) == 1:
        return preview
    return photos.numbered(preview, [photos.box(face, len(preview) / len(pixels)) for face in faces.values()])


def _view(pixels: Picture, faces: Sequence[Located]) -> Picture:
    """Return the only face, upright, or the part of the photo that holds the faces."""
    if len(faces) == 1:
        return photos.crop(pixels, faces[0], min(_LARGEST_SHOWN, max(photos.SHOWN, photos.natural_size(faces[0]))))
    rows, columns = _part(faces)
    part = photos.shrunk(pixels[rows, columns], _COMPARED)
    return part.copy() if np.may_share_memory(part, pixels) else part


def _compared(before: Picture, after: Picture, labels: Labels) -> Picture:
    return photos.compared(before, after, (labels.before, labels.after))


def _part(faces: Sequence[Located]) -> tuple[slice, slice]:
    """Return the rows and columns around all of the faces."""
    boxes = [photos.box(face) for face in faces]
    left, top = min(box.left for box in boxes), min(box.top for box in boxes)
    right, bottom = max(box.right for box in boxes), max(box.bottom for box in boxes)
    room = round(_AROUND * max(box.right - box.left for box in boxes))
    return slice(max(0, top - room), bottom + room), slice(max(0, left - room), right + room)


def of_crop(artist: Artist, data: bytes, attribute: str, strength: float) -> Portrait:
    """Change a crop that the bot itself had cut out.

    Raises:
        PhotoError: it cannot be read.
    """
    crop = photos.read(data)
    (after,) = artist.change(crop, attribute, (strength,))
    return Portrait(photos.png(crop), photos.png(after))


def sweep(artist: Artist, data: bytes | None, *, attribute: str, seed: int, generator: str) -> Redrawn:
    """Return a face, a photo's or a drawn one, from the least of an attribute to the most, numbered, in one picture.

    Raises:
        PhotoError: the photo cannot be read, or nobody is in it.
    """
    strengths = [float(strength) for strength in np.linspace(-STRONGEST, STRONGEST, _STEPS)]
    given = None if data is None else _crop(artist, data)
    if given is None:
        faces: Sequence[Picture] = list(artist.varied(seed, attribute, strengths, generator))
    else:
        faces = artist.change(given.picture, attribute, tuple(strengths))
    words = [signed(strength) if strength else "0" for strength in strengths]
    picture = photos.jpeg(photos.steps([photos.enlarged(face) for face in faces], words))
    if given is None:
        return Redrawn(picture)
    unmoved = all(np.array_equal(face, given.picture) for face in faces)
    return Redrawn(picture, given.faces, given.strange and not unmoved, unmoved)


def mix(artist: Artist, one: bytes, other: bytes) -> Redrawn:
    """Return an animated walk between the faces of two photos, which are its first and last pictures.

    The decoder draws every step; what it cannot draw of either photo is faded out and in. ``faces`` are those of the
    photo with most.

    Raises:
        PhotoError: one cannot be read, or nobody is in it.
    """
    first, second = _crop(artist, one), _crop(artist, other)
    start, end = artist.encode(np.stack([first.picture, second.picture]))
    shares = np.linspace(0, 1, _FRAMES, dtype=np.float32)
    latents = start + (end - start) * shares[:, None]
    decoded = artist.draw(latents.astype(np.float32), artist.of_photos)
    walk = [photos.enlarged(face).astype(np.float32) for face in decoded]
    side = len(walk[0])
    missing = photos.resized(first.picture, side) - walk[0], photos.resized(second.picture, side) - walk[-1]
    frames = [
        np.clip(drawn + (1 - share) * missing[0] + share * missing[1], 0, 255).astype(np.uint8)
        for drawn, share in zip(walk, shares, strict=True)
    ]
    is_strange = first.strange or second.strange
    return Redrawn(photos.animation(frames), max(first.faces, second.faces), is_strange)


class _Largest(NamedTuple):
    """A photo's largest face, of how many, and whether it is of no known kind."""

    picture: Picture
    faces: int
    strange: bool


def _crop(artist: Artist, data: bytes) -> _Largest:
    """Return a photo's largest face at the side at which faces are shown."""
    pixels, face, face_count = _face(data, _ENOUGH)
    crop = photos.crop(pixels, face, photos.SHOWN, artist.eyes)
    return _Largest(crop, face_count, _is_unknown(artist, pixels, face))


def _face(data: bytes, longest_side: int) -> tuple[Picture, Located, int]:
    """Return a photo, its largest face, and how many there are."""
    pixels = photos.read(data, longest_side=longest_side)
    located = photos.find(pixels)
    if not located:
        raise photos.PhotoError(photos.PhotoProblem.NO_FACE)
    return pixels, located[0], len(located)
