"""The run folder: what one training leaves behind, private to its owner, and how it is claimed and opened again.

A run is finished when ``report.json`` is there, which is written last. Knows nothing of what is trained, nor of torch.
"""

import json
import pickle
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Generic, TypeVar

from bot.bundle.files import write_whole
from training.common.config import RunConfig
from training.common.errors import ConfigError, RunError

Config = TypeVar("Config", bound=RunConfig)


@dataclass(frozen=True, slots=True)
class RunFolder(Generic[Config]):
    """Where everything of one run lies. A subclass says which settings it has, and adds its own files."""

    folder: Path

    NOUN: ClassVar[str] = "training run"
    """What such a folder is called in a sentence for the owner."""

    CONFIG: ClassVar[Callable[..., Any]]
    """The class of its settings, unless :meth:`config_of` chooses one by them."""

    def config_of(self, settings: Mapping[str, Any]) -> Config:
        """Return the settings of a run.

        Raises:
            ConfigError: one is out of its bounds.
            TypeError: one is missing, unknown, or of another type.
        """
        config: Config = type(self).CONFIG(**settings)
        return config

    @property
    def config(self) -> Path:
        """The settings, written first."""
        return self.folder / "config.json"

    @property
    def about(self) -> Path:
        """What the run learns from, where a training keeps it: a stopped one goes on with the same alone."""
        return self.folder / "data.json"

    @property
    def checkpoints(self) -> Path:
        """The folder of the weights."""
        return self.folder / "checkpoints"

    @property
    def last(self) -> Path:
        """The checkpoint a stopped run goes on from."""
        return self.checkpoints / "last.ckpt"

    @property
    def curves(self) -> Path:
        """The picture of the losses."""
        return self.folder / "curves.png"

    @property
    def history(self) -> Path:
        """The losses so far."""
        return self.folder / "history.json"

    @property
    def report(self) -> Path:
        """What was measured at the end; its presence says that the run is finished."""
        return self.folder / "report.json"

    @property
    def card(self) -> Path:
        """The quality card: what was measured, as a page for the owner."""
        return self.folder / "card.html"

    @property
    def is_finished(self) -> bool:
        """Whether the run came to its end."""
        return self.report.is_file()

    def claim(self, config: Config, *, force: bool) -> bool:
        """Return whether a stopped run is there to go on with, before anything is read or written.

        Raises:
            RunError: the folder holds a finished run, a run with other settings, or something else altogether.
        """
        if not self.folder.exists() or (self.folder.is_dir() and not any(map(_is_whole, self.folder.iterdir()))):
            return False
        if not self.config.is_file():
            raise RunError(f"{self.folder} is there and is no {self.NOUN}: choose another --out.")
        before = self.read_config()  # also before --force clears the folder: a config.json may be somebody else's
        if force:
            return False
        if self.is_finished:
            raise RunError(
                f"The run in {self.folder} is finished: choose another --out, or give --force to train anew."
            )
        if differences := before.differences(config):
            raise RunError(
                f"The stopped run in {self.folder} has other settings ({'; '.join(differences)}): "
                "give the same ones to go on with it, another --out, or --force to train anew."
            )
        return True

    def begin(self, config: Config, *, resumed: bool = False) -> None:
        """Make the folder, for its owner's eyes only; an earlier run there is deleted unless it is ``resumed``."""
        if self.folder.exists() and not resumed:
            self._clear()
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        write_whole(self.config, config.to_json())

    def _clear(self) -> None:
        """Delete an earlier run: what says that it is finished first, and last by what it is known to be one."""
        self.report.unlink(missing_ok=True)
        for path in self.folder.iterdir():
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            elif path != self.config:
                path.unlink()
        self.config.unlink(missing_ok=True)

    def begin_with_same(self, config: Config, about: Mapping[str, Any], *, force: bool) -> None:
        """Begin a run, or go on with a stopped one that is ``about`` the same: what it learns from.

        Raises:
            RunError: as :meth:`claim`, or the stopped run learns from something else.
        """
        resumed = self.claim(config, force=force)
        # Where it was killed before it had noted that, it has learnt nothing yet.
        if resumed and self.about.is_file() and read_json(self.about) != about:
            raise RunError(f"The stopped run in {self.folder} learns from something else: choose another --out.")
        self.begin(config, resumed=resumed)
        write_json(self.about, about)
        self.checkpoints.mkdir(exist_ok=True)

    def read_config(self) -> Config:
        """Return the settings of a run.

        Raises:
            RunError: no run there, or a damaged file.
        """
        try:
            return self.config_of({**json.loads(self.config.read_text(encoding="utf-8"))})
        except OSError as error:
            raise RunError(f"There is no {self.NOUN} in {self.folder}.") from error
        except (ConfigError, ValueError, TypeError) as error:
            raise RunError(
                f"The run in {self.folder} is no {self.NOUN}, or damaged: its config.json cannot be used: {error}"
            ) from error

    def read_report(self) -> dict[str, Any]:
        """Return the report of a finished run, its ``metrics`` and ``made`` checked.

        Raises:
            RunError: no run there, one that is not finished, or a damaged report.
        """
        self.check_finished()
        content = read_json(self.report)
        try:
            content["metrics"] = {str(name): float(value) for name, value in content["metrics"].items()}
            content["made"] = {str(name): str(value) for name, value in content["made"].items()}
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise RunError(f"The report {self.report} is damaged ({error!r}): train again with --force.") from error
        return content

    def check_finished(self) -> None:
        """Refuse a run that was stopped half way: what it is now is not what its settings say.

        Raises:
            RunError: it was, or there is none.
        """
        if not self.config.is_file():
            raise RunError(f"There is no {self.NOUN} in {self.folder}.")
        if not self.is_finished:
            raise RunError(f"The run in {self.folder} is not finished: start the same training again, and it goes on.")


def _is_whole(path: Path) -> bool:
    """Say whether a path is more than what a kill left of a file (:func:`bot.bundle.files.whole`)."""
    return not (path.name.startswith(".") and path.name.endswith(".unfinished"))


@contextmanager
def naming_damage(checkpoint: Path) -> Iterator[None]:
    """Say in one sentence that ``checkpoint`` cannot be read: torch tells of damage in many ways, and at length.

    Raises:
        RunError: the block could not read it.
    """
    try:
        yield
    except (OSError, RuntimeError, KeyError, ValueError, EOFError, TypeError, pickle.UnpicklingError) as error:
        raise RunError(f"The checkpoint {checkpoint} is damaged or missing: train again with --force.") from error


def read_json(path: Path) -> dict[str, Any]:
    """Return the content of a file of a run.

    Raises:
        RunError: it is damaged or missing.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise RunError(f"{path} is damaged or missing ({error!r}): train again with --force.") from error
    if not isinstance(content, dict):
        raise RunError(f"{path} is damaged: train again with --force.")
    return content


def write_json(path: Path, content: Mapping[str, Any]) -> None:
    """Write a file of a run, whole or not at all."""
    write_whole(path, json.dumps(content, ensure_ascii=False, indent=2) + "\n")
