"""The run folder of a text network: its files, and how it is opened again. Needs torch only to open a network."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Self

from typing_extensions import override

from bot.bundle import BundleError, Tokenizer, VerbatimFilter
from bot.bundle.files import write_whole
from training.common.errors import RunError
from training.common.run_folder import Config, RunFolder, naming_damage
from training.text.config import TextConfig
from training.text.networks import build_network, config_of

if TYPE_CHECKING:
    from torch import nn

    from training.text.networks.network import TextNetwork


@dataclass(frozen=True, slots=True)
class MessagesRun(RunFolder[Config]):
    """The folder of a run that learns from a room's messages, the words or what lies beside them."""

    FOLDER: ClassVar[str]
    """Where it lies in a run of words, if it lies in one."""

    @classmethod
    def beside(cls, words: RunFolder[Any]) -> Self:
        """Return the run that lies in one of words."""
        return cls(words.folder / cls.FOLDER)

    @property
    def best(self) -> Path:
        """The checkpoint with the best loss on what is not learnt from, so far."""
        return self.checkpoints / "best.ckpt"

    @property
    def data(self) -> Path:
        """The fingerprint of what the run learns from."""
        return self.folder / "data.txt"

    def begin_with(self, fingerprint: str, config: Config, *, resumed: bool) -> None:
        """Make the folder, or check that a stopped run learns from the same.

        Raises:
            RunError: it does not.
        """
        if not resumed or not self.data.is_file():
            self.begin(config, resumed=resumed)
            write_whole(self.data, fingerprint + "\n")
        elif self.data.read_text(encoding="utf-8").strip() != fingerprint:
            raise RunError(
                f"The stopped run in {self.folder} learns from other messages: give the same files and the same "
                "--people to go on with it, or --force to train anew."
            )

    def take_best(self, network: "nn.Module") -> None:
        """Give a network the weights of the best epoch.

        Raises:
            RunError: the checkpoint is missing, damaged, or of another network.
        """
        import torch

        with naming_damage(self.best):
            state = torch.load(self.best, map_location="cpu", weights_only=True)["state_dict"]
            network.load_state_dict({name.removeprefix("network."): value for name, value in state.items()})


@dataclass(frozen=True, slots=True)
class TextRun(MessagesRun[TextConfig]):
    """Where everything of one run of text lies."""

    @override
    def config_of(self, settings: Mapping[str, Any]) -> TextConfig:
        """Return the settings of a run, of the class that its network asks for."""
        return config_of(settings)

    @property
    def tokenizer(self) -> Path:
        """The vocabulary."""
        return self.folder / "tokenizer.json"

    @property
    def verbatim(self) -> Path:
        """The filter of what was said only once."""
        return self.folder / "verbatim.bin"

    @property
    def ngrams(self) -> Path:
        """The table of shared n-grams, where it pays."""
        return self.folder / "ngrams.bin"

    @property
    def infilling(self) -> Path:
        """The weights of the network that fills gaps, if one was learnt."""
        return self.checkpoints / "infilling.pt"

    @property
    def samples(self) -> Path:
        """The lines generated after each epoch."""
        return self.folder / "samples.txt"

    @property
    def chat(self) -> Path:
        """The room in figures."""
        return self.folder / "chat.json"

    @property
    def people(self) -> Path:
        """Those who agreed and were learnt from, and their Discord accounts where these are known."""
        return self.folder / "people.toml"

    @property
    def leaks(self) -> Path:
        """What is known of what the voice gives away; :mod:`training.text.leaks.report` says its form."""
        return self.folder / "leaks.json"

    @property
    def reactions(self) -> Path:
        """What was measured of reactions, if they were learnt in this run's words."""
        return self.folder / "reactions" / "report.json"

    @property
    def pulse(self) -> Path:
        """What was measured of when the room gets lively, if that was learnt."""
        return self.folder / "pulse" / "report.json"

    @property
    def songs(self) -> Path:
        """What was measured of songs, if they were learnt in this run's words."""
        return self.folder / "song" / "report.json"

    @property
    def scenes(self) -> Path:
        """What was measured of scenes, if they were learnt in this run's words."""
        return self.folder / "scene" / "report.json"


@dataclass(frozen=True, slots=True)
class TrainedText:
    """A finished run, ready to export.

    The best network in eval mode, its words, what was measured, what must not be said again word for word, and a table
    of shared n-grams where that pays; ``speakers`` are those whom it may sound like alone, with their start marks.
    """

    network: "TextNetwork"
    tokenizer: Tokenizer
    made: dict[str, str]
    metrics: dict[str, float]
    verbatim: VerbatimFilter
    ngrams: bytes | None = None
    speakers: Mapping[str, int] = field(default_factory=dict)


def load_text(folder: Path) -> TrainedText:
    """Open a finished run.

    Raises:
        RunError: no run there, one that is not finished, or a damaged file.
    """
    run = TextRun(folder)
    report = run.read_report()
    try:
        tokenizer = Tokenizer.open(run.tokenizer)
        verbatim = VerbatimFilter.open(run.verbatim)
        ngrams = run.ngrams.read_bytes() if run.ngrams.is_file() else None
    except (OSError, BundleError) as error:
        raise RunError(f"The run in {folder} is damaged: {error}") from error
    network = open_network(run, run.read_config(), len(tokenizer))
    speakers = _speakers(report, len(tokenizer), network)
    return TrainedText(network, tokenizer, report["made"], report["metrics"], verbatim, ngrams, speakers)


def _speakers(report: Mapping[str, Any], vocabulary: int, network: "TextNetwork") -> dict[str, int]:
    """Return the start marks of those whom the voice may sound like; ``network`` forgets the others."""
    offered = {}
    for number, (name, likeness) in enumerate(report.get("speakers", {}).items()):
        if likeness["is_offered"]:
            offered[str(name)] = vocabulary + number
        else:
            network.get_parameter("speakers").data[number] = 0
    return offered


def open_network(run: TextRun, config: TextConfig, vocabulary: int) -> "TextNetwork":
    """Return the network of the best epoch, in eval mode.

    Raises:
        RunError: the checkpoint is missing, damaged, or of another network.
    """
    network = build_network(config, vocabulary)
    run.take_best(network)
    return network.eval()
