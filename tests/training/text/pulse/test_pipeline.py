"""``python -m training pulse`` and its export: what a network is worth, and what is there where it is worth nothing."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from bot.bundle import Bundle, File, Manifest
from bot.inference.pulse import open_pulse
from export import pulse as exporting
from export.errors import ExportError
from export.graph import file_of
from export.pulse import export_pulse
from tests.bot.pulses import doubling_graph, usual_week
from tests.training import commands
from tests.training.text.exports import write_export
from tests.training.text.finished import finished_words
from training.text.consent.agreement import read_agreement
from training.text.pulse.evaluate import Errors, Measured, reach_of
from training.text.pulse.network import PulseNetwork, UsualWeek
from training.text.pulse.run import PulseRun

BEGAN = datetime(2026, 1, 5)
QUICK = ("--hidden", 8, "--epochs", 2, "--rate", 0.01, "--dropout", 0)


def export_of(path: Path, times: Iterator[datetime], people: str = "가나다") -> Path:
    """Write an export in which each of the people in turn says something at such times."""
    return write_export(path, ((when, people[number % len(people)], "밥 먹자") for number, when in enumerate(times)))


def lively_every_other_week(weeks: int) -> Iterator[datetime]:
    """Yield times of a room that is loud in one week and nearly silent in the next: what was yesterday tells."""
    for day in range(7 * weeks):
        often = 9 if day // 7 % 2 else 1
        for hour in (*range(12, 24), *((9,) if day % 7 == 6 else ())):
            yield from (BEGAN + timedelta(days=day, hours=hour, minutes=6 * number) for number in range(often))


@pytest.fixture(scope="module")
def learnt(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Return a run of text in which a pulse was learnt of such a room, and what was said."""
    folder = tmp_path_factory.mktemp("pulse")
    chat = export_of(folder / "KakaoTalk_Chat_room.csv", lively_every_other_week(24))
    finished_words(folder / "text", chat)
    code, out, error = commands.run("training", "pulse", chat, "--text", folder / "text", "--everyone-agreed", *QUICK)
    assert code == 0, error
    return folder / "text", " ".join((out + error).split())


def test_a_network_that_sees_how_the_week_goes_is_better_than_both_means(learnt: tuple[Path, str]) -> None:
    run, told = learnt
    metrics = json.loads((run / PulseRun.FOLDER / "report.json").read_text(encoding="utf-8"))["metrics"]
    assert metrics["mae"] < metrics["mae_usual_week"] < metrics["mae_same_hour_last_week"]
    assert metrics["deviance"] < metrics["deviance_usual_week"]
    assert metrics["reach_days"] >= 1
    assert "it knows more than both for" in told


def test_a_bundle_has_no_more_than_the_last_week_and_the_years(learnt: tuple[Path, str]) -> None:
    counts = json.loads((learnt[0] / PulseRun.FOLDER / "counts.json").read_text(encoding="utf-8"))
    assert set(counts) == {"end", "reach", "weeks", "recent", "holidays", "years"}
    assert len(counts["recent"]) == 168
    assert set(counts["recent"]) <= {0, 8}  # nine messages, and the single ones of the other weeks
    assert list(counts["years"]) == ["2026"]


def test_the_bot_expects_what_the_network_does(learnt: tuple[Path, str], tmp_path: Path) -> None:
    run, _ = learnt
    models = export_pulse(run, tmp_path, lambda _: None)
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) < 150_000
    pulse, trained = open_pulse(Bundle(tmp_path, Manifest({}, models))), PulseRun(run / PulseRun.FOLDER).load()
    assert pulse is not None
    assert trained is not None
    end = pulse.counts.end
    hours = [
        (end + timedelta(hours=place)).weekday() * 24 + (end + timedelta(hours=place)).hour for place in range(-168, 24)
    ]
    with torch.inference_mode():
        expected, usual = trained.network(
            torch.tensor([pulse.counts.recent]).float(), torch.tensor([hours]), torch.zeros(1, 192)
        )
    outlook = pulse.outlook(end, 24)
    assert np.allclose(outlook.expected, expected[0], rtol=2e-2, atol=1e-2)
    assert np.allclose(outlook.usual, usual[0], rtol=1e-3)


