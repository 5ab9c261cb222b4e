"""Gaps: which there are, that both sides are seen, and that a network is left out where this gains nothing."""

import io
import json
from pathlib import Path

import numpy as np
import pytest
import torch
from rich.console import Console

from bot.bundle import END, SPECIALS, START, UNKNOWN, Tokenizer
from bot.inference.filler import NETWORK_WEIGHT
from training.text import ngrams
from training.text.config import TextConfig
from training.text.dataset import rows_of
from training.text.evaluation.kneser_ney import KneserNey
from training.text.infilling.evaluate import evaluate
from training.text.infilling.gaps import LONGEST, GapFinder
from training.text.infilling.network import InfillingNetwork, build
from training.text.infilling.run import load_infilling
from training.text.infilling.training import train
from training.text.inspection import table_of
from training.text.networks import build_network
from training.text.run import TextRun
from training.text.trainer import SplitRows

WORDS = 12
TOKENIZER = Tokenizer([*SPECIALS, *(f"▁말{number}" for number in range(WORDS))], range(1, WORDS + 4))
CONFIG = TextConfig(embedding=16, hidden=24, dropout=0, rate=0.03, seed=5)
ROWS = rows_of([[3, 4, 5], [6, UNKNOWN, 7, 8]], longest=9)


def _foretold(missing: int) -> set[tuple[int, int, int, int]]:
    """Return each example as its row, where the gap begins and ends in it, and what comes next."""
    wanted = set()
    for number, row in enumerate(ROWS):
        for begin in range(len(row)):
            end = begin + missing + 1
            inside = row[begin + 1 : end]
            if end >= len(row) or (inside == UNKNOWN).any() or (not missing and begin == 0):
                continue
            wanted.add((number, begin, end, int(row[begin + 1]) if missing else END))
    return wanted


@pytest.mark.parametrize("missing", range(LONGEST + 1))
def test_every_stretch_of_known_morphemes_is_a_gap(missing: int) -> None:
    finder = GapFinder(TOKENIZER)
    examples = finder.examples(ROWS, [missing])
    assert len(examples.targets) == len(_foretold(missing))
    assert sorted(examples.targets.tolist()) == sorted(target for *_, target in _foretold(missing))
    assert set(examples.missing.tolist()) == {missing}


def test_the_logits_over_all_gaps_are_those_of_one_gap_at_a_time() -> None:
    torch.manual_seed(1)
    network = InfillingNetwork(len(TOKENIZER), 6, 9, 0.0).eval()
    finder = GapFinder(TOKENIZER)
    for missing in range(LONGEST + 1):
        examples = finder.examples(ROWS, [missing])
        logits = network.logits_of(examples.gaps)
        places = [
            (row, begin, end)
            for row in range(len(ROWS))
            for begin in range(len(ROWS[row]))
            for number, first, end, _ in _foretold(missing)
            if (number, first) == (row, begin)
        ]
        assert len(places) == len(logits)
        for (row, begin, end), together in zip(places, logits, strict=True):
            ids = ROWS[row]
            alone = network(torch.from_numpy(ids[None, : begin + 1]), torch.from_numpy(ids[None, end:].copy()))
            torch.testing.assert_close(alone[0], together, rtol=1e-4, atol=1e-5)


def _split() -> SplitRows:
    """Messages whose middle word only the words on both sides tell together."""
    rng = np.random.default_rng(3)
    sides = rng.integers(0, 2, (400, 2))
    rows = rows_of([[3 + left, 9 + left + 2 * right, 6 + right] for left, right in sides], CONFIG.longest)
    return SplitRows(rows[:320], rows[320:])


@pytest.fixture(scope="module")
def network() -> InfillingNetwork:
    torch.manual_seed(1)
    return train(
        _split(), TOKENIZER, build_network(CONFIG, len(TOKENIZER)), CONFIG, lambda done, total: None, epochs=12
    )


