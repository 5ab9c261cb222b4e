"""A bundle that serves: opened from a folder, and changed over to what lies there later, between two answers.

Knows nothing of whose it is.
"""

from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Self

from bot.bundle import Bundle
from bot.inference.models import LoadedModels, open_models
from bot.inference.session import Provider
from bot.inference.worker import Workers
from bot.memory import tidily

Fingerprint = frozenset[tuple[str, int, int, int]]


class ServedBundle:
    """The models of the moment; a reload puts others in their place."""

    def __init__(self, models: LoadedModels, opened: Fingerprint = frozenset()) -> None:
        """Take the models, and in which state of the folder they were opened."""
        self.models = models
        self.opened = opened

    @classmethod
    def open(cls, folder: Path, provider: Provider = "auto") -> Self:
        """Open the bundle in ``folder``.

        Raises:
            BundleError: the bundle must not be served.
            ProviderError: the GPU was asked for by name and is not in use.
        """
        opened = fingerprint(folder)
        return cls(open_models(folder, provider), opened)

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return self.models.bundle.folder

    async def reload(self, workers: Workers, before_change: Callable[[], Awaitable[object]] | None = None) -> bool:
        """Open what lies in the folder now; only if that and ``before_change`` go well the old models go.

        Returns whether it is another bundle.

        Raises:
            BundleError: the bundle must not be served.
            ProviderError: the GPU was asked for by name and is not in use.
            Busy, Slow: there is no time for it.
        """
        models = await workers.opening.run(partial(tidily, self._opened_if_another), deferred=True)
        if models is None:
            return False
        if before_change is not None:
            await before_change()
        self.models = models
        return True

    def _opened_if_another(self) -> LoadedModels | None:
        if Bundle.open(self.folder).manifest == self.models.bundle.manifest:
            return None
        return open_models(self.folder, self.models.requested_provider)


def fingerprint(folder: Path) -> Fingerprint:
    """Return what tells one state of the files from another without reading them."""
    try:
        states = [(file.name, file.stat()) for file in folder.iterdir()]
    except OSError:  # it is being replaced
        return frozenset()
    return frozenset((name, state.st_mtime_ns, state.st_size, state.st_ino) for name, state in states)
