"""Where a head is turned its mouth lies aside of where its eyes tell, and what changes mouths is shown it there."""

import cv2
import numpy as np
import pytest

from bot.photos import EYES, Located, standard
from bot.photos.mouth import centred
from training.faces.drawing import Identity, portrait

SIDE = 300


def leaning(sitter: int, lean: float) -> tuple[np.ndarray, Located]:
    """Return an invented face whose lower part leans: each row below the eyes lies further aside by ``lean``."""
    pixels = portrait(Identity.of(sitter), {"Black_Hair": True}, SIDE)
    x, y = np.meshgrid(np.arange(SIDE, dtype=np.float32), np.arange(SIDE, dtype=np.float32))
    aside = lean * np.maximum(y - EYES[0][1] * SIDE, 0)
    return cv2.remap(pixels, x - aside, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), standard(SIDE)


@pytest.mark.parametrize("sitter", [7, 13])
def test_a_mouth_that_lies_aside_is_where_a_face_is_centred(sitter: int) -> None:
    straight = centred(*leaning(sitter, 0))
    for lean in (-0.3, 0.3):
        pixels, face = leaning(sitter, lean)
        found = centred(pixels, face)
        assert found.distance == pytest.approx(face.distance)
        moved = (found.left[0] - straight.left[0]) / face.distance
        # A mouth lies about 0.85 below the eyes of an invented face, and the points hold back a little.
        assert moved == pytest.approx(0.75 * lean, abs=0.06)


def test_where_no_mouth_can_be_believed_a_face_stays_where_it_is() -> None:
    pixels = np.full((SIDE, SIDE, 3), 200, np.uint8)
    pixels[:, : SIDE // 3] = 55  # nobody, and its mirror image is another nobody
    face = standard(SIDE)
    assert centred(pixels, face) is face
