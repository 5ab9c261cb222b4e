"""The classifier of few pictures: what it says of itself holds, and what it never saw it does not know."""

import numpy as np
import pytest

from bot.features.teach.classifier import Classifier
from bot.inference.features import Features, Likeness

LIKENESS = Likeness(sharpness=30, threshold=0.7, same=0.97)
WIDTH = 64


def rows(rng: np.random.Generator, thing: Features, count: int, spread: float) -> Features:
    drawn = thing + rng.normal(0, spread / np.sqrt(WIDTH), (count, WIDTH))
    return (drawn / np.linalg.norm(drawn, axis=1, keepdims=True)).astype(np.float32)


def things(rng: np.random.Generator, count: int) -> Features:
    drawn = rng.normal(0, 1, (count, WIDTH))
    return drawn / np.linalg.norm(drawn, axis=1, keepdims=True)


def taught(rng: np.random.Generator, counts: list[int], spread: float) -> tuple[Features, np.ndarray, Features]:
    means = things(rng, len(counts))
    pictures = [rows(rng, mean, count, spread) for mean, count in zip(means, counts, strict=True)]
    return np.concatenate(pictures), np.repeat(np.arange(len(counts)), counts), means


def test_what_was_taught_is_recognised_and_what_never_was_is_not_known() -> None:
    rng = np.random.default_rng(1)
    pictures, labels, means = taught(rng, [5, 5, 3], 0.6)
    classifier = Classifier(pictures, labels, LIKENESS)
    for thing, mean in enumerate(means):
        for row in rows(rng, mean, 10, 0.6):
            assert classifier.guess(row).thing == thing
            assert classifier.guess(row).is_sure
    assert not any(classifier.guess(row).is_sure for row in rows(rng, things(rng, 1)[0], 50, 0.6))


@pytest.mark.parametrize("seed", range(5))
def test_the_accuracy_shown_is_that_of_guessing_each_picture_from_the_others(seed: int) -> None:
    rng = np.random.default_rng(seed)
    pictures, labels, _ = taught(rng, [4, 2, 1, 5], 0.9)
    classifier = Classifier(pictures, labels, LIKENESS)
    right, asked = 0, 0
    for at, label in enumerate(labels):
        others = np.arange(len(labels)) != at
        if (labels[others] == label).any():
            # The others alone, read as all of them together are.
            alone = Classifier(pictures[others], labels[others], LIKENESS)
            alone._threshold = classifier._threshold
            guess = alone.guess(pictures[at])
            right, asked = right + (guess.is_sure and guess.thing == label), asked + 1
    assert (classifier.leave_one_out.right, classifier.leave_one_out.asked) == (right, asked)
    assert asked == 11


def test_things_that_look_alike_ask_for_more_likeness_than_usual() -> None:
    rng = np.random.default_rng(3)
    near = things(rng, 1)[0]
    pair = [rows(rng, near + 0.5 * thing / np.linalg.norm(thing), 5, 0.3) for thing in things(rng, 2)]
    alike = Classifier(np.concatenate(pair), np.repeat([0, 1], 5), LIKENESS)
    stranger = rows(rng, near + 0.5 * things(rng, 1)[0], 40, 0.3)
    pictures, labels, _ = taught(rng, [5, 5], 0.3)
    usual = Classifier(np.concatenate([pair[0], pictures[labels == 1]]), np.repeat([0, 1], 5), LIKENESS)
    unsure = [sum(not one.guess(row).is_sure for row in stranger) for one in (alike, usual)]
    assert unsure[0] > unsure[1]


def test_one_picture_of_each_has_nothing_to_leave_out() -> None:
    pictures, labels, _ = taught(np.random.default_rng(5), [1, 1], 0.3)
    classifier = Classifier(pictures, labels, LIKENESS)
    assert classifier.leave_one_out.asked == 0
    assert classifier.guess(pictures[1]).thing == 1


def test_nothing_taught_asks_for_nothing() -> None:
    empty = Classifier(np.empty((0, WIDTH), np.float32), np.empty(0, np.intp), LIKENESS)
    assert empty.leave_one_out.asked == 0
