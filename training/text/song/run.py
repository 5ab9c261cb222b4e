"""What training leaves of songs, in a folder beside the words, and how it is opened again."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Self

from typing_extensions import override

from bot.bundle import BundleError, Tokenizer, VerbatimFilter
from training.common.errors import RunError
from training.text.run import TextRun, open_network
from training.text.song.config import SongConfig

if TYPE_CHECKING:
    from training.text.networks.network import TextNetwork

RIVAL = "gru"
"""In the folder of songs: the network that it is measured beside."""


@dataclass(frozen=True, slots=True)
class SongRun(TextRun):
    """Where everything of one run of songs lies; the words are those of the run of text around it."""

    FOLDER = "song"
    NOUN: ClassVar[str] = "run of songs"

    @override
    def config_of(self, settings: Mapping[str, Any]) -> SongConfig:
        """Return the settings of a run."""
        return SongConfig(**{**settings, "speakers": ()})

    def rival(self) -> Self:
        """Return where the network lies that it is measured beside."""
        return type(self)(self.folder / RIVAL)


@dataclass(frozen=True, slots=True)
class TrainedSong:
    """The better network in eval mode, its words, what was measured, and the filter of all that it learnt from."""

    network: "TextNetwork"
    tokenizer: Tokenizer
    metrics: dict[str, float]
    verbatim: VerbatimFilter


def load_song(words: Path) -> TrainedSong | None:
    """Open the songs of a run of text; None where there are none, or where they are not worth it.

    Raises:
        RunError: the training of songs was stopped half way, or a file is damaged.
    """
    around, run = TextRun(words), SongRun.beside(TextRun(words))
    if not run.config.is_file():
        return None
    report = run.read_report()
    if report.get("is_better") is not True:
        return None
    try:
        tokenizer, verbatim = Tokenizer.open(around.tokenizer), VerbatimFilter.open(run.verbatim)
    except (OSError, BundleError) as error:
        raise RunError(f"The songs in {run.folder} are damaged: {error}") from error
    best = run if report["made"].get("network") == run.read_config().network else run.rival()
    network = open_network(best, best.read_config(), len(tokenizer))
    return TrainedSong(network, tokenizer, report["metrics"], verbatim)
