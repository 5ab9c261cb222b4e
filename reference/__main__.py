"""``python -m reference``: write ``docs/reference.md`` and ``docs/reference.ko.md`` again."""

import asyncio
from pathlib import Path

from bot.i18n import INTERNATIONAL, LANGUAGES
from reference.discord_commands import registered
from reference.page import page

DOCS = Path(__file__).parents[1] / "docs"


def pages() -> dict[str, str]:
    """Return the pages, by the names of their files."""
    commands = asyncio.run(registered())
    return {
        "reference.md" if language == INTERNATIONAL else f"reference.{language}.md": page(commands, language)
        for language in LANGUAGES
    }


def main() -> None:
    """Write them."""
    for name, text in pages().items():
        (DOCS / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
