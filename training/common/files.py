"""Whole-file writes of text. Knows nothing of what is written."""

from pathlib import Path

from bot.bundle.files import whole


def write_whole(path: Path, text: str) -> None:
    """Put ``text`` into ``path`` so that a kill leaves the old file or the new one."""
    with whole(path) as beside:
        beside.write_text(text, encoding="utf-8")
