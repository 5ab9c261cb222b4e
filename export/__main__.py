"""``python -m export``: run folders in, one checked bundle out."""

import inspect
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from bot.bundle import BundleError, Role, check_generator_name
from bot.bundle.styles import LONGEST_STYLE_NAME
from bot.command_line import LocalizedCommand, translate_help
from export.errors import ExportError
from export.sources import Sources
from training.common.cli_errors import cli_errors
from training.common.events import EventsOption
from training.common.flags import with_group, with_options
from training.faces.models import GENERATORS
from training.terminal.translation import in_owners_language, language_of_terminal, sentences

_OTHERS = tuple(role.value for role in Role)
"""Models of a bundle that are called the same in each are called as what they are for."""
app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


_RUN_OF_FACES = "The run folder that `python -m training faces train` wrote."


def _parameter(kind: str) -> str:
    return kind.replace("-", "_")


_RUNS = [
    inspect.Parameter(
        _parameter(kind),
        inspect.Parameter.KEYWORD_ONLY,
        default=None,
        annotation=Annotated[Path | None, typer.Option(f"--{kind}", help=_RUN_OF_FACES)],
    )
    for kind in GENERATORS
]


@app.command(cls=LocalizedCommand)
@with_group("sources", Sources)
@with_options("runs", *_RUNS)
def bundle(
    *,
    out: Annotated[Path, typer.Option(help="The bundle folder; an older bundle there is replaced at the end.")],
    sources: Sources,
    runs: Mapping[str, Path],
    generator: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=RUN", help="A run under a name of your own, for a second of one kind: vae-128=RUN."),
    ] = None,
    style: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=RUN", help="A style that `python -m training style` learnt, by what it is called. Repeatable."
        ),
    ] = None,
    leak_lines: Annotated[
        int, typer.Option(min=0, help="Lines said to see what comes out that must not, twice; 0: not measured.")
    ] = 10_000,
    accept_leaks: Annotated[
        bool, typer.Option("--accept-leaks", help="Export a voice that gave something away; the bundle says so.")
    ] = False,
    events: EventsOption = False,  # noqa: ARG001 - its callback has it
) -> None:
    """Turn trained runs into the folder that the bot loads: words, and faces if there are any.

    Every graph is compared with its network before the folder appears: a bundle is whole or absent.
    """
    by_kind = {kind: runs[_parameter(kind)] for kind in GENERATORS if _parameter(kind) in runs}
    named = _named(generator or [], by_kind)
    if (sources.text is None) == (sources.words_of is None):
        raise typer.BadParameter("give the run of the words, or --words-of a bundle.", param_hint="--text")
    sources = replace(sources, by_kind=by_kind, by_name=named, styles=_styles(style or []))
    with cli_errors(ExportError, BundleError):
        # torch takes seconds to import: --help and a wrong flag need not wait for it.
        from export.bundle import export_bundle

        export_bundle(sources, out, leak_lines, accept_leaks=accept_leaks)


def _named(given: Sequence[str], taken: Collection[str]) -> dict[str, Path]:
    """Return the runs of ``NAME=RUN`` by their names.

    Raises:
        typer.BadParameter: one is not so, or its name cannot be or is taken.
    """
    named: dict[str, Path] = {}
    for entry in given:
        name, _, run = entry.partition("=")
        if why := _why_not(name, run, {*taken, *named, *_OTHERS}):
            raise typer.BadParameter(in_owners_language(f"{entry!r}: {why}."), param_hint="--generator")
        named[name] = Path(run)
    return named


def _styles(given: Sequence[str]) -> dict[str, Path]:
    """Return the runs of ``NAME=RUN`` by what their styles are called.

    Raises:
        typer.BadParameter: one is not so, or nothing can be called so.
    """
    styles: dict[str, Path] = {}
    for entry in given:
        name, _, run = entry.partition("=")
        name = " ".join(name.split())
        if not run or not name or name in styles or len(name) > LONGEST_STYLE_NAME or not name.isprintable():
            problem = (
                f"{entry!r}: give each style a name of its own, of {LONGEST_STYLE_NAME} letters at most, and its run."
            )
            raise typer.BadParameter(in_owners_language(problem), param_hint="--style")
        styles[name] = Path(run)
    return styles


def _why_not(name: str, run: str, taken: Collection[str]) -> str | None:
    if not run:
        return "give a name and a run folder, such as vae-128=runs/vae-128"
    if name in taken:
        return f"there is a model called {name} already; choose another name"
    try:
        check_generator_name(name)
    except ValueError as error:
        return str(error)
    return None


def main() -> None:
    """Run the command."""
    command = typer.main.get_command(app)
    translate_help(command, sentences(language_of_terminal()))
    command()


if __name__ == "__main__":
    main()
