"""Marks on pictures: whatever is written is inside the picture, and in letters that the font has."""

import numpy as np
import pytest
from PIL import ImageFont

from bot.features.face.texts import FaceTexts
from bot.i18n import LANGUAGES, texts_for
from bot.photos import Box, Located, box, compared, gallery, numbered, steps
from bot.photos.marking import FONT

GROUND = 200


def drawn(letter: str) -> bytes:
    return bytes(ImageFont.truetype(FONT, 40).getmask(letter))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_font_has_each_letter_of_each_languages_labels(language: str) -> None:
    texts = texts_for(FaceTexts, language)
    for letter in {*texts.label_before, *texts.label_after, *"0123456789+−"} - {" "}:
        assert drawn(letter) != drawn("\uffff"), letter


@pytest.mark.parametrize("corner", [(-50, -50), (280, 180), (280, -50), (-50, 180)])
def test_a_number_of_a_face_at_the_edge_is_wholly_inside(corner: tuple[int, int]) -> None:
    def badge(left: int, top: int) -> int:
        """Count the dark pixels of a number, at a box so small that there is little else."""
        picture = np.full((200, 300, 3), GROUND, np.uint8)
        return int((numbered(picture, [Box(left, top, left, top)]) < 60).all(-1).sum())

    assert badge(*corner) > 0.9 * badge(100, 80)


@pytest.mark.parametrize("right", [(140.0, 100.0), (100.0, 140.0), (60.0, 100.0), (100.0, 60.0)])
def test_a_box_holds_eyes_and_mouth_however_the_face_is_turned(right: tuple[float, float]) -> None:
    found = box(Located((100.0, 100.0), right))
    across = complex(*right) - complex(100, 100)
    mouth = complex(100, 100) + across / 2 + 1.1j * across
    for x, y in ((100.0, 100.0), right, (mouth.real, mouth.imag)):
        assert found.left < x < found.right
        assert found.top < y < found.bottom


@pytest.mark.parametrize(("size", "joined"), [((100, 100), (100, 208)), ((100, 300), (208, 300))])
def test_wide_pictures_are_above_each_other_and_others_beside(size: tuple[int, int], joined: tuple[int, int]) -> None:
    one, other = (np.full((*size, 3), light, np.uint8) for light in (120, 220))
    both = compared(one, other, ("before", "after"))
    assert both.shape[:2] == joined
    assert (both[-1, -1] == 220).all()


def test_steps_are_one_picture_in_two_rows_with_the_words_of_each_at_its_corner() -> None:
    squares = [np.full((200, 200, 3), 60 + 20 * step, np.uint8) for step in range(7)]
    plain, together = steps(squares, []), steps(squares, ["−3", "−2", "−1", "0", "+1", "+2", "+3"])
    assert together.shape == (408, 824, 3)
    assert (plain[10, 10] == 60).all()
    assert (plain[-1, 0] == 255).all(), "the shorter row is centred, on paper"
    assert (plain[-1, 412] == 160).all()
    for left, top in [(0, 0), (208, 0), (416, 0), (624, 0), (104, 208), (312, 208), (520, 208)]:
        corner = slice(top, top + 200), slice(left, left + 200)
        marked = (plain[corner] != together[corner]).any(-1)
        assert marked[:60, :80].any()
        assert not marked[60:].any()


@pytest.mark.parametrize("count", [1, 2, 7, 26, 27])
def test_a_gallery_has_no_blanks_whatever_the_number_of_its_pictures(count: int) -> None:
    tiles = [np.full((60, 80, 3), 100 + each, np.uint8) for each in range(count)]
    picture = gallery(tiles, 5)
    assert (picture == 255).all(-1).mean() < 0.25
    assert {*np.unique(picture[..., 0])} >= {100 + each for each in range(count)}
    assert (picture[-3, -3] == 100 + count - 1).all()
