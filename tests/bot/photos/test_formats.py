"""Pictures as files: what is lost on the way."""

import io

import cv2
import numpy as np
from PIL import Image, ImageSequence

from bot import photos


def test_an_animation_of_skin_has_no_steps() -> None:
    across, down = np.meshgrid(np.linspace(0, 1, 96), np.linspace(0, 1, 96))
    skin = np.stack([200 - 60 * across, 150 - 60 * across - 10 * down, 120 - 40 * down], axis=-1)
    frames = [(skin + shade).astype(np.uint8) for shade in (-20, 0, 20, 40)]
    shown = [frame.convert("RGB") for frame in ImageSequence.Iterator(Image.open(io.BytesIO(photos.animation(frames))))]
    assert len(shown) == 6  # there and back
    for frame, was in zip(shown, frames, strict=False):
        # As an eye sees it from where it sees no single pixel.
        blurred, wanted = (cv2.blur(np.asarray(picture, np.float32), (9, 9)) for picture in (frame, was))
        assert np.abs(blurred - wanted)[8:-8, 8:-8].max() < 4
