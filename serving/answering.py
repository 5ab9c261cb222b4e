"""What an engine does with a message: checks the token and the call, runs the job in a lane, and packs its result.

Knows neither Ray nor HTTP but its statuses.
"""

import asyncio
import hmac
import logging
from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from bot.inference.models import LoadedModels
from bot.inference.worker import Busy, Slow, Workers
from bot.logs import outline
from bot.remote.calls import METHODS, STATUS, Call, OtherVersion, Problem, WrongCall, packed

_log = logging.getLogger(__name__)

_OPENING, _DEFERRED_OPENING = 0.5, 15.0
"""Seconds that a call waits for its bundle to open, where a member waits for it and where they were told to."""
Answer = tuple[int, bytes]
"""An HTTP status and a body."""


class NoBundle(Exception):  # noqa: N818 - it is what is missing
    """There is no such bundle here, or it must not be served."""


_PROBLEMS: Mapping[type[Exception], Problem] = {
    OtherVersion: Problem.VERSION,
    WrongCall: Problem.WRONG,
    NoBundle: Problem.BUNDLE,
    Busy: Problem.BUSY,
    Slow: Problem.SLOW,
}


def is_allowed(authorization: str | None, token: str) -> bool:
    """Say whether a header ``Authorization`` has the token, in a time that tells nothing of it."""
    return hmac.compare_digest((authorization or "").encode(), f"Bearer {token}".encode())


def refusal(problem: Problem) -> Answer:
    """Return the answer that says what is the matter."""
    return STATUS[problem], problem.encode()


async def answer(message: bytes, models: Callable[[], Awaitable[LoadedModels]], workers: Workers) -> Answer:
    """Return what a message leads to, on the models that its sender means."""
    try:
        call, deferred = Call.unpacked(message)
        opened = await _in_time(models(), _DEFERRED_OPENING if deferred else _OPENING)
        return 200, packed({"result": await _result(call, opened, workers, deferred=deferred)})
    except Exception as error:  # noqa: BLE001 - the outermost door: the sender computes it itself
        problem = next((each for kind, each in _PROBLEMS.items() if isinstance(error, kind)), Problem.FAILED)
        if problem is Problem.FAILED:
            _log.error("A job failed: %s", outline(error))
        return refusal(problem)


async def _in_time(models: Awaitable[LoadedModels], seconds: float) -> LoadedModels:
    """Return the models, or say in time that they are not open yet: the bot computes this answer by itself.

    Raises:
        Busy: they are not; whoever opens them goes on.
    """
    try:
        async with asyncio.timeout(seconds):
            return await models
    except TimeoutError:
        raise Busy from None


async def _result(call: Call, models: LoadedModels, workers: Workers, *, deferred: bool) -> object:
    method = call.on(models)
    worker = workers.pictures if METHODS[call.part].of_pictures else workers.words
    job = method(**call.arguments) if call.is_job else partial(method, **call.arguments)
    return await worker.run(job, deferred=deferred)
