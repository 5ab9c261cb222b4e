"""Signals: Ctrl-C and SIGTERM end a long job in the same way: through the stack, so that everything is tidied up.

Knows nothing of what is being stopped.
"""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class Stopped(BaseException):
    """The owner, or the machine, asked the job to end."""

    def __init__(self, number: int) -> None:
        super().__init__(signal.Signals(number).name)
        self.exit_code = 128 + number


@contextmanager
def stoppable() -> Iterator[None]:
    """Raise :class:`Stopped` on the first SIGINT or SIGTERM; later ones are ignored while things are tidied up.

    On Windows also on SIGBREAK, which is what one program can send another there.
    """
    before = {number: signal.signal(number, _stop) for number in _numbers()}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop(number: int, _: FrameType | None) -> None:
    for each in _numbers():
        signal.signal(each, signal.SIG_IGN)
    raise Stopped(number)


def _numbers() -> Iterator[int]:
    """Yield what asks a job to end; on Windows that is SIGBREAK where another program asks."""
    for name in ("SIGINT", "SIGTERM", "SIGBREAK"):
        if (number := getattr(signal, name, None)) is not None:
            yield int(number)
