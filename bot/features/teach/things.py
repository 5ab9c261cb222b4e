"""Things out of lessons: which there are at a place, who taught them, and their rows for the classifier. Pure."""

from collections.abc import Sequence, Set
from dataclasses import dataclass

import numpy as np

from bot.features.teach.classifier import FEWEST_THINGS, Classifier
from bot.features.teach.lessons import Lesson
from bot.features.teach.names import is_refused
from bot.features.teach.texts import TeachTexts
from bot.i18n import UserFacingError
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
class Known:
    """What a network knows of a place: a row for each picture, and of each row the number of its thing."""

    names: tuple[str, ...]
    rows: Features
    things: tuple[int, ...]

    def classifier(self, network: FeatureNetwork) -> Classifier:
        """Return what tells these things apart."""
        return Classifier(self.rows, np.array(self.things), network.likeness)


def things_of(lessons: Sequence[Lesson], network: FeatureNetwork) -> list[Thing]:
    """Return the things that were taught, the first first."""
    by_key: dict[str, list[Lesson]] = {}
    for lesson in lessons:
        by_key.setdefault(lesson.thing, []).append(lesson)
    return [
        Thing(
            key,
            own[0].name,
            tuple(dict.fromkeys(lesson.user_id for lesson in own)),
            len(own),
            sum(lesson.row(network) is not None for lesson in own),
        )
        for key, own in by_key.items()
    ]


def known_of(lessons: Sequence[Lesson], network: FeatureNetwork, refused: Set[str]) -> Known:
    """Return what the network can compare, but of things whose name was refused since."""
    names: dict[str, str] = {}
    rows, things = [], []
    numbers: dict[str, int] = {}
    for lesson in lessons:
        row = lesson.row(network)
        if row is None or is_refused(names.setdefault(lesson.thing, lesson.name), refused):
            continue
        rows.append(row)
        things.append(numbers.setdefault(lesson.thing, len(numbers)))
    matrix = np.stack(rows) if rows else np.empty((0, network.width), np.float32)
    return Known(tuple(names[key] for key in numbers), matrix, tuple(things))


def check_enough(known: Known, lessons: Sequence[Lesson]) -> None:
    """Check that there is something to tell apart.

    Raises:
        UserFacingError: nothing was taught, or one thing alone, or all of it for another network.
    """
    if len(known.names) >= FEWEST_THINGS:
        return
    if any(lesson.thing for lesson in lessons) and not known.names:
        raise UserFacingError(TeachTexts, "teach_again")
    raise UserFacingError(TeachTexts, "one_more" if known.names else "nothing_taught")