def test_it_learns_what_one_side_cannot_tell(network: InfillingNetwork) -> None:
    torch.manual_seed(1)
    measured = evaluate(network, build_network(CONFIG, len(TOKENIZER)), _split(), TOKENIZER, lambda done, total: None)
    assert measured["is_better"]
    assert measured["metrics"]["gap_top_1"] > 0.7
    both, voice, counts = measured["models"].values()
    assert both["perplexity"] < voice["perplexity"]
    assert counts["top 5"] > 0.9
    for left in range(2):
        for right in range(2):
            logits = network(torch.tensor([[START, 3 + left]]), torch.tensor([[6 + right, END]]))
            assert int(logits.argmax()) == 9 + left + 2 * right


def test_phrases_of_both_sides_are_weighed_beside_it_where_they_pay(network: InfillingNetwork) -> None:
    split, voice = _split(), build_network(CONFIG, len(TOKENIZER))
    counts = KneserNey(len(TOKENIZER), ngrams.ORDER).fit(split.train)
    fresh = build(CONFIG, len(TOKENIZER)).eval()
    measured = evaluate(fresh, voice, split, TOKENIZER, lambda done, total: None, shared=counts)
    assert measured["mixing"]["pays"]
    assert measured["metrics"][NETWORK_WEIGHT] == measured["mixing"]["weight"] < 0.5
    assert measured["metrics"]["gap_perplexity_with_phrases"] < measured["metrics"]["gap_perplexity"]
    nothing = KneserNey(len(TOKENIZER), ngrams.ORDER).fit(rows_of([[14], [14]], 9))
    measured = evaluate(network, voice, split, TOKENIZER, lambda done, total: None, shared=nothing)
    assert not measured["mixing"]["pays"]
    assert NETWORK_WEIGHT not in measured["metrics"]


def test_it_says_when_a_gap_is_full(network: InfillingNetwork) -> None:
    full = network(torch.tensor([[START, 3, 9]]), torch.tensor([[6, END]]))
    assert int(full.argmax()) == END


def test_it_begins_with_what_the_voice_has_learnt() -> None:
    for name in ("bigru", "gru", "lstm"):
        config = TextConfig(network=name, embedding=8, hidden=12)
        voice, network = build_network(config, len(TOKENIZER)), build(config, len(TOKENIZER))
        network.begin_with(voice)
        torch.testing.assert_close(network.embedding.weight, voice.embedding.weight)
        if name == "gru":
            ids = torch.tensor([[START, 4, 5]])
            with torch.no_grad():
                network.narrow.weight.zero_()
                torch.testing.assert_close(network(ids, torch.tensor([[END]])), voice(ids))


def test_one_that_is_no_better_than_the_voice_is_not_exported_and_the_report_says_so(tmp_path: Path) -> None:
    run = TextRun(tmp_path / "run")
    run.begin_with("these messages", CONFIG, resumed=False)
    run.checkpoints.mkdir()
    network = build(CONFIG, len(TOKENIZER))
    torch.save(network.state_dict(), run.infilling)
    measures = {"perplexity": 3.0, "top 1": 0.1, "top 5": 0.2}
    report = {"metrics": {}, "made": {}, "models": {"bigru": {"perplexity": 9.0}}, "seconds": {"training": 1.0}}
    run.report.write_text(json.dumps(report))
    assert load_infilling(run.folder, len(TOKENIZER)) is None
    for is_better in (False, True):
        infilling = {"is_better": is_better, "metrics": {"gap_top_5": 0.2}, "models": {"from both sides": measures}}
        run.report.write_text(json.dumps({**report, "infilling": infilling}))
        assert (load_infilling(run.folder, len(TOKENIZER)) is None) is not is_better
        console = Console(file=io.StringIO(), width=200)
        console.print(table_of(json.loads(run.report.read_text())))
        assert ("not exported" in console.file.getvalue()) is not is_better