def test_a_graph_that_is_another_network_is_refused(
    learnt: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    another = doubling_graph(usual_week())

    def write_another(*given: Any) -> File:
        given[-1].write_bytes(another)
        return file_of(given[-1])

    monkeypatch.setattr(exporting, "write_graph", write_another)
    with pytest.raises(ExportError, match="differs from its network"):
        export_pulse(learnt[0], tmp_path, lambda _: None)


def test_a_finished_pulse_is_not_learnt_again_unless_that_is_wanted(learnt: tuple[Path, str]) -> None:
    run, _ = learnt
    arguments = (
        "training",
        "pulse",
        run.parent / "KakaoTalk_Chat_room.csv",
        "--text",
        run,
        "--everyone-agreed",
        *QUICK,
    )
    code, _, error = commands.run(*arguments)
    assert code == 1
    assert "is finished" in error


def test_a_young_room_has_its_mean_and_a_graph_of_it(tmp_path: Path) -> None:
    times = (BEGAN + timedelta(days=day, hours=21, minutes=minute) for day in range(40) for minute in (0, 1, 2))
    chat = export_of(tmp_path / "KakaoTalk_Chat_room.csv", times)
    finished_words(tmp_path / "text", chat)
    code, out, error = commands.run("training", "pulse", chat, "--text", tmp_path / "text", "--everyone-agreed")
    assert code == 0, error
    assert "the mean of each hour and weekday stands for it" in " ".join((out + error).split())
    models = export_pulse(tmp_path / "text", tmp_path, lambda _: None)
    pulse = open_pulse(Bundle(tmp_path, Manifest({}, models)))
    assert pulse is not None
    outlook = pulse.outlook(pulse.counts.end, 24)
    assert outlook.is_usual
    assert outlook.expected.max() == 3
    assert pulse.counts.recent == ()


def test_who_did_not_agree_is_not_counted(tmp_path: Path) -> None:
    times = (BEGAN + timedelta(days=day, hours=21, minutes=minute) for day in range(40) for minute in range(4))
    chat = export_of(tmp_path / "KakaoTalk_Chat_room.csv", times, people="가나다라")
    withdrawn = tmp_path / "withdrawals.tsv"
    withdrawn.write_text("라\n", encoding="utf-8")
    finished_words(tmp_path / "text", chat, agreement=read_agreement(None, everyone=True, withdrawals=withdrawn))
    arguments = ("--text", tmp_path / "text", "--everyone-agreed", "--withdrawals", withdrawn)
    assert commands.run("training", "pulse", chat, *arguments)[0] == 0
    trained = PulseRun(tmp_path / "text" / PulseRun.FOLDER).load()
    assert trained is not None
    assert float(trained.network.get_buffer("week").max()) == 3
    assert trained.counts.years[2026].months[0] == 80  # 27 days of three messages, to ten


def test_a_run_of_words_without_a_pulse_exports_none(tmp_path: Path) -> None:
    assert export_pulse(tmp_path, tmp_path, lambda _: None) == {}


def test_what_only_expects_less_does_not_win() -> None:
    usual, last_week = Errors(2.0, 3.0), Errors(2.5, 9.0)
    better, lower, worse = (
        Measured(network, last_week, usual) for network in (Errors(1.9, 2.9), Errors(1.3, 6.0), Errors(2.1, 2.0))
    )
    assert [reach_of(each) for each in ([better, better, worse, better], [lower, better], [worse], [])] == [2, 0, 0, 0]


def test_the_network_begins_with_what_is_usual_at_an_hour_of_the_day() -> None:
    week = np.tile(np.arange(24.0), 7)
    network = PulseNetwork(week).eval()
    hours = torch.arange(192).remainder(168).unsqueeze(0)
    for of_week in (network, UsualWeek(week)):
        expected, usual = of_week(torch.rand(1, 168), hours, torch.zeros(1, 192))
        assert torch.allclose(expected, torch.arange(24.0), atol=0.05)
        assert torch.equal(usual, torch.arange(24.0).unsqueeze(0))
