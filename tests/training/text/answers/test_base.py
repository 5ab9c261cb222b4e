"""The base picker: made from public pairs, gone on from by a small room, and refused where it is not what it was."""

import io
import json
import random
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
import torch
from rich.console import Console

from bot.bundle.ngrams import ngrams
from training.common.errors import BaseVoiceError
from training.text.answers import pretraining
from training.text.answers.base import open_base
from training.text.answers.pairs import Pair
from training.text.answers.picker import Picker
from training.text.answers.training import fit
from training.text.base.sources import PAIR_SOURCES

TOPICS = {"배고": ("밥 먹자", "치킨 시키자"), "졸려": ("얼른 자", "커피 마셔"), "심심": ("영화 보자", "게임 할래")}


def pairs(count: int, seed: int, tails: str) -> list[Pair]:
    rng = random.Random(seed)
    drawn = (rng.choice([*TOPICS.items()]) for _ in range(count))
    return [Pair(f"{topic}{rng.choice(tails)}", f"{rng.choice(said)} {rng.choice(tails)}") for topic, said in drawn]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a base picker that was learnt from one source of pairs, one with a number to call."""
    folder = tmp_path_factory.mktemp("base")
    rows = [f"{pair.message},{pair.answer},0" for pair in pairs(600, 1, "가나다라마바사아자차카타파하")]
    content = "\n".join(["Q,A,label", "010-2345-6789,전화해,0", f"{'가' * 61},길다,0", *rows]).encode()
    (folder / "songys.csv").write_bytes(content)
    (source,) = [each for each in PAIR_SOURCES.values() if each.file == "songys.csv"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pretraining, "PAIR_SOURCES", {"pairs": replace(source, sha256=sha256(content).hexdigest())})
        pretraining.make(folder, folder, Console(file=io.StringIO()))
    return folder


def test_a_room_that_is_too_small_to_learn_from_goes_on_from_it(made: Path) -> None:
    about = json.loads((made / "picker.json").read_text(encoding="utf-8"))
    assert about["sources"]["pairs"]["licence"] == "MIT"
    few, held_out = pairs(12, 2, "고기"), pairs(400, 3, "도로모보소오조초")
    alone, begun = (fit(few, held_out, 7, base)[1] for base in (None, open_base(made)))
    assert begun.towers > alone.towers


def test_what_ships_knows_what_goes_with_what_anywhere() -> None:
    picker = Picker(torch.zeros(8192))
    picker.load_state_dict({**picker.state_dict(), **open_base()})
    picker.eval()

    def score(message: str, answer: str) -> float:
        with torch.no_grad():
            return float(picker(torch.tensor(ngrams(message)), torch.tensor([ngrams(answer)]))[0])

    for message, answer, other in (
        ("오늘 너무 우울해", "기분 전환 하세요", "맛있게 드세요"),
        ("배고프다", "맛있는 거 먹어", "헤어지는 게 맞아"),
        ("여자친구랑 헤어졌어", "더 좋은 사람 만날 거야", "맛있게 드세요"),
    ):
        assert score(message, answer) > score(message, other)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda folder: (folder / "picker.json").unlink(), "damaged or missing"),
        (lambda folder: (folder / "picker.npz").write_bytes(b"PK"), "another hash"),
        (lambda folder: (folder / "picker.json").write_text('{"version": 0}'), "version 0 and this is for version 1"),
    ],
)
def test_another_or_a_damaged_one_is_a_sentence(made: Path, tmp_path: Path, change: object, sentence: str) -> None:
    for file in made.glob("picker.*"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    change(tmp_path)  # type: ignore[operator]
    with pytest.raises(BaseVoiceError, match=rf"{sentence}.*--from-nothing"):
        open_base(tmp_path)
