"""What lies beside the words in a run of text, learnt from the same room: songs, scenes and the like.

Each is a function in a module of its own and a line in the table.
"""

from collections.abc import Callable
from pathlib import Path

from bot.bundle import Model
from export.pulse import export_pulse
from export.reactions import export_reactions
from export.scene import export_scene
from export.song import export_song

Progress = Callable[[str], None]

PARTS: tuple[Callable[[Path, Path, Progress], dict[str, Model]], ...] = (
    export_reactions,
    export_pulse,
    export_scene,
    export_song,
)
"""Each takes the run of text, the folder to write into, and whom to tell what it does, and returns its entries.

There are none where the run has no such part, or one that is not worth it.
"""


def export_beside(run: Path, folder: Path, progress: Progress) -> dict[str, Model]:
    """Write every part that lies beside the words of a run into ``folder``, and return the entries by their names.

    Raises:
        ExportError: a graph is not its network.
        BundleError: the bot's own reader refuses a graph.
    """
    return {name: model for export in PARTS for name, model in export(run, folder, progress).items()}
