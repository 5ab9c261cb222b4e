"""``python -m training faces prepare``: from photos to a data folder."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from training.common.progress import Stages
from training.common.signals import stoppable
from training.faces.commands.size import Size


def prepare(
    photos: Annotated[Path, typer.Argument(help="A folder of photos, with folders inside or not; or CelebA's own.")],
    out: Annotated[Path, typer.Option(help="The data folder to write; prepared faces there are replaced.")],
    size: Size = 64,
    labels: Annotated[Path | None, typer.Option(help="Labels that are there already: a CSV, or CelebA's file.")] = None,
) -> None:
    """Find the face in each photo, align it by the eyes, and cut it out.

    Stop it with Ctrl-C at any time: the same command continues where it stopped.
    """
    from training.faces.data.prepare import prepare as prepare_photos
    from training.faces.data.prepare import refused_lines

    stages = Stages(Console(stderr=True, highlight=False))
    with stoppable(), stages.stage("finding faces") as progress:
        prepared = prepare_photos(photos, out, size, labels, progress)
    for line in refused_lines(prepared):
        stages.console.print(f"refused: {line}", style="yellow", markup=False, soft_wrap=True)
    table = Table("photos", "")
    for what, number in prepared.counts().items():
        table.add_row(what, f"{number:,}")
    table.add_row("= in all", f"{len(prepared.kept) + len(prepared.refused):,}")
    stages.console.print(table)
    stages.console.print(f"Look at {out / 'kept.png'}, and fill in {out / 'labels.csv'}: 1, -1, or nothing.")
