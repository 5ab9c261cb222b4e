"""``python -m training faces train-cleaner``: from photos to what takes noise and blur off a small face."""

from pathlib import Path
from typing import Annotated

import typer

from training.common.events import owner_console
from training.common.flags import Credit, Force, Out, Settings, with_flags
from training.common.progress import Stages
from training.common.signals import stoppable
from training.faces.cleaner.config import CleanerConfig

_DRAWINGS = 64
"""Invented faces of which it is measured how many are strange."""


@with_flags(CleanerConfig)
def train_cleaner(
    data: Annotated[Path, typer.Argument(help="A data folder of photos, prepared with --size 128.")],
    *,
    out: Out,
    credit: Credit = None,
    force: Force = False,
    settings: Settings,
) -> None:
    """Learn to take noise and blur off small faces, and to tell which faces are of no kind in DATA. Needs no labels.

    Stop it with Ctrl-C at any time: the same command continues from the last checkpoint.
    """
    config = CleanerConfig(**settings)
    from training.faces.cleaner.pipeline import SIZE, CleanerPipeline
    from training.faces.drawing import invent, portrait

    with stoppable():
        drawings = [portrait(*invent(seed), SIZE) for seed in range(_DRAWINGS)]
        CleanerPipeline(config, data, out, drawings, credit, Stages(owner_console())).start(force=force)
