"""The page served for a project until it is ended. Knows nothing of what the page shows."""

import asyncio
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console

from bot.client.serving import stop_signal
from bot.i18n import owner_locale, texts_for
from owner.page.controller import ProjectController
from owner.page.server import OwnerPage
from owner.project import Project
from owner.texts import OwnerTexts


async def serve(project: Project, port: int | None, *, browse: bool, out: Console) -> None:
    """Serve the page until SIGINT or SIGTERM; trainings and the bot go on without it.

    Raises:
        OwnerError: the port is taken.
    """
    controller = ProjectController(project)
    try:
        with stop_signal() as stopped:
            async with OwnerPage(controller, port) as page:
                opens = texts_for(OwnerTexts, owner_locale()).opens
                out.print(opens.format(url=f"[link={page.url}]{page.url}[/link]"), soft_wrap=True)
                with _door(project.folder / "open.html", page.url) as door:
                    if browse:
                        await asyncio.to_thread(webbrowser.open, door.as_uri())
                    await stopped.wait()
    finally:
        controller.close()


@contextmanager
def _door(place: Path, url: str) -> Iterator[Path]:
    """Yield a file that leads to the page, for its owner's eyes only: what a browser is started with, all users see."""
    place.unlink(missing_ok=True)
    place.touch(mode=0o600)
    place.write_text(f'<!doctype html><meta http-equiv="refresh" content="0; url={url}">\n', encoding="utf-8")
    try:
        yield place
    finally:
        place.unlink(missing_ok=True)
