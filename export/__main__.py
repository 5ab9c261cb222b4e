"""``python -m export``: run folders in, one checked bundle out."""

import inspect
import platform
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from bot import __version__
from bot.bundle import BundleError, Manifest, check_generator_name
from export.errors import ExportError
from training.common.cli_errors import cli_errors
from training.common.flags import with_options
from training.faces.models import GENERATORS

if TYPE_CHECKING:
    from training.faces.run import TrainedFaces

console = Console(stderr=True)
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


@app.command()
@with_options("runs", *_RUNS)
def bundle(
    *,
    text: Annotated[Path, typer.Option(help="The run folder that `python -m training text` wrote.")],
    out: Annotated[Path, typer.Option(help="The bundle folder; an older bundle there is replaced at the end.")],
    runs: Mapping[str, Path],
    generator: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=RUN", help="A run under a name of your own, for a second of one kind: vae-128=RUN."),
    ] = None,
    faces_of: Annotated[
        Path | None, typer.Option(help="A bundle whose faces are taken over, where only the words are new.")
    ] = None,
) -> None:
    """Turn trained runs into the folder that the bot loads: words, and faces if there are any.

    Every graph is compared with its network before the folder appears: a bundle is whole or absent.
    """
    by_kind = {kind: runs[_parameter(kind)] for kind in GENERATORS if _parameter(kind) in runs}
    named = _named(generator or [], by_kind)
    if faces_of is not None and (by_kind or named):
        wrong = [*(f"--{kind}" for kind in by_kind), *(["--generator"] if named else [])]
        raise typer.BadParameter(f"goes without {', '.join(wrong)}: give one or the other.", param_hint="--faces-of")
    with cli_errors(ExportError, BundleError):
        _export(text, by_kind, named, faces_of, out)


def _named(given: Sequence[str], taken: Collection[str]) -> dict[str, Path]:
    """Return the runs of ``NAME=RUN`` by their names.

    Raises:
        typer.BadParameter: one is not so, or its name cannot be or is taken.
    """
    named: dict[str, Path] = {}
    for each in given:
        name, _, run = each.partition("=")
        if why := _why_not(name, run, {*taken, *named}):
            raise typer.BadParameter(f"{each!r}: {why}.", param_hint="--generator")
        named[name] = Path(run)
    return named


def _why_not(name: str, run: str, taken: Collection[str]) -> str | None:
    if not run:
        return "give a name and a run folder, such as vae-128=runs/vae-128"
    if name in taken:
        return f"there is a generator called {name} already; choose another name"
    try:
        check_generator_name(name)
    except ValueError as error:
        return str(error)
    return None


def _export(
    run: Path, by_kind: Mapping[str, Path], by_name: Mapping[str, Path], faces_of: Path | None, out: Path
) -> None:
    # torch takes seconds to import: --help and a wrong flag need not wait for it.
    from bot.inference.models import open_models
    from export.earlier import open_of_any_schema
    from export.faces import export_faces, made_by_name, take_over
    from export.text import NAME, export_text
    from export.write import finish, staged
    from training.faces.data.labels import ATTRIBUTES
    from training.faces.run import load_faces
    from training.text.run import load_text

    trained = load_text(run)
    generators = {kind: _of_kind(kind, folder) for kind, folder in by_kind.items()}
    generators |= {name: load_faces(folder) for name, folder in by_name.items()}
    source = open_of_any_schema(faces_of) if faces_of is not None else None
    with staged(out) as folder, console.status("exporting") as status:
        exported = export_text(trained, folder, lambda step: status.update(f"text: {step}"))
        models, made = {NAME: exported.model}, dict(trained.made)
        attributes: tuple[str, ...] = ATTRIBUTES if generators else ()
        for name, faces in generators.items():
            models |= export_faces(faces, name, folder, status.update)
            made |= made_by_name(faces, name)
        if source is not None:
            taken, by = take_over(source, folder)
            models, made, attributes = models | taken, made | by, source.manifest.attributes
        finish(folder, Manifest(made | _made_now(), models, attributes), open_models)
    size = sum(path.stat().st_size for path in out.iterdir()) / 1e6
    _say(
        f"{out}: {size:.1f} MB: text equals its network to {exported.parity.largest_difference:.1g} "
        f"and word for word on {exported.parity.prompts} prompts"
        + _about_faces([name for name in models if name != NAME], faces_of)
    )
    _say(f"Try it: python -m bot say 아니 2 --bundle {out}")


def _about_faces(models: Sequence[str], taken_from: Path | None) -> str:
    if not models:
        return "."
    return f"; {', '.join(models)} " + ("to a step of 255." if taken_from is None else f"as in {taken_from}.")


def _of_kind(kind: str, folder: Path) -> "TrainedFaces":
    from training.faces.run import load_faces

    trained = load_faces(folder)
    if trained.kind != kind:
        raise ExportError(f"The run in {folder} is a {trained.kind}: give it with --{trained.kind}, not --{kind}.")
    return trained


def _say(sentence: str) -> None:
    console.print(sentence, markup=False, highlight=False, soft_wrap=True)


def _made_now() -> dict[str, str]:
    return {
        "exported": datetime.now(UTC).isoformat(timespec="seconds"),
        "dantok": __version__,
        "torch": version("torch"),
        "onnx": version("onnx"),
        "python": platform.python_version(),
    }


def main() -> None:
    """Run the command."""
    app()


if __name__ == "__main__":
    main()
