"""What is expected after the counts of a bundle, and what where it knows nothing more than what is usual."""

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from bot.bundle import Bundle, BundleError
from bot.bundle.pulse import PulseCounts
from bot.inference.pulse import Pulse, open_pulse
from tests.bot.pulses import END, add_pulse, counts, usual_week


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory, write_bundle: Callable[..., Path]) -> Callable[..., Pulse]:
    def make(*given: PulseCounts) -> Pulse:
        folder = add_pulse(write_bundle(tmp_path_factory.mktemp("bundles") / "bundle"), *given)
        pulse = open_pulse(Bundle.open(folder))
        assert pulse is not None
        return pulse

    return make


def test_each_day_within_reach_goes_on_from_what_was_expected_of_the_day_before(opened: Callable[..., Pulse]) -> None:
    outlook = opened(counts(reach=2)).outlook(END, 72)
    hours = [(3 * 24 + 12 + place) % 168 for place in range(72)]
    usual = usual_week()[hours]
    assert np.allclose(outlook.usual, usual)
    assert np.allclose(outlook.expected[:24], usual[:24] + 10)
    assert np.allclose(outlook.expected[24:48], usual[24:48] + usual[:24] + 10)
    assert np.allclose(outlook.expected[48:], usual[48:])
    assert not outlook.is_usual


def test_a_holiday_ahead_is_told_to_the_network(opened: Callable[..., Pulse]) -> None:
    outlook = opened(counts(reach=1, holidays=frozenset({date(2026, 11, 20)}))).outlook(END, 24)
    assert np.allclose(outlook.expected - outlook.usual, [10] * 12 + [11] * 12)


@pytest.mark.parametrize(
    "now",
    [END + timedelta(days=2), END + timedelta(days=400), END - timedelta(days=30), datetime(2050, 1, 1)],
    ids=["the day after", "a year later", "before it", "in 2050"],
)
def test_beyond_its_reach_it_is_the_usual_week(opened: Callable[..., Pulse], now: datetime) -> None:
    outlook = opened(counts(reach=1)).outlook(now, 24)
    assert outlook.is_usual
    assert (
        outlook.expected == usual_week()[[(now.weekday() * 24 + now.hour + place) % 168 for place in range(24)]]
    ).all()


def test_where_no_network_was_better_nothing_but_the_usual_week_is_known(opened: Callable[..., Pulse]) -> None:
    outlook = opened(counts()).outlook(END, 168)
    assert outlook.is_usual
    assert sorted(outlook.expected) == sorted(usual_week())


def test_a_bundle_without_one_has_none(bundle: Path) -> None:
    assert open_pulse(Bundle.open(bundle)) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"recent": [1] * 168},
        {"reach": 8, "recent": [1] * 168},
        {"reach": 1, "recent": [-1] * 168},
        {"reach": True},
        {"end": "2026-11-19T12:30"},
        {"end": "2026-11-19T12:00+09:00"},
        {"end": 5},
        {"holidays": ["soon"]},
        {"years": {"2024": {}}},
        {"years": []},
    ],
    ids=str,
)
def test_counts_that_cannot_be_are_refused_in_a_sentence(tmp_path: Path, wrong: dict[str, object]) -> None:
    path = tmp_path / "pulse.json"
    path.write_text(json.dumps(json.loads(counts().to_json()) | wrong), encoding="utf-8")
    with pytest.raises(BundleError, match=r"pulse\.json cannot be read as a room's counts"):
        PulseCounts.open(path)


def test_counts_are_read_as_they_were_written(tmp_path: Path) -> None:
    path, kept = tmp_path / "pulse.json", counts(reach=3, holidays=frozenset({date(2026, 11, 20)}))
    path.write_text(kept.to_json(), encoding="utf-8")
    assert PulseCounts.open(path) == kept


def test_a_graph_with_another_signature_is_refused(
    tmp_path: Path, write_bundle: Callable[..., Path], edit_manifest: Callable[..., None]
) -> None:
    folder = add_pulse(write_bundle(tmp_path / "bundle"))
    edit_manifest(folder, lambda content: content["models"]["pulse"]["inputs"].pop())
    with pytest.raises(BundleError, match=r"manifest\.json has the inputs"):
        open_pulse(Bundle.open(folder))
    edit_manifest(add_pulse(folder), lambda content: content["models"]["pulse"].update(data=None))
    with pytest.raises(BundleError, match="names no counts"):
        open_pulse(Bundle.open(folder))
