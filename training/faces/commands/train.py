"""``python -m training faces train``: from a data folder to a generator."""

import os
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from training.common.errors import ConfigError
from training.common.progress import Stages
from training.common.signals import stoppable
from training.faces.config import PERCEPTUAL, RATES, STEPS, FacesConfig, Kind


def train(  # noqa: PLR0913, PLR0917 - a command has as many parameters as flags
    kind: Annotated[Kind, typer.Argument(help="Which model.")],
    data: Annotated[Path, typer.Argument(help="The data folder that `prepare` or `draw` wrote.")],
    out: Annotated[Path, typer.Option(help="The run folder to make, or to continue after a stop.")],
    force: Annotated[bool, typer.Option("--force", help="Start over, even if a run is there already.")] = False,
    latent: Annotated[int, typer.Option(help="Numbers a face is drawn from.")] = 100,
    width: Annotated[int, typer.Option(help="Channels at the widest picture; a laptop wants 16, a GPU 64.")] = 64,
    steps: Annotated[int | None, typer.Option(help="Steps of the generator.")] = None,
    batch: Annotated[int, typer.Option(help="Pictures a step.")] = 64,
    rate: Annotated[float | None, typer.Option(help="Adam's learning rate.")] = None,
    augment: Annotated[bool, typer.Option("--augment", help="DiffAugment, for a GAN on few photos.")] = False,
    hinge: Annotated[bool, typer.Option("--hinge", help="DCGAN with spectral norm and hinge loss.")] = False,
    perceptual: Annotated[float | None, typer.Option(help="VAE: weight of what the labelling CNN sees.")] = None,
    every: Annotated[int, typer.Option(help="Steps between two pictures of how it goes.")] = 500,
    seed: Annotated[int, typer.Option(help="Repeats the run.")] = 7,
) -> None:
    """Learn to draw the faces in DATA and write that to --out, with pictures of how it went.

    Stop it with Ctrl-C at any time: the same command continues from the last look.
    """
    try:
        config = FacesConfig(
            kind=kind,
            latent=latent,
            width=width,
            steps=STEPS[kind] if steps is None else steps,
            batch=batch,
            rate=RATES[kind] if rate is None else rate,
            augment=augment,
            hinge=hinge,
            perceptual=PERCEPTUAL[kind] if perceptual is None else perceptual,
            every=every,
            seed=seed,
        )
    except ConfigError as error:
        raise typer.BadParameter(str(error)) from error
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # before torch is imported
    from training.faces.drawing.recognition import recognise_edited
    from training.faces.pipeline import Training

    with stoppable():
        stages = Stages(Console(stderr=True, highlight=False))
        Training(config, data, out, stages, recognise_edited).start(force=force)
