"""The group's year, March 2025 to February 2026: which scene may play on which day and at what time.

Knows nothing of what is said in a scene.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from re import fullmatch

from training.samples.notation import Scene

FIRST, LAST = date(2025, 3, 1), date(2026, 2, 28)
_TERMS = ((date(2025, 3, 4), date(2025, 6, 20)), (date(2025, 9, 1), date(2025, 12, 19)))
_EXAMS = (
    (date(2025, 4, 16), date(2025, 4, 25)),
    (date(2025, 6, 9), date(2025, 6, 20)),
    (date(2025, 10, 16), date(2025, 10, 24)),
    (date(2025, 12, 8), date(2025, 12, 19)),
)
_HOLIDAYS = frozenset(
    date(2025, month, day)
    for month, day in (
        (3, 3),
        (5, 5),
        (5, 6),
        (6, 3),
        (6, 6),
        (8, 15),
        (10, 3),
        *((10, d) for d in range(5, 10)),
        (12, 25),
    )
) | {date(2026, 1, 1), *(date(2026, 2, day) for day in (16, 17, 18))}
_REST = 12  # days before a scene may play again


@dataclass(frozen=True, slots=True)
class Slot:
    """When a scene may play: days, the hours in which it begins (24–27 is after midnight), how often in the year.

    Two equal hours mean on the hour.
    """

    days: tuple[date, ...]
    hours: tuple[int, int]
    once: bool
    times: int


def days_of_year() -> tuple[date, ...]:
    """Every day of the year in its order."""
    return tuple(FIRST + timedelta(days=passed) for passed in range((LAST - FIRST).days + 1))


def slot_of(scene: Scene) -> Slot:
    """When the scene may play. Raises ValueError for a condition that says nothing."""
    days: Sequence[date] = days_of_year()
    hours, once, times = (10, 23), False, 99
    for condition in scene.conditions:
        if span := fullmatch(r"(\d+)-(\d+)시", condition):
            hours = (int(span[1]), int(span[2]))
        elif span := fullmatch(r"(\d+)번", condition):
            times = int(span[1])
        else:
            days = [day for day in days if _holds(condition, day)]
        once = once or condition == "한번" or bool(fullmatch(r"\d+/\d+", condition))
    if not days:
        raise ValueError(f"{scene.title}: no day of the year meets {', '.join(scene.conditions)}.")
    return Slot(tuple(days), hours, once, times)


def _holds(condition: str, day: date) -> bool:
    if condition in _NAMED_DAYS:
        return _NAMED_DAYS[condition](day)
    if span := fullmatch(r"(\d+)(?:-(\d+))?월", condition):
        return _in_months(day.month, int(span[1]), int(span[2] or span[1]))
    if span := fullmatch(r"(\d+)/(\d+)(?:~(\d+)/(\d+))?", condition):
        start = _dated(int(span[1]), int(span[2]))
        return start <= day <= (_dated(int(span[3]), int(span[4])) if span[3] else start)
    raise ValueError(f"{condition!r} is no condition for a scene.")


def _dated(month: int, day: int) -> date:
    return date(FIRST.year if month >= FIRST.month else LAST.year, month, day)


def _in_months(month: int, first: int, last: int) -> bool:
    return first <= month <= last if first <= last else month >= first or month <= last


def _inside(spans: Sequence[tuple[date, date]], day: date) -> bool:
    return any(start <= day <= end for start, end in spans)


_NAMED_DAYS: dict[str, Callable[[date], bool]] = {
    "한번": lambda _: True,
    "평일": lambda day: day.weekday() < 5 and day not in _HOLIDAYS,
    "주말": lambda day: day.weekday() >= 5 or day in _HOLIDAYS,
    "금요일": lambda day: day.weekday() == 4,
    "월요일": lambda day: day.weekday() == 0,
    "일요일": lambda day: day.weekday() == 6,
    "학기": lambda day: _inside(_TERMS, day) and day not in _HOLIDAYS,
    "방학": lambda day: not _inside(_TERMS, day),
    "시험": lambda day: _inside(_EXAMS, day),
    "놀때": lambda day: not _inside(_EXAMS, day),
}


class Programme:
    """Says which scenes play on each day; every scene rests for some weeks after it has played."""

    def __init__(self, scenes: Sequence[Scene], random: Random) -> None:
        self._random = random
        self._slots = {scene: slot_of(scene) for scene in scenes}
        self._fixed = {scene: random.choice(slot.days) for scene, slot in self._slots.items() if slot.once}
        self._played: dict[Scene, list[date]] = {scene: [] for scene in scenes}
        self._open: dict[date, list[Scene]] = {day: [] for day in days_of_year()}
        for scene, slot in self._slots.items():
            for day in () if slot.once else slot.days:
                self._open[day].append(scene)

    def fixed(self, day: date) -> tuple[Scene, ...]:
        """Scenes that play on that day and no other."""
        return tuple(scene for scene, when in self._fixed.items() if when == day)

    def free(self, day: date) -> Iterator[Scene]:
        """Other scenes that fit the day, each once, by chance; those of the season and little played come first."""
        free = [scene for scene in self._open[day] if self._may_play(scene, day)]
        while free and day > FIRST:
            weights = [self._wish(scene) for scene in free]
            scene = self._random.choices(free, weights)[0]
            free.remove(scene)
            yield scene

    def _wish(self, scene: Scene) -> float:
        # What belongs to a season must be said in it, and what has been said already can wait.
        rarity = len(self._open) / len(self._slots[scene].days)
        return rarity / (1 + len(self._played[scene])) ** 2

    def _may_play(self, scene: Scene, day: date) -> bool:
        played = self._played[scene]
        rested = not played or day - played[-1] >= timedelta(days=_REST)
        return rested and len(played) < self._slots[scene].times

    def begin(self, scene: Scene, day: date) -> datetime:
        """Note that the scene plays that day, and at what minute it begins."""
        self._played[scene].append(day)
        first, last = self._slots[scene].hours
        minute = self._random.randrange(first * 60, max(last * 60, first * 60 + 1))
        return datetime(day.year, day.month, day.day) + timedelta(minutes=minute)
