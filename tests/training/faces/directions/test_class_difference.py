"""Directions are found where the truth is known, also where attributes go together, or refused."""

import numpy as np
import pytest

from training.faces.data.labels import ATTRIBUTES
from training.faces.directions.class_difference import FEWEST, find_directions, shifted


@pytest.fixture(scope="module")
def world() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Latents in which each attribute has an axis of its own; Male and Smiling often go together."""
    chance = np.random.default_rng(0)
    labels = chance.choice([-1, 1], (4000, len(ATTRIBUTES)))
    male, smiling = ATTRIBUTES.index("Male"), ATTRIBUTES.index("Smiling")
    together = chance.random(4000) < 0.7
    labels[together, smiling] = labels[together, male]
    axes = np.linalg.qr(chance.normal(size=(32, len(ATTRIBUTES))))[0].T
    latents = labels @ axes * 0.6 + chance.normal(size=(4000, 32)) * 0.8
    return latents, labels.astype(np.int8), axes


def test_each_direction_is_its_attributes_own_and_not_that_of_what_goes_with_it(world) -> None:
    latents, labels, axes = world
    found = find_directions(latents, labels).directions
    for index, name in enumerate(ATTRIBUTES):
        vector = np.array(found.by_attribute[name].vector)
        assert np.linalg.norm(vector) == pytest.approx(1)
        assert vector @ axes[index] > 0.97, name
        assert max(abs(vector @ other) for other in np.delete(axes, index, 0)) < 0.1, name


def test_the_plain_difference_of_means_would_have_mixed_them(world) -> None:
    latents, labels, axes = world
    male, smiling = ATTRIBUTES.index("Male"), ATTRIBUTES.index("Smiling")
    naive = latents[labels[:, smiling] > 0].mean(0) - latents[labels[:, smiling] < 0].mean(0)
    assert naive @ axes[male] / np.linalg.norm(naive) > 0.4


def test_a_strength_of_one_is_one_spread(world) -> None:
    latents, labels, _ = world
    direction = find_directions(latents, labels).directions.by_attribute["Smiling"]
    assert direction.spread == pytest.approx((latents @ direction.vector).std())
    step = shifted(latents[:1], direction, 2) - latents[:1]
    assert np.linalg.norm(step) == pytest.approx(2 * direction.spread, rel=1e-4)


def test_an_attribute_that_all_have_is_refused_by_name_and_the_rest_goes_on(world) -> None:
    latents, labels, _ = world
    labels = labels.copy()
    labels[:, ATTRIBUTES.index("Male")] = 1
    labels[FEWEST - 1 :, ATTRIBUTES.index("Bangs")] = 0
    found = find_directions(latents, labels)
    assert set(found.refused) == {"Male", "Bangs"}
    assert "4000" in found.refused["Male"]
    assert len(found.directions.by_attribute) == len(ATTRIBUTES) - 2
