"""``python -m export``: run folders in, one checked bundle out."""

import platform
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from rich.console import Console

from bot import __version__
from bot.bundle import Bundle, BundleError, Manifest
from export.errors import ExportError

if TYPE_CHECKING:
    from training.faces.run import TrainedFaces

console = Console(stderr=True)
app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


FaceRun = Annotated[Path | None, typer.Option(help="The run folder that `python -m training faces train` wrote.")]


@app.command()
def bundle(
    text: Annotated[Path, typer.Option(help="The run folder that `python -m training text` wrote.")],
    out: Annotated[Path, typer.Option(help="The bundle folder; an older bundle there is replaced at the end.")],
    vae: FaceRun = None,
    dcgan: FaceRun = None,
    wgan_gp: FaceRun = None,
    faces_of: Annotated[
        Path | None, typer.Option(help="A bundle whose faces are taken over, where only the words are new.")
    ] = None,
) -> None:
    """Turn trained runs into the folder that the bot loads: words, and faces if there are any.

    Every graph is compared with its network before the folder appears: a bundle is whole or absent.
    """
    # torch takes seconds to import: --help and a wrong flag need not wait for it.
    from training.common.errors import RunError

    runs = {kind: run for kind, run in {"vae": vae, "dcgan": dcgan, "wgan-gp": wgan_gp}.items() if run is not None}
    if faces_of is not None and runs:
        raise typer.BadParameter(f"goes without --{', --'.join(runs)}: give one or the other.", param_hint="--faces-of")
    try:
        _export(text, runs, faces_of, out)
    except (ExportError, BundleError, RunError) as error:
        _fail(str(error), error)
    except OSError as error:
        place = error.filename2 or error.filename or out
        _fail(f"{place} cannot be written or read: {error.strerror or error}; mend that and repeat the command.", error)


def _export(run: Path, faces: Mapping[str, Path], faces_of: Path | None, out: Path) -> None:
    from bot.inference.models import open_models
    from export.faces import export_faces, take_over
    from export.text import NAME, export_text
    from export.write import finish, staged
    from training.text.run import load_text

    trained, drawn = load_text(run), [_faces(kind, folder) for kind, folder in faces.items()]
    source = Bundle.open(faces_of) if faces_of is not None else None
    with staged(out) as folder, console.status("exporting") as status:
        exported = export_text(trained, folder, lambda step: status.update(f"text: {step}"))
        models, made = {NAME: exported.model}, dict(trained.made)
        for each in drawn:
            models |= export_faces(each, folder, status.update)
            made |= each.made
        if source is not None:
            taken, by = take_over(source, folder)
            models, made = models | taken, made | by
        finish(folder, Manifest(made | _made_now(), models), open_models)
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


def _faces(kind: str, folder: Path) -> "TrainedFaces":
    from training.faces.run import load_faces

    trained = load_faces(folder)
    if trained.kind != kind:
        raise ExportError(f"The run in {folder} is a {trained.kind}: give it with --{trained.kind}, not --{kind}.")
    return trained


def _say(sentence: str, style: str = "") -> None:
    console.print(sentence, style=style, markup=False, highlight=False, soft_wrap=True)


def _fail(sentence: str, error: Exception) -> NoReturn:
    _say(sentence, "red")
    raise typer.Exit(1) from error


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
