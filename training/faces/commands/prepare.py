"""``python -m training faces prepare``: from photos to a data folder."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from bot.photos import EYES, Eyes
from training.common.events import owner_console
from training.common.progress import Stages
from training.common.signals import stoppable
from training.faces.commands.size import Size

_FARTHEST = 0.47


def prepare(  # noqa: PLR0913, PLR0917 - a command has as many parameters as flags
    photos: Annotated[Path, typer.Argument(help="A folder of photos, with folders inside or not; or CelebA's own.")],
    out: Annotated[Path, typer.Option(help="The data folder to write; prepared faces there are replaced.")],
    size: Size = 64,
    eye: Annotated[
        tuple[float, float],
        typer.Option(
            help="Where the left eye lies in the picture, as shares of its side; the right one as far from the edge."
        ),
    ] = EYES[0],
    beyond: Annotated[
        float,
        typer.Option(min=0, max=1, help="Refuse a face whose picture reaches further beyond its photo than this."),
    ] = 1.0,
    labels: Annotated[Path | None, typer.Option(help="Labels that are there already: a CSV, or CelebA's file.")] = None,
) -> None:
    """Find the face in each photo, align it by the eyes, and cut it out.

    Stop it with Ctrl-C at any time: the same command continues where it stopped.
    """
    from training.faces.data.prepare import Cut, refused_lines
    from training.faces.data.prepare import prepare as prepare_photos

    eyes = _eyes(*eye)
    stages = Stages(owner_console())
    with stoppable(), stages.stage("finding faces") as progress:
        prepared = prepare_photos(photos, out, Cut(size, eyes, beyond), labels, progress)
    for line in refused_lines(prepared):
        stages.console.print(f"refused: {line}", style="yellow", markup=False, soft_wrap=True)
    table = Table("photos", "")
    for what, number in prepared.counts().items():
        table.add_row(what, f"{number:,}")
    table.add_row("= in all", f"{len(prepared.kept) + len(prepared.refused):,}")
    stages.console.print(table)
    stages.console.print(f"Look at {out / 'kept.png'}, and fill in {out / 'labels.csv'}: 1, -1, or nothing.")


def _eyes(across: float, down: float) -> Eyes:
    """Return where both eyes lie."""
    if not (0 < across < _FARTHEST and 0 < down < 1):
        raise typer.BadParameter(f"No left eye lies at {across} {down}: it is in the picture's left half.")
    return (across, down), (1 - across, down)
