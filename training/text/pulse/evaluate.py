"""What a pulse is worth in the last weeks: how far it is off, beside what needs no network.

Knows nothing of training, nor of files.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import torch

from bot.bundle.pulse import DAY, MOST_DAYS, WEEK
from training.text.pulse.counts import Floats
from training.text.pulse.network import UsualWeek
from training.text.pulse.windows import LENGTH, Series

_EVERY = 5
"""Hours between the moments at which it is asked: every hour of the day has its turn."""
_LEAST_RATE = 1e-3
"""Messages an hour that are expected at least, where it is measured how likely what came was."""


class Errors(NamedTuple):
    """How far something is off: the mean absolute error in messages an hour, and Poisson's mean deviance (nats)."""

    mae: float
    deviance: float


class Measured(NamedTuple):
    """The errors of the network, of the same hour last week, and of the usual week, so many days ahead."""

    network: Errors
    last_week: Errors
    usual: Errors

    @property
    def is_better(self) -> bool:
        """Whether the network is nearer than both others.

        Of an hour in which mostly nobody writes, 0 has the least absolute error, whatever is said of it: what only
        expects less than there is must not win, so what came must not be less likely by it than by the usual week.
        """
        nearest = min(self.last_week.mae, self.usual.mae)
        return self.network.mae < nearest and self.network.deviance <= self.usual.deviance


def measure(network: UsualWeek, series: Series, usual: Floats, test: int) -> list[Measured]:
    """Return what it is worth for each day ahead, from the hour ``test`` on; nothing of a day that no window is for.

    What lies more than a day ahead it foretells from what it said of the days before.
    """
    return [measured for ahead in range(MOST_DAYS) for measured in _of_day(network, series, usual, test, ahead)]


def reach_of(measured: list[Measured]) -> int:
    """Return for how many days in a row, from the first, the network is better."""
    worse = (day for day, of_day in enumerate(measured) if not of_day.is_better)
    return next(worse, len(measured))


def _of_day(network: UsualWeek, series: Series, usual: Floats, test: int, ahead: int) -> Iterator[Measured]:
    starts = series.starts(test, len(series.known), _EVERY) - ahead * DAY
    starts = starts[starts >= 0]
    starts = starts[[bool(series.known[start : start + LENGTH + ahead * DAY].all()) for start in starts]]
    if not len(starts):
        return
    expected = _rolled(network, series, starts, ahead)
    places = starts[:, None] + WEEK + ahead * DAY + np.arange(DAY)
    targets = series.targets[places]
    last_week = series.targets[places - WEEK]
    yield Measured(*(_errors(said, targets) for said in (expected, last_week, usual[series.hours[places]])))


def _rolled(network: UsualWeek, series: Series, starts: np.ndarray, ahead: int) -> Floats:
    """Return what is expected ``[windows, 24]`` so many days after the first, each on what was said of those before."""
    counts = series.windows(starts).counts
    with torch.inference_mode():
        for day in range(ahead + 1):
            window = series.windows(starts + day * DAY)
            expected, _ = network(counts, window.hours, window.holidays)
            counts = torch.cat([counts[:, DAY:], expected], dim=1)
    return np.asarray(expected.numpy(), np.float64)


def _errors(said: np.ndarray, targets: np.ndarray) -> Errors:
    rates = np.maximum(said, _LEAST_RATE).astype(np.float64)
    logs = targets * np.log(np.maximum(targets, 1) / rates)
    return Errors(float(np.abs(said - targets).mean()), float((2 * (logs - targets + rates)).mean()))
