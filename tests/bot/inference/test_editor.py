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


class Drawing:
    """A graph that draws so much of a mouth at each strength."""

    def __init__(self, by_strength: dict[float, float]) -> None:
        self.by_strength = by_strength

    def run_all(self, window: np.ndarray, strength: np.ndarray) -> tuple[np.ndarray, ...]:
        assert len(window) == len(strength)
        alpha = [np.full((80, 80, 1), self.by_strength.get(each, 0.0), np.float32) for each in strength[:, 0].tolist()]
        none = [np.zeros((len(window), 40, 40, channels), np.float32) for channels in (2, 3)]
        return *none, np.stack(alpha), np.zeros((len(window), 80, 80, 3), np.float32)


@pytest.mark.parametrize(
    ("drawn", "both_ways", "seen"),
    [
        ({3.0: 0.8, -2.0: 0.02}, True, True),
        ({3.0: 0.02, -2.0: 0.8}, True, True),  # who smiles already
        ({3.0: 0.1, -2.0: 0.02}, True, False),
        ({3.0: 0.02}, False, True),
    ],
)
def test_a_mouth_is_seen_where_it_would_change_one_way_or_the_other(
    drawn: dict[float, float], *, both_ways: bool, seen: bool
) -> None:
    editor = Editor(cast("Graph", Drawing(drawn)), EYES, both_ways=both_ways)
    assert editor.sees_mouth(PHOTO, EYES) == seen
