"""``python -m training faces label``: fills in the labels that are missing."""

import math
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from training.common.progress import Stages
from training.common.signals import stoppable


def label(
    data: Annotated[Path, typer.Argument(help="The data folder; its labels.csv has some labels already.")],
    init: Annotated[
        Path | None, typer.Option(help="Begin with an earlier labeller.pt, or a state dict of torchvision's resnet18.")
    ] = None,
) -> None:
    """Learn from the labels there are, fill in the others, and show which ones to look at."""
    from training.faces.attributes import pseudo_labels
    from training.faces.attributes.judges import labeller_of
    from training.faces.data.dataset import LABELS, Faces

    stages = Stages(Console(stderr=True, highlight=False))
    with stoppable():
        faces = Faces.open(data)
        labeller = labeller_of(data, faces, stages, init)
        with stages.stage("filling in") as progress:
            pseudo_labels.write(pseudo_labels.fill_in(labeller, faces), faces, data)
            progress(1, 1)
    table = Table("attribute", "right on held-out labels")
    for name, share in labeller.accuracy.items():
        table.add_row(name, "no labels" if math.isnan(share) else f"{share:.1%}")
    stages.console.print(table)
    stages.console.print(
        f"{data / pseudo_labels.FILLED} has every label, and {data / pseudo_labels.UNCERTAIN} the doubtful ones: "
        f"write what is right for those into {data / LABELS}, and label again."
    )
