"""The run folder of an editor: what one training leaves behind, and how it is opened again. Knows no training."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from training.common.run_folder import RunFolder, naming_damage
from training.faces.editor.config import EditorConfig

if TYPE_CHECKING:
    from training.faces.editor.network import EditorNetwork
    from training.faces.editor.visibility import Visibility


@dataclass(frozen=True, slots=True)
class EditorRun(RunFolder[EditorConfig]):
    """Where everything of an editor's training lies."""

    NOUN: ClassVar[str] = "run of an editor"

    def config_of(self, settings: Mapping[str, Any]) -> EditorConfig:
        """Return the settings of a run."""
        return EditorConfig(**settings)

    @property
    def examples(self) -> Path:
        """What was found in the faces, and made of them: faces, so for the owner's eyes only."""
        return self.folder / "examples.npz"

    @property
    def more(self) -> Path:
        """Held-out people who are made to smile, for the card."""
        return self.folder / "more.jpg"

    @property
    def less(self) -> Path:
        """Held-out people whose smile is taken back, for the card."""
        return self.folder / "less.jpg"

    @property
    def visibility(self) -> Path:
        """The weights of what tells whether a mouth can be seen."""
        return self.folder / "visibility.pt"


@dataclass(frozen=True, slots=True)
class TrainedEditor:
    """A finished run, in eval mode on the CPU; one that learnt ``both_ways`` also takes a smile back.

    Older ones have no ``visibility`` to tell whom to leave alone.
    """

    network: "EditorNetwork"
    metrics: dict[str, float]
    made: dict[str, str]
    both_ways: bool = True
    visibility: "Visibility | None" = None


def load_network(run: EditorRun) -> "EditorNetwork":
    """Open the averaged network of a run, finished or not, in eval mode.

    Raises:
        RunError: no run there, or a damaged file.
    """
    from training.faces.editor.network import EditorNetwork

    network = EditorNetwork(8 * run.read_config().width)
    with naming_damage(run.last):
        network.load_state_dict(load_state(run)["averaged"])
    return network.eval()


def load_state(run: EditorRun) -> dict[str, Any]:
    """Open all that a run's last checkpoint holds.

    Raises:
        RunError: no run there, or a damaged file.
    """
    import torch

    run.read_config()
    with naming_damage(run.last):
        state: dict[str, Any] = torch.load(run.last, map_location="cpu", weights_only=True)
    return state


def load_visibility(run: EditorRun) -> "Visibility | None":
    """Open what tells whether a mouth can be seen, in eval mode; None where a run has none.

    Raises:
        RunError: a damaged file.
    """
    import torch

    from training.faces.editor.visibility import Visibility

    if not run.visibility.is_file():
        return None
    network = Visibility()
    with naming_damage(run.visibility):
        network.load_state_dict(torch.load(run.visibility, map_location="cpu", weights_only=True))
    return network.eval()


def load_editor(folder: Path) -> TrainedEditor:
    """Open a finished run.

    Raises:
        RunError: no run there, one that is not finished, or a damaged file.
    """
    run = EditorRun(folder)
    report = run.read_report()
    both_ways = report.get("both_ways", False)
    return TrainedEditor(load_network(run), report["metrics"], report["made"], both_ways, load_visibility(run))
