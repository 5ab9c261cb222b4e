"""The owner's project: one folder with the chat, the people, the photos, the runs, the bundle and the token.

Which steps are done is seen from what lies there, never kept a second time. Knows nothing of how a step is done.
"""

import errno
import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from dotenv import dotenv_values

from bot.bundle.files import write_whole

STEPS = ("chat", "people", "learn", "faces", "listen", "discord")
"""In the order in which they are shown; faces may be left out."""

StepState = Literal["open", "ready", "done"]
"""``open``: something has to come first; ``ready``: it can be done now; ``done``: it was, and can be done again."""

_TOKEN = "DANTOK_TOKEN"  # noqa: S105 - the name of a setting


def usual_folder() -> Path:
    """Return the folder of a project where none is named: outside the program's own, which an update replaces."""
    return Path.home() / "Dantok"


@dataclass(frozen=True, slots=True)
class Project:
    """Where everything of one group lies. The bot runs in ``folder``, by its ``.env``, ``bundle`` and ``data``."""

    folder: Path

    def make(self) -> None:
        """Make the folder, for its owner's eyes only; what is there stays."""
        for folder in (self.folder, self.chat, self.photos, self.runs, self.jobs):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.folder.chmod(0o700)

    @property
    def chat(self) -> Path:
        """The exports, as they were given."""
        return self.folder / "chat"

    @property
    def reading(self) -> Path:
        """What was read in them: :class:`owner.chat.Reading` as JSON."""
        return self.folder / "chat.json"

    @property
    def people(self) -> Path:
        """Who is who, and who agreed."""
        return self.folder / "people.toml"

    @property
    def runs(self) -> Path:
        """What trainings leave behind."""
        return self.folder / "runs"

    @property
    def words(self) -> Path:
        """The run of the words."""
        return self.runs / "words"

    @property
    def photos(self) -> Path:
        """The photos, as they were given."""
        return self.folder / "photos"

    @property
    def faces(self) -> Path:
        """The faces cut out of them, with their labels."""
        return self.folder / "faces"

    @property
    def drawer(self) -> Path:
        """The run of the group's own faces."""
        return self.runs / "faces"

    @property
    def bundle(self) -> Path:
        """What the bot speaks by."""
        return self.folder / "bundle"

    @property
    def jobs(self) -> Path:
        """What works, or worked last: a folder each."""
        return self.folder / "jobs"

    @property
    def data(self) -> Path:
        """What the bot keeps, its backups too."""
        return self.folder / "data"

    @property
    def dotenv(self) -> Path:
        """The bot's settings, the token among them."""
        return self.folder / ".env"

    def has_token(self) -> bool:
        """Say whether a token is kept."""
        return self.token() is not None

    def token(self) -> str | None:
        """Return the token that is kept, if one is: for Discord alone, never for a page or a log."""
        try:
            return (dotenv_values(self.dotenv).get(_TOKEN) or None) if self.dotenv.is_file() else None
        except UnicodeDecodeError:  # the bot says so when it starts
            return None

    def keep_token(self, token: str) -> None:
        """Keep the token in ``.env``, which only its owner can read; other settings there stay.

        Raises:
            OSError: it cannot be written, or what is there is no text in UTF-8.
        """
        others = [line for line in self._settings() if not _is_token(line)]
        write_whole(self.dotenv, "\n".join([*others, f"{_TOKEN}={token}"]) + "\n", private=True)
        self.dotenv.chmod(0o600)

    def forget_token(self) -> None:
        """Take the token out of ``.env``; raises as :meth:`keep_token` does."""
        others = [line for line in self._settings() if not _is_token(line)]
        write_whole(self.dotenv, "".join(f"{line}\n" for line in others), private=True)

    def _settings(self) -> list[str]:
        try:
            return self.dotenv.read_text(encoding="utf-8-sig").splitlines() if self.dotenv.is_file() else []
        except UnicodeDecodeError:
            raise OSError(errno.EILSEQ, "it is not UTF-8", str(self.dotenv)) from None

    def steps(self) -> dict[str, StepState]:
        """Return how far each step is."""
        has_chat, has_bundle = self.reading.is_file(), (self.bundle / "manifest.json").is_file()
        has_words, has_faces = (self.words / "report.json").is_file(), (self.drawer / "report.json").is_file()
        return {
            "chat": "done" if has_chat else "ready",
            "people": _state(ready=has_chat, done=has_chat and self._has_agreement()),
            "learn": _state(ready=has_chat, done=has_words and has_bundle),
            "faces": _state(ready=True, done=has_faces),
            "listen": _state(ready=has_bundle, done=has_bundle and self.has_token()),
            "discord": _state(ready=has_bundle, done=has_bundle and self.has_token()),
        }

    def _has_agreement(self) -> bool:
        """Say whether somebody agreed, whoever else has still to be asked."""
        try:
            listed = tomllib.loads(self.people.read_text(encoding="utf-8-sig")).get("person", [])
            return any(person.get("consent") == "yes" for person in listed)
        except (OSError, ValueError, AttributeError):
            return False


def _state(*, ready: bool, done: bool) -> StepState:
    return "done" if done else "ready" if ready else "open"


def _is_token(line: str) -> bool:
    return line.strip().removeprefix("export ").partition("=")[0].strip().upper() == _TOKEN


def environment() -> dict[str, str]:
    """Return the environment of a child process: the bot's settings come from the project's ``.env`` alone."""
    return {name: value for name, value in os.environ.items() if not name.upper().startswith("DANTOK_")}
