"""Serving: the client runs until a signal stops it, and a failed start is one sentence.

Knows nothing of settings or of what the bot answers.
"""

import asyncio
import gc
import signal
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any, TypeVar

import discord

from bot import logs
from bot.client.client import Dantok
from bot.errors import OwnerError
from bot.memory import mmap_large_blocks

T = TypeVar("T")

_UNKNOWN_BOT = (
    "Discord does not know this token: copy it again from the Bot page of your application into DANTOK_TOKEN."
)
_UNWELL = "Discord answered with error {status}: try again in a few minutes."
_INTENTS = (
    "Discord does not allow the bot to read messages (code 4014): turn on Message Content Intent on the Bot page of "
    "your application, or leave out DANTOK_UNASKED, which alone needs it."
)
_CLOSED = "Discord closed the connection for good (code {code}): start again; if it stays so, copy the token again."


async def serve(client: Dantok, token: str) -> None:
    """Serve until SIGTERM or SIGINT; SIGHUP changes over to the bundle that lies in the folder now.

    Raises:
        OwnerError: Discord does not take the token, or what the bot asks for.
    """
    reloads: set[asyncio.Task[None]] = set()

    def reload() -> None:
        task = asyncio.create_task(client.reload_all())
        reloads.add(task)
        task.add_done_callback(reloads.discard)

    with stop_signal() as stopped, on_signal("SIGHUP", reload):
        async with running(client, token) as bot:
            await first_of(bot, stopped.wait())


@asynccontextmanager
async def running(client: Dantok, token: str) -> AsyncIterator["asyncio.Task[None]"]:
    """Run the client while the block lasts and close it at its end; the task it yields ends early only by an error."""
    # What was imported stays: no collection has to walk all of it while members wait. What opening took does not.
    gc.freeze()
    gc.enable()
    mmap_large_blocks()
    asyncio.get_running_loop().set_exception_handler(logs.in_outline)
    bot = asyncio.create_task(_start(client, token))
    try:
        yield bot
    finally:
        await client.close()
        await asyncio.wait({bot}, timeout=1)
        bot.cancel()
        await asyncio.gather(bot, return_exceptions=True)
        await asyncio.sleep(0)  # the client's last events


async def first_of(bot: "asyncio.Task[None]", other: Coroutine[Any, Any, T]) -> T | None:
    """Return what ``other`` returns, or None if the bot was closed before it.

    Raises:
        OwnerError: the bot failed before it.
    """
    task = asyncio.create_task(other)
    try:
        await asyncio.wait({bot, task}, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            return task.result()
        bot.result()
        return None
    finally:
        task.cancel()


@asynccontextmanager
async def in_background(coroutine: Coroutine[Any, Any, object]) -> AsyncIterator[None]:
    """Run something beside the block, and no longer than it."""
    task = asyncio.create_task(coroutine)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait({task})


@contextmanager
def stop_signal() -> Iterator[asyncio.Event]:
    """Yield an event that SIGTERM or SIGINT sets, instead of ending the process there and then."""
    stopped = asyncio.Event()
    with on_signal("SIGTERM", stopped.set), on_signal("SIGINT", stopped.set):
        yield stopped


@contextmanager
def on_signal(name: str, action: Callable[[], object]) -> Iterator[None]:
    """Do ``action`` on the signal called ``name`` inside the block, where the system has such signals."""
    number = getattr(signal, name, None)
    loop = asyncio.get_running_loop()
    try:
        if number is not None:
            loop.add_signal_handler(number, action)
    except NotImplementedError:  # Windows: Ctrl-C arrives as KeyboardInterrupt there
        number = None
    try:
        yield
    finally:
        if number is not None:
            loop.remove_signal_handler(number)


async def _start(client: Dantok, token: str) -> None:
    try:
        await client.start(token)
    except discord.LoginFailure as error:
        raise OwnerError(_UNKNOWN_BOT) from error
    except discord.PrivilegedIntentsRequired as error:
        raise OwnerError(_INTENTS) from error
    except discord.HTTPException as error:
        raise OwnerError(_UNWELL.format(status=error.status)) from error
    except discord.ConnectionClosed as error:
        raise OwnerError(_CLOSED.format(code=error.code)) from error
