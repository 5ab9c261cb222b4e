"""Photo intake: fetches a member's photos when it is their turn, and has them worked on in the worker's thread."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TypeVar

import discord

from bot.i18n import UserFacingError
from bot.inference.batching import Job
from bot.inference.worker import Worker
from bot.memory import run_and_trim, trim_memory
from bot.photo_intake.admission import Admission
from bot.photo_intake.download import fetched
from bot.photo_intake.texts import PhotoTexts
from bot.photos import PhotoError

T = TypeVar("T")

MOST_PRESSES = 3
"""Of one person, at once: each begins with the photo in the bot's own answer."""


class PhotoIntake:
    """The way in for photos, one for all commands and buttons."""

    def __init__(self, worker: Worker) -> None:
        """Take the worker that pictures are made by."""
        self._worker = worker
        self._admission = Admission()

    async def made(
        self, person: int, photos: Sequence[discord.Attachment], make: Callable[..., T], at_once: int = 1
    ) -> T:
        """Return what ``make`` makes of the bytes of ``photos``; the person has ``at_once`` here at most.

        Raises:
            UserFacingError: a photo is gone or cannot be read, nobody is in it, or theirs are too many.
            Busy, Slow: too many are asking at once, or this takes too long.
        """
        async with self._admission.of(person, at_once):
            job = partial(make, *await self._fetched(photos))
            with photo_refusals():
                return await self._worker.run(partial(run_and_trim, job), deferred=True)

    async def made_in_steps(
        self, person: int, photos: Sequence[discord.Attachment], make: Callable[..., Job[T]], at_once: int = 1
    ) -> T:
        """Return the result of the job that ``make`` returns of ``photos``: others come in between what it asks.

        Raises:
            UserFacingError, Busy, Slow: as above.
        """
        async with self._admission.of(person, at_once):
            job = make(*await self._fetched(photos))
            with photo_refusals():
                return await self._worker.run(_tidily(job), deferred=True)

    async def fetched(self, person: int, photos: Sequence[discord.Attachment], at_once: int) -> list[bytes]:
        """Return the bytes of ``photos`` as they are.

        Raises:
            UserFacingError: one is gone, or theirs are too many.
            Busy: too many are asking at once.
        """
        async with self._admission.of(person, at_once):
            return await self._fetched(photos)

    @staticmethod
    async def _fetched(photos: Sequence[discord.Attachment]) -> list[bytes]:
        with photo_refusals():
            return await asyncio.gather(*map(fetched, photos))


def _tidily(job: Job[T]) -> Job[T]:
    """Return the job that gives back what it took on the way."""
    try:
        return (yield from job)
    finally:
        trim_memory()


@contextmanager
def photo_refusals() -> Iterator[None]:
    """Turn what is wrong with a photo into the sentence that says so.

    Raises:
        UserFacingError: in place of a PhotoError.
    """
    try:
        yield
    except PhotoError as error:
        raise UserFacingError(PhotoTexts, "problems", error.problem) from None
