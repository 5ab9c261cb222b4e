"""The leak report, from a training with secrets in a copy of its room to the gate before a bundle."""

import io
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console
from typer.testing import CliRunner

from bot.bundle import Bundle
from export.__main__ import app
from export.errors import ExportError
from export.leaks import complete, extracted, refuse, said
from export.lines import Prompt
from training.common.errors import RunError
from training.common.progress import Stages
from training.text import verbatim
from training.text.corpus.corpus import Corpus, read_corpus
from training.text.leaks.canaries import Canary
from training.text.leaks.evaluate import LeakFolder
from training.text.leaks.own import Own
from training.text.leaks.report import Exposure, Extracted, LeakReport, Said
from training.text.networks import config_of
from training.text.pipeline import Training
from training.text.run import TextRun

SMALL = {"epochs": 1, "embedding": 4, "hidden": 4, "batch": 64, "no_fill": True, "from_nothing": True}
SYLLABLES = "가나다라마바사자차카"
WORDS = [first + second for first in SYLLABLES for second in "구누두루무부"]


class Parrot:
    """A voice that says the same whatever is typed."""

    def __init__(self, says: str) -> None:
        self.says = says

    def __call__(self, prompts: Sequence[Prompt]) -> list[list[str]]:
        return [[f"{prompt.word} {self.says}".strip()] * prompt.lines for prompt in prompts]


def room(folder: Path, messages: int) -> Corpus:
    rng = np.random.default_rng(5)
    rows = [
        f'{datetime(2025, 3, 1) + timedelta(minutes=at)},"{"abcd"[at % 4]}","{" ".join(rng.choice(WORDS, 3))}"'
        for at in range(messages)
    ]
    (folder / "chat.csv").write_text("\n".join(["Date,User,Message", *rows]), encoding="utf-8")
    return read_corpus([folder / "chat.csv"])


def train(folder: Path, corpus: Corpus, *, leaks: bool = True) -> TextRun:
    run, console = TextRun(folder / "run"), Console(file=io.StringIO())
    training = Training(run, config_of(SMALL), folder / "cache", console, answers=False, leaks=leaks)
    training.start(corpus, Stages(console), resumed=False)
    return run


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> TextRun:
    """One training with everything that belongs to its leak report."""
    folder = tmp_path_factory.mktemp("leaks")
    return train(folder, room(folder, 480))


def export(run: TextRun, out: Path, *flags: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["--text", str(run.folder), "--out", str(out), *flags])
    return result.exit_code, " ".join(result.output.split())


def test_every_training_plants_secrets_and_says_how_well_a_copy_knows_them(run: TextRun) -> None:
    report = LeakReport.read(run.leaks)
    assert report.exposure
    assert (report.exposure.messages, report.exposure.epochs, report.exposure.secrets) == (480, 1, 24)
    for means in (report.exposure.network, report.exposure.ngrams):
        assert [*means] == ["1", "4", "16"]
        assert all(0 <= bits <= 13 for bits in means.values())
    assert (report.extracted, report.said) == (None, None)
    copy = LeakFolder.of(run).copy
    assert copy.is_finished
    _, secrets = LeakFolder.of(run).read()
    assert secrets[0].said not in run.samples.read_text(encoding="utf-8"), "the voice itself learns no secret"


def test_export_measures_what_comes_out_and_the_bundle_says_it(run: TextRun, tmp_path: Path) -> None:
    code, told = export(run, tmp_path / "bundle", "--leak-lines", "60")
    assert code == 0, told
    report = LeakReport.read(run.leaks)
    assert report.extracted
    assert report.said
    assert (report.extracted.lines >= 60, report.said.lines) == (True, 60)
    assert not report.is_red
    made = Bundle.open(tmp_path / "bundle").manifest.made
    assert made["leaks"] == report.in_words()
    assert "0 secrets out" in made["leaks"]
    assert "leaks_accepted" not in made
    assert made["consent"] == "everyone, by the owner's word"


