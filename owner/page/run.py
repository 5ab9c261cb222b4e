"""The page served for a project until it is ended, or the browser alone opened where it is served already.

Knows nothing of what the page shows.
"""

import asyncio
import webbrowser

from rich.console import Console

from bot.client.serving import stop_signal
from bot.i18n import owner_locale, texts_for
from owner.page.desk import ProjectDesk
from owner.page.server import OwnerPage
from owner.project import Project
from owner.texts import OwnerTexts


async def serve(project: Project, port: int | None, *, browse: bool, out: Console) -> None:
    """Serve the page until SIGINT or SIGTERM; trainings and the bot go on without it.

    Raises:
        OwnerError: the port is taken.
    """
    desk = ProjectDesk(project)
    try:
        with stop_signal() as stopped:
            async with OwnerPage(desk, port) as page:
                opens = texts_for(OwnerTexts, owner_locale()).opens
                out.print(opens.format(url=f"[link={page.url}]{page.url}[/link]"), soft_wrap=True)
                if browse:
                    await asyncio.to_thread(webbrowser.open, page.url)
                await stopped.wait()
    finally:
        desk.close()
