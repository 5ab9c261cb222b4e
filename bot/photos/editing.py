"""Changes a face in a photo by an editor's four small fields, at the photo's own resolution.

A network sees the lower face of the aligned crop, small, and answers with a flow (where each pixel comes from), a shade
(light that is added), and a mouth drawn anew with how much of it is seen. What is large in a face is thereby moved, not
drawn: skin, beard and light stay the photo's own. Knows nothing of the network that answers.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial, reduce

import numpy as np
from numpy.typing import NDArray

from bot.photos.alignment import EYES, Eyes, Located, crop, placed
from bot.photos.mouth import centred

CROP_SIDE, WINDOW_SIDE = 128, 80
"""Pixels of the aligned crop that the window is cut from, and of the window itself."""
WINDOW_LEFT, WINDOW_TOP = 24, 46
COARSE_SIDE = 40
"""Pixels of the side of flow and shade."""
_FINER = 4
_SHARPEST, _DETAIL_FROM, _SAME_TONE = 0.35, 1.5, 24.0
"""Of the unsharp mask; pixels of the photo for one that is drawn; and how far two tones may be apart, of 255."""
_SHOCKS, _SHOCK, _SHOCK_AT = 4, 0.6, 1.5
"""Steps of the shock filter, the share of each, and the scale in fine pixels at which it looks for edges."""
_LUMA = np.array([[0.299, 0.587, 0.114]], np.float32)
_UNSEEN = 1 / 512
"""Of ``alpha``: what it is below changes no pixel. Nor does so little light, or a flow of a sixth of a pixel."""

_SOFTER, _STRONGER = 0.5, 1.2
"""Over how many of its pixels a shade is smoothed, and how much stronger it is then: lines as if drawn by a pen go, and
with them more of who it is than of the smile."""
_UNNOTICED, _HARDEST = 0.1, 0.22
"""Up to which share of the light that there is a face is lit or darkened as asked, for each of a strength, and beyond
which never: a shadow that a face in the sun bears is a moustache in the shade."""
_DARKEST, _NEARLY_WHITE = 0.02, 0.2
"""The least light, of full light, that there is; and how far below that a photo is as bright as it can be, so that what
is darkened there would be grey."""

DIM = 48.0
"""The mean level of a window below which its face is shown to an editor in more light: it learnt from none so dark."""

_GRIN, _MOST = 1.5, 3.0
"""The least strength of a grin, and the largest strength that an editor knows."""
_FIRM, _FIRMEST = 0.0115, 1.5
"""How far a grin draws a mouth apart, in shares of the window's side for each of its strength, and how many times as
much an editor is asked for at most where it moves less than that."""

Picture = NDArray[np.uint8]
Part = tuple[slice, slice]


@dataclass(frozen=True, slots=True)
class Fields:
    """What an editor answers about one window.

    ``flow [40, 40, 2]`` in shares of the window's side (x, y), ``shade [40, 40, 3]``, ``alpha [80, 80, 1]`` and
    ``colour [80, 80, 3]`` in shares of full light.
    """

    flow: NDArray[np.float32]
    shade: NDArray[np.float32]
    alpha: NDArray[np.float32]
    colour: NDArray[np.float32]

    @property
    def change_something(self) -> bool:
        """Whether anything moves, is lit or drawn."""
        return any(float(np.abs(field).max()) > _UNSEEN for field in (self.flow, self.shade, self.alpha))

    def dimmed(self, by: float) -> "Fields":
        """Return what changes a face ``by`` so many times darker in the same way."""
        return Fields(self.flow, self.shade / by, self.alpha, self.colour / by)


Editor = Callable[[Picture, float], Fields]
"""Answers of a window and a strength."""


def change(  # noqa: PLR0913, PLR0917 - a face in a photo, and how it is to change
    pixels: Picture, face: Located, strength: float, editor: Editor, eyes: Eyes = EYES, into: Picture | None = None
) -> Picture:
    """Return ``pixels`` with ``face`` changed as an ``editor`` answers of its window; ``eyes`` lie in its crops there.

    Where its mouth does not lie where its eyes tell, the window is that around the mouth, as tall as the face is. Of a
    face in the dark it is asked as in more light, and what it answers is as dark as the photo again. ``into`` is as of
    :func:`edited`.
    """
    fields = _answered(window(pixels, face, eyes), strength, editor)
    # What an editor leaves alone where the eyes tell it to look stays so.
    if fields.change_something and (elsewhere := centred(pixels, face)) is not face:
        face, fields = elsewhere, _answered(window(pixels, elsewhere, eyes), strength, editor)
    return edited(pixels, face, fields, eyes, into)


def _answered(seen: Picture, strength: float, editor: Editor) -> Fields:
    """Return what an editor answers of a window; of a face in the dark as in more light, and then as dark again."""
    light, darker = lit(seen, DIM)
    asked, fields = calibrated(partial(editor, light), strength)
    return in_its_light(fields if darker == 1.0 else fields.dimmed(darker), seen, asked)


def lit(seen: Picture, least: float) -> tuple[Picture, float]:
    """Return a face of at least the mean level ``least``, and how many times darker the photo is."""
    darker = max(1.0, least / max(float(seen.mean()), 1.0))
    return (seen if darker == 1.0 else np.clip(np.rint(darker * seen), 0, 255).astype(np.uint8)), darker


def calibrated(ask: Callable[[float], Fields], strength: float) -> tuple[float, Fields]:
    """Return a strength calibrated to the face, a larger one where an editor moves little, and what is answered to it.

    One strength moves the corners of a mouth twice as far in one face as in another, and who is moved least is seen
    smiling least often. Grins alone are meant, and what an editor leaves alone stays so.
    """
    fields = ask(strength)
    moved = float(np.abs(fields.flow[..., 0]).max())
    if strength < _GRIN or moved == 0:
        return strength, fields
    firmer = min(strength * min(_FIRM * strength / moved, _FIRMEST), _MOST)
    return (firmer, ask(firmer)) if firmer > strength else (strength, fields)


def in_its_light(fields: Fields, seen: Picture, strength: float) -> Fields:
    """Return fields whose shade is smooth, and hardly stronger than the light of the window that is ``seen`` allows.

    What is as bright as a photo can be stays so.
    """
    if not fields.shade.any():
        return fields
    import cv2

    small = cv2.resize(seen, (COARSE_SIDE, COARSE_SIDE), interpolation=cv2.INTER_AREA).astype(np.float32)
    light = cv2.GaussianBlur(cv2.transform(small / 255, _LUMA), (0, 0), 1)
    shade = _STRONGER * cv2.GaussianBlur(fields.shade, (0, 0), _SOFTER)
    added = cv2.transform(shade, _LUMA)
    share = np.abs(added) / np.maximum(light, _DARKEST)
    kept = np.minimum(share, _softly_limited(share, _UNNOTICED * abs(strength), _HARDEST * abs(strength)))
    kept *= np.where(added < 0, np.clip((1 - light) / _NEARLY_WHITE, 0, 1), 1)
    shade *= np.divide(kept, share, out=np.ones_like(share), where=share > 0)[..., None]
    return replace(fields, shade=shade)


def _softly_limited(values: NDArray[np.float32], least: float, most: float) -> NDArray[np.float32]:
    """Return values as they are up to ``least``, and nearer and nearer to ``most`` from there."""
    return np.asarray(least + (most - least) * np.tanh((values - least) / (most - least)), np.float32)


def window(pixels: NDArray[np.uint8], face: Located, eyes: Eyes = EYES) -> NDArray[np.uint8]:
    """Return the lower face ``[80, 80, 3]`` as an editor sees it; ``eyes`` are where they lie in its crops."""
    return window_of(crop(pixels, face, CROP_SIDE, eyes))


def window_of(crops: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the windows ``[…, 80, 80, 3]`` of aligned crops ``[…, 128, 128, 3]``."""
    bottom, right = WINDOW_TOP + WINDOW_SIDE, WINDOW_LEFT + WINDOW_SIDE
    return np.ascontiguousarray(crops[..., WINDOW_TOP:bottom, WINDOW_LEFT:right, :])


