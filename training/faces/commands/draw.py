"""``python -m training faces draw``: invented faces, for trying things out without anybody's photo."""

from pathlib import Path
from typing import Annotated

import typer

from training.common.events import owner_console
from training.common.progress import Stages
from training.faces.commands.size import Size


def draw(
    out: Annotated[Path, typer.Option(help="The data folder to write; drawn or prepared faces there are replaced.")],
    count: Annotated[int, typer.Option(min=1, max=1_000_000, help="How many portraits; two of each person.")] = 4_000,
    size: Size = 64,
    seed: Annotated[int, typer.Option(min=0, help="Draws other people.")] = 7,
) -> None:
    """Draw portraits of people who do not exist, with labels that are exactly true."""
    from training.faces.drawing.crowd import draw_crowd

    stages = Stages(owner_console())
    with stages.stage("drawing") as progress:
        draw_crowd(out, count, size, seed, progress)
