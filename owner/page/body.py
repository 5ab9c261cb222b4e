"""A request's body as a file: what comes in is read piece by piece in another thread. Knows nothing of what it is."""

import asyncio
import io
from typing import BinaryIO

from aiohttp import StreamReader
from typing_extensions import Buffer, override

_PIECE = 1 << 20


def body_of(content: StreamReader) -> BinaryIO:
    """Return what comes in as a file for another thread than the loop's; to be called in the loop's.

    Reading raises OSError where whoever sends it is gone.
    """
    return io.BufferedReader(_Body(content), _PIECE)


class _Body(io.RawIOBase):
    def __init__(self, content: StreamReader) -> None:
        super().__init__()
        self._content = content
        self._loop = asyncio.get_running_loop()

    @override
    def readable(self) -> bool:
        return True

    @override
    def readinto(self, buffer: Buffer, /) -> int:
        view = memoryview(buffer).cast("B")
        piece = asyncio.run_coroutine_threadsafe(self._next(len(view)), self._loop).result()
        view[: len(piece)] = piece
        return len(piece)

    async def _next(self, size: int) -> bytes:
        try:
            return await self._content.read(size)
        except Exception as error:  # aiohttp has several for one who hangs up
            raise ConnectionAbortedError("the sender is gone") from error
