"""What the demo does not change in a photo: drawings and hidden mouths, and of others neither their tone nor too much.

Of people who do not exist, since no photo of anybody is here.
"""

import cv2
import numpy as np
import pytest

from bot import photos
from bot.default_bundle import DEMO_BUNDLE
from bot.features.face.photo_request import EVERY, PhotoRequest
from bot.features.face.rendering import Edited, Labels, edited, sweep
from bot.inference.artist import Artist
from bot.inference.models import open_models
from bot.photo_intake.photo import Photo
from playground import Playground
from tests.bot.conftest import played
from tests.bot.features.face.pictures import SITTERS, encoded, files
from training.faces.drawing import Identity, portrait

OPEN_MOUTH = "Mouth_Slightly_Open"
REDRAWN = [(OPEN_MOUTH, 1.5), (OPEN_MOUTH, -3.0), ("Male", 1.5), ("Male", -3.0)]


@pytest.fixture(scope="module")
def artist() -> Artist:
    artist = open_models(DEMO_BUNDLE, "cpu").artist
    assert artist is not None
    return artist


def person(artist: Artist, seed: int) -> np.ndarray:
    """Return somebody whom the demo drew, as a photo of 384 pixels."""
    return photos.enlarged(artist.draw(artist.latent(seed, "aam"), "aam")[0], 384)


def drawing(seed: int) -> np.ndarray:
    return portrait(Identity.of(seed), {"Black_Hair": True}, 384)


def change(artist: Artist, pixels: np.ndarray, attribute: str, strength: float) -> tuple[np.ndarray, Edited]:
    """Return the photo with everybody in it changed, without a JPEG's noise, and what is to be said of it."""
    photo = Photo(pixels.copy(), photos.find(pixels), b"")
    result = edited(artist, photo, PhotoRequest(((attribute, strength),), EVERY), Labels("", ""))
    return photo.pixels, result


def face_of(pixels: np.ndarray, original: np.ndarray) -> np.ndarray:
    return photos.crop(pixels, photos.find(original)[0], 128).astype(int)


@pytest.mark.parametrize(("attribute", "strength"), REDRAWN)
def test_a_person_changes_and_a_drawing_stays_bit_for_bit_which_is_said(
    artist: Artist, attribute: str, strength: float
) -> None:
    after, result = change(artist, person(artist, 3), attribute, strength)
    assert (after != person(artist, 3)).any()
    assert not result.unmoved
    for seed in SITTERS:
        after, result = change(artist, drawing(seed), attribute, strength)
        assert (after == drawing(seed)).all()
        assert result.unmoved == {1}
        assert not result.strange, "what is left alone needs no warning"


def test_a_drawing_that_went_to_an_engine_and_back_stays_bit_for_bit(
    artist: Artist, monkeypatch: pytest.MonkeyPatch
) -> None:
    redrawn = Artist.redrawn
    monkeypatch.setattr(Artist, "redrawn", lambda *given: [face.copy() for face in redrawn(*given)])
    after, result = change(artist, drawing(SITTERS[0]), OPEN_MOUTH, 1.5)
    assert (after == drawing(SITTERS[0])).all()
    assert result.unmoved == {1}


def test_a_mouth_that_is_open_keeps_its_teeth(artist: Artist) -> None:
    opened = artist.moved(artist.latent(3, "aam"), OPEN_MOUTH, 1.5, "aam")
    photo = photos.enlarged(artist.draw(opened, "aam")[0], 384)
    after, result = change(artist, photo, OPEN_MOUTH, 1.5)
    assert (after == photo).all()
    assert result.unmoved == {1}
    after, result = change(artist, photo, OPEN_MOUTH, -1.5)
    assert not result.unmoved


def test_a_mouth_behind_a_microphone_stays_hidden(artist: Artist) -> None:
    photo = person(artist, 3)
    face = photos.find(photo)[0]
    middle = (np.array(face.left) + face.right) / 2 + (0, 1.1 * face.distance)
    x, y = middle.round().astype(int).tolist()
    cv2.circle(photo, (x, y), round(0.33 * face.distance), (40, 40, 42), -1)
    cv2.line(photo, (x, y), (x + 60, 383), (30, 30, 34), round(0.2 * face.distance))
    after, result = change(artist, photo, OPEN_MOUTH, 2)
    assert (after == photo).all()
    assert result.unmoved == {1}


def test_a_grey_photo_stays_grey_and_a_dark_one_does_not_glow(artist: Artist) -> None:
    photo = person(artist, 3)
    grey = np.repeat(cv2.cvtColor(photo, cv2.COLOR_RGB2GRAY)[..., None], 3, 2)
    after, _ = change(artist, grey, OPEN_MOUTH, 3)
    assert (after != grey).any()
    assert np.ptp(after, axis=-1).max() <= 1
    dark = (0.2 * photo.astype(float)).astype(np.uint8)
    usual, in_the_dark = (
        np.abs(face_of(change(artist, each, OPEN_MOUTH, 3)[0], each) - face_of(each, each)) for each in (photo, dark)
    )
    assert 0 < in_the_dark.max() < 0.3 * usual.max()


def test_the_strongest_change_of_a_photo_levels_off(artist: Artist) -> None:
    photo = person(artist, 3)
    some, more, most = (
        np.abs(face_of(change(artist, photo, "Male", strength)[0], photo) - face_of(photo, photo)).mean()
        for strength in (1, 2, 3)
    )
    assert some < more < most < 2.5 * some


@pytest.mark.parametrize("attribute", ["Smiling", OPEN_MOUTH])
def test_a_sweep_in_which_nothing_changes_says_so(artist: Artist, attribute: str) -> None:
    swept, other = (
        sweep(artist, encoded(photo), attribute=attribute, seed=0, generator=artist.of_photos)
        for photo in (drawing(16), person(artist, 3))
    )
    assert (swept.unmoved, swept.strange) == (True, False)
    assert not other.unmoved


async def test_members_read_why_their_drawing_stayed_as_it_was() -> None:
    async with Playground() as playground, played(playground, DEMO_BUNDLE):
        photo = playground.upload("p.png", encoded(drawing(16)))
        answer = await playground.command("/face change", options={"attribute": OPEN_MOUTH, "photo": photo})
        assert "거의 안 바뀌었어요. 입이 가려져 있거나, 그림이거나" in answer.content
        assert "photo.jpg" in files(playground, answer)
        options = {"attribute": OPEN_MOUTH, "photo": playground.upload("p.png", encoded(drawing(16)))}
        english = await playground.command("/face sweep", options=options, locale="en-US")
        assert "hardly anything changed: a hidden mouth, a drawing" in english.content
