"""A direction that takes another attribute along is led away from it, by what is seen in the pictures."""

import numpy as np
import pytest
import torch
from torch import nn

from bot.bundle import Direction, Directions
from training.faces.data.labels import ATTRIBUTES
from training.faces.directions.class_difference import other_attributes
from training.faces.directions.refine import refine

SMILING, MOUTH = ATTRIBUTES.index("Smiling"), ATTRIBUTES.index("Mouth_Slightly_Open")


class Wide(nn.Module):
    """Draws a latent as the first of many pixels, as a mouth is little of a picture."""

    def forward(self, latents: torch.Tensor) -> torch.Tensor:
        return nn.functional.pad(latents, (0, 600))


class Seer(nn.Module):
    """Sees a smile along the first axis of a picture and an open mouth along the second; the rest is never there."""

    def forward(self, pictures: torch.Tensor) -> torch.Tensor:
        seen = torch.full((len(pictures), len(ATTRIBUTES)), -3.0)
        seen[:, SMILING], seen[:, MOUTH] = 3 * pictures[:, 0] - 3, 3 * pictures[:, 1] - 3
        return seen


def begin(*axes: float) -> Direction:
    vector = np.array([*axes, *[0.0] * (6 - len(axes))])
    return Direction(tuple((vector / np.linalg.norm(vector)).tolist()), 1.0, {})


@pytest.fixture(scope="module")
def better() -> Directions:
    found = Directions(6, {"Smiling": begin(1, 1), "Mouth_Slightly_Open": begin(0.3, 1)})
    latents = torch.from_numpy(np.random.default_rng(0).normal(size=(500, 6)).astype(np.float32))
    told: list[tuple[int, int]] = []
    result = refine(found, Wide(), Seer(), latents, lambda *done: told.append(done))
    assert told[-1] == (2, 2)
    return result


@pytest.mark.parametrize(("name", "own", "other"), [("Smiling", 0, 1), ("Mouth_Slightly_Open", 1, 0)])
def test_the_attribute_comes_at_strength_two_and_the_other_stays(
    better: Directions, name: str, own: int, other: int
) -> None:
    direction = better.by_attribute[name]
    step = 2 * direction.spread * np.array(direction.vector)
    assert step[own] > 1
    assert abs(step[other]) < 0.15 * step[own]
    assert np.linalg.norm(direction.vector) == pytest.approx(1)


def test_what_all_faces_have_already_stays_as_it_was() -> None:
    found = Directions(6, {"Smiling": begin(1, 1)})
    kept = refine(found, Wide(), Seer(), torch.full((50, 6), 5.0), lambda *_: None).by_attribute["Smiling"]
    assert kept.vector == pytest.approx(found.by_attribute["Smiling"].vector)
    assert kept.spread == pytest.approx(1)


def test_a_new_colour_of_hair_replaces_the_old_one() -> None:
    assert other_attributes("Smiling").sum() == len(ATTRIBUTES) - 1
    assert not other_attributes("Brown_Hair")[ATTRIBUTES.index("Black_Hair")]
