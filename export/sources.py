"""Where each part of a bundle comes from, which is most of the command line. Knows nothing of how one is exported."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Runs, and bundles that are taken over; what has a help is a flag."""

    text: Annotated[Path | None, typer.Option(help="The run folder that `python -m training text` wrote.")] = None
    faces_of: Annotated[
        Path | None,
        typer.Option(help="A bundle whose faces are taken over, but for those of the runs given beside it."),
    ] = None
    words_of: Annotated[
        Path | None, typer.Option(help="A bundle whose words are taken over, where only the faces are new.")
    ] = None
    beside: Annotated[
        Path | None,
        typer.Option(
            help="A run folder of words, of which only what lies beside them is exported; with --words-of a bundle."
        ),
    ] = None
    answers: Annotated[
        Path | None,
        typer.Option(help="The folder that `python -m training answers` wrote; else what lies in that of the words."),
    ] = None
    withdrawals: Annotated[
        Path | None,
        typer.Option(help="Who withdrew on Discord: the words may be of none of them; else data/withdrawals.tsv."),
    ] = None
    editor: Annotated[
        Path | None,
        typer.Option(help="The run folder that `python -m training faces train-editor` wrote; else the shipped one."),
    ] = None
    cleaner: Annotated[
        Path | None,
        typer.Option(help="The run folder that `python -m training faces train-cleaner` wrote; else the shipped one."),
    ] = None
    pictures: Annotated[
        bool,
        typer.Option(
            "--pictures",
            help="Make what every group's pictures are made with anew, from the packages that it comes from; "
            "else what ships is taken over.",
        ),
    ] = False
    without_encoder: Annotated[
        list[str] | None,
        typer.Option(help="A generator whose encoder is left out, since photos go through another's. May be repeated."),
    ] = None
    by_kind: Mapping[str, Path] = field(default_factory=dict)
    """The runs of faces that are called as what they are."""
    by_name: Mapping[str, Path] = field(default_factory=dict)
    """Further runs of faces, by names of their own."""
    styles: Mapping[str, Path] = field(default_factory=dict)
    """The runs of an owner's own styles, by what they are called."""

    @property
    def words(self) -> Path | None:
        """The run of which what lies beside the words is exported."""
        return self.text or self.beside
