"""An editor's fields change a face where it lies in its photo, as sharp as the photo, and nothing else."""

import cv2
import numpy as np
import pytest

from bot.photos import Located, crop
from bot.photos.alignment import placed
from bot.photos.editing import (
    WINDOW_LEFT,
    WINDOW_SIDE,
    WINDOW_TOP,
    Fields,
    calibrated,
    change,
    edited,
    in_its_light,
    window,
)


def none_at_all() -> Fields:
    """Return the fields that change nothing."""
    return Fields(
        np.zeros((40, 40, 2), np.float32),
        np.zeros((40, 40, 3), np.float32),
        np.zeros((80, 80, 1), np.float32),
        np.ones((80, 80, 3), np.float32),
    )


def bump(size: int, x: float, y: float, radius: float) -> np.ndarray:
    """Return ``[size, size, 1]``: 1 around a place of the window, falling to 0."""
    at = (np.arange(size, dtype=np.float32) + 0.5) / size
    distance = np.hypot(at[None, :] - x, at[:, None] - y) / radius
    return np.clip(1.5 - distance, 0, 1)[..., None].astype(np.float32)


def everything() -> Fields:
    """Return fields that all change something."""
    still = none_at_all()
    middle = bump(40, 0.5, 0.6, 0.2)
    return Fields(middle * (0.05, -0.04), middle * (0.1, 0.1, 0.05), bump(80, 0.5, 0.65, 0.15), still.colour)


@pytest.fixture(scope="module")
def photo() -> np.ndarray:
    return np.random.default_rng(1).integers(0, 256, (600, 900, 3), np.uint8)


def turned_face(x: float, y: float, distance: float, degrees: float) -> Located:
    across = distance / 2 * np.array([np.cos(np.radians(degrees)), np.sin(np.radians(degrees))])
    return Located((x - across[0], y - across[1]), (x + across[0], y + across[1]))


def place(face: Located, across: float, down: float) -> np.ndarray:
    """Return where in the photo a place of the window lies."""
    return placed(face, 128) @ (WINDOW_LEFT + across * WINDOW_SIDE - 0.5, WINDOW_TOP + down * WINDOW_SIDE - 0.5, 1)


FACES = {
    "upright": turned_face(450, 250, 60, 0),
    "turned": turned_face(450, 300, 90, 40),
    "upside down": turned_face(400, 400, 50, 180),
    "larger than the photo": turned_face(450, 300, 500, -10),
    "half beyond the edge": turned_face(880, 560, 80, 15),
    "tiny": turned_face(300, 300, 5, 0),
}


@pytest.mark.parametrize("name", FACES)
def test_fields_that_say_nothing_change_not_one_pixel(photo: np.ndarray, name: str) -> None:
    assert (edited(photo, FACES[name], none_at_all()) == photo).all()


@pytest.mark.parametrize("name", FACES)
def test_nothing_changes_outside_the_window_and_the_photo_itself_is_left_alone(photo: np.ndarray, name: str) -> None:
    before, face = photo.copy(), FACES[name]
    changed = (edited(photo, face, everything()) != photo).any(2)
    assert (photo == before).all()
    assert changed.any()
    corners = np.array([place(face, across, down) for across, down in ((0, 0), (1, 0), (1, 1), (0, 1))])
    outline = np.zeros(changed.shape, np.uint8)
    cv2.fillPoly(outline, [np.round(corners).astype(np.int32)], 1)
    assert not changed[cv2.dilate(outline, np.ones((5, 5))) == 0].any()


def test_a_face_beyond_the_photo_changes_nothing(photo: np.ndarray) -> None:
    assert (edited(photo, turned_face(-500, -500, 60, 0), everything()) == photo).all()


