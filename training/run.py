"""The run folder: what one training leaves behind, private to its owner, and how it is opened again.

A run is finished when ``report.json`` is there, which is written last. Knows nothing of how training works.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from bot.bundle import BundleError, Tokenizer, VerbatimFilter
from training.config import ConfigError, TextConfig
from training.text.networks import TextNetwork


class RunError(Exception):
    """A run folder that cannot be used; the message is one sentence for the owner."""


@dataclass(frozen=True, slots=True)
class Run:
    """Where everything of one run lies."""

    folder: Path

    @property
    def config(self) -> Path:
        """The settings, written first."""
        return self.folder / "config.json"

    @property
    def tokenizer(self) -> Path:
        """The vocabulary."""
        return self.folder / "tokenizer.json"

    @property
    def verbatim(self) -> Path:
        """The filter of what was said only once."""
        return self.folder / "verbatim.bin"

    @property
    def checkpoints(self) -> Path:
        """The folder of ``best.ckpt`` and ``last.ckpt``."""
        return self.folder / "checkpoints"

    @property
    def best(self) -> Path:
        """The checkpoint with the best held-out loss so far."""
        return self.checkpoints / "best.ckpt"

    @property
    def last(self) -> Path:
        """The checkpoint a stopped run goes on from."""
        return self.checkpoints / "last.ckpt"

    @property
    def samples(self) -> Path:
        """The lines generated after each epoch."""
        return self.folder / "samples.txt"

    @property
    def curves(self) -> Path:
        """The picture of the losses."""
        return self.folder / "curves.png"

    @property
    def history(self) -> Path:
        """The losses of each epoch so far."""
        return self.folder / "history.json"

    @property
    def report(self) -> Path:
        """What was measured at the end; its presence says that the run is finished."""
        return self.folder / "report.json"

    @property
    def finished(self) -> bool:
        """Whether the run came to its end."""
        return self.report.is_file()


@dataclass(frozen=True, slots=True)
class TrainedText:
    """A finished run, ready to export.

    The best network in eval mode, its words, what was measured, and what must not be said again word for word.
    """

    network: TextNetwork
    tokenizer: Tokenizer
    made: dict[str, str]
    metrics: dict[str, float]
    verbatim: VerbatimFilter


def load_text(folder: Path) -> TrainedText:
    """Open a finished run.

    Raises:
        RunError: no run there, one that is not finished, or a damaged file.
    """
    run = Run(folder)
    report = read_report(run)
    try:
        config = TextConfig.from_json(run.config.read_text(encoding="utf-8"))
        tokenizer = Tokenizer.open(run.tokenizer)
        verbatim = VerbatimFilter.open(run.verbatim)
    except (OSError, ConfigError, BundleError) as error:
        raise RunError(f"The run in {folder} is damaged: {error}") from error
    network = open_network(run, config, len(tokenizer))
    metrics = {str(name): float(value) for name, value in report["metrics"].items()}
    made = {str(name): str(value) for name, value in report["made"].items()}
    return TrainedText(network, tokenizer, made, metrics, verbatim)


def open_network(run: Run, config: TextConfig, vocabulary: int) -> TextNetwork:
    """Return the network of the best epoch, in eval mode.

    Raises:
        RunError: the checkpoint is missing, damaged, or of another network.
    """
    network = TextNetwork(config.network, vocabulary, config.embedding, config.hidden, config.dropout)
    try:
        state = torch.load(run.best, map_location="cpu", weights_only=True)["state_dict"]
        network.load_state_dict({name.removeprefix("network."): value for name, value in state.items()})
    except (OSError, RuntimeError, KeyError, ValueError) as error:
        raise RunError(f"The checkpoint {run.best} cannot be read: {error}") from error
    return network.eval()


def read_report(run: Run) -> dict[str, Any]:
    """Return the report of a finished run.

    Raises:
        RunError: no run there, one that is not finished, or a damaged report.
    """
    if not run.config.is_file():
        raise RunError(f"There is no training run in {run.folder}.")
    if not run.finished:
        raise RunError(f"The run in {run.folder} is not finished: start the same training again, and it goes on.")
    try:
        content: dict[str, Any] = json.loads(run.report.read_text(encoding="utf-8"))
    except ValueError as error:
        raise RunError(f"The report {run.report} is damaged: {error}.") from error
    return content


def write_report(run: Run, content: Mapping[str, Any]) -> None:
    """Write the report, whole or not at all."""
    write_whole(run.report, json.dumps(content, ensure_ascii=False, indent=2) + "\n")


def write_whole(path: Path, text: str) -> None:
    """Put ``text`` into ``path`` so that a kill leaves the old file or the new one."""
    beside = path.with_name(f".{path.name}.part")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)
