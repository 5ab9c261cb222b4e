"""Faces noted in a photo's file come back exactly, and what is no note of ours is none."""

import io

import numpy as np
import pytest
from PIL import Image

from bot.photos import Located, faces_of, jpeg, read, with_faces

FACES = (Located((10.25, 20.0), (1 / 3, 21.5)), Located((1500.125, 7.0), (1600.0, 8.0)))


@pytest.fixture(scope="module")
def photo() -> bytes:
    return jpeg(np.random.default_rng(3).integers(0, 256, (60, 90, 3), np.uint8))


@pytest.mark.parametrize("faces", [FACES, FACES[:1], ()])
def test_noted_faces_come_back_and_the_picture_stays(photo: bytes, faces: tuple[Located, ...]) -> None:
    noted = with_faces(photo, faces)
    assert faces_of(noted) == faces
    assert (read(noted) == read(photo)).all()
    assert Image.open(io.BytesIO(noted)).size == (90, 60)


def test_another_file_or_a_note_that_is_cut_or_nonsense_has_no_faces(photo: bytes) -> None:
    noted = with_faces(photo, FACES)
    of_others = Image.new("RGB", (8, 8))
    stream = io.BytesIO()
    of_others.save(stream, "JPEG", comment=b"holidays")
    endless = with_faces(photo, (Located((float("inf"), 0.0), (1.0, 1.0)),))
    for data in (b"", photo, noted[:20], noted[:50], stream.getvalue(), endless, noted[:5] + b"\x00" + noted[6:]):
        assert faces_of(data) is None