@pytest.mark.parametrize("name", ["upright", "turned", "upside down"])
def test_a_dot_moves_as_the_flow_says_in_the_faces_own_directions(name: str) -> None:
    face = FACES[name]
    grey = np.full((600, 900, 3), 128, np.uint8)
    x, y = place(face, 0.5, 0.6)
    cv2.circle(grey, (round(x), round(y)), 3, (255, 255, 255), -1)
    still = none_at_all()
    # Each place takes what lies a tenth of the window further right and down: the dot goes left and up.
    flow = np.ones((40, 40, 1), np.float32) * np.array((0.1, 0.1), np.float32)
    after = edited(grey, face, Fields(flow, still.shade, still.alpha, still.colour))
    rows, columns = np.nonzero(after[..., 0] > 200)
    assert np.allclose((columns.mean(), rows.mean()), place(face, 0.4, 0.5), atol=1.5)


def test_light_is_added_and_a_mouth_drawn_where_it_belongs() -> None:
    face, dark = FACES["turned"], np.full((600, 900, 3), 50, np.uint8)
    still, shade = none_at_all(), np.full((40, 40, 3), 0.2, np.float32)
    lit = edited(dark, face, Fields(still.flow, shade, still.alpha, still.colour))
    x, y = np.round(place(face, 0.5, 0.4)).astype(int)
    assert lit[y, x].tolist() == [101, 101, 101]
    drawn = edited(dark, face, Fields(still.flow, still.shade, bump(80, 0.5, 0.65, 0.1), still.colour))
    x, y = np.round(place(face, 0.5, 0.65)).astype(int)
    assert drawn[y, x].tolist() == [255, 255, 255]


