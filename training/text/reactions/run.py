"""What a training of reactions leaves, in a folder of its own beside the words, and how it is opened again.

Needs torch only to open the network.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Self

from typing_extensions import override

from training.common.errors import RunError
from training.common.files import write_whole
from training.common.run_folder import RunFolder, naming_damage
from training.text.reactions.config import ReactionsConfig
from training.text.run import TextRun

if TYPE_CHECKING:
    from training.text.reactions.network import ReactionNetwork

FOLDER = "reactions"
"""In the folder of a run of text."""


@dataclass(frozen=True, slots=True)
class ReactionsRun(RunFolder[ReactionsConfig]):
    """Where everything of one training of reactions lies."""

    NOUN: ClassVar[str] = "training run of reactions"

    @classmethod
    def beside(cls, words: TextRun) -> Self:
        """Return the run that lies in one of words."""
        return cls(words.folder / FOLDER)

    @override
    def config_of(self, settings: Mapping[str, Any]) -> ReactionsConfig:
        """Return the settings of a run."""
        return ReactionsConfig(**settings)

    @property
    def best(self) -> Path:
        """The checkpoint with the best loss on what is not learnt from, so far."""
        return self.checkpoints / "best.ckpt"

    @property
    def data(self) -> Path:
        """The fingerprint of what the run learns from."""
        return self.folder / "data.txt"

    def begin_with(self, fingerprint: str, config: ReactionsConfig, *, resumed: bool) -> None:
        """Make the folder, or check that a stopped run learns from the same.

        Raises:
            RunError: it does not.
        """
        if not resumed or not self.data.is_file():
            self.begin(config, resumed=resumed)
            write_whole(self.data, fingerprint + "\n")
        elif self.data.read_text(encoding="utf-8").strip() != fingerprint:
            raise RunError(
                f"The stopped run in {self.folder} learns from other messages: give the same files to go on with it, "
                "or --force to train anew."
            )


@dataclass(frozen=True, slots=True)
class TrainedReactions:
    """A network in eval mode, the emoji of its classes, from which probability on it is sure, and its worth.

    ``longest`` is how many pieces of a message it reads.
    """

    network: "ReactionNetwork"
    emoji: tuple[str, ...]
    threshold: float
    longest: int
    metrics: Mapping[str, float]


def load_reactions(folder: Path, vocabulary: int) -> TrainedReactions | None:
    """Open a finished training; None where there is none, or it tells no more than what is most frequent.

    Raises:
        RunError: it was stopped half way, or a file is damaged.
    """
    run = ReactionsRun(folder)
    if not run.config.is_file():
        return None
    report = run.read_report()
    try:
        emoji, threshold = tuple(str(each["emoji"]) for each in report["classes"]), float(report["threshold"])
        is_better, temperature = bool(report["is_better"]), float(report["temperature"])
    except (KeyError, TypeError, ValueError) as error:
        raise RunError(f"The report {run.report} is damaged ({error!r}): train again with --force.") from error
    if not is_better:
        return None
    network = open_network(run, vocabulary, len(emoji))
    network.temperature.fill_(temperature)
    return TrainedReactions(network, emoji, threshold, run.read_config().longest, report["metrics"])


def open_network(run: ReactionsRun, vocabulary: int, classes: int) -> "ReactionNetwork":
    """Return the network of the best epoch, in eval mode.

    Raises:
        RunError: the checkpoint is missing, damaged, or of another vocabulary.
    """
    import torch

    from training.text.reactions.network import ReactionNetwork

    network = ReactionNetwork(vocabulary, classes, run.read_config())
    with naming_damage(run.best):
        state = torch.load(run.best, map_location="cpu", weights_only=True)["state_dict"]
        network.load_state_dict({name.removeprefix("network."): value for name, value in state.items()})
    return network.eval()
