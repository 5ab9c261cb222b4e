"""What is put back into a painting: its photo's colours, and the faces in it."""

import numpy as np
import pytest

from bot.photos import find, mixed, with_colours_kept, with_faces_kept
from tests.styles_bundle import checks
from training.faces.drawing import Identity, portrait


@pytest.fixture(scope="module")
def photo() -> np.ndarray:
    return portrait(Identity.of(15), {"Black_Hair": True}, 256)


def likeness(one: np.ndarray, other: np.ndarray) -> float:
    """Return how alike light and shade are: the correlation of two pictures in grey."""
    return float(np.corrcoef(one.mean(-1).ravel(), other.mean(-1).ravel())[0, 1])


def test_a_face_shows_through_a_painting_that_hides_it_and_the_rest_stays_painted(photo: np.ndarray) -> None:
    painting, faces = checks(256, cells=16), find(photo)
    assert len(faces) == 1
    kept = with_faces_kept(painting, photo, faces)
    eyes = np.array([faces[0].left, faces[0].right]).mean(0)
    middle = (slice(int(eyes[1]) - 15, int(eyes[1]) + 45), slice(int(eyes[0]) - 40, int(eyes[0]) + 40))
    assert likeness(kept[middle], photo[middle]) > likeness(painting[middle], photo[middle]) + 0.2
    assert (kept[:, :8] == painting[:, :8]).all()


def test_a_face_takes_the_paintings_colours(photo: np.ndarray) -> None:
    blue = np.full_like(photo, (30, 60, 200))
    kept = with_faces_kept(blue, photo, find(photo))
    assert kept.mean((0, 1)).argmax() == 2
    assert (kept != blue).any()


def test_without_faces_nothing_is_put_back(photo: np.ndarray) -> None:
    painting = checks(256)
    assert with_faces_kept(painting, photo, ()) is painting


def test_kept_colours_are_the_photos_and_light_and_shade_are_the_paintings(photo: np.ndarray) -> None:
    grey = np.repeat(np.random.default_rng(1).integers(60, 200, (256, 256, 1), np.uint8), 3, 2)
    red = np.full_like(photo, (180, 60, 60))
    kept = with_colours_kept(grey, red)
    assert kept.mean((0, 1)).argmax() == 0
    assert likeness(kept, grey) > 0.95


def test_half_of_a_painting_is_half_way(photo: np.ndarray) -> None:
    painting = checks(256)
    half = mixed(photo, painting, 0.5).astype(int)
    assert np.abs(half - (photo.astype(int) + painting) / 2).max() <= 1
