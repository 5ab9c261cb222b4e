"""Admission control: whose photos are taken in now. Counted before anything is fetched; knows nothing of photos."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.features.face.texts import FaceTexts
from bot.i18n import UserFacingError
from bot.inference.worker import Busy

_AT_ONCE = 2
"""Photos in memory: while one is changed the next is fetched."""
_MOST_WAITING = 32
_PATIENCE = 20.0
"""Seconds; who waits was told so."""


class Admission:
    """A waiting room for photos: few are let in at once, and one person has few in it."""

    def __init__(self, at_once: int = _AT_ONCE, most_waiting: int = _MOST_WAITING, patience: float = _PATIENCE) -> None:
        """Let ``at_once`` in at once; ``most_waiting`` wait for it, none longer than ``patience`` seconds."""
        self._free = asyncio.Semaphore(at_once)
        self._most = at_once + most_waiting
        self._patience = patience
        self._of_person: Counter[int] = Counter()

    @asynccontextmanager
    async def of(self, person: int, most: int = 1) -> AsyncIterator[None]:
        """Let a photo of ``person`` in, who may have ``most`` here.

        Raises:
            UserFacingError: so many of theirs are here already.
            Busy: too many wait, or the turn did not come in time.
        """
        if self._of_person[person] >= most:
            raise UserFacingError(FaceTexts, "one_at_a_time")
        if self._of_person.total() >= self._most:
            raise Busy
        self._of_person[person] += 1
        try:
            await self._turn()
            try:
                yield
            finally:
                self._free.release()
        finally:
            self._of_person[person] -= 1
            self._of_person += Counter()  # nobody is remembered who has nothing here

    async def _turn(self) -> None:
        try:
            await asyncio.wait_for(self._free.acquire(), self._patience)
        except TimeoutError:
            raise Busy from None
