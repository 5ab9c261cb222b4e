"""``python -m training faces convert``: how the networks in ``bot/photos/weights`` were made."""

from pathlib import Path
from typing import Annotated

import typer

from training.common.events import owner_console


def convert(
    package: Annotated[Path, typer.Argument(help="The folder `package` of npm's @vladmandic/face-api, unpacked.")],
    out: Annotated[Path, typer.Option(help="Where the two networks are written.")] = Path("bot/photos/weights"),
) -> None:
    """Make the face finder's networks again, byte for byte, from the package that they come in."""
    from training.faces.data.convert_face_api import convert as convert_networks

    for file in convert_networks(package, out):
        owner_console().print(f"{file}: {file.stat().st_size:,} bytes", markup=False)
