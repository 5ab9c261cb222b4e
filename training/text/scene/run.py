"""The run folder of scenes, inside that of the words, and how it is opened again. Needs torch only for a network."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from training.common.errors import RunError
from training.text.run import MessagesRun, TextRun
from training.text.scene.config import SceneConfig

if TYPE_CHECKING:
    from training.text.scene.network import SceneNetwork


@dataclass(frozen=True, slots=True)
class SceneRun(MessagesRun[SceneConfig]):
    """Where everything of one run of scenes lies."""

    FOLDER = "scene"
    NOUN: ClassVar[str] = "training run of scenes"
    CONFIG = SceneConfig

    @property
    def samples(self) -> Path:
        """The dialogues drawn after each epoch."""
        return self.folder / "samples.txt"

    def is_of(self, words: TextRun) -> bool:
        """Return whether it was learnt from the messages and with the words of a run as that is now."""
        return self.data.is_file() and self.data.read_text(encoding="utf-8").strip() == fingerprint(words)


@dataclass(frozen=True, slots=True)
class TrainedScenes:
    """A network of scenes in eval mode, its settings, what was measured, and whether context helps it."""

    network: "SceneNetwork"
    config: SceneConfig
    metrics: dict[str, float]
    context_helps: bool


def fingerprint(words: TextRun) -> str:
    """Return a hash of the messages and the vocabulary of a run of words.

    Raises:
        RunError: there is no such run.
    """
    digest = sha256()
    for file in (words.data, words.tokenizer):
        try:
            digest.update(file.read_bytes())
        except OSError as error:
            raise RunError(f"There is no {words.NOUN} of words in {words.folder}: {file.name} is missing.") from error
    return digest.hexdigest()


def load_scenes(words: TextRun, vocabulary: int) -> TrainedScenes | None:
    """Open the scenes that lie in a run of words, or return None where there are none.

    Raises:
        RunError: they are not finished, damaged, or learnt from other messages than the words are now.
    """
    run = SceneRun.beside(words)
    if not run.config.is_file():
        return None
    report, config = run.read_report(), run.read_config()
    if not run.is_of(words):
        raise RunError(
            f"The scenes in {run.folder} were learnt beside other words than those there now: "
            "run `python -m training scene` again with --force."
        )
    return TrainedScenes(
        open_network(run, config, vocabulary), config, report["metrics"], report.get("context_helps") is True
    )


def open_network(run: SceneRun, config: SceneConfig, vocabulary: int) -> "SceneNetwork":
    """Return the network of the best epoch, in eval mode.

    Raises:
        RunError: the checkpoint is missing, damaged, or of another network.
    """
    from training.text.scene.network import SceneNetwork

    network = SceneNetwork(vocabulary, config)
    run.take_best(network)
    return network.eval()
