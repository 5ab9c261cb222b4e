"""The deadline of an answer: until when the database may still be asked, by whoever is waited for.

Discord takes no first answer after three seconds. What a slow server would do later would be done unseen, and the
member would do it again. Knows no database, and nothing of who waits.
"""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

WITHIN = 2.2
"""Seconds for all that one answer asks of the database; the rest is for the way to Discord."""


@dataclass(slots=True)
class Deadline:
    """Until when the loop's clock says that somebody waits, as long as they do; and whether anything was changed."""

    moment: float
    is_waited_for: Callable[[], bool]
    has_changed: bool = False

    def left(self) -> float | None:
        """Return the moment; None where nobody waits any more, or was told to wait longer."""
        return self.moment if self.is_waited_for() else None


current: ContextVar[Deadline | None] = ContextVar("deadline", default=None)
"""That of the task, and of those that it begins."""


@contextmanager
def waited_for(is_waited_for: Callable[[], bool]) -> Iterator[None]:
    """Let what is asked of the database in this block be done within the time of an answer, or not at all.

    It raises :class:`bot.store.errors.StoreBusy` else. ``is_waited_for`` says whether the answer is still to come.
    """
    token = current.set(Deadline(asyncio.get_running_loop().time() + WITHIN, is_waited_for))
    try:
        yield
    finally:
        current.reset(token)
