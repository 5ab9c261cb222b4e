"""``python -m benchmarks.things FOLDER``: how well taught things are told apart, of photos in a folder a thing.

Two to eight of the things are taught in a round, by some of their photos; of all others it must say that it does not
know. Beside it stands what needs no network: the nearest histogram of colours. A photo that is there twice counts once.
"""

import argparse
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot import photos
from bot.bundle import Bundle
from bot.default_bundle import DEMO_BUNDLE
from bot.features.teach.classifier import Classifier
from bot.inference.features import FeatureNetwork, Features, Likeness, open_features

_THINGS = (2, 3, 4, 8)
_ROUNDS = 25
_SIDE = 640
_BINS = 6
_NEVER = -1
_HISTOGRAMS = Likeness(sharpness=35, threshold=0, same=1)


class Seen(NamedTuple):
    """A photo: its thing, the network's row, and its colours."""

    thing: str
    row: Features
    colours: Features


class Asked(NamedTuple):
    """What was said of a photo: whether its thing was taught, whether an answer was given, and was right."""

    taught: bool
    answered: bool
    right: bool
    right_by_colours: bool
    nearest: bool
    """Whether the likeliest thing is the right one, answered or not."""
    clear: bool
    """Whether it was said without a perhaps."""


def main() -> None:
    """Measure, and print a row for each number of pictures that are taught of a thing."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.things", description=__doc__)
    parser.add_argument("folder", type=Path, help="photos in a folder a thing")
    parser.add_argument("--bundle", type=Path, default=DEMO_BUNDLE)
    arguments = parser.parse_args()
    network = open_features(Bundle.open(arguments.bundle), "cpu")
    if network is None:
        raise SystemExit(f"The bundle in {arguments.bundle} sees no pictures.")
    seen, times = _seen(arguments.folder, network)
    print(f"{len(seen)} photos of {len({photo.thing for photo in seen})} things; a row takes {np.median(times):.0f} ms")
    print(
        "taught | right | does not know | another | likeliest is right | by colours | never taught: does not know "
        "| right of what is said clearly | of what is said perhaps"
    )
    for count in range(1, 5):
        asked = [one for things in _THINGS for one in _rounds(seen, things, count, network)]
        print(_row(count, asked))


def _seen(folder: Path, network: FeatureNetwork) -> tuple[list[Seen], list[float]]:
    seen, times = list[Seen](), list[float]()
    for file in sorted(folder.glob("*/*")):
        pixels = photos.read(file.read_bytes(), longest_side=_SIDE)
        since = time.perf_counter()
        row = network.of([pixels])[0]
        times.append(1000 * (time.perf_counter() - since))
        if not any(other.row @ row >= network.likeness.same for other in seen):
            seen.append(Seen(file.parent.name, row, _colours(pixels)))
    return seen, times


def _colours(pixels: NDArray[np.uint8]) -> Features:
    """Return the histogram of colours, a row of unit length as those of the network."""
    histogram, _ = np.histogramdd(pixels.reshape(-1, 3), bins=_BINS, range=[(0, 256)] * 3)
    return np.asarray(np.sqrt(histogram.ravel() / histogram.sum()), np.float32)


def _rounds(seen: list[Seen], things: int, count: int, network: FeatureNetwork) -> Iterator[Asked]:
    names = sorted({photo.thing for photo in seen})
    if things > len(names) - things:
        return
    rng = np.random.default_rng(things * 10 + count)
    for _ in range(_ROUNDS):
        order = rng.permutation(len(names))
        numbers = {names[at]: number if number < things else _NEVER for number, at in enumerate(order)}
        yield from _round(seen, numbers, count, network, rng)


def _round(
    seen: list[Seen], numbers: dict[str, int], count: int, network: FeatureNetwork, rng: np.random.Generator
) -> Iterator[Asked]:
    taught, asked, left = list[Seen](), list[Seen](), dict.fromkeys(numbers, count)
    for at in rng.permutation(len(seen)):
        photo = seen[at]
        is_taught = numbers[photo.thing] != _NEVER and left[photo.thing] > 0
        left[photo.thing] -= 1
        (taught if is_taught else asked).append(photo)
    things = np.array([numbers[photo.thing] for photo in taught])
    classifier = Classifier(np.stack([photo.row for photo in taught]), things, network.likeness)
    by_colours = Classifier(np.stack([photo.colours for photo in taught]), things, _HISTOGRAMS)
    for photo in asked:
        guess, thing = classifier.guess(photo.row), numbers[photo.thing]
        colours = by_colours.guess(photo.colours).thing == thing
        nearest = guess.thing == thing
        yield Asked(thing != _NEVER, guess.is_sure, guess.is_sure and nearest, colours, nearest, guess.is_clear)


def _row(count: int, asked: list[Asked]) -> str:
    taught = [one for one in asked if one.taught]
    never = [one for one in asked if not one.taught]
    shares = (
        np.mean([one.right for one in taught]),
        np.mean([not one.answered for one in taught]),
        np.mean([one.answered and not one.right for one in taught]),
        np.mean([one.nearest for one in taught]),
        np.mean([one.right_by_colours for one in taught]),
        np.mean([not one.answered for one in never]),
        _right(asked, clear=True),
        _right(asked, clear=False),
    )
    return " | ".join([str(count), *(f"{100 * share:.1f} %" for share in shares)])


def _right(asked: list[Asked], *, clear: bool) -> float:
    """Return how much of what was said so is right, where half of all questions are about what was never taught."""
    said = [one for one in asked if one.answered and one.clear == clear]
    halves = {taught: sum(one.taught == taught for one in asked) for taught in (True, False)}
    weights = [1 / halves[one.taught] for one in said]
    return float(np.average([one.right for one in said], weights=weights)) if said else float("nan")


if __name__ == "__main__":
    main()
