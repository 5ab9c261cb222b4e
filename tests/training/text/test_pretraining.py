"""The whole way: from sources to a base voice, and from that to a room whose training goes on from it."""

import csv
import io
import json
import random
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from rich.console import Console

from training.common.errors import RunError
from training.common.progress import Stages
from training.text import pretraining
from training.text.base.sources import SOURCES
from training.text.base.voice import BaseVoice
from training.text.callbacks import Prompts
from training.text.config import TextConfig
from training.text.dataset import rows_of
from training.text.pretraining import CONFIG, Pretraining
from training.text.run import TextRun
from training.text.trainer import SplitRows, fit

_, PAIRS = SOURCES.values()
SMALL = replace(CONFIG, embedding=8, hidden=8, epochs=3, vocabulary=30, batch=32)


def texts(seed: int) -> str:
    """Return a file of pairs, one of them with a number to call, and one far too long."""
    rng = random.Random(seed)
    rows = io.StringIO()
    written = csv.writer(rows)
    written.writerow(["Q", "A", "label"])
    for number in range(160):
        who, what = rng.choice(["나는", "너는", "우리는"]), rng.choice(["밥을", "영화를", "커피를"])
        written.writerow([f"{who} {what} {number} 좋아해", f"{what} {number}번 먹자", 0])
    written.writerow(["전화는 010-2345-6789로 해", "가나다라마바사" * 8, 0])
    return rows.getvalue()


def start(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    seed: int = 1,
    resumed: bool = False,
    previous: BaseVoice | None = None,
) -> BaseVoice:
    folder.mkdir(exist_ok=True)
    content = texts(seed).encode()
    (folder / "songys.csv").write_bytes(content)
    monkeypatch.setattr(pretraining, "SOURCES", {"pairs": replace(PAIRS, sha256=sha256(content).hexdigest())})
    monkeypatch.setattr(pretraining, "_HELD_OUT", 40)
    monkeypatch.setattr(pretraining, "_FEWEST_USES", 3)
    monkeypatch.setattr(pretraining, "PARTS", 1)
    console = Console(file=io.StringIO())
    run = TextRun(folder / ("later" if previous else "run"))
    made = Pretraining(run, folder, folder / "cache", console, SMALL, previous)
    return made.start(Stages(console), resumed=resumed)


def first_loss(folder: Path, base: BaseVoice, config: TextConfig, name: str) -> float:
    """Return the held-out loss after an epoch of a room that has the base's words."""
    run = TextRun(folder)
    run.checkpoints.mkdir(parents=True)
    said = [f"{who} {what} 좋아해" for who in ("나는", "너는") for what in ("밥을", "영화를", "커피를")] * 8
    rows = rows_of(map(base.tokenizer.encode, said), config.longest)
    prompts = Prompts([[3]], base.tokenizer, 1)
    begun = base if name == "begun" else None
    return fit(SplitRows(rows, rows), prompts, config, run, Console(file=io.StringIO()), base=begun)[0].held_out_loss


def test_a_room_goes_on_from_what_was_learnt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    base = start(tmp_path, monkeypatch)
    base.write(tmp_path / "weights")
    opened = BaseVoice.open(tmp_path / "weights")
    assert opened.about["sources"]["pairs"]["licence"] == "MIT"
    assert opened.about["bits_a_character"] > 0
    assert opened.tokenizer.rare
    assert not opened.tokenizer.rare.counts
    assert not any("010" in piece or len(piece) > 50 for piece in opened.tokenizer.pieces)

    room = replace(SMALL, network="bigru", epochs=1, from_nothing=False)
    losses = [first_loss(tmp_path / name, opened, room, name) for name in ("begun", "fresh")]
    assert losses[0] < losses[1]

    later = start(tmp_path, monkeypatch, previous=opened)
    assert later.tokenizer.to_json() == opened.tokenizer.to_json()
    assert later.about["texts"] == opened.about["texts"] + 1, "the one of 56 letters too"
    begun, went_on = (json.loads(TextRun(tmp_path / name).history.read_text("utf-8")) for name in ("run", "later"))
    assert went_on[0]["held_out_loss"] < begun[0]["held_out_loss"], "of the same held-out texts"
    assert later.about["before"]["sha256"] == opened.about["sha256"]

    with pytest.raises(RunError, match="learns from other messages"):
        start(tmp_path, monkeypatch, seed=2, resumed=True)
