"""``dantok all``: the whole way from exports to a bot that can be started, in the terminal.

What is done already is not done again: the same command goes on where it was stopped. Knows nothing of how a step is
done.
"""

import asyncio
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import which

from rich.console import Console
from rich.text import Text

from bot.i18n import owner_locale, texts_for
from owner import chat, discord, faces, learn, people
from owner.environment import require_training
from owner.errors import StepError
from owner.jobs import Job
from owner.project import Project
from owner.terminal import follow, table_of
from owner.texts import OwnerTexts
from owner.translation import translated
from owner.uploads import Contents, Uploads
from training.faces.data.prepare import photos_in
from training.text.consent.agreement import Standing

_LABELS = "labels.csv"


@dataclass(frozen=True, slots=True)
class OwnersWord:
    """What the owner takes upon themselves: that everyone agreed, and what the voice was found to give away."""

    everyone_agreed: bool
    accept_leaks: bool


@dataclass(frozen=True, slots=True)
class AllSteps:
    """What is to be done, with which files; ``flags`` are more of ``python -m training text``."""

    project: Project
    exports: Sequence[Path]
    photos: Path | None
    token_file: Path | None
    word: OwnersWord
    flags: Sequence[str]
    console: Console

    def go(self) -> None:
        """Do every step that is not done yet.

        Raises:
            StepError, TrainingError: something is wrong that the owner can mend.
            Interrupted: the owner stopped it.
        """
        require_training()
        self.project.make()
        self._check_token()  # what is wrong with it is better said before hours of training
        self._read()
        self._check_consent()
        self._learn()
        if self.photos is not None:
            self._learn_faces(self.photos)
        self._say_what_is_next()

    def _check_token(self) -> None:
        if self.token_file is None:
            return
        try:
            token = self.token_file.read_text(encoding="utf-8-sig")
        except (OSError, ValueError):
            raise StepError("no_such_file", file=self.token_file) from None
        application = asyncio.run(discord.keep_token(self.project, token))
        self._say(self._texts.kept.format(bot=application.name))

    def _read(self) -> None:
        _add(self.exports, chat.exports(self.project))
        self._wait(chat.job(self.project))
        if chat.reading(self.project) is None:
            follow(chat.start_reading(self.project), self.console)
        reading = chat.reading(self.project)
        if reading is None:
            raise StepError("not_read")
        self.console.print(table_of(reading, self._texts))
        for warning in reading.report["warnings"]:
            self.console.print(Text(f"! {translated(warning, owner_locale())}", "yellow"), soft_wrap=True)

    def _check_consent(self) -> None:
        if self.word.everyone_agreed or Standing.AGREED in people.standings(self.project).values():
            return
        self._say(people.request(owner_locale()))
        raise StepError("nobody_agreed", file=self.project.people)

    def _learn(self) -> None:
        self._wait(learn.job(self.project))
        agreed, leaks = self.word.everyone_agreed, self.word.accept_leaks
        if not learn.is_done(self.project, everyone_agreed=agreed, flags=self.flags):
            job = learn.start(self.project, everyone_agreed=agreed, accept_leaks=leaks, flags=self.flags)
            follow(job, self.console, lambda: learn.samples(self.project))
        verdict = learn.verdict(self.project)
        if verdict is not None:
            self._say(learn.sentence(verdict, owner_locale()))

    def _learn_faces(self, photos: Path) -> None:
        _add(photos_in(photos) if photos.is_dir() else [photos], faces.photos(self.project))
        table = photos / _LABELS
        self._wait(faces.preparing_job(self.project))
        if not faces.is_prepared(self.project):
            follow(faces.start_preparing(self.project, table if table.is_file() else None), self.console)
        if not faces.has_labels(self.project):
            self._say(self._texts.label_first.format(sheet=faces.sheets(self.project)["kept"]))
            return
        self._wait(faces.training_job(self.project))
        if not faces.is_done(self.project):
            follow(faces.start_training(self.project), self.console)

    def _say_what_is_next(self) -> None:
        card = learn.card(self.project)
        if card is not None:
            self._say(self._texts.look_at.format(card=card))
        if not self.project.has_token():
            self._say(self._texts.needs_login)
        self._say(self._texts.start_it)
        program = "dantok" if which("dantok") else f'"{sys.executable}" -m owner'
        for words in ("run", "service install"):
            self._say(f'  {program} --project "{self.project.folder}" {words}')

    def _wait(self, job: Job) -> None:
        """Wait for what was begun by another command or page, and goes on after that was closed."""
        if job.is_running():
            follow(job, self.console)

    @property
    def _texts(self) -> OwnerTexts:
        return texts_for(OwnerTexts, owner_locale())

    def _say(self, sentence: str) -> None:
        self.console.print(sentence, soft_wrap=True, markup=False)


def _add(files: Iterable[Path], uploads: Uploads) -> None:
    """Add files of the owner's, which stay where they are.

    Raises:
        StepError: there is none, or it cannot be added.
    """
    there = Contents(uploads.folder)
    for file in files:
        if not file.is_file():
            raise StepError("no_such_file", file=file)
        with file.open("rb") as stream:
            uploads.add(file.name, stream, file.stat().st_size, there)
