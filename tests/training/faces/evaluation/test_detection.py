"""A finder that is right is said to be right, one at a wrong place wrong, and one whose crops wander misaligned."""

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from typer.testing import CliRunner

from bot.photos import Located
from training.faces.cli import app
from training.faces.evaluation import detection
from training.faces.evaluation.detection import DetectionFigures, detection_figures

Finder = Callable[[np.ndarray], tuple[Located, ...]]


def photo(_: str) -> np.ndarray:
    """Return a face of three dots: a red eye, a blue one and a green nose."""
    pixels = np.full((200, 260, 3), 120, np.uint8)
    for (x, y), channel in (((100, 80), 0), ((140, 80), 2), ((120, 110), 1)):
        colour = [0, 0, 0]
        colour[channel] = 255
        cv2.circle(pixels, (x, y), 7, colour, -1)
    return pixels


def by_dots(pixels: np.ndarray) -> tuple[Located, ...]:
    """Find it for certain: the left eye is the one that is left when the nose is below."""
    red, green, blue = (
        np.argwhere((pixels[..., channel] > 200) & (pixels.sum(2) < 400))[:, ::-1].mean(0) for channel in range(3)
    )
    across, down = blue - red, green - red
    first, second = (red, blue) if across[0] * down[1] > across[1] * down[0] else (blue, red)
    return (Located(tuple(map(float, first)), tuple(map(float, second))),)


def figures(monkeypatch: pytest.MonkeyPatch, finder: Finder) -> DetectionFigures:
    monkeypatch.setattr(detection, "find", finder)
    return detection_figures([str(number) for number in range(12)], photo, 8, 1, lambda *_: None)


def test_a_finder_that_is_right(monkeypatch: pytest.MonkeyPatch) -> None:
    counted = figures(monkeypatch, by_dots)
    assert (counted.photos, counted.found, counted.turned, counted.right, counted.wrong) == (12, 12, 8, 8, 0)
    assert (counted.again, counted.misaligned) == (12, 0)


def test_a_finder_that_guesses_at_turned_photos(monkeypatch: pytest.MonkeyPatch) -> None:
    def guessing(pixels: np.ndarray) -> tuple[Located, ...]:
        return by_dots(pixels) if pixels.shape == photo("").shape else (Located((10, 10), (50, 10)),)

    counted = figures(monkeypatch, guessing)
    assert (counted.right, counted.wrong, len(counted.wrong_names)) == (0, 8, 8)
    assert figures(monkeypatch, lambda pixels: by_dots(pixels)[: pixels.shape[1] == 260]).wrong == 0  # refused


def test_a_finder_whose_crops_wander(monkeypatch: pytest.MonkeyPatch) -> None:
    def wandering(pixels: np.ndarray) -> tuple[Located, ...]:
        (face,) = by_dots(pixels)
        aside = 0.25 * face.distance * (pixels.shape[1] != 260)
        return (Located((face.left[0] + aside, face.left[1]), (face.right[0] + aside, face.right[1])),)

    counted = figures(monkeypatch, wandering)
    assert counted.misaligned == counted.again == 12


def test_without_photos_the_command_says_so(tmp_path) -> None:
    result = CliRunner().invoke(app, ["measure-finder", str(tmp_path)])
    assert result.exit_code == 1
    assert "There are no photos" in result.output
