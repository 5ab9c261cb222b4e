"""Where a head is turned or bowed its mouth lies elsewhere than its eyes tell; what changes mouths sees it there."""

import cv2
import numpy as np
import pytest

from bot.photos import EYES, Located, standard
from bot.photos.mouth import centred
from training.faces.drawing import Identity, portrait

SIDE = 300


def leaning(sitter: int, lean: float, tall: float = 1) -> tuple[np.ndarray, Located]:
    """Return an invented face whose lower part leans: each row below the eyes lies further aside by ``lean``.

    And further down by ``tall``.
    """
    pixels = portrait(Identity.of(sitter), {"Black_Hair": True}, SIDE)
    x, y = np.meshgrid(np.arange(SIDE, dtype=np.float32), np.arange(SIDE, dtype=np.float32))
    below = np.maximum(y - EYES[0][1] * SIDE, 0)
    from_y = y - below + below / tall
    return cv2.remap(pixels, x - lean * below, from_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), standard(
        SIDE
    )


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


@pytest.mark.parametrize("sitter", [7, 13])
def test_a_face_is_as_tall_as_its_mouth_lies_far_below_its_eyes(sitter: int) -> None:
    bowed, straight, raised = (centred(*leaning(sitter, 0, tall)) for tall in (0.85, 1, 1.4))
    assert bowed.tall == pytest.approx(0.85 * straight.tall, abs=0.06)
    assert raised.tall == pytest.approx(1.4 * straight.tall, abs=0.06)
    assert bowed.left[1] == pytest.approx(straight.left[1], abs=1)


def test_where_no_mouth_can_be_believed_a_face_stays_where_it_is() -> None:
    pixels = np.full((SIDE, SIDE, 3), 200, np.uint8)
    pixels[:, : SIDE // 3] = 55  # nobody, and its mirror image is another nobody
    face = standard(SIDE)
    assert centred(pixels, face) is face
