"""Parts that lie beside the words in a run of text, learnt from the same room: songs, scenes and the like.

Each is a function in a module of its own and a line in the table.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from bot.bundle import Model
from export.pulse import export_pulse
from export.reactions import export_reactions
from export.scene import export_scene
from export.song import export_song
from training.text.parts import PARTS as LEARNT
from training.text.run import TextRun

Progress = Callable[[str], None]

PARTS: Mapping[str, Callable[[Path, Path, Progress], dict[str, Model]]] = {
    "reactions": export_reactions,
    "pulse": export_pulse,
    "scene": export_scene,
    "song": export_song,
}
"""By the commands that learn them. Each takes the run of text, the folder to write into, and whom to tell what it does,
and returns its entries. There are none where the run has no such part, or one that is not worth it.
"""


def export_parts(run: Path, folder: Path, progress: Progress) -> dict[str, Model]:
    """Write every part that lies beside the words of a run into ``folder``, and return the entries by their names.

    One that is not learnt to its end is left out: the others need not wait for it.

    Raises:
        ExportError: a graph is not its network.
        BundleError: the bot's own reader refuses a graph.
    """
    left_out = unfinished(run)
    exports = (export for part, export in PARTS.items() if part not in left_out)
    return {name: model for export in exports for name, model in export(run, folder, progress).items()}


def finished(run: Path) -> list[str]:
    """Return the parts that were learnt to their end, whether they are worth it or not."""
    return [name for name, part in LEARNT.items() if part.run(TextRun(run)).is_finished]


def unfinished(run: Path) -> list[str]:
    """Return the parts whose training was stopped half way, by their commands."""
    runs = {name: part.run(TextRun(run)) for name, part in LEARNT.items()}
    return [name for name, each in runs.items() if each.config.is_file() and not each.is_finished]
