"""Several processes that learn one voice: what comes out is what one alone comes to, and one of them keeps it."""

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.training.commands import run
from training.common.processes import Processes
from training.text.dataset import Shuffle
from training.text.run import TextRun
from training.text.tokenization import morpheme_cache, morphemes

WORDS = ("밥", "커피", "영화", "시험", "회식", "수업", "가자", "먹자")
SMALL = ["--embedding", "8", "--hidden", "8", "--epochs", "2", "--batch", "16", "--dropout", "0", "--from-nothing"]
ALONE = ["--no-answers", "--no-leaks", "--no-fill", "--everyone-agreed"]


@pytest.fixture
def chat(tmp_path: Path) -> Path:
    """Write a room whose words are cut already: no process has to start Java."""
    rng = random.Random(1)
    path = tmp_path / "chat.txt"
    path.write_text("\n".join(" ".join(rng.choices(WORDS, k=4)) for _ in range(150)), encoding="utf-8")
    morpheme_cache.add(tmp_path / "cache", morphemes._MAKER, {word: (word,) for word in WORDS})
    return path


def _command(chat: Path, out: Path, *more: str) -> list[str]:
    return ["text", str(chat), "--out", str(out), "--cache", str(chat.parent / "cache"), *SMALL, *ALONE, *more]


def _losses(run_: TextRun) -> list[float]:
    return [epoch["held_out_loss"] for epoch in json.loads(run_.history.read_text(encoding="utf-8"))]


def test_two_come_to_what_one_comes_to_and_one_of_them_writes_it(chat: Path) -> None:
    one, two = TextRun(chat.parent / "one"), TextRun(chat.parent / "two")
    line = [sys.executable, "-m", "training", *_command(chat, two.folder, "--devices", "2")]
    on_cpu = os.environ | {"CUDA_VISIBLE_DEVICES": ""}  # of GPUs there may be one
    both = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=on_cpu)
    code, _, told = run("training", *_command(chat, one.folder))
    assert code == 0, told
    told, _ = both.communicate(timeout=240)
    assert both.returncode == 0, told
    assert told.count("Export it:") == told.count("messages to learn from") == 1
    assert _losses(two) == pytest.approx(_losses(one), abs=0.02)
    assert {file.name for file in two.folder.iterdir()} == {file.name for file in one.folder.iterdir()}
    made = two.read_report()["metrics"]
    assert made["perplexity"] == pytest.approx(one.read_report()["metrics"]["perplexity"], rel=0.02)


def test_an_epoch_is_shared_out_batch_by_batch_and_nobody_has_more(monkeypatch: pytest.MonkeyPatch) -> None:
    alone, shares = Shuffle(101, 7), list[list[int]]()
    for rank in ("0", "1", "2"):
        monkeypatch.setenv("RANK", rank)
        own = Shuffle(101, 7, processes=Processes(3))
        own.set_epoch(4)
        assert len(own) == len(list(own)) == 33
        shares.append(list(own))
    alone.set_epoch(4)
    # Of a batch of 12 each reads 4.
    assert sorted(place for share in shares for place in share[:4]) == sorted(list(alone)[:12])
    assert len(set().union(*shares)) == 99


def test_each_part_of_a_pass_is_as_long_as_the_others() -> None:
    order, parts = Shuffle(101, 7, parts=4), list[list[int]]()
    for epoch in range(4):
        order.set_epoch(epoch)
        parts.append(list(order))
        assert len(order) == len(parts[-1]) == 25
    assert len(set().union(*parts)) == 100


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (["--devices", "3"], "--batch 16 cannot be shared"),
        (["--devices", "2", "--strategy", "pigeon"], "pigeon"),
    ],
)
def test_what_cannot_be_is_a_sentence(chat: Path, given: list[str], found: str) -> None:
    code, _, told = run("training", *_command(chat, chat.parent / "run", *given))
    assert code != 0
    assert found in told
