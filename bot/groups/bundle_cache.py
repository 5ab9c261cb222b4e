"""The cache: a bundle a server, in folders named by the servers' ids, opened at the first use and kept for a while.

Beside a folder ``123`` may lie ``123.toml`` with what is set for that group. The ones used least recently are let go
where all together would take more memory than they may. Knows no members.
"""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable, Mapping
from functools import partial
from pathlib import Path

from bot import metrics
from bot.errors import OwnerError, is_out_of_files
from bot.groups.group import EVERYWHERE
from bot.groups.served_bundle import Fingerprint, ServedBundle, fingerprint
from bot.groups.settings import GroupSettings, read_settings
from bot.groups.texts import GroupTexts
from bot.i18n import UserFacingError
from bot.inference.session import Provider
from bot.inference.worker import Busy, Slow, Workers
from bot.logs import outline
from bot.memory import run_and_trim, trim_memory

_log = logging.getLogger(__name__)

_PATIENCE = 2.0
"""Seconds that an asker waits for a bundle to open; Discord waits three for all of it. It goes on opening."""
_DEFERRED_PATIENCE = 60.0
"""Seconds for a birthday wish, for which nobody waits."""
_IN_MEMORY = 3.7
"""Bytes of memory for a byte of a bundle's files: the demo's 26.5 MB take 97 MB more, sessions and all."""


