"""Puts a bundle in its place: written beside it, opened there once, then renamed, so it is whole or absent.

Knows nothing of what the graphs compute.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.bundle import Manifest
from bot.bundle.files import recover, whole_folder
from bot.bundle.manifest import MANIFEST
from bot.inference.session import opened_at_once
from export.errors import ExportError


@contextmanager
def staged(out: Path) -> Iterator[Path]:
    """Yield an empty folder beside ``out`` to write into; it takes ``out``'s place when the block ends well.

    Raises:
        ExportError: ``out`` is something else than a bundle, and would be lost.
    """
    recover(out)
    _refuse_to_overwrite(out)
    with whole_folder(out) as folder:
        yield folder


def finish(folder: Path, manifest: Manifest, open_as_bot: Callable[[Path], object]) -> None:
    """Write the manifest last, then open the bundle as the bot will.

    Raises:
        BundleError: the bot would refuse it.
    """
    (folder / MANIFEST).write_text(manifest.to_json(), encoding="utf-8")
    with opened_at_once():
        open_as_bot(folder)


def _refuse_to_overwrite(out: Path) -> None:
    if out.exists() and not out.is_dir():
        raise ExportError(f"{out} is a file; give --out a folder.")
    if out.is_dir() and any(out.iterdir()) and not _is_bundle(out):
        raise ExportError(f"{out} holds other files than a bundle; give --out a new folder.")


def _is_bundle(folder: Path) -> bool:
    """Say whether a bundle of any schema, whole or damaged, is there; others call a file manifest.json too."""
    try:
        return "schema_version" in json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError, TypeError):
        return False
