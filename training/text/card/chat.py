"""A room in figures: messages by month, by hour and by person, and what was left out. Holds nobody's words."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from training.common.errors import RunError
from training.common.run_folder import read_json, write_json
from training.text.corpus.corpus import Corpus
from training.text.message import UNDATED

_MOSTLY = 0.5
"""With so many messages in Korean the room is a Korean one."""


@dataclass(frozen=True, slots=True)
class ChatFigures:
    """Counts of the messages that training has: ``months`` as ``2024-03``, every one between first and last; 24 hours.

    Both are empty where the files tell no times. ``report`` is the corpus's, as its ``to_json`` has it.
    """

    months: Mapping[str, int]
    hours: Sequence[int]
    people: Mapping[str, int]
    korean: int
    report: Mapping[str, Any]

    @classmethod
    def of(cls, corpus: Corpus) -> Self:
        """Count a corpus; whose messages are left out of it appears nowhere."""
        times = [message.when for message in corpus.messages if message.when != UNDATED]
        people = Counter(message.who for message in corpus.messages if message.who)
        hours = Counter(when.hour for when in times)
        return cls(
            months=_by_month(times),
            hours=[hours[hour] for hour in range(24)] if times else [],
            people=dict(people.most_common()),
            korean=corpus.korean,
            report=corpus.report.to_json(),
        )

    @property
    def kept(self) -> int:
        """Messages left after cleaning."""
        return int(self.report["kept"])

    @property
    def language(self) -> str:
        """The language that the room is in, of those that a card can be in."""
        return "ko" if self.korean >= _MOSTLY * self.kept else "en"

    def write(self, path: Path) -> None:
        """Keep the figures as JSON."""
        write_json(path, asdict(self))

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read what :meth:`write` wrote.

        Raises:
            RunError: it is damaged or missing.
        """
        try:
            return cls(**read_json(path))
        except TypeError as error:
            raise RunError(f"{path} is damaged: train again with --force.") from error


def _by_month(times: Sequence[datetime]) -> dict[str, int]:
    if not times:
        return {}
    counts = Counter((when.year, when.month) for when in times)
    return {f"{year}-{month:02}": counts[year, month] for year, month in _months(min(counts), max(counts))}


def _months(first: tuple[int, int], last: tuple[int, int]) -> Iterator[tuple[int, int]]:
    year, month = first
    while (year, month) <= last:
        yield year, month
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