class BundleCache:
    """The bundles in one folder, and the one that stands in where a server has none."""

    def __init__(  # noqa: PLR0913 - what the owner sets, each by its name
        self,
        folder: Path,
        stand_in: Path,
        workers: Workers,
        *,
        provider: Provider = "auto",
        most_bytes: float = 1e9,
        usual: GroupSettings | None = None,
        copied_to: Path | None = None,
    ) -> None:
        """Take the folder, where the bundle lies that stands in, and the workers.

        ``most_bytes`` is how much memory they may take, ``usual`` what holds where nothing is set for a group; to the
        disk of the folder ``copied_to`` each is copied that is opened.
        """
        self._folder = folder
        self._stand_in = stand_in
        self._workers = workers
        self._provider: Provider = provider
        self._most_bytes = most_bytes
        self._usual = usual or GroupSettings()
        self._copied_to = copied_to
        self._loaded: OrderedDict[int, ServedBundle] = OrderedDict()
        self._opening: dict[int, asyncio.Task[ServedBundle]] = {}
        self._refused: dict[int, Fingerprint] = {}
        self._settings: dict[int, GroupSettings] = {}
        self._settings_read: dict[Path, Fingerprint] = {}
        self._seen: frozenset[int] = frozenset()
        self.known: frozenset[int] = frozenset()
        """The servers that have a bundle, as far as was seen."""
        self.look()

    @property
    def loaded(self) -> Mapping[int, ServedBundle]:
        """What is loaded, the one used least recently first."""
        return dict(self._loaded)

    def settings(self, server: int) -> GroupSettings:
        """Return what is set for a server's group."""
        return self._settings.get(server, self._usual)

    def look(self) -> None:
        """Look which bundles and settings there are now; touches the disk.

        Who has one has none when it was missing twice: it may just be replaced.
        """
        try:
            entries = list(self._folder.iterdir())
        except OSError as error:
            _log.error("The folder of bundles cannot be read: what was there before serves. %s", outline(error))
            return
        seen = frozenset(folders_of_servers(entries))
        self.known, self._seen = seen | self._seen, seen
        # What is no file, such as a pipe, would be read without an end.
        files = [entry for entry in entries if entry.suffix == ".toml" and _is_id(entry.stem) and entry.is_file()]
        self._read_settings(files)

    def _read_settings(self, files: list[Path]) -> None:
        """Read each file that has changed; one that is wrong leaves what was set before."""
        for file in self._settings_read.keys() - set(files):
            del self._settings_read[file]
            self._settings.pop(int(file.stem), None)
        for file in files:
            state = fingerprint(file)
            if self._settings_read.get(file) == state:
                continue
            self._settings_read[file] = state
            try:
                self._settings[int(file.stem)] = read_settings(file, self._usual)
            except OwnerError as error:
                _log.error("%s", error)

    def drop_gone(self) -> None:
        """Let go of what is loaded and was taken away from the folder."""
        for server in self._loaded.keys() - self.known - {EVERYWHERE}:
            _log.info("The bundle of server %d is gone: it serves no more.", server)
            self._let_go(server)

    async def get(self, server: int, *, deferred: bool = False) -> ServedBundle:
        """Return the bundle of a server, or with ``EVERYWHERE`` the one that stands in.

        Raises:
            UserFacingError: it must not be served.
            Busy, Slow: it is not open in time; it goes on opening.
        """
        if server in self._loaded:
            self._loaded.move_to_end(server)
            return self._loaded[server]
        if server not in self._opening:
            opening = asyncio.create_task(self._open(server), name="bundle")
            opening.add_done_callback(partial(self._opened, server))
            self._opening[server] = opening
        try:
            async with asyncio.timeout(_DEFERRED_PATIENCE if deferred else _PATIENCE):
                return await asyncio.shield(self._opening[server])
        except TimeoutError:
            raise Slow from None

    async def reload(
        self, server: int, workers: Workers, before_change: Callable[[], Awaitable[object]] | None = None
    ) -> bool:
        """Change over to what lies in a bundle's folder now; see :meth:`ServedBundle.reload`."""
        bundle = self._loaded.get(server)
        if bundle is None:
            return False
        changed = await bundle.reload(workers, before_change)
        self._make_room(server)
        return changed

    async def _open(self, server: int) -> ServedBundle:
        folder = self._folder / str(server) if server else self._stand_in
        state = await asyncio.to_thread(fingerprint, folder)
        if self._refused.get(server) == state:
            raise UserFacingError(GroupTexts, "cannot_open")
        job = partial(ServedBundle.open, folder, self._provider, self._copied_to)
        try:
            bundle = await self._workers.opening.run(partial(run_and_trim, job), deferred=True)
        except OSError as error:
            # It is just being replaced, perhaps: who asks next tries again.
            _log.error("The bundle in %s cannot be read now (%s).", folder, error.strerror)
            raise Busy from error
        except OwnerError as error:
            if is_out_of_files(error):
                raise Busy from error
            self._refused[server] = state
            _log.error("The bundle in %s does not serve: %s", folder, error)
            raise UserFacingError(GroupTexts, "cannot_open") from None
        self._refused.pop(server, None)
        self._loaded[server] = bundle
        self._make_room(server)
        return bundle

    def _opened(self, server: int, opening: "asyncio.Task[ServedBundle]") -> None:
        del self._opening[server]
        error = None if opening.cancelled() else opening.exception()
        if error is not None and not isinstance(error, UserFacingError | Busy | Slow):
            _log.error("A bundle could not be opened: %s", outline(error))

    def _make_room(self, newest: int) -> None:
        """Let go of what was not used for longest, but not of what is just asked for."""
        for server in [server for server in self._loaded if server != newest]:
            if self.bytes <= self._most_bytes:
                break
            self._let_go(server)
        self._count()

    def _let_go(self, server: int) -> None:
        del self._loaded[server]
        self._count()
        # Whoever is being answered by it still holds it.
        loop = asyncio.get_running_loop()
        loop.call_later(_PATIENCE, loop.run_in_executor, None, trim_memory)

    def _count(self) -> None:
        metrics.BUNDLES_LOADED.set(len(self._loaded))
        metrics.BUNDLE_BYTES.set(self.bytes)

    @property
    def bytes(self) -> float:
        """About how much memory is taken; a file that several bundles have is counted once, as it is loaded once."""
        sizes = {sha256: size for bundle in self._loaded.values() for sha256, size in bundle.sizes.items()}
        return _IN_MEMORY * sum(sizes.values())


def folders_of_servers(entries: Iterable[Path]) -> dict[int, Path]:
    """Return the folders that are called as a server's id, by it."""
    return {int(entry.name): entry for entry in entries if _is_id(entry.name) and entry.is_dir()}


def _is_id(name: str) -> bool:
    return name.isascii() and name.isdecimal() and 0 < int(name) < 2**63 and name == str(int(name))
