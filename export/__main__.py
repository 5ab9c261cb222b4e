"""``python -m export``: run folders in, one checked bundle out."""

import platform
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot.bundle import BundleError, Manifest
from export.errors import ExportError

console = Console(stderr=True)
app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def bundle(
    text: Annotated[Path, typer.Option(help="The run folder that `python -m training text` wrote.")],
    out: Annotated[Path, typer.Option(help="The bundle folder; an older bundle there is replaced at the end.")],
) -> None:
    """Turn trained runs into the folder that the bot loads.

    Every graph is compared with its network before the folder appears: a bundle is whole or absent.
    """
    # torch takes seconds to import: --help and a wrong flag need not wait for it.
    from training.run import RunError

    try:
        _export(text, out)
    except (ExportError, BundleError, RunError, OSError) as error:
        console.print(str(error), style="red", markup=False, highlight=False, soft_wrap=True)
        raise typer.Exit(1) from error


def _export(run: Path, out: Path) -> None:
    from bot.inference.voice import open_voice
    from export.text import NAME, export_text
    from export.write import finish, staged
    from training.run import load_text

    trained = load_text(run)
    with staged(out) as folder, console.status("exporting") as status:
        exported = export_text(trained, folder, lambda step: status.update(f"text: {step}"))
        manifest = Manifest(trained.made | _made_now(), {NAME: exported.model})
        finish(folder, manifest, open_voice)
    size = sum(path.stat().st_size for path in out.iterdir()) / 1e6
    console.print(
        f"{out}: {size:.1f} MB: text equals its network to {exported.parity.largest_difference:.1g} "
        f"and word for word on {exported.parity.prompts} prompts.",
        markup=False,
        highlight=False,
        soft_wrap=True,
    )
    console.print(f"Try it: python -m bot say 아니 2 --bundle {out}", markup=False, highlight=False, soft_wrap=True)


def _made_now() -> dict[str, str]:
    return {
        "exported": datetime.now(UTC).isoformat(timespec="seconds"),
        "dantok": version("dantok"),
        "torch": version("torch"),
        "onnx": version("onnx"),
        "python": platform.python_version(),
    }


def main() -> None:
    """Run the command."""
    app()


if __name__ == "__main__":
    main()
