"""``python -m training faces measure-smiles``: how well faces in photos are made to smile."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from training.card.figures import Table as Figures
from training.common.events import owner_console
from training.common.flags import with_group
from training.common.progress import Stages
from training.common.signals import stoppable
from training.faces.smiles.options import MeasureOptions


@with_group("options", MeasureOptions)
def measure_smiles(
    subject: Annotated[Path, typer.Argument(help="The run folder of an editor, or a bundle.")],
    photos: Annotated[Path, typer.Argument(help="A folder of photos, or a data folder of prepared ones.")],
    *,
    package: Annotated[
        Path, typer.Option(help="The folder `package` of npm's @vladmandic/face-api, unpacked: who is who.")
    ],
    options: MeasureOptions,
) -> None:
    """Measure how well faces in photos are made to smile, by whoever had no part in the training.

    Photos are changed in every way that there is, and compared: who smiles, who is still the same person, and what else
    changed. Of photos called somebody_neutral.jpg and somebody_smiling.jpg the people are measured whom `train-editor`
    keeps out, of prepared faces those held out.
    """
    from training.faces.smiles.measure import PhotoMeasure

    stages = Stages(owner_console())
    with stoppable():
        for table in PhotoMeasure(subject, photos, package, options, stages).start():
            _show(stages.console, table)
        stages.console.print(f"{options.out} shows all of it with the faces: for your eyes only.", markup=False)


def _show(console: Console, figures: Figures) -> None:
    table = Table(*figures.heads, title=figures.caption, title_justify="left")
    for row in figures.rows:
        table.add_row(*row)
    console.print(table)
