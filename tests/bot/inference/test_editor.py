"""An editor asks its graph what is to become of a face, and asks for more of a grin that hardly moves it."""

from typing import cast

import numpy as np
import pytest

from bot.inference.editor import Editor
from bot.inference.session import Graph
from bot.photos import EYES, standard

PHOTO = np.random.default_rng(1).integers(0, 256, (128, 128, 3), np.uint8)


class Moving:
    """A graph that moves the whole window, and notes how strongly it was to smile."""

    def __init__(self, across: float) -> None:
        """Take how far a strength of 1 moves it, in shares of the window's side."""
        self.across, self.strengths = across, list[float]()

    def run_all(self, window: np.ndarray, strength: np.ndarray) -> tuple[np.ndarray, ...]:
        self.strengths.append(float(strength[0, 0]))
        flow = np.full((1, 40, 40, 2), self.across * self.strengths[-1], np.float32)
        shade, alpha, colour = ((1, 40, 40, 3), (1, 80, 80, 1), (1, 80, 80, 3))
        return flow, *(np.zeros(shape, np.float32) for shape in (shade, alpha, colour))


@pytest.mark.parametrize(("across", "asked"), [(0.02, [2.0]), (0.004, [2.0, 3.0])])
def test_a_grin_that_hardly_moves_a_face_is_asked_for_more_strongly(across: float, asked: list[float]) -> None:
    graph = Moving(across)
    shown = Editor(cast("Graph", graph), EYES, both_ways=True).smile(PHOTO, standard(128), 2.0)
    assert graph.strengths == asked
    assert (shown != PHOTO).any()
