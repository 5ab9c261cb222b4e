"""Admission control: whose photos are taken in now. Counted before anything is fetched; knows nothing of photos."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from bot.i18n import UserFacingError
from bot.inference.worker import Busy
from bot.photo_intake.texts import PhotoTexts

_AT_ONCE = 2
"""Photos in memory: while one is changed the next is fetched."""
_MOST_WAITING = 32
_PATIENCE = 20.0
"""Seconds; who waits was told so."""
_USUAL_STAY, _NEWS = 1.0, 0.3
"""Seconds that a photo is in before any was, and the weight of the latest in what is expected of the next."""


class Admission:
    """A waiting room for photos: few are let in at once, and one person has few in it."""

    def __init__(
        self,
        at_once: int = _AT_ONCE,
        most_waiting: int = _MOST_WAITING,
        patience: float = _PATIENCE,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Let ``at_once`` in at once; ``most_waiting`` wait for it, none longer than ``patience`` seconds."""
        self._free = asyncio.Semaphore(at_once)
        self._at_once = at_once
        self._most = at_once + most_waiting
        self._patience = patience
        self._clock = clock
        self._stay = _USUAL_STAY
        self._of_person: Counter[int] = Counter()

    @asynccontextmanager
    async def of(self, person: int, most: int = 1) -> AsyncIterator[None]:
        """Let a photo of ``person`` in, who may have ``most`` here.

        Raises:
            UserFacingError: so many of theirs are here already.
            Busy: too many wait, or the turn would not come in time, as it seems now or as it turned out.
        """
        if self._of_person[person] >= most:
            raise UserFacingError(PhotoTexts, "one_at_a_time")
        if self._of_person.total() >= self._most or self._expected_wait() > self._patience:
            raise Busy
        self._of_person[person] += 1
        try:
            await self._turn()
            since = self._clock()
            try:
                yield
            finally:
                self._stay += _NEWS * (self._clock() - since - self._stay)
                self._free.release()
        finally:
            self._of_person[person] -= 1
            self._of_person += Counter()  # nobody is remembered who has nothing here

    def _expected_wait(self) -> float:
        """Return in how many seconds the turn of who comes now would be: better told at once than after them."""
        ahead = self._of_person.total() + 1 - self._at_once
        return max(0, ahead) * self._stay / self._at_once

    async def _turn(self) -> None:
        try:
            await asyncio.wait_for(self._free.acquire(), self._patience)
        except TimeoutError:
            raise Busy from None
