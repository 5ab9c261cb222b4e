"""What a training of reactions leaves, in a folder of its own beside the words, and how it is opened again.

Needs torch only to open the network.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from training.common.errors import RunError
from training.text.reactions.config import ReactionsConfig
from training.text.run import MessagesRun

if TYPE_CHECKING:
    from training.text.reactions.network import ReactionNetwork


@dataclass(frozen=True, slots=True)
class ReactionsRun(MessagesRun[ReactionsConfig]):
    """Where everything of one training of reactions lies."""

    FOLDER = "reactions"
    NOUN: ClassVar[str] = "training run of reactions"
    CONFIG = ReactionsConfig


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
    from training.text.reactions.network import ReactionNetwork

    network = ReactionNetwork(vocabulary, classes, run.read_config())
    run.take_best(network)
    return network.eval()
