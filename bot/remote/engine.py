"""The HTTP client of an inference engine: time limits, a second try, and who is away.

While it is away nobody waits for it: after a pause that doubles, one call tries whether it is back. Knows nothing of
who computes instead.
"""

import asyncio
import logging
import random
import time
from collections.abc import Callable, Mapping
from typing import Any, Self

import aiohttp

from bot import __version__, metrics
from bot.remote.calls import BUNDLE_HEADER, METHODS, MOST_BYTES, STATUS, Call, Problem, WrongCall, whole

_log = logging.getLogger(__name__)

_QUICK, _PATIENT = 1.0, 20.0
"""Seconds for an answer: where a member waits, and Discord takes none after three; and where they wait."""
_TRIES, _BETWEEN = 2, 0.05
"""How often a call is sent where the connection breaks, and seconds between: anything can be computed again."""
_SHORTEST_PAUSE, _LONGEST_PAUSE = 1.0, 30.0
"""Seconds for which an engine that is away is not asked."""
_LACKING_PAUSE = 30.0
"""Seconds for which it is not asked for a bundle that it has not."""
_REASONS: Mapping[Problem, str] = {
    Problem.TOKEN: "it refuses the token: set the same DANTOK_INFERENCE_TOKEN for both",
    Problem.SLOW: "it does not answer in time",
    Problem.VERSION: f"it is not Dantok {__version__}: install the same version for both",
}
_PROBLEMS = {status: problem for problem, status in STATUS.items()}


class NotAnswered(Exception):  # noqa: N818 - somebody else computes it instead
    """The engine gives no result; the message says why, for the log."""


class Engine:
    """An inference engine at a URL; enter it to open its connections."""

    def __init__(self, url: str, token: str, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Take the URL and the token that it asks for; ``clock`` counts seconds."""
        self._url, self._token, self._clock = url, token, clock
        self._session: aiohttp.ClientSession | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._pause, self._asked_again_at = _SHORTEST_PAUSE, 0.0
        self._lacking: dict[str, float] = {}
        self.trouble: str | None = None
        """Why it is away; None while it is there."""

    async def __aenter__(self) -> Self:
        """Get ready; the first call connects."""
        self._loop = asyncio.get_running_loop()
        self._session = aiohttp.ClientSession(headers={"Authorization": f"Bearer {self._token}"})
        return self

    async def __aexit__(self, *error: object) -> None:
        """Close its connections; from then on it answers nothing."""
        session, self._session, self._loop = self._session, None, None
        if session is not None:
            await session.close()

    def may_answer(self, bundle: str) -> bool:
        """Say whether it is worth asking now."""
        now = self._clock()
        return self._session is not None and now >= self._asked_again_at and now >= self._lacking.get(bundle, 0.0)

    def wait_for(self, bundle: str, call: Call) -> Any:  # noqa: ANN401 - of whatever type the method has
        """Return what :meth:`result` does, on another thread than the loop's.

        Raises:
            NotAnswered: as there.
        """
        if self._loop is None or not self.may_answer(bundle) or _runs_here(self._loop):
            raise NotAnswered("it is not asked now")
        asking = self.result(bundle, call, deferred=METHODS[call.part].takes_seconds)
        return asyncio.run_coroutine_threadsafe(asking, self._loop).result()

    async def result(self, bundle: str, call: Call, *, deferred: bool = False) -> Any:  # noqa: ANN401 - as above
        """Return the result of a call on the models of a bundle; where ``deferred`` it may take longer.

        Raises:
            NotAnswered: there is none, and why.
        """
        if not self.may_answer(bundle) or len(content := call.packed(deferred=deferred)) > MOST_BYTES:
            raise NotAnswered("it is not asked")
        outcome = "away"
        # While one tries whether it is back, the others do not wait.
        self._asked_again_at = self._clock() + self._pause if self.trouble else 0.0
        try:
            async with asyncio.timeout(_PATIENT if deferred else _QUICK):
                status, message = await self._sent(bundle, content)
            if status == 200:
                result = call.result(message)
                self._back()
                outcome = "done"
                return result
            problem = _problem(status, message)
            outcome = problem or "away"
            raise self._refused(bundle, status, problem)
        except TimeoutError:
            raise self._gone("it does not answer in time") from None
        except WrongCall:
            raise self._gone("what it answers is no result: look at DANTOK_INFERENCE_URL") from None
        except (aiohttp.ClientError, OSError) as error:
            raise self._gone(f"it cannot be reached ({type(error).__name__})") from None
        finally:
            metrics.ENGINE_CALLS.labels(str(outcome)).inc()

    def _refused(self, bundle: str, status: int, problem: Problem | None) -> NotAnswered:
        """Take note of why there is no result: it is away, or there and has none for this call."""
        if problem is None:
            return self._gone(f"nothing answers calls there (HTTP status {status})")
        if problem in _REASONS:
            return self._gone(_REASONS[problem])
        self._back()
        if problem is Problem.BUNDLE:
            self._lacks(bundle)
        return NotAnswered(problem)

    async def _sent(self, bundle: str, message: bytes) -> tuple[int, bytes]:
        """Send a message and return the status and what came back; a connection that breaks is tried anew."""
        for attempt in range(1, _TRIES + 1):
            try:
                return await self._posted(bundle, message)
            except aiohttp.ClientError:
                if attempt == _TRIES:
                    raise
                await asyncio.sleep(_BETWEEN * random.uniform(1, 2))
        raise AssertionError

    async def _posted(self, bundle: str, message: bytes) -> tuple[int, bytes]:
        if self._session is None:
            raise aiohttp.ClientConnectionError
        headers = {BUNDLE_HEADER: bundle}
        async with self._session.post(self._url, data=message, headers=headers, allow_redirects=False) as response:
            return response.status, await whole(response.content.iter_any())

    def _gone(self, reason: str) -> NotAnswered:
        if self.trouble != reason:
            _log.warning("The inference engine is away, and the bot computes by itself: %s.", reason)
        self._pause = min(_LONGEST_PAUSE, 2 * self._pause) if self.trouble else _SHORTEST_PAUSE
        self._asked_again_at = self._clock() + self._pause
        self.trouble = reason
        return NotAnswered(reason)

    def _back(self) -> None:
        self._asked_again_at = 0.0
        if self.trouble is not None:
            self.trouble = None
            _log.info("The inference engine is back, and computes again.")

    def _lacks(self, bundle: str) -> None:
        if bundle not in self._lacking:
            _log.warning(
                "The inference engine lacks the bundle %s, and the bot computes by itself: put the same bundle there.",
                bundle[:12],
            )
        self._lacking[bundle] = self._clock() + _LACKING_PAUSE


def _problem(status: int, message: bytes) -> Problem | None:
    """Return what an engine says is the matter; None where it is none of ours that answers."""
    problem = _PROBLEMS.get(status)
    # What stands before the engine has such statuses, too: only where it is full does it matter not who says so.
    return problem if problem is Problem.BUSY or (problem and message == problem.encode()) else None


def _runs_here(loop: asyncio.AbstractEventLoop) -> bool:
    try:
        return asyncio.get_running_loop() is loop
    except RuntimeError:
        return False
