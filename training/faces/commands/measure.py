"""``python -m training faces measure``: look at a trained generator again."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from training.common.progress import Stages
from training.common.signals import stoppable


def measure(
    run: Annotated[Path, typer.Argument(help="The run folder that `train` wrote.")],
    data: Annotated[Path, typer.Argument(help="The data folder that it learnt from; its labels may be better now.")],
    inception: Annotated[
        Path | None, typer.Option(help="Weights of torch-fidelity's Inception v3, for a kernel distance as in papers.")
    ] = None,
) -> None:
    """Find the directions of a trained generator anew, measure it, and write its page."""
    from training.faces.data.dataset import Faces
    from training.faces.drawing.recognition import recognise_edited
    from training.faces.pipeline import report
    from training.faces.run import FacesRun

    with stoppable():
        FacesRun(run).check_finished()
        stages = Stages(Console(stderr=True, highlight=False))
        report(FacesRun(run), data, Faces.open(data), stages, recognise_edited, inception)
