"""The option ``--size``: how large a face is, wherever a command takes it."""

from typing import Annotated

import typer

_SIZES = (32, 64, 128, 256, 512)


def _checked(size: int) -> int:
    if size not in _SIZES:
        raise typer.BadParameter(f"A network draws pictures of {', '.join(map(str, _SIZES))} pixels.")
    return size


Size = Annotated[int, typer.Option(callback=_checked, help="Side of a face in pixels: 64, or 128 on a GPU.")]
