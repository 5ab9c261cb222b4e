"""``python -m training faces measure-finder``: how well the bot finds faces in a folder of photos."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from training.common.events import owner_console
from training.common.progress import Stages
from training.common.signals import stoppable

if TYPE_CHECKING:
    from training.faces.evaluation.detection import DetectionFigures

_MISALIGNED = 0.02


def measure_finder(
    photos: Annotated[Path, typer.Argument(help="A folder of photos with one face or more, mostly upright.")],
    turned: Annotated[int, typer.Option(min=0, help="How many of them are turned, by 0 to 180° either way.")] = 200,
    most: Annotated[int, typer.Option(min=1, help="Photos at most, at even steps.")] = 400,
    seed: Annotated[int, typer.Option(min=0, help="Turns them otherwise.")] = 7,
) -> None:
    """Count the faces that the bot finds, those it finds at a wrong place in turned photos, and those misaligned.

    What is found in a photo as it is counts as the truth of it turned, and is held against a second look at its mirror
    image, smaller and aslant.
    """
    from training.common.own_photos import read_own
    from training.faces.data.prepare import photos_in
    from training.faces.evaluation.detection import detection_figures

    stages = Stages(owner_console())
    with stoppable(), stages.stage("finding faces") as progress:
        files = {path.relative_to(photos).as_posix(): path for path in photos_in(photos)}
        names = [*files][:: -(-len(files) // most)]
        figures = detection_figures(names, lambda name: read_own(files[name]), turned, seed, progress)
    stages.console.print(_table(figures))
    for name in figures.wrong_names:
        stages.console.print(f"a wrong place: {name}", style="yellow", markup=False, soft_wrap=True)


def _table(figures: "DetectionFigures") -> Table:
    refused = figures.turned - figures.right - figures.wrong
    share = figures.misaligned_share
    table = Table("", "measured", "asked for", "reached")
    table.add_row("photos with a face found", f"{figures.found} of {figures.photos}", "–", "–")
    table.add_row("turned: right, refused", f"{figures.right}, {refused} of {figures.turned}", "–", "–")
    table.add_row("turned: at a wrong place", str(figures.wrong), "0", _yes(figures.wrong == 0))
    aligned = f"{figures.misaligned} of {figures.again}, {share:.1%}"
    table.add_row("misaligned", aligned, f"< {_MISALIGNED:.0%}", _yes(share < _MISALIGNED))
    return table


def _yes(reached: bool) -> str:
    return "yes" if reached else "no"
