"""The base voice: it opens whole or with one sentence, and gives every piece of a room's vocabulary a beginning."""

import json
from pathlib import Path

import numpy as np
import pytest

from bot.bundle import ALPHABET, SPECIALS, Rare, Tokenizer
from training.common.errors import BaseVoiceError
from training.text.base.shipped import SHIPPED
from training.text.base.sources import SOURCES
from training.text.base.voice import BaseVoice
from training.text.config import TextConfig
from training.text.networks import build_network
from training.text.trainer import begin

PIECES = (*SPECIALS, "▁여행", "가", "사", *ALPHABET, "▁여행↝", "사↝", "지↝")


def tokenizer(*wholes: str, parts: tuple[str, ...] = ()) -> Tokenizer:
    pieces = [*SPECIALS, *wholes, *ALPHABET, *parts]
    return Tokenizer(pieces, [1] * len(pieces), Rare(len(wholes), {}))


@pytest.fixture
def base() -> BaseVoice:
    weights = {
        "embedding.weight": np.arange(len(PIECES) * 2, dtype=np.float32).reshape(-1, 2),
        "bias": -np.arange(len(PIECES), dtype=np.float32),
        "narrow.weight": np.ones((2, 3), np.float32),
    }
    return BaseVoice(Tokenizer(PIECES, [5] * len(PIECES), Rare(3, {})), weights, {"texts": 9})


def test_the_files_bring_the_same_voice_back(base: BaseVoice, tmp_path: Path) -> None:
    base.write(tmp_path)
    opened = BaseVoice.open(tmp_path)
    assert opened.tokenizer.to_json() == base.tokenizer.to_json()
    assert {name: values.tolist() for name, values in opened.weights.items()} == {
        name: values.tolist() for name, values in base.weights.items()
    }
    assert opened.about["texts"] == 9
    assert opened.name.startswith("version ")


def row(base: BaseVoice, piece: str) -> list[float]:
    return [float(value) for value in base.weights["embedding.weight"][PIECES.index(piece)]]


def test_a_shared_piece_keeps_its_row_and_a_new_one_begins_as_the_mean_of_what_spells_it(base: BaseVoice) -> None:
    room = tokenizer("사", "▁여행사", "▁여행", parts=("▁여행사↝",))
    weights = base.weights_for(room)
    rows = dict(zip(room.pieces, weights["embedding.weight"].tolist(), strict=True))
    bias = dict(zip(room.pieces, weights["bias"].tolist(), strict=True))
    assert rows["사"] == row(base, "사")
    assert rows["▁여행"] == row(base, "▁여행")
    assert rows["<s>"] == row(base, "<s>")
    assert rows["▁여행사"] == np.mean([row(base, "▁여행↝"), row(base, "사")], axis=0).tolist()
    assert rows["▁여행사↝"] == np.mean([row(base, "▁여행↝"), row(base, "사↝")], axis=0).tolist()
    assert bias["사"] == -PIECES.index("사")
    assert bias["▁여행사"] < min(-PIECES.index("▁여행↝"), -PIECES.index("사"))
    assert weights["narrow.weight"] is base.weights["narrow.weight"]


def test_another_version_is_refused_in_one_sentence(base: BaseVoice, tmp_path: Path) -> None:
    base.write(tmp_path)
    about = json.loads((tmp_path / "base.json").read_text(encoding="utf-8"))
    (tmp_path / "base.json").write_text(json.dumps(about | {"version": 99}), encoding="utf-8")
    with pytest.raises(BaseVoiceError, match=r"version 99.*version 1.*--from-nothing") as refused:
        BaseVoice.open(tmp_path)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("file", ["base.json", "tokenizer.json", "network.npz"])
@pytest.mark.parametrize("content", [None, b"", b"{}", b"[1]"])
def test_a_damaged_file_is_one_sentence(base: BaseVoice, tmp_path: Path, file: str, content: bytes | None) -> None:
    base.write(tmp_path)
    (tmp_path / file).unlink() if content is None else (tmp_path / file).write_bytes(content)
    with pytest.raises(BaseVoiceError, match="damaged or missing"):
        BaseVoice.open(tmp_path)


def test_what_ships_opens_fits_the_default_network_and_names_its_sources() -> None:
    shipped = BaseVoice.open()
    assert sum(path.stat().st_size for path in SHIPPED.iterdir()) < 8_000_000
    assert {source["sha256"] for source in shipped.about["sources"].values()} == {
        source.sha256 for source in SOURCES.values()
    }
    network = build_network(TextConfig(), len(shipped.tokenizer))
    assert begin(network, shipped, shipped.tokenizer)
