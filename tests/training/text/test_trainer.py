"""The same seed trains the same network, and a run that is gone on with ends as if it had never stopped."""

import io
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from rich.console import Console

from bot.bundle import SPECIALS, Tokenizer
from training.common.errors import RunError
from training.text.callbacks import Prompts
from training.text.config import TextConfig
from training.text.curves import Epoch, best_of
from training.text.dataset import Batch, rows_of
from training.text.module import TextModule, batch_loss
from training.text.run import TextRun, open_network
from training.text.trainer import SplitRows, fit

WORDS = 12
TOKENIZER = Tokenizer([*SPECIALS, *(f"▁말{number}" for number in range(WORDS))], range(1, WORDS + 4))
PROMPTS = Prompts([[3], [4], [5]], TOKENIZER, seed=1)
CONFIG = TextConfig(embedding=6, hidden=6, epochs=3, patience=3, batch=16, rate=0.02, seed=5)

EAGER = TextConfig(embedding=16, hidden=32, dropout=0, batch=8, rate=0.05, epochs=60, patience=2, seed=5)
"""Learns this little by heart in a few epochs."""


def split() -> SplitRows:
    """Messages in which each word calls for the next one, mostly."""
    rng = np.random.default_rng(3)

    def message() -> list[int]:
        first = int(rng.integers(WORDS))
        return [3 + (first + step + int(rng.random() < 0.1)) % WORDS for step in range(rng.integers(1, 7))]

    rows = rows_of((message() for _ in range(200)), CONFIG.longest)
    return SplitRows(rows[:160], rows[160:])


def trained(folder: Path, config: TextConfig = CONFIG) -> list[Epoch]:
    run = TextRun(folder)
    run.checkpoints.mkdir(parents=True, exist_ok=True)
    return fit(split(), PROMPTS, config, run, Console(file=io.StringIO()))


def losses(epochs: list[Epoch]) -> list[tuple[int, float, float]]:
    return [(epoch.number, epoch.train_loss, epoch.held_out_loss) for epoch in epochs]


def test_a_seed_repeats_the_run(tmp_path: Path) -> None:
    first, second = trained(tmp_path / "first"), trained(tmp_path / "second")
    assert losses(first) == losses(second)
    other = trained(tmp_path / "other", replace(CONFIG, seed=6))
    assert losses(other) != losses(first)


def test_going_on_after_a_stop_ends_as_if_never_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = trained(tmp_path / "whole")

    def power_cut(module: TextModule, batch: Batch, index: int) -> None:
        if module.current_epoch == 1 and index == 3:
            raise RuntimeError("power cut")

    with monkeypatch.context() as patched:
        patched.setattr(TextModule, "on_train_batch_start", power_cut)
        with pytest.raises(RuntimeError, match="power cut"):
            trained(tmp_path / "stopped")
    assert losses(trained(tmp_path / "stopped")) == losses(whole)
    samples = [(tmp_path / name / "samples.txt").read_text(encoding="utf-8") for name in ("whole", "stopped")]
    assert samples[0] == samples[1]


@pytest.mark.parametrize("content", [b"", bytes(range(256)) * 9, {}, {"state_dict": {}}, []])
def test_a_damaged_checkpoint_of_a_stopped_run_is_named(tmp_path: Path, content: object) -> None:
    last = TextRun(tmp_path).last
    last.parent.mkdir()
    last.write_bytes(content) if isinstance(content, bytes) else torch.save(content, last)
    with pytest.raises(RunError, match=r"last\.ckpt is damaged or missing: train again with --force"):
        trained(tmp_path)


def test_the_model_passes_through_no_folder_but_the_runs_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    trained(tmp_path / "run")
    assert sorted(path.name for path in TextRun(tmp_path / "run").checkpoints.iterdir()) == ["best.ckpt", "last.ckpt"]


def test_it_learns_and_keeps_the_best_epoch(tmp_path: Path) -> None:
    epochs = trained(tmp_path, EAGER)
    assert best_of(epochs).held_out_loss < 0.8 * np.log(WORDS)
    network = open_network(TextRun(tmp_path), EAGER, len(TOKENIZER))
    after_last_word = network(torch.tensor([[1, 3 + WORDS - 2]]))[0]
    assert int(after_last_word[3:].argmax()) == WORDS - 1


def test_what_nobody_would_expect_is_hardly_learnt(tmp_path: Path) -> None:
    """A secret that stands among messages in which each word calls for the next one: said once, and each epoch."""
    secret = rows_of([[3, 10, 5, 13, 4, 9]], CONFIG.longest)
    room = SplitRows([*split().train, *secret], split().held_out)

    def loss(truncation: float) -> float:
        config = replace(EAGER, epochs=6, patience=6, truncation=truncation)
        run = TextRun(tmp_path / str(truncation))
        run.checkpoints.mkdir(parents=True)
        fit(room, PROMPTS, config, run, Console(file=io.StringIO()))
        network = open_network(run, config, len(TOKENIZER))
        return batch_loss(network, network.collate(secret)).item()

    assert loss(0.1) > loss(0) + 1


def test_what_the_owner_looks_at_is_there(tmp_path: Path) -> None:
    trained(tmp_path, CONFIG)
    samples = (tmp_path / "samples.txt").read_text(encoding="utf-8")
    assert samples.count("epoch") == CONFIG.epochs
    for temperature in ("0.5", "0.8", "1.0", "1.2"):
        assert samples.count(f"\n{temperature}  말") == CONFIG.epochs
    assert (tmp_path / "curves.png").read_bytes().startswith(b"\x89PNG")
    assert list((tmp_path / "tensorboard").glob("events.*"))


def test_training_stops_for_good_when_the_held_out_loss_no_longer_falls(tmp_path: Path) -> None:
    epochs = trained(tmp_path, EAGER)
    assert len(epochs) == best_of(epochs).number + EAGER.patience < EAGER.epochs
    assert losses(trained(tmp_path, EAGER)) == losses(epochs)
