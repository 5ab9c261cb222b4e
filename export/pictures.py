"""What every group's pictures are made with, anew from the packages that it comes from: styles, dreams and the like.

Each is a function in a module of its own and a line in the table.
"""

from collections.abc import Callable
from pathlib import Path

from bot.bundle import Model
from export.dream import export_dream
from export.features import export_features
from export.published_styles import export_published

Progress = Callable[[str], None]

PARTS: tuple[Callable[[Path, Progress], dict[str, Model]], ...] = (export_dream, export_features, export_published)
"""Each takes the folder to write into, and whom to tell what it does, and returns its entries."""


def export_pictures(folder: Path, progress: Progress) -> dict[str, Model]:
    """Write every part into ``folder``, and return the entries by their names.

    Raises:
        ExportError: a graph is not its network.
        BundleError: the bot's own reader refuses a graph.
    """
    return {name: model for export in PARTS for name, model in export(folder, progress).items()}
