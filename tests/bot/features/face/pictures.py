"""Photos of people who do not exist, and what an answer shows: for all tests of ``/face``."""

import io
from collections.abc import Iterator
from typing import Any

import numpy as np
from PIL import Image

from playground import Answer, Playground
from training.faces.drawing import Identity, portrait

SITTERS = (15, 16, 17, 18, 20)


def encoded(pixels: np.ndarray, kind: str = "PNG", **options: Any) -> bytes:
    """Return the pixels as a file."""
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, kind, **options)
    return stream.getvalue()


def group(count: int, side: int = 240, wide: int = 1400, ground: int = 200) -> np.ndarray:
    """Return a photo of so many people, in rows from the left, each a square of ``side`` with room around."""
    step = side + side // 4
    in_a_row = (wide - side // 4) // step
    rows = -(-count // in_a_row)
    pixels = np.full((rows * step + side // 4, wide, 3), ground, np.uint8)
    for at in range(count):
        row, column = divmod(at, in_a_row)
        top, left = row * step + side // 4, column * step + side // 4
        face = portrait(Identity.of(SITTERS[at % len(SITTERS)]), {"Black_Hair": True}, side)
        pixels[top : top + side, left : left + side] = face
    return pixels


def files(playground: Playground, answer: Answer) -> dict[str, bytes]:
    """Return the files of an answer by name, those in its embed too."""
    return {one["filename"]: data for one, data in _kept(playground, answer)}


def seen(playground: Playground, answer: Answer) -> dict[str, np.ndarray]:
    """Return the pictures of an answer by name."""
    return {
        name: np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))
        for name, data in files(playground, answer).items()
    }


def _kept(playground: Playground, answer: Answer) -> Iterator[tuple[dict[str, Any], bytes]]:
    embedded = [embed[part]["url"] for embed in answer.embeds for part in ("image", "thumbnail") if part in embed]
    for identity in [each["id"] for each in answer.attachments] + [url.split("/")[-2] for url in embedded]:
        kept = playground.world.attachments.get(identity)
        if kept:
            yield kept


def changed(before: np.ndarray, after: np.ndarray, beyond: int = 40) -> np.ndarray:
    """Return which pixels differ by more than a JPEG's noise."""
    return np.abs(before.astype(int) - after).max(-1) > beyond


def half(comparison: np.ndarray, which: int) -> np.ndarray:
    """Return the picture before (0) or after (1), which lie beside each other with 8 pixels between."""
    side = (comparison.shape[1] - 8) // 2
    return comparison[:, :side] if which == 0 else comparison[:, -side:]
