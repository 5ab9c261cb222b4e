"""The run folder: what one training leaves behind, private to its owner, and how it is opened again.

A run is finished when ``report.json`` is there, which is written last. Knows nothing of how training works,
and needs torch only to open a network.
"""

import json
import pickle
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.bundle import BundleError, Tokenizer, VerbatimFilter
from training.common.errors import ConfigError, RunError
from training.common.files import write_whole
from training.text.config import TextConfig

if TYPE_CHECKING:
    from training.text.networks.recurrent import TextNetwork


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
    def data(self) -> Path:
        """The fingerprint of the messages that the run learns from."""
        return self.folder / "data.txt"

    @property
    def finished(self) -> bool:
        """Whether the run came to its end."""
        return self.report.is_file()


def claim(run: Run, config: TextConfig, *, force: bool) -> bool:
    """Return whether a stopped run is there to go on with, before anything is read or written.

    Raises:
        RunError: the folder holds a finished run, a run with other settings, or something else altogether.
    """
    if not run.folder.exists() or (run.folder.is_dir() and not any(run.folder.iterdir())):
        return False
    if not run.config.is_file():
        raise RunError(f"{run.folder} is there and is no training run: choose another --out.")
    before = read_config(run)  # also before --force clears the folder: a config.json may be somebody else's
    if force:
        return False
    if run.finished:
        raise RunError(f"The run in {run.folder} is finished: choose another --out, or give --force to train anew.")
    differences = before.differences(config)
    if differences:
        raise RunError(
            f"The stopped run in {run.folder} has other settings ({'; '.join(differences)}): "
            "give the same ones to go on with it, another --out, or --force to train anew."
        )
    return True


def begin(run: Run, config: TextConfig, fingerprint: str, *, going_on: bool) -> None:
    """Make the folder, for its owner's eyes only, or check that a stopped run learns from the same messages.

    Raises:
        RunError: the messages are not those that the run began with.
    """
    if going_on and run.data.is_file():
        if run.data.read_text(encoding="utf-8").strip() != fingerprint:
            raise RunError(
                f"The stopped run in {run.folder} learns from other messages: "
                "give the same files and the same --without to go on with it, another --out, or --force to train anew."
            )
        return
    if run.folder.exists() and not going_on:
        shutil.rmtree(run.folder)
    run.folder.mkdir(parents=True, exist_ok=True)
    run.folder.chmod(0o700)
    write_whole(run.config, config.to_json())
    write_whole(run.data, fingerprint + "\n")


@dataclass(frozen=True, slots=True)
class TrainedText:
    """A finished run, ready to export.

    The best network in eval mode, its words, what was measured, and what must not be said again word for word.
    """

    network: "TextNetwork"
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
        tokenizer = Tokenizer.open(run.tokenizer)
        verbatim = VerbatimFilter.open(run.verbatim)
    except (OSError, BundleError) as error:
        raise RunError(f"The run in {folder} is damaged: {error}") from error
    network = open_network(run, read_config(run), len(tokenizer))
    return TrainedText(network, tokenizer, report["made"], report["metrics"], verbatim)


def open_network(run: Run, config: TextConfig, vocabulary: int) -> "TextNetwork":
    """Return the network of the best epoch, in eval mode.

    Raises:
        RunError: the checkpoint is missing, damaged, or of another network.
    """
    import torch

    from training.text.networks.recurrent import TextNetwork

    network = TextNetwork(config.network, vocabulary, config.embedding, config.hidden)
    try:
        state = torch.load(run.best, map_location="cpu", weights_only=True)["state_dict"]
        network.load_state_dict({name.removeprefix("network."): value for name, value in state.items()})
    # torch tells of damage in many ways, and at length.
    except (OSError, RuntimeError, KeyError, ValueError, EOFError, pickle.UnpicklingError) as error:
        raise RunError(f"The checkpoint {run.best} is damaged or missing: train again with --force.") from error
    return network.eval()


def read_config(run: Run) -> TextConfig:
    """Return the settings of a run.

    Raises:
        RunError: no run there, or a damaged file.
    """
    try:
        return TextConfig.from_json(run.config.read_text(encoding="utf-8"))
    except OSError as error:
        raise RunError(f"There is no training run in {run.folder}.") from error
    except ConfigError as error:
        raise RunError(f"The run in {run.folder} is damaged: {error}") from error


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
        content["metrics"] = {str(name): float(value) for name, value in content["metrics"].items()}
        content["made"] = {str(name): str(value) for name, value in content["made"].items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise RunError(f"The report {run.report} is damaged ({error!r}): train again with --force.") from error
    return content


def write_report(run: Run, content: Mapping[str, Any]) -> None:
    """Write the report, whole or not at all."""
    write_whole(run.report, json.dumps(content, ensure_ascii=False, indent=2) + "\n")
