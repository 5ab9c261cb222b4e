"""A picker's graph says what its network says, and goes along with the words of a bundle."""

from pathlib import Path

import numpy as np
import pytest
import torch
from typer.testing import CliRunner

from bot.bundle import Bundle, BundleError, Manifest
from bot.bundle.hashed_ngrams import BUCKETS, ngrams
from bot.default_bundle import DEMO_BUNDLE
from bot.inference.picker import open_picker
from export import answers as exporting
from export.__main__ import app
from export.answers import export_answers, with_lines
from export.bundle import _answers
from export.errors import ExportError
from export.sources import Sources
from training.text.answers.evaluate import Measured
from training.text.answers.picker import Picker
from training.text.answers.run import FOLDER, AnswersRun, TrainedAnswers

GOOD = Measured(0.45, 0.4, 0.3, 300, 9.0, 3.0)


def trained(seed: int, lines: tuple[str, ...] = ("ㅇㅈ", "나도 배고파"), overlap: float = 8.0) -> TrainedAnswers:
    torch.manual_seed(seed)
    rarity = torch.rand(BUCKETS + 1) * 5
    rarity[0] = 0
    return TrainedAnswers(Picker(rarity, overlap).eval(), lines, GOOD)


def test_the_bot_scores_as_the_network_that_was_exported(tmp_path: Path) -> None:
    network = trained(1)
    picker = open_picker(Bundle(tmp_path, Manifest({}, export_answers(network, tmp_path, lambda _: None))), "cpu")
    assert picker is not None
    assert picker.lines == network.lines
    assert (picker.thresholds.sure, picker.thresholds.silent) == (9.0, 3.0)
    for message in ("오늘 뭐 먹지", "나 배고파 죽겠다 😂", "ㅋ"):
        for texts in (["치킨"], ["나도 배고파", "", "오늘 뭐 먹지 " * 20]):
            scores = picker.scores(message, texts)
            assert scores is not None
            with torch.inference_mode():
                alone = [
                    float(network.picker(torch.tensor(ngrams(message)), torch.tensor([ngrams(text) or [0]]))[0])
                    for text in texts
                ]
            assert np.allclose(scores, alone, atol=2e-2)
    assert picker.scores("", ["치킨"]) is None
    assert picker.scores("밥", []) is None


@pytest.mark.parametrize("overlap", [8.0, 0.0])
def test_lines_are_scored_as_any_other_answer_is(tmp_path: Path, overlap: float) -> None:
    lines = ("ㅇㅈ", "나도 배고파", "오늘 저녁은 치킨 먹자 제발", "ㅋㅋㅋ")
    models = export_answers(trained(1, lines, overlap), tmp_path, lambda _: None)
    picker = open_picker(Bundle(tmp_path, Manifest({}, models)), "cpu")
    assert picker is not None
    for message in ("나 배고파 죽겠다 😂", "오늘 치킨?", "ㅋ"):
        scores = picker.line_scores(message)
        assert scores is not None
        assert np.allclose(scores, picker.scores(message, lines), atol=2e-2)
        assert np.ptp(scores) > 0.1
    assert picker.line_scores(" ") is None


def test_lines_of_another_room_are_refused(tmp_path: Path) -> None:
    models = export_answers(trained(1), tmp_path, lambda _: None)
    (tmp_path / "lines.json").write_text('["ㅇㅈ"]', encoding="utf-8")
    with pytest.raises(BundleError, match=r"line_scores\[2\]"):
        open_picker(Bundle(tmp_path, Manifest({}, models)), "cpu")


def test_a_picker_without_lines_is_exported_without_them(tmp_path: Path) -> None:
    models = export_answers(trained(1, ()), tmp_path, lambda _: None)
    picker = open_picker(Bundle(tmp_path, Manifest({}, models)), "cpu")
    assert picker is not None
    assert picker.scores("밥", ["치킨"]) is not None


def test_a_graph_that_is_another_network_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep = exporting.write_graph
    monkeypatch.setattr(exporting, "write_graph", lambda _, *rest: keep(with_lines(trained(2))[0], *rest))
    with pytest.raises(ExportError, match="differs from its network"):
        export_answers(trained(1), tmp_path, lambda _: None)


def test_a_picker_is_added_to_words_that_are_there_and_goes_along_with_them(tmp_path: Path) -> None:
    def export(*arguments: str | Path) -> tuple[int, str]:
        result = CliRunner().invoke(app, [*map(str, arguments)])
        return result.exit_code, result.output

    AnswersRun(tmp_path / "answers").write(trained(3))
    first, second = tmp_path / "first", tmp_path / "second"
    assert export("--words-of", DEMO_BUNDLE, "--answers", tmp_path / "answers", "--out", first)[0] == 0
    assert export("--words-of", first, "--out", second)[0] == 0
    for folder in (first, second):
        picker = open_picker(Bundle.open(folder), "cpu")
        assert picker is not None
        assert picker.lines == ("ㅇㅈ", "나도 배고파")
    # A newer one takes its place; none that is not there.
    AnswersRun(tmp_path / "answers").write(trained(4, ("ㄱㄱ",)))
    assert export("--words-of", second, "--answers", tmp_path / "answers", "--out", second)[0] == 0
    newer = open_picker(Bundle.open(second), "cpu")
    assert newer is not None
    assert newer.lines == ("ㄱㄱ",)
    assert export("--words-of", second, "--answers", tmp_path, "--out", second)[0] == 1


def test_what_training_left_beside_the_words_goes_along_by_itself(tmp_path: Path) -> None:
    def exported(run: Path) -> list[str]:
        sources = Sources(text=run)
        return [*_answers(sources, tmp_path, lambda _: None).models]

    assert exported(tmp_path / "without") == []
    AnswersRun(tmp_path / "with" / FOLDER).write(trained(5))
    assert exported(tmp_path / "with") == ["picker"]
