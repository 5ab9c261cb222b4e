"""The demo: the real client and a local Discord in one process, with a page to type into or commands from the terminal.

Knows nothing of how the local Discord works or of what the bot answers.
"""

import asyncio
import errno
import shutil
import webbrowser
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from zoneinfo import ZoneInfo

import discord
from rich.console import Console

from bot.client.client import Dantok
from bot.client.servers import is_member
from bot.client.serving import first_of, running, stop_signal
from bot.default_bundle import speaks_as_invented
from bot.demo import group
from bot.demo.printer import DemoPrinter
from bot.demo.script import Step
from bot.errors import OwnerError
from bot.features.about.texts import AboutTexts
from bot.features.access.choices import ChoiceRepository
from bot.features.birthday.calendar import zones
from bot.features.birthday.delivery.agenda import next_event
from bot.features.birthday.texts import BirthdayTexts
from bot.features.feature import Services
from bot.groups.bundle_cache import BundleCache
from bot.groups.group import Groups, OneGroup
from bot.groups.many import ManyGroups
from bot.groups.memberships import Memberships
from bot.groups.served_bundle import ServedBundle
from bot.i18n import texts_for
from bot.inference.worker import Workers
from bot.store.address import address
from bot.store.store import Store
from bot.terminal.translation import in_owners_language
from playground import Playground
from playground.world.clock import AdjustableClock, ClockControl

QUEUE_SIZE = 64
_WORDS = 6
_READY_TIMEOUT = 0.05  # in seconds; there is one server, and it is in this process


async def demo(bundle: Path, port: int, *, beside: Path | None, browse: bool, out: Console) -> None:
    """Serve the page until SIGINT or SIGTERM; with the bundle of a second group ``beside``, the pages of both.

    Raises:
        BundleError: the bundle must not be served.
        OwnerError: the port is taken, or the bot could not log in.
    """
    with stop_signal() as stopped, _free(port):
        async with _playing(bundle, port, beside) as (playground, _, bot):
            url = playground.url if beside is None else f"{playground.url}/beside"
            out.print(in_owners_language(f"The chat is at [link={url}]{url}[/link] (Ctrl-C ends it)."))
            if browse:
                await asyncio.to_thread(webbrowser.open, url)
            await first_of(bot, stopped.wait())


async def do_once(bundle: Path, steps: Sequence[Step], *, save: Path | None, out: Console) -> bool:
    """Type commands as a member would, let time pass, print what the bot says, and return whether every answer came.

    The pictures of the answers are written into the folder ``save``.

    Raises:
        BundleError: the bundle must not be served.
        OwnerError: the bot could not log in.
    """
    async with _playing(bundle, port=0) as (playground, clock_control, bot):
        terminal = DemoPrinter(playground, clock_control, ZoneInfo(zones.USUAL), out, save)
        answers = [await first_of(bot, terminal.do(step)) for step in steps]
    return all(answers)


@contextmanager
def _free(port: int) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno not in {errno.EADDRINUSE, errno.EACCES}:
            raise
        raise OwnerError(f"Port {port} cannot be used: choose another --port, or leave it out.") from error


@asynccontextmanager
async def _playing(
    bundle: Path, port: int, beside: Path | None = None
) -> AsyncIterator[tuple[Playground, ClockControl, "asyncio.Task[None]"]]:
    """Yield a local Discord in which the bot is ready, what turns the clock of both, and the bot's task."""
    labels = {locale.value: texts_for(BirthdayTexts, locale.value).next_birthday for locale in discord.Locale}
    # Whoever listens to a bundle of their own may export another meanwhile.
    served, clock = ServedBundle.open(bundle, copied_to=Path(gettempdir())), AdjustableClock()
    async with _forgetful_store() as store:
        clock_control = ClockControl(clock, partial(next_event, store), labels)
        words = [] if speaks_as_invented(bundle) else served.models.speaker.frequent_words(_WORDS)
        greeting = {locale.value: _greeting(locale.value, words) for locale in discord.Locale}
        async with Playground(port=port, clock_control=clock_control, greeting=greeting, words=words) as playground:
            await group.set_up(playground, store, clock)
            if beside is not None:
                group.set_up_beside(playground)
            workers, memberships = Workers.of(QUEUE_SIZE), Memberships(lambda *asked: is_member(client, *asked))
            with _groups(list(playground.world.guilds), store, workers, memberships, served, beside) as groups:
                client = Dantok(Services(groups, workers, store, clock), ready_timeout=_READY_TIMEOUT)
                async with _in(playground, client) as bot:
                    yield playground, clock_control, bot


@contextmanager
def _groups(  # noqa: PLR0913, PLR0917 - all that a group is put together from
    guilds: Sequence[str],
    store: Store,
    workers: Workers,
    memberships: Memberships,
    served: ServedBundle,
    beside: Path | None,
) -> Iterator[Groups]:
    """Yield the one group, or that one for the first server and another for the one beside it."""
    if beside is None:
        yield OneGroup(served)
        return

    with TemporaryDirectory(prefix="dantok-demo-", ignore_cleanup_errors=True) as folder:
        for guild, bundle in zip(guilds, (served.folder, beside), strict=True):
            shutil.copytree(bundle, Path(folder) / guild)
        cache = BundleCache(Path(folder), served.folder, workers)
        yield ManyGroups(cache, memberships, ChoiceRepository(store).of, stands_in=False)


def _greeting(locale: str, words: Sequence[str]) -> str:
    """Return what a newcomer reads first; ``words`` are the group's, none where it is invented."""
    texts = texts_for(AboutTexts, locale)
    return texts.listen.format(words=", ".join(words)) if words else texts.demo


@asynccontextmanager
async def _in(playground: Playground, client: Dantok) -> AsyncIterator["asyncio.Task[None]"]:
    with playground.redirect():
        async with running(client, playground.TOKEN) as bot:
            await first_of(bot, playground.wait_ready())
            await first_of(bot, client.wait_until_ready())
            yield bot


@asynccontextmanager
async def _forgetful_store() -> AsyncIterator[Store]:
    """Yield a database that is gone when the demo ends."""
    with TemporaryDirectory(prefix="dantok-demo-", ignore_cleanup_errors=True) as folder:
        store = await Store.open(address(None, Path(folder)))
        try:
            yield store
        finally:
            await store.close()
