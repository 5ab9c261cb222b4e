"""``python -m training faces train``: from a data folder to a generator."""

from pathlib import Path
from typing import Annotated

import typer

from training.common.events import owner_console
from training.common.flags import Credit, Force, Out, Settings, with_flags
from training.common.progress import Stages
from training.common.signals import stoppable
from training.faces.config import FacesConfig
from training.faces.models import GENERATORS, config_of


@with_flags(FacesConfig, *(spec.config for spec in GENERATORS.values()))
def train(  # noqa: PLR0913 - a command has as many parameters as flags
    kind: Annotated[str, typer.Argument(help="Which model.", metavar="|".join(GENERATORS))],
    data: Annotated[Path, typer.Argument(help="The data folder that `prepare` or `draw` wrote.")],
    *,
    out: Out,
    credit: Credit = None,
    force: Force = False,
    settings: Settings,
) -> None:
    """Learn to draw the faces in DATA and write that to --out, with pictures of how it went.

    Stop it with Ctrl-C at any time: the same command continues from the last look.
    """
    config = config_of({"kind": kind, **settings})
    from training.faces.drawing.recognition import recognise_edited
    from training.faces.pipeline import Training

    with stoppable():
        stages = Stages(owner_console())
        Training(config, data, out, stages, recognise_edited, credit).start(force=force)