def test_what_is_moved_stays_as_sharp_as_the_photo_was() -> None:
    face = turned_face(600, 500, 260, 0)
    stripes = np.repeat((np.indices((1200, 1200))[1] // 2 % 2 * 255).astype(np.uint8)[..., None], 3, 2)
    still = none_at_all()
    flow = np.ones((40, 40, 1), np.float32) * np.array((0.05, 0.0), np.float32)
    after = edited(stripes, face, Fields(flow, still.shade, still.alpha, still.colour))
    x, y = np.round(place(face, 0.5, 0.5)).astype(int)
    assert np.ptp(after[y - 40 : y + 40, x - 40 : x + 40].astype(int)) > 200


def test_a_drawn_mouth_keeps_the_grain_of_skin_and_teeth_get_none_of_it() -> None:
    face, still = turned_face(600, 500, 300, 0), none_at_all()
    grain = np.random.default_rng(2).integers(-12, 13, (1200, 1200, 1))
    skin = (np.array((180, 140, 120)) + grain).astype(np.uint8)
    x, y = np.round(place(face, 0.5, 0.65)).astype(int)
    near = (slice(y - 20, y + 20), slice(x - 20, x + 20))
    for tone, rough in (((180, 140, 120), True), ((250, 245, 240), False)):
        colour = np.broadcast_to(np.float32(tone) / 255, (80, 80, 3)).copy()
        after = edited(skin, face, Fields(still.flow, still.shade, bump(80, 0.5, 0.65, 0.2), colour))
        assert np.allclose(after[near].mean((0, 1)), tone, atol=3)
        spread = after[near].std((0, 1))
        assert spread.min() > 4 if rough else spread.max() < 2


def test_the_window_is_the_lower_face_of_the_crop(photo: np.ndarray) -> None:
    face = FACES["turned"]
    assert (window(photo, face) == crop(photo, face, 128)[46:126, 24:104]).all()


def test_an_edge_that_is_drawn_soft_is_an_edge_in_a_large_photo() -> None:
    face, still = turned_face(600, 500, 400, 0), none_at_all()
    step = np.clip(0.5 + (np.arange(80, dtype=np.float32) - 40) / 4, 0.2, 0.8)[None, :, None]
    colour = np.broadcast_to(step, (80, 80, 3)).astype(np.float32)
    grey = np.full((1200, 1200, 3), 60, np.uint8)
    after = edited(grey, face, Fields(still.flow, still.shade, 1 + still.alpha, colour))
    x, y = np.round(place(face, 0.5, 0.6)).astype(int)
    row = after[y, x - 60 : x + 60, 0].astype(int)
    assert row[0] < 70
    assert row[-1] > 185
    # One drawn pixel is 11 of the photo's; enlarged and no more, the edge is 13 of them wide.
    assert np.count_nonzero((row > 80) & (row < 175)) < 6


def test_in_the_dark_a_face_changes_as_in_the_light_and_no_brighter(photo: np.ndarray) -> None:
    face, seen = FACES["turned"], []

    def teeth(view: np.ndarray, _: float) -> Fields:
        seen.append(float(view.mean()))
        return everything()

    dark = np.clip(photo * 0.08, 0, 255).astype(np.uint8)
    by_day, by_night = change(photo, face, 2.0, teeth), change(dark, face, 2.0, teeth)
    assert seen[1] == pytest.approx(48, abs=2)
    left_alone = (by_day == photo).all(2)
    assert (by_night[left_alone] == dark[left_alone]).all()
    assert (by_night != dark).any()
    assert by_night.max() <= 255 * 10 / 48 + 30  # white, in that light
    assert (by_day == edited(photo, face, in_its_light(everything(), window(photo, face), 2.0))).all()


@pytest.mark.parametrize(
    ("moves", "strength", "asked"),
    [
        (0.03, 2.0, [2.0]),
        (0.01, 2.0, [2.0, 2.3]),
        (0.004, 2.0, [2.0, 3.0]),  # half as much again, and no more
        (0.004, 2.8, [2.8, 3.0]),  # which is the largest strength that an editor knows
        (0.0, 2.0, [2.0]),  # what is left alone stays so
        (0.004, 1.0, [1.0]),  # a smile with closed lips is to be gentle
        (0.004, -2.0, [-2.0]),
    ],
)
def test_whose_mouth_moves_little_is_asked_to_grin_more(moves: float, strength: float, asked: list[float]) -> None:
    """``moves`` is how far a strength of 1 draws the mouth apart."""
    strengths: list[float] = []

    def ask(strength: float) -> Fields:
        strengths.append(strength)
        still = none_at_all()
        return Fields(still.flow + strength * np.float32(moves), still.shade, still.alpha, still.colour)

    answered, fields = calibrated(ask, strength)
    assert answered == strengths[-1]
    assert strengths == pytest.approx(asked, abs=0.03)
    assert fields.flow.max() == pytest.approx(strengths[-1] * moves, abs=1e-6)


def relit(by: float, seen: int, strength: float = 1.0) -> float:
    """Return which share of its light a shade adds in the middle of a face that is everywhere as bright as ``seen``."""
    still, shade = none_at_all(), np.full((40, 40, 3), by * seen / 255, np.float32)
    view = np.full((80, 80, 3), seen, np.uint8)
    fields = in_its_light(Fields(still.flow, shade, still.alpha, still.colour), view, strength)
    return float(fields.shade[20, 20, 1]) * 255 / seen


@pytest.mark.parametrize("seen", [40, 120])
def test_the_darker_a_face_the_less_it_is_shaded_and_a_grin_more_than_a_smile(seen: int) -> None:
    assert relit(-0.05, seen) == pytest.approx(1.2 * -0.05, abs=1e-3)  # little, as asked, and a little more
    assert -0.221 < relit(-0.5, seen) < -0.2
    assert -0.441 < relit(-0.9, seen, 2.0) < -0.4
    assert 0.2 < relit(0.5, seen) < 0.221
    assert -0.221 < relit(-0.5, seen, -1.0) < -0.2


def test_white_gets_no_grey_shadow_and_may_get_more_light() -> None:
    assert relit(-0.2, 255) == 0
    assert relit(0.2, 255) > 0.15


def test_a_line_as_if_drawn_by_a_pen_is_smoothed_and_a_broad_shade_stays() -> None:
    still, view = none_at_all(), np.full((80, 80, 3), 120, np.uint8)
    shade = np.zeros((40, 40, 3), np.float32)
    shade[10:20], shade[30] = 0.02, 0.02
    lit = in_its_light(Fields(still.flow, shade, still.alpha, still.colour), view, 1.0).shade[:, 20, 0]
    assert lit[15] == pytest.approx(1.2 * 0.02)
    assert lit[30] < 0.02
    assert lit[31] > 0.002
