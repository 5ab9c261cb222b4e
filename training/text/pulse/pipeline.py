"""From a chat's messages to a pulse, and a sentence on what it is worth."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

import torch
from rich.console import Console

from bot.bundle.files import whole, write_whole
from bot.bundle.pulse import MOST_DAYS, WEEK, PulseCounts
from training.common.progress import Stages
from training.common.run_folder import write_json
from training.text.corpus.corpus import Corpus
from training.text.pulse.config import PulseConfig
from training.text.pulse.counts import HourlyCounts, rounded
from training.text.pulse.evaluate import Measured, measure, reach_of
from training.text.pulse.holidays import is_holiday
from training.text.pulse.network import PulseNetwork, UsualWeek
from training.text.pulse.review import years_of
from training.text.pulse.run import PulseRun
from training.text.pulse.windows import CHOOSING_WEEKS, FEWEST_LEARNING_WEEKS, TEST_WEEKS, Series, Split


@dataclass(frozen=True, slots=True)
class PulseLearning:
    """One learning of a pulse, into ``run``."""

    run: PulseRun
    config: PulseConfig
    console: Console

    def learn(self, corpus: Corpus, stages: Stages, *, resumed: bool) -> None:
        """Learn, or go on where that was stopped; at the end the run's report is there.

        Raises:
            ChatError: the messages tell no times, or too few.
            RunError: the run that is to go on was made from other messages.
        """
        room = HourlyCounts.of(corpus.messages)
        fingerprint = sha256(room.counts.tobytes() + room.first.isoformat().encode()).hexdigest()
        self.run.begin_with(fingerprint, self.config, resumed=resumed)
        series = Series.of(room)
        split = Split.of(series)
        network, measured = self._network(room, series, split, stages)
        self._write(corpus, room, network, measured, fingerprint)
        self.console.print(sentence(measured), markup=False)

    def _network(
        self, room: HourlyCounts, series: Series, split: Split, stages: Stages
    ) -> tuple[PulseNetwork | None, list[Measured]]:
        """Return a network where there is enough to learn one from, and what it is worth, by each day ahead."""
        if not split.is_enough:
            return None, []
        from training.text.pulse.training import fit  # Lightning takes seconds, and a young room does without

        with stages.timed("training"):
            network = fit(series, split, room.usual(split.choosing_from), self.run, self.console)
        with stages.timed("measuring"):
            return network, measure(network, series, room.usual(split.test), split.test)

    def _write(
        self,
        corpus: Corpus,
        room: HourlyCounts,
        network: PulseNetwork | None,
        measured: list[Measured],
        fingerprint: str,
    ) -> None:
        reach, usual = reach_of(measured), room.usual()
        counts = PulseCounts(room.end, reach, room.weeks(), years=years_of(corpus.messages))
        if reach:
            recent = tuple(int(count) for count in rounded(room.counts)[-WEEK:])
            counts = replace(counts, recent=recent, holidays=_holidays_around(room.end))
        kept = network if network is not None and reach else UsualWeek(usual)
        kept.get_buffer("week").copy_(torch.from_numpy(usual.round(1)))
        with whole(self.run.weights) as beside:
            torch.save(kept.state_dict(), beside)
        write_whole(self.run.counts, counts.to_json())
        made = {
            "trained": datetime.now(UTC).isoformat(timespec="seconds"),
            "consent": corpus.consent(),
            "data": fingerprint[:16],
        }
        write_json(self.run.report, {"made": made, "metrics": _metrics(measured, reach), "days": _by_day(measured)})


def _holidays_around(end: datetime) -> frozenset[date]:
    days = (end.date() + timedelta(days=day) for day in range(-8, MOST_DAYS + 2))
    return frozenset(day for day in days if is_holiday(day))


def _metrics(measured: Sequence[Measured], reach: int) -> dict[str, float]:
    """Return what a manifest tells: of the first day ahead, and how many days ahead the network is better."""
    if not measured:
        return {"reach_days": 0}
    first = measured[0]
    return {
        "reach_days": reach,
        "mae": first.network.mae,
        "mae_same_hour_last_week": first.last_week.mae,
        "mae_usual_week": first.usual.mae,
        "deviance": first.network.deviance,
        "deviance_usual_week": first.usual.deviance,
    }


def _by_day(measured: Sequence[Measured]) -> list[dict[str, Any]]:
    return [
        {name: {"mae": errors.mae, "deviance": errors.deviance} for name, errors in of_day._asdict().items()}
        for of_day in measured
    ]


def sentence(measured: Sequence[Measured]) -> str:
    """Return what an owner is told."""
    if not measured:
        weeks = FEWEST_LEARNING_WEEKS + CHOOSING_WEEKS + TEST_WEEKS + math.ceil(MOST_DAYS / 7)
        return (
            f"Pulse: a network needs {weeks} weeks without a gap to be learnt and measured; the mean of each hour and "
            "weekday stands for it."
        )
    first = measured[0]
    found = (
        f"Pulse: in the last {TEST_WEEKS} weeks the network is off by {first.network.mae:.2f} messages an hour a day "
        f"ahead; the same hour last week by {first.last_week.mae:.2f}, the mean of the hour and weekday by "
        f"{first.usual.mae:.2f}"
    )
    reach = reach_of(list(measured))
    if reach:
        return f"{found}: it knows more than both for {reach} days ahead."
    if first.network.mae >= min(first.last_week.mae, first.usual.mae):
        return f"{found}: it is no better, and the mean is stored."
    return f"{found}: it wins only by expecting less, and the mean is stored."