def edited(pixels: Picture, face: Located, fields: Fields, eyes: Eyes = EYES, into: Picture | None = None) -> Picture:
    """Return ``pixels`` with ``face`` changed: what the fields leave alone stays as it is, bit for bit.

    The result is another picture, or ``into``, which has the same pixels, or is ``pixels`` itself.
    """
    unit = _unit_square(face, eyes)
    result = pixels.copy() if into is None else into
    _bend(result, pixels, fields, unit)
    _draw(result, fields, unit)
    return result


def _bend(result: Picture, pixels: Picture, fields: Fields, unit: NDArray[np.float64]) -> None:
    """Move ``pixels`` by the flow and light them by the shade, into ``result``."""
    import cv2

    part = _part((fields.flow != 0).any(2) | (fields.shade != 0).any(2))
    if part is None:
        return
    rows, columns = _box(_placed(part, fields.flow, unit), pixels.shape)
    if rows.start >= rows.stop or columns.start >= columns.stop:
        return
    flow = cv2.transform(_at(_enlarged(fields.flow), unit, rows, columns), unit[:, :2])
    flow[..., 0] += np.arange(columns.start, columns.stop, dtype=np.float32)[None, :]
    flow[..., 1] += np.arange(rows.start, rows.stop, dtype=np.float32)[:, None]
    moved = cv2.remap(pixels, flow, None, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    shade = _at(_enlarged(255 * fields.shade), unit, rows, columns)
    result[rows, columns] = cv2.add(moved, shade, dtype=cv2.CV_8U)


def _draw(result: Picture, fields: Fields, unit: NDArray[np.float64]) -> None:
    """Blend the mouth that is drawn anew into ``result``."""
    part = _part(fields.alpha[..., 0] > _UNSEEN)
    if part is None:
        return
    unit = _placed(part, fields.alpha, unit)
    rows, columns = _box(unit, result.shape)
    if rows.start >= rows.stop or columns.start >= columns.stop:
        return
    area = result[rows, columns]
    pixel = math.hypot(*unit[:, 0]) / (part[1].stop - part[1].start)
    blended = _at(255 * _crisp(fields.colour[part], pixel), unit, rows, columns)
    _give_detail(blended, area, pixel)
    blended -= area
    blended *= np.clip(_at(_enlarged(fields.alpha[part]), unit, rows, columns), 0, 1)[..., None]
    blended += area
    area[...] = np.clip(np.rint(blended, out=blended), 0, 255, out=blended)


def _crisp(colour: NDArray[np.float32], pixel: float) -> NDArray[np.float32]:
    """Return what is drawn enlarged, with edges where it has them, however many of the photo's pixels each one is."""
    import cv2

    amount = min(max(pixel - 1, 0), 1)
    sharp = colour + _SHARPEST * amount * (colour - cv2.GaussianBlur(colour, (0, 0), 1))
    fine = np.clip(_enlarged(sharp), 0, 1)
    return _shocked(fine, _SHOCK * amount) if amount else fine


def _shocked(picture: NDArray[np.float32], share: float) -> NDArray[np.float32]:
    """Return a picture whose soft edges became steps, by a shock filter (Osher & Rudin 1990).

    Each side of an edge, told by the second derivative across it, grows towards it by ``share`` of a pixel a step.
    """
    import cv2

    around = cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3))
    for _ in range(_SHOCKS):
        light = cv2.GaussianBlur(cv2.transform(picture, _LUMA), (0, 0), _SHOCK_AT)
        x, y, xx, xy, yy = (cv2.Sobel(light, cv2.CV_32F, *order) for order in ((1, 0), (0, 1), (2, 0), (1, 1), (0, 2)))
        across = (x * x * xx + 2 * x * y * xy + y * y * yy) / (x * x + y * y + 1e-9)
        sided = share * np.clip(2 * across / (np.abs(across).mean() + 1e-9), -1, 1)[..., None]
        lighter, darker = cv2.dilate(picture, around), cv2.erode(picture, around)
        picture = picture + np.maximum(-sided, 0) * (lighter - picture) + np.maximum(sided, 0) * (darker - picture)
    return picture


