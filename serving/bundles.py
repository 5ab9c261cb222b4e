"""The bundles of an engine, found by what stands for each: one folder, a folder of many, and the demo's.

Knows no servers: a bundle is named by what is in it, so that the engine and a bot mean the same one or none.
"""

import asyncio
from collections.abc import Iterator
from pathlib import Path

from bot.bundle import BundleError, Manifest
from bot.default_bundle import DEMO_BUNDLE
from bot.errors import OwnerError
from bot.groups.bundle_cache import folders_of_servers
from bot.inference.models import LoadedModels, open_models
from bot.inference.session import Provider
from bot.remote.calls import bundle_id
from serving.answering import NoBundle


class Bundles:
    """Where bundles lie."""

    def __init__(self, one: Path, many: Path | None, provider: Provider = "auto") -> None:
        """Take the folder of one bundle, that of bundles named by servers, and what they run on."""
        self._one, self._many, self._provider = one, many, provider
        self._places: dict[str, Path] = {}
        self._opening: dict[str, asyncio.Future[LoadedModels]] = {}

    async def opened(self, bundle: str) -> LoadedModels:
        """Return what :meth:`open` does, on another thread; it goes on where who asks is gone, for who asks next.

        Raises:
            NoBundle: as there.
        """
        if bundle not in self._opening:
            self._opening[bundle] = asyncio.ensure_future(asyncio.to_thread(self.open, bundle))
        opening = self._opening[bundle]
        try:
            return await asyncio.shield(opening)
        finally:
            if opening.done():
                self._opening.pop(bundle, None)

    def open(self, bundle: str) -> LoadedModels:
        """Open the bundle that ``bundle`` stands for; touches the disk.

        Raises:
            NoBundle: it is not here, or must not be served.
        """
        try:
            models = open_models(self._folder(bundle), self._provider)
        except OwnerError as error:
            self._places.pop(bundle, None)
            raise NoBundle(str(error)) from error
        if bundle_id(models.bundle.manifest) != bundle:  # it was replaced, and may lie elsewhere
            self._places.pop(bundle, None)
            raise NoBundle
        return models

    def _folder(self, bundle: str) -> Path:
        if bundle not in self._places:
            self._places = dict(self._look())
        folder = self._places.get(bundle)
        if folder is None:
            raise NoBundle
        return folder

    def _look(self) -> Iterator[tuple[str, Path]]:
        many = folders_of_servers(self._many.iterdir()).values() if self._many and self._many.is_dir() else ()
        for folder in (DEMO_BUNDLE, *many, self._one):
            try:
                yield bundle_id(Manifest.read(folder)), folder
            except BundleError:
                continue
