"""``python -m training faces measure``: look again at a trained generator."""

from pathlib import Path
from typing import Annotated

import typer

from training.common.events import owner_console
from training.common.progress import Stages
from training.common.signals import stoppable


def measure(
    run: Annotated[Path, typer.Argument(help="The run folder of a generator.")],
    data: Annotated[Path, typer.Argument(help="The data folder that it learnt from; its labels may be better now.")],
    *,
    inception: Annotated[
        Path | None, typer.Option(help="Weights of torch-fidelity's Inception v3, for a kernel distance as in papers.")
    ] = None,
) -> None:
    """Measure a trained generator again: its directions are found anew, and its page is written.

    Smiles in photos are measured by `measure-smiles`.
    """
    from training.faces.data.dataset import Faces
    from training.faces.drawing.recognition import recognise_edited
    from training.faces.pipeline import report
    from training.faces.run import FacesRun

    stages = Stages(owner_console())
    with stoppable():
        FacesRun(run).check_finished()
        report(FacesRun(run), data, Faces.open(data), stages, recognise_edited, inception)