def _give_detail(drawn: NDArray[np.float32], photo: Picture, pixel: float) -> None:
    """Add to what is ``drawn`` the photo's own detail, finer than a drawn ``pixel``, where it is of the same tone.

    Skin around a mouth, a beard and lips thereby stay what they were; teeth, where there were none, get no lips' grain.
    """
    import cv2

    if pixel < _DETAIL_FROM:
        return
    size = 2 * round(pixel / 2) + 1
    smooth = cv2.blur(cv2.blur(photo, (size, size)), (size, size))
    off = reduce(cv2.max, cv2.split(cv2.absdiff(cv2.convertScaleAbs(drawn), smooth)))
    alike = np.clip(1.5 - np.asarray(off, np.float32) / _SAME_TONE, 0, 1)
    drawn += cv2.multiply(cv2.subtract(photo, smooth, dtype=cv2.CV_32F), cv2.merge([alike] * 3))


def _unit_square(face: Located, eyes: Eyes) -> NDArray[np.float64]:
    """Return the 2×3 matrix from the window, 1 long and wide, to where its points lie in the photo's pixels."""
    scale = WINDOW_SIDE
    cut = np.array([[scale, 0, WINDOW_LEFT - 0.5], [0, scale, WINDOW_TOP - 0.5], [0, 0, 1]])
    return np.asarray(placed(face, CROP_SIDE, eyes) @ cut)


