"""When a bundle's room is lively: what is usual in its week, and what its network expects after the counts it has.

Both are asked of the graph once, when it is opened: what is known does not change afterwards. Times are by the clock on
the room's wall. Knows nothing of who asks.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from bot.bundle import Bundle, BundleError, Model, Role, pulse_signature
from bot.bundle.pulse import DAY, WEEK, PulseCounts, hour_of_week
from bot.inference.session import Graph, Provider, open_promised

Rates = NDArray[np.float32]
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What to expect from the hour ``begin`` on: messages in each hour, and how many are usual then.

    ``is_usual``: nothing more is known than what is usual.
    """

    begin: datetime
    expected: Rates
    usual: Rates
    is_usual: bool

    def hour(self, place: int) -> datetime:
        """Return when an hour begins."""
        return self.begin + place * _HOUR


class Pulse:
    """A bundle's pulse, with the ``counts`` that it carries."""

    def __init__(self, counts: PulseCounts, usual: Rates, expected: Rates) -> None:
        """Take the usual week ``[168]``, and what is expected from the end of the counts on; :func:`open_pulse` does.

        What is expected may be of no hour at all.
        """
        self.counts = counts
        self._usual, self._expected = usual, expected

    def outlook(self, now: datetime, hours: int) -> Outlook:
        """Return what to expect in so many hours, from that on in which ``now`` is."""
        begin = now.replace(minute=0, second=0, microsecond=0, tzinfo=None)
        usual = self._usual[(hour_of_week(begin) + np.arange(hours)) % WEEK]
        places = (begin - self.counts.end) // _HOUR + np.arange(hours)
        known = (places >= 0) & (places < len(self._expected))
        expected = usual.copy()
        expected[known] = self._expected[places[known]]
        return Outlook(begin, expected, usual, not known.any())


def open_pulse(bundle: Bundle, provider: Provider = "auto") -> Pulse | None:
    """Open the bundle's pulse, or return None where it has none.

    Raises:
        BundleError: its graph cannot be opened or breaks the contract, or its counts cannot be read.
        ProviderError: the GPU was asked for by name and is not in use.
    """
    for model in bundle.manifest.of_role(Role.PULSE).values():
        return _opened(bundle, model, provider)
    return None


def _opened(bundle: Bundle, model: Model, provider: Provider) -> Pulse:
    if model.data is None:
        raise BundleError("The pulse names no counts that it goes on from: export it again.")
    counts = PulseCounts.open(bundle.path(model.data))
    graph = open_promised(bundle, model, provider, pulse_signature(), _whole_week())
    usual = np.maximum(graph.run_all(*_whole_week())[1].reshape(WEEK), 0)
    return Pulse(counts, usual, _rolled(graph, counts))


def _whole_week() -> tuple[NDArray[np.float32], NDArray[np.int64], NDArray[np.float32]]:
    """Return seven windows of which each looks ahead to a day of the week, Monday first."""
    hours = (np.arange(7)[:, None] * DAY + np.arange(WEEK + DAY) - WEEK) % WEEK
    return np.zeros((7, WEEK), np.float32), hours, np.zeros((7, WEEK + DAY), np.float32)


def _rolled(graph: Graph, counts: PulseCounts) -> Rates:
    """Return what is expected in the days within reach, each by what was expected in those before."""
    known = np.array(counts.recent, np.float32)
    days = list[Rates]()
    for day in range(counts.reach):
        begin = counts.end + timedelta(days=day) - WEEK * _HOUR
        moments = [begin + place * _HOUR for place in range(WEEK + DAY)]
        hours = np.array([[hour_of_week(moment) for moment in moments]])
        holidays = np.array([[moment.date() in counts.holidays for moment in moments]], np.float32)
        expected = np.maximum(graph.run_all(known[None], hours, holidays)[0][0], 0)
        days.append(expected)
        known = np.concatenate([known[DAY:], expected])
    return np.concatenate(days) if days else np.zeros(0, np.float32)