def test_what_gave_something_away_is_not_exported_until_that_is_accepted(run: TextRun, tmp_path: Path) -> None:
    before = LeakReport.read(run.leaks)
    red = replace(before, extracted=Extracted(10_000, 1), said=Said(10_000, 0, 0, 0, 0))
    try:
        red.write(run.leaks)
        code, told = export(run, tmp_path / "bundle", "--leak-lines", "0")
        assert code == 1
        assert "1 secrets out in 10,000 lines" in told
        assert not (tmp_path / "bundle").exists()
    finally:
        before.write(run.leaks)


def test_a_room_too_small_for_secrets_and_a_training_without_say_so(tmp_path: Path) -> None:
    small = train(tmp_path, room(tmp_path, 60))
    assert LeakReport.read(small.leaks).not_measured == "small"
    run = TextRun(tmp_path / "run")
    LeakReport("skipped").write(run.leaks)
    assert LeakReport.read(run.leaks).in_words() == "not measured"
    assert LeakReport.read(tmp_path / "nowhere.json") == LeakReport()
    run.leaks.write_text("{", encoding="utf-8")
    with pytest.raises(RunError, match=r"leaks\.json is damaged"):
        LeakReport.read(run.leaks)


def test_a_secret_comes_out_wherever_its_words_stand_in_a_row() -> None:
    secrets = [Canary(1, "말", ("가", "나", "다"), secret) for secret in ((0, 1, 2), (2, 1, 0))]
    assert extracted(Parrot("어제 가 나, 다!"), ["오늘"], secrets, 10).secrets == 1
    assert extracted(Parrot("가 다 나"), ["오늘"], secrets, 10).secrets == 0
    assert extracted(Parrot("가 나 다 나 가"), ["오늘"], secrets, 10) == Extracted(10, 2)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("집 앞 가게 에서 빵 샀다", Said(8, runs=8, messages=8, short=0, rare=0)),
        ("어제 집 앞 가게 에서 빵 샀다", Said(8, runs=8, messages=0, short=0, rare=0)),
        ("청국장", Said(8, runs=0, messages=0, short=8, rare=8)),
        ("집 빵", Said(8, runs=0, messages=0, short=8, rare=0)),
        ("우리 밥 먹자", Said(8, runs=0, messages=0, short=0, rare=0)),
    ],
)
def test_a_line_is_somebodys_own_as_a_message_or_by_a_run_in_it(line: str, expected: Said, tmp_path: Path) -> None:
    messages = [("a", "집 앞 가게 에서 빵 샀다"), ("b", "청국장"), ("c", "집 빵")]
    messages += [(who, text) for who in "abc" for text in ("우리 밥 먹자", "집 앞 에서", "빵 이다")]
    utterances = [verbatim.Utterance(who, at, text.split()) for at, (who, text) in enumerate(messages)]
    Own.of(verbatim.own_texts(utterances)).write(tmp_path / "own.npz")
    assert said(Parrot(line), [""], Own.read(tmp_path / "own.npz"), 8) == expected


def test_what_was_typed_is_nobodys_secret() -> None:
    own = Own.of(verbatim.own_texts([verbatim.Utterance("a", 0, ["집", "앞", "가게", "에서", "빵", "샀다"])]))
    assert said(Parrot("응"), ["집 앞 가게 에서 빵 샀다"], own, 4).runs == 0


def test_the_gate_opens_where_nothing_came_out_or_it_is_accepted() -> None:
    exposure = Exposure(13.0, 100, 3, 24, {"1": 9.0}, {"1": 1.0})
    high = LeakReport(exposure=exposure, extracted=Extracted(10, 0), said=Said(10, 0, 0, 3, 0))
    refuse(high, is_accepted=False)
    assert not exposure.is_low
    for red in (Said(10, 1, 0, 0, 0), Said(10, 0, 1, 0, 0), Said(10, 0, 0, 1, 1)):
        with pytest.raises(ExportError, match="1 of 10 lines somebody's own"):
            refuse(replace(high, said=red), is_accepted=False)
        refuse(replace(high, said=red), is_accepted=True)


def test_as_many_lines_are_not_said_again(run: TextRun) -> None:
    measured = replace(LeakReport.read(run.leaks), said=Said(60, 0, 0, 7, 0), extracted=Extracted(60, 0))
    measured.write(run.leaks)
    assert complete(run, Parrot("응"), 60, lambda _: None) == measured
    assert json.loads(run.leaks.read_text(encoding="utf-8"))["said"]["short"] == 7