def _part(where: NDArray[np.bool_]) -> Part | None:
    """Return the rows and columns of a field that hold all of ``where``, and one more on each side; None of nothing."""
    rows, columns = (np.flatnonzero(where.any(axis)) for axis in (1, 0))
    if not len(rows):
        return None
    height, width = where.shape
    return _and_around(rows, height), _and_around(columns, width)


def _and_around(at: NDArray[np.intp], side: int) -> slice:
    return slice(max(0, int(at[0]) - 1), min(side, int(at[-1]) + 2))


def _enlarged(field: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return a field smoothly at a few hundred pixels: from there, straight will do, and takes a third of the time."""
    import cv2

    return np.asarray(cv2.resize(field, None, fx=_FINER, fy=_FINER, interpolation=cv2.INTER_CUBIC), np.float32)


def _placed(part: Part, field: NDArray[np.float32], unit: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the matrix as ``unit`` is one, of a part of a field in place of the window."""
    (height, width), (rows, columns) = field.shape[:2], part
    wide, high = (columns.stop - columns.start) / width, (rows.stop - rows.start) / height
    within = np.array([[wide, 0, columns.start / width], [0, high, rows.start / height], [0, 0, 1]])
    return np.asarray(unit @ within)


def _at(fine: NDArray[np.float32], unit: NDArray[np.float64], rows: slice, columns: slice) -> NDArray[np.float32]:
    """Return what ``unit`` places at each of the photo's pixels in ``rows`` and ``columns``, 0 outside of it."""
    import cv2

    high, wide = fine.shape[:2]
    matrix = unit @ np.array([[1 / wide, 0, 0.5 / wide], [0, 1 / high, 0.5 / high], [0, 0, 1]])
    matrix[:, 2] -= columns.start, rows.start
    size = (columns.stop - columns.start, rows.stop - rows.start)
    return np.asarray(cv2.warpAffine(fine, matrix, size, flags=cv2.INTER_LINEAR), np.float32)


def _box(unit: NDArray[np.float64], shape: tuple[int, ...]) -> Part:
    """Return the photo's rows and columns that what ``unit`` places can touch."""
    corners = unit @ np.array([[0, 1, 0, 1], [0, 0, 1, 1], [1, 1, 1, 1]])
    least = np.maximum(np.floor(corners.min(1)), 0).astype(int)
    most = np.minimum(np.ceil(corners.max(1)) + 1, (shape[1], shape[0])).astype(int)
    return slice(int(least[1]), int(most[1])), slice(int(least[0]), int(most[0]))
