"""Things, out of taught pictures: which a place has, who taught them, and their rows for the classifier. Pure."""

from collections.abc import Sequence, Set
from dataclasses import dataclass

import numpy as np

from bot.features.teach.classifier import Classifier
from bot.features.teach.names import refused_among
from bot.features.teach.taught_pictures import TaughtPicture
from bot.inference.features import FeatureNetwork, Features


@dataclass(frozen=True, slots=True)
class Thing:
    """What was taught of a thing: by whom, the first first; how many ``pictures``; how many the network can compare."""

    key: str
    name: str
    teachers: tuple[int, ...]
    pictures: int
    usable: int


@dataclass(frozen=True, slots=True)
class LabelledRows:
    """What a network knows of a place: a row for each picture, and of each row the number of its thing."""

    names: tuple[str, ...]
    rows: Features
    things: tuple[int, ...]

    def classifier(self, network: FeatureNetwork) -> Classifier:
        """Return what tells these things apart."""
        return Classifier(self.rows, np.array(self.things, np.intp), network.likeness)


def things_of(pictures: Sequence[TaughtPicture], network: FeatureNetwork) -> list[Thing]:
    """Return the things that were taught, the first first."""
    by_key: dict[str, list[TaughtPicture]] = {}
    for picture in pictures:
        by_key.setdefault(picture.thing, []).append(picture)
    return [
        Thing(
            key,
            own[0].name,
            tuple(dict.fromkeys(picture.user_id for picture in own)),
            len(own),
            sum(picture.row(network) is not None for picture in own),
        )
        for key, own in by_key.items()
    ]


def labelled_rows(pictures: Sequence[TaughtPicture], network: FeatureNetwork, refused: Set[str]) -> LabelledRows:
    """Return what the network can compare, but of things whose name was refused since."""
    names: dict[str, str] = {}
    for picture in pictures:
        names.setdefault(picture.thing, picture.name)
    hidden = refused_among({*names.values()}, refused)
    rows, things = [], []
    numbers: dict[str, int] = {}
    for picture in pictures:
        row = picture.row(network)
        if row is None or names[picture.thing] in hidden:
            continue
        rows.append(row)
        things.append(numbers.setdefault(picture.thing, len(numbers)))
    matrix = np.stack(rows) if rows else np.empty((0, network.width), np.float32)
    return LabelledRows(tuple(names[key] for key in numbers), matrix, tuple(things))
