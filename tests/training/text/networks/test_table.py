"""A network is a file and a line in the table: a strange one trains, resumes, is measured, shown and exported."""

import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
import torch

from bot.bundle import Bundle
from bot.inference.models import open_models
from training.text.config import TextConfig
from training.text.networks import NETWORKS, build_network, config_of
from training.text.run import TextRun, open_network

STRANGER = '''
from dataclasses import dataclass
from typing import Annotated

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from training.common.config import Flag
from training.text.config import TextConfig
from training.text.dataset import Batch, examples_of
from training.text.networks import NETWORKS, NetworkSpec
from training.text.networks.network import TextNetwork


@dataclass(frozen=True, slots=True, kw_only=True)
class ConvolutionConfig(TextConfig):
    kernel: Annotated[int, Flag("Pieces that the convolution sees at once.", 1, 9)] = 3


class Convolution(TextNetwork):
    """One causal convolution: every place of a padded message is a prefix."""

    def __init__(self, vocabulary, config):
        super().__init__()
        self.kernel = config.kernel
        self.embedding = nn.Embedding(vocabulary, config.embedding)
        self.convolution = nn.Conv1d(config.embedding, config.hidden, config.kernel)
        self.output = nn.Linear(config.hidden, vocabulary)

    def forward(self, ids):
        return self.output(self._states(ids)[:, -1])

    def collate(self, rows):
        flat, begins, ends = examples_of(rows)
        padded = np.zeros((len(rows), max(map(len, rows))), dtype=np.int64)
        for line, row in zip(padded, rows):
            line[: len(row)] = row
        starts = np.cumsum([0, *map(len, rows[:-1])])
        prefixes = np.searchsorted(starts, begins) * padded.shape[1] + ends - begins
        return Batch(torch.from_numpy(padded), torch.from_numpy(prefixes), torch.from_numpy(flat[ends + 1]))

    def logits_of(self, batch):
        return self.output(self._states(batch.inputs)).flatten(0, 1)

    def _states(self, ids):
        seen = functional.pad(self.embedding(ids).transpose(1, 2), (self.kernel - 1, 0))
        return self.convolution(seen).transpose(1, 2).tanh()


NETWORKS["convolution"] = NetworkSpec("stranger:Convolution", ConvolutionConfig)
'''
WORDS = ("밥", "커피", "영화", "시험", "회식", "수업", "먹자", "어때", "가자")
EPOCHS = 8
SMALL = ["--network", "convolution", "--kernel", "2", "--embedding", "8", "--hidden", "8", "--batch", "16",
         "--vocabulary", "60", "--epochs", str(EPOCHS), "--patience", str(EPOCHS)]  # fmt: skip

IN_TURN = """
import json, os, signal, sys, threading, time
from pathlib import Path
from pkgutil import resolve_name
import stranger

def stop_once_there_is(file):
    while not file.is_file():
        time.sleep(0.05)
    os.kill(os.getpid(), signal.SIGTERM)

threading.Thread(target=stop_once_there_is, args=[Path(sys.argv[2])], daemon=True).start()
codes = []
for package, *arguments in json.loads(sys.argv[1]):
    sys.argv[1:] = arguments
    try:
        resolve_name(f"{package}.__main__:main")()
        codes.append(0)
    except SystemExit as end:
        codes.append(end.code or 0)
print("codes", codes)
"""
"""Our commands, one after the other, in a process that has one network more, and is stopped once there is a file."""


