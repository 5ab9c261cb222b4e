"""A bundle that serves: opened from a folder, and changed over to what lies there later, between two answers.

Graphs are opened when somebody first needs them, perhaps after the folder was overwritten by what must not serve: so
the files are copied. Knows nothing of whose it is.
"""

import logging
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Self

from bot.bundle import Bundle
from bot.bundle.copies import Copies
from bot.inference.models import LoadedModels, models_of, open_models
from bot.inference.session import Provider, opened_at_once
from bot.inference.worker import Workers
from bot.memory import run_and_trim

_log = logging.getLogger(__name__)

Fingerprint = frozenset[tuple[str, int, int, int]]


class ServedBundle:
    """The models of the moment; a reload puts others in their place.

    ``sizes`` are those of its files in bytes, by what they hash to; ``opened`` is the folder's state at first.
    """

    def __init__(self, models: LoadedModels, opened: Fingerprint = frozenset(), copied_to: Path | None = None) -> None:
        """Take the models, in which state of the folder they were opened, and where to copy; touches the disk."""
        self.models = models
        self.opened = opened
        self.sizes = _sizes(models.bundle)
        self._copied_to = copied_to

    @classmethod
    def open(cls, folder: Path, provider: Provider = "auto", copied_to: Path | None = None) -> Self:
        """Open the bundle in ``folder``, after copying it to the disk of the folder ``copied_to``, if there is one.

        Raises:
            BundleError: the bundle must not be served.
            ProviderError: the GPU was asked for by name and is not in use.
        """
        opened = fingerprint(folder)
        return cls(models_of(_copied(folder, copied_to), provider), opened, copied_to)

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
        another = await workers.opening.run(partial(run_and_trim, self._opened_if_another), deferred=True)
        if another is None:
            return False
        if before_change is not None:
            await before_change()
        self.models, self.sizes = another.models, another.sizes
        return True

    def _opened_if_another(self) -> Self | None:
        if Bundle.open(self.folder).manifest == self.models.bundle.manifest:
            return None
        with opened_at_once():
            # While the old models serve there is time for it; what nobody uses yet is not kept open.
            open_models(self.folder, self.models.requested_provider)
        return self.open(self.folder, self.models.requested_provider, self._copied_to)


def _copied(folder: Path, copied_to: Path | None) -> Bundle:
    if copied_to is None:
        return Bundle.open(folder)
    try:
        copied_to.mkdir(mode=0o700, parents=True, exist_ok=True)
        return Bundle.open(folder, Copies(copied_to))
    except OSError as error:
        _log.warning(
            "The bundle in %s is not copied (%s): replace it whole, for what is opened later is read from there.",
            *(folder, error.strerror),
        )
        return Bundle.open(folder)


def _sizes(bundle: Bundle) -> Mapping[str, int]:
    files = (file for model in bundle.manifest.models.values() for file in model.files())
    return {file.sha256: bundle.path(file).stat().st_size for file in files}


def fingerprint(place: Path) -> Fingerprint:
    """Return what tells one state of a file, or of the files in a folder, from another without reading them."""
    try:
        files = list(place.iterdir()) if place.is_dir() else [place]
        states = [(file.name, file.stat()) for file in files]
    except OSError:  # it is being replaced
        return frozenset()
    return frozenset((name, state.st_mtime_ns, state.st_size, state.st_ino) for name, state in states)
