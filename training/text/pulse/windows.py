"""Windows of a week and the day after it, cut out of the hours of a room. Knows nothing of networks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple, Self

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.utils.data import Dataset

from bot.bundle.pulse import DAY, WEEK
from training.text.pulse.counts import HourlyCounts, rounded
from training.text.pulse.holidays import is_holiday

LENGTH = WEEK + DAY
TEST_WEEKS, CHOOSING_WEEKS, FEWEST_LEARNING_WEEKS = 4, 4, 8
"""The last ones to measure on, those before them by which the best epoch is chosen, and the least to learn from."""


class Windows(NamedTuple):
    """Some windows: what the network reads, and the messages ``[batch, 24]`` that there were in the day after."""

    counts: Tensor
    hours: Tensor
    holidays: Tensor
    targets: Tensor


@dataclass(frozen=True, slots=True)
class Series:
    """The hours of a room as arrays; what is read of a single hour is rounded, as in a bundle."""

    read: NDArray[np.float32]
    targets: NDArray[np.float32]
    hours: NDArray[np.int64]
    holidays: NDArray[np.float32]
    known: NDArray[np.bool_]

    @classmethod
    def of(cls, room: HourlyCounts) -> Self:
        """Take the hours of a room."""
        days = (room.first + timedelta(hours=hour) for hour in range(len(room.counts)))
        off = np.array([is_holiday(day.date()) for day in days], np.float32)
        read = rounded(room.counts).astype(np.float32)
        return cls(read, room.counts.astype(np.float32), room.hours, off, room.known)

    def starts(self, begin: int, end: int, step: int = 1) -> NDArray[np.int64]:
        """Return where windows begin whose day ahead lies in ``begin`` to ``end`` and of which every hour is known."""
        unknown = np.concatenate([[0], np.cumsum(~self.known)])
        starts = np.arange(max(0, begin - WEEK), end - LENGTH + 1, step)
        return starts[unknown[starts + LENGTH] == unknown[starts]] if len(starts) else starts

    def windows(self, starts: NDArray[np.int64]) -> Windows:
        """Return the windows that begin there."""
        places = starts[:, None] + np.arange(LENGTH)
        return Windows(
            torch.from_numpy(self.read[places[:, :WEEK]]),
            torch.from_numpy(self.hours[places]),
            torch.from_numpy(self.holidays[places]),
            torch.from_numpy(self.targets[places[:, WEEK:]]),
        )


class Split(NamedTuple):
    """Where windows begin: those to learn from, and those to choose the epoch by.

    ``choosing_from`` is the first hour of what is chosen by, ``test`` that of what is measured on.
    """

    learnt: NDArray[np.int64]
    choosing: NDArray[np.int64]
    choosing_from: int
    test: int

    @classmethod
    def of(cls, series: Series) -> Self:
        """Split by time: what comes later is not known to what is learnt from before it."""
        test = len(series.known) - TEST_WEEKS * WEEK
        choosing = test - CHOOSING_WEEKS * WEEK
        return cls(series.starts(WEEK, choosing), series.starts(choosing, test, step=5), choosing, test)

    @property
    def is_enough(self) -> bool:
        """Whether a network can be learnt from it."""
        return len(self.learnt) >= FEWEST_LEARNING_WEEKS * WEEK and len(self.choosing) > 0


class Places(Dataset[int]):
    """The dataset: where windows begin; :meth:`Series.windows` makes a batch of some."""

    def __init__(self, starts: NDArray[np.int64]) -> None:
        """Take the starts."""
        self.starts = starts

    def __len__(self) -> int:
        return len(self.starts)

    def __getitem__(self, index: int) -> int:
        return int(self.starts[index])

    def __iter__(self) -> Iterator[int]:
        return iter(self.starts.tolist())
