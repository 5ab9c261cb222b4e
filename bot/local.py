"""The demo: the real client and a local Discord in one process, with a page to type into or commands from the terminal.

Knows nothing of how the local Discord works or of what the bot answers.
"""

import asyncio
import webbrowser
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.text import Text

from bot.client import Dantok
from bot.i18n import KOREAN
from bot.inference.voice import open_voice
from bot.inference.worker import Worker
from bot.markdown import shown
from bot.playground import Playground, PlaygroundError
from bot.playground.marks import as_read
from bot.serving import first_of, running, stop_signal
from bot.store.address import address
from bot.store.store import Store

TEMPERATURE = 0.8
QUEUE_SIZE = 64
_READY_TIMEOUT = 0.05  # in seconds; there is one server, and it is in this process


async def demo(bundle: Path, port: int, *, browse: bool, out: Console) -> None:
    """Serve the page until SIGINT or SIGTERM.

    Raises:
        BundleError: the bundle must not be served.
        OwnerError: the bot could not log in.
        OSError: the port is taken.
    """
    with stop_signal() as stopped:
        async with _playing(bundle, port) as (playground, bot):
            out.print(f"The chat is at [link={playground.url}]{playground.url}[/link] (Ctrl-C ends it).")
            if browse:
                await asyncio.to_thread(webbrowser.open, playground.url)
            await first_of(bot, stopped.wait())


async def answer_once(bundle: Path, commands: Sequence[str], *, out: Console) -> bool:
    """Type each of ``commands`` as a member would, print the answers, and return whether every one came.

    Raises:
        BundleError: the bundle must not be served.
        OwnerError: the bot could not log in.
    """
    async with _playing(bundle, port=0) as (playground, bot):
        answers = [await first_of(bot, _answer(playground, command, out)) for command in commands]
    return all(answers)


@asynccontextmanager
async def _playing(bundle: Path, port: int) -> AsyncIterator[tuple[Playground, "asyncio.Task[None]"]]:
    """Yield a local Discord in which the bot is ready, and the bot's task."""
    voice, worker = open_voice(bundle), Worker(QUEUE_SIZE)
    async with _forgetful_store() as store, Playground(port=port) as playground:
        client = Dantok(voice, worker, store=store, temperature=TEMPERATURE, ready_timeout=_READY_TIMEOUT)
        with playground.redirect():
            async with running(client, playground.TOKEN) as bot:
                await first_of(bot, playground.wait_ready())
                await first_of(bot, client.wait_until_ready())
                yield playground, bot


@asynccontextmanager
async def _forgetful_store() -> AsyncIterator[Store]:
    """Yield a database that is gone when the demo ends."""
    with TemporaryDirectory(prefix="dantok-demo-", ignore_cleanup_errors=True) as folder:
        store = await Store.open(address(None, Path(folder)))
        try:
            yield store
        finally:
            await store.close()


async def _answer(playground: Playground, command: str, out: Console) -> bool:
    out.print(Text(command, style="dim"), soft_wrap=True)
    try:
        content = (await playground.command(command)).content
    except PlaygroundError as error:
        out.print(Text(f"  {error}", style="red"), soft_wrap=True)
        return False
    for line in as_read(content, playground.world).splitlines():
        small = line.removeprefix("-# ")
        out.print(Text(f"  {shown(small)}", style="" if small == line else "dim"), soft_wrap=True)
    return not content.startswith(KOREAN.failed.partition("{")[0])
