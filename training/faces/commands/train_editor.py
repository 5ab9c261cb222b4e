"""``python -m training faces train-editor``: from photos to an editor of smiles.

A command of its own: an editor draws from no latent space, so it shares no flag with the generators of ``train``.
"""

from pathlib import Path
from typing import Annotated

import typer

from bot.photos.editing import CROP_SIDE
from training.common.events import owner_console
from training.common.flags import Credit, Force, Out, Settings, with_flags
from training.common.progress import Stages
from training.common.signals import stoppable
from training.faces.editor.config import EditorConfig

_DRAWINGS = 64
"""Invented faces among what the editor has to leave as it is."""


@with_flags(EditorConfig)
def train_editor(  # noqa: PLR0913 - a command has as many parameters as flags
    data: Annotated[Path, typer.Argument(help="A data folder of photos, prepared with --size 128.")],
    *,
    package: Annotated[Path, typer.Option(help="The folder `package` of npm's @vladmandic/face-api, unpacked.")],
    out: Out,
    pairs: Annotated[
        Path | None,
        typer.Option(help="A data folder of pairs, called somebody_neutral.jpg and somebody_smiling.jpg."),
    ] = None,
    init: Annotated[
        Path | None, typer.Option(help="A run or a bundle to begin with the editor of. Default: the bot's own bundle.")
    ] = None,
    from_scratch: Annotated[bool, typer.Option("--from-scratch", help="Begin with no editor at all.")] = False,
    credit: Credit = None,
    force: Force = False,
    settings: Settings,
) -> None:
    """Learn to make the faces in DATA smile, or smile less, each in its own photo. Needs no labels.

    It begins with the editor that comes with the bot, which your photos make better.

    Stop it with Ctrl-C at any time: the same command continues from the last checkpoint.
    """
    config = EditorConfig(**settings)
    from training.faces.drawing import invent, portrait
    from training.faces.editor.pipeline import EditorPipeline

    with stoppable():
        drawings = [portrait(*invent(seed), CROP_SIDE) for seed in range(_DRAWINGS)]
        stages = Stages(owner_console())
        EditorPipeline(config, data, out, package, pairs, init, from_scratch, drawings, credit, stages).start(
            force=force
        )
