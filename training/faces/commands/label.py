"""``python -m training faces label``: fills in the labels that are missing."""

import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from training.common.errors import FacesError
from training.common.events import owner_console
from training.common.progress import Stages
from training.common.signals import stoppable

if TYPE_CHECKING:
    from training.faces.data.labels import Labels


def label(
    data: Annotated[Path, typer.Argument(help="The data folder; its labels.csv may have some labels already.")],
    init: Annotated[
        Path | None, typer.Option(help="Begin with an earlier labeller.pt, or a state dict of torchvision's resnet18.")
    ] = None,
    package: Annotated[
        Path | None,
        typer.Option(
            help="The folder `package` of npm's @vladmandic/face-api, unpacked "
            "(`npm pack @vladmandic/face-api@1.7.15`): it says who smiles, so that you correct and need not fill in."
        ),
    ] = None,
) -> None:
    """Learn from the labels there are, fill in the others, and show which ones to look at."""
    from training.faces.attributes import pseudo_labels
    from training.faces.attributes.judges import labeller_of
    from training.faces.data.dataset import LABELS, Faces
    from training.faces.smiles.weak_labels import weak_labels

    stages = Stages(owner_console())
    with stoppable():
        faces = Faces.open(data)
        own = faces.labels
        if package is not None:
            weak = weak_labels(faces, package, stages)
            _show_weak(own, weak, stages.console)
            faces = pseudo_labels.with_weak(faces, weak)
        elif not own.any():
            raise FacesError(
                f"Nothing is labelled in {data / LABELS}: fill in some rows, or give --package, which says who smiles."
            )
        labeller = labeller_of(data, faces, stages, init)
        with stages.stage("filling in") as progress:
            pseudo_labels.write(pseudo_labels.fill_in(labeller, faces, own), faces, data)
            progress(1, 1)
    held_out = "right on held-out labels" if package is None else "right on held-out labels, weak ones too"
    table = Table("attribute", held_out)
    for name, share in labeller.accuracy.items():
        table.add_row(name, "no labels" if math.isnan(share) else f"{share:.1%}")
    stages.console.print(table)
    stages.console.print(
        f"{data / pseudo_labels.FILLED} has every label that could be filled in, and {data / pseudo_labels.UNCERTAIN} "
        f"the doubtful ones: {_what_to_do(data / LABELS, weakly=package is not None)}, and label again.",
        markup=False,
    )


def _what_to_do(labels: Path, *, weakly: bool) -> str:
    if weakly:
        return f"correct those that are wrong in it, save it as {labels}"
    return f"write what is right for those into {labels}"


def _show_weak(own: "Labels", weak: "Labels", console: Console) -> None:
    """Say how many weak labels there are, and how many agree with the owner's own."""
    from training.faces.data.labels import ATTRIBUTES

    for column in (weak != 0).any(0).nonzero()[0]:
        known, both = weak[:, column] != 0, (weak[:, column] != 0) & (own[:, column] != 0)
        agreed = int((weak[both, column] == own[both, column]).sum())
        weakly = f"{ATTRIBUTES[column]}: {int(known.sum())} of {len(own)} weakly labelled"
        beside = f"{weakly}, {agreed} of {int(both.sum())} as you labelled them."
        console.print(beside if both.any() else f"{weakly}.", style="dim")