def in_turn(folder: Path, stopped_by: Path, *commands: Sequence[str | Path]) -> str:
    environment = os.environ | {"PYTHONPATH": str(folder), "OMP_NUM_THREADS": "1", "COLUMNS": "200"}
    arguments = json.dumps([[str(part) for part in command] for command in commands])
    process = subprocess.run(
        [sys.executable, "-c", IN_TURN, arguments, stopped_by],
        env=environment, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    return process.stdout + process.stderr


def test_another_network_goes_all_the_way(tmp_path: Path) -> None:
    (tmp_path / "stranger.py").write_text(STRANGER, encoding="utf-8")
    rng = random.Random(2)
    lines = [" ".join(rng.choice(WORDS) for _ in range(rng.randint(2, 5))) for _ in range(240)]
    (tmp_path / "chat.txt").write_text("\n".join(lines), encoding="utf-8")
    run, bundle = TextRun(tmp_path / "run"), tmp_path / "bundle"
    train = [
        "training",
        "text",
        tmp_path / "chat.txt",
        "--out",
        run.folder,
        "--cache",
        tmp_path / "cache",
        "--everyone-agreed",
        "--no-leaks",
        *SMALL,
    ]

    export = ["export", "--text", run.folder, "--out", bundle]
    answer = in_turn(tmp_path, run.last, train, train, ["training", "inspect", run.folder], export)
    assert f"codes [{128 + signal.SIGTERM}, 0, 0, 0]" in answer, answer
    assert "Stopped." in answer
    for part in ("Going on", f"epoch  {EPOCHS}", "kernel", "text equals its network"):
        assert part in answer
    assert answer.count("┃ convolution ┃") == 2  # after the training, and inspected
    assert Bundle.open(bundle).manifest.made["network"] == "convolution"
    models = open_models(bundle, "cpu")
    assert models.speaker.say("밥", 4, temperature=0.8, seed=1)
    is_better = json.loads(run.report.read_text(encoding="utf-8"))["infilling"]["is_better"]
    assert (models.filler is not None) is is_better


@pytest.mark.parametrize("name", NETWORKS)
def test_every_line_of_the_table_builds_what_it_says(name: str) -> None:
    config = config_of({"network": name, "embedding": 4, "hidden": 5})
    assert build_network(config, 20)(torch.tensor([[1, 2, 3]])).shape == (1, 20)


OLD_CONFIG = """{
  "network": "%s",
  "vocabulary": 2000,
  "embedding": 3,
  "hidden": 4,
  "dropout": 0.5,
  "word_dropout": 0.2,
  "batch": 128,
  "rate": 0.008,
  "weight_decay": 0.01,
  "epochs": 10,
  "patience": 2,
  "longest": 48,
  "held_out": 0.1,
  "session_gap": 60,
  "seed": 7
}
"""
"""As every run so far begins."""


def old_weights(gates: int, directions: int) -> dict[str, torch.Tensor]:
    """Return a checkpoint's weights by the names that runs have had so far."""
    suffixes = ("", "_reverse")[:directions]
    shapes = {
        "weight_ih": (4 * gates, 3),
        "weight_hh": (4 * gates, 4),
        "bias_ih": (4 * gates,),
        "bias_hh": (4 * gates,),
    }
    recurrence = {f"recurrence.{name}_l0{side}": shape for side in suffixes for name, shape in shapes.items()}
    others = {"embedding.weight": (20, 3), "narrow.weight": (3, 4 * directions), "narrow.bias": (3,), "bias": (20,)}
    return {f"network.{name}": torch.randn(shape) for name, shape in (others | recurrence).items()}


@pytest.mark.parametrize(
    ("name", "gates", "directions"), [("bigru", 3, 2), ("bilstm", 4, 2), ("gru", 3, 1), ("lstm", 4, 1)]
)
def test_a_run_of_before_the_table_still_opens(tmp_path: Path, name: str, gates: int, directions: int) -> None:
    run = TextRun(tmp_path)
    run.config.write_text(OLD_CONFIG % name)
    run.checkpoints.mkdir()
    torch.save({"state_dict": old_weights(gates, directions)}, run.best)
    config = run.read_config()
    then = TextConfig(network=name, embedding=3, hidden=4, longest=48, dropout=0.5, word_dropout=0.2, epochs=10)
    assert config.differences(then) == []
    assert open_network(run, config, 20)(torch.tensor([[1, 2]])).isfinite().all()
