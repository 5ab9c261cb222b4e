"""The models of a bundle as an inference engine computes them; whatever it does not, the bot's own do.

Whoever asks sees the same types: features do not know where a network runs. Knows nothing of HTTP.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Generator, Mapping
from dataclasses import replace
from functools import cached_property, partial
from typing import Any, TypeVar, cast

from numpy.typing import NDArray

from bot import metrics
from bot.groups.group import Group, Groups, Place
from bot.groups.served_bundle import ServedBundle
from bot.inference.batching import Job, Question
from bot.inference.models import LoadedModels
from bot.inference.worker import Busy, Slow, Worker, Workers
from bot.remote.calls import METHODS, Call, bundle_id
from bot.remote.engine import Engine, NotAnswered

T = TypeVar("T")

_PATIENCE = 2.4
"""Seconds of a member who was not told to wait, for the engine and for the bot together."""
_BESIDE = 3
"""Further threads of pictures: while one waits for the engine, another goes on."""


class RemoteGroups:
    """Groups whose models an engine computes; see :class:`bot.groups.group.Groups`."""

    def __init__(self, groups: Groups, engine: Engine) -> None:
        """Take the groups with the bot's own models, and the engine."""
        self._groups, self._engine = groups, engine

    @property
    def only(self) -> Group | None:
        """The group that answers everywhere, if there is one alone."""
        return self._groups.only and self._remote(self._groups.only)

    async def at(self, place: Place, *, deferred: bool = False) -> Group:
        """Return the group that answers at a place; as the groups do."""
        return self._remote(await self._groups.at(place, deferred=deferred))

    async def of_person(self, person: int) -> frozenset[int]:
        """Return the servers among whose groups a person may choose."""
        return await self._groups.of_person(person)

    def served(self) -> Mapping[int, ServedBundle]:
        """Return the bundles that are loaded here."""
        return self._groups.served()

    async def reload(
        self, server: int, workers: Workers, before_change: Callable[[], Awaitable[object]] | None = None
    ) -> bool:
        """Change over to what lies in a bundle's folder now; the engine is asked for that one from then on."""
        return await self._groups.reload(server, workers, before_change)

    async def look(self) -> None:
        """Look which bundles there are now."""
        await self._groups.look()

    def _remote(self, group: Group) -> Group:
        return replace(group, models=remote(group.models, self._engine))


def remote(models: LoadedModels, engine: Engine) -> LoadedModels:
    """Return models whose methods of ``METHODS`` are called on the engine, and here where it does not answer."""
    bundle = _Identity(models)
    parts = {name: _Part(part, name, bundle, engine) for name in METHODS if (part := getattr(models, name)) is not None}
    members = {name: _Part(voice, "speaker", bundle, engine, name) for name, voice in models.members.items()}
    # Each stands for a part of its type, and has all that one has.
    return replace(models, **cast("dict[str, Any]", parts), members=cast("Any", members))


class _Identity:
    """What stands for the models' bundle, reckoned when it is first asked for."""

    def __init__(self, models: LoadedModels) -> None:
        self._manifest = models.bundle.manifest

    @cached_property
    def id(self) -> str:
        return bundle_id(self._manifest)


class _Part:
    """A part of the models: some of its methods are called on the engine, all else of it is the bot's own."""

    def __init__(self, here: object, name: str, bundle: _Identity, engine: Engine, member: str | None = None) -> None:
        self._here, self._name, self._bundle, self._engine, self._member = here, name, bundle, engine, member

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the part has
        here = getattr(self._here, name)
        return partial(self._called, name, here) if name in METHODS[self._name].methods else here

    def _called(self, method: str, here: Callable[..., Any], *args: Any, **more: Any) -> Any:  # noqa: ANN401 - as the method has it
        call = Call.of(self._name, method, args, more, self._member)
        if call.is_job:
            return RemoteJob(call, self._bundle.id, self._engine, partial(here, *args, **more))
        try:
            return self._engine.wait_for(self._bundle.id, call)
        except NotAnswered:
            return here(*args, **more)


class RemoteJob(Generator[Question, NDArray[Any], T]):
    """A job that the engine does: a :class:`RemoteLane` waits for it; as part of another job it holds up its thread."""

    def __init__(self, call: Call, bundle: str, engine: Engine, here: Callable[[], Job[T]]) -> None:
        """Take the call, the bundle that it is of, the engine, and what does the same here."""
        self._call, self._bundle, self._engine, self.here = call, bundle, engine, here
        self._steps = self._done()

    async def result(self, *, deferred: bool) -> T:
        """Return what the engine returns.

        Raises:
            NotAnswered: it returns nothing.
        """
        result: T = await self._engine.result(self._bundle, self._call, deferred=deferred)
        return result

    def _done(self) -> Job[T]:
        try:
            result: T = self._engine.wait_for(self._bundle, self._call)
        except NotAnswered:
            result = yield from self.here()
        return result

    def send(self, value: NDArray[Any]) -> Question:
        """Go on with the answers to what it asked."""
        return self._steps.send(value)

    def throw(self, *error: Any) -> Question:  # noqa: ANN401 - as generators have it
        """Have an error raised where it asks."""
        return self._steps.throw(*error)

    def close(self) -> None:
        """Break it off."""
        self._steps.close()


class RemoteLane(Worker):
    """A lane whose remote jobs wait for the engine beside each other; all else runs on its threads here."""

    def __init__(self, engine: Engine, queue_size: int, *, limit: float, kind: str, beside: int = 0) -> None:
        """Let at most ``queue_size`` jobs wait for the engine, and as many here; ``beside``: so many more threads."""
        super().__init__(queue_size, _PATIENCE, limit=limit, kind=kind)
        self._engine, self._most, self._waiting = engine, queue_size, 0
        self._beside = [Worker(queue_size, _PATIENCE, limit=limit, kind=kind) for _ in range(beside)]

    @property
    def is_well(self) -> bool:
        """Whether all of its threads come through."""
        return super().is_well and all(worker.is_well for worker in self._beside)

    def close(self) -> None:
        """Close every thread."""
        super().close()
        for worker in self._beside:
            worker.close()

    @property
    def note(self) -> str | None:
        """What there is to know of it that is no illness."""
        trouble = self._engine.trouble
        return trouble and f"the inference engine is away, and the bot computes by itself: {trouble}"

    async def run(self, job: Callable[[], T] | Job[T], *, deferred: bool = False) -> T:
        """Return what ``job`` returns; see :meth:`Worker.run`.

        Raises:
            Busy, Slow: as there; where the engine was waited for in vain, both together are not done in time.
        """
        if not isinstance(job, RemoteJob):
            freer = self._freer()
            return await (freer.run if freer else super().run)(job, deferred=deferred)
        begun = time.monotonic()
        try:
            return await self._answered(job, deferred=deferred)
        except NotAnswered:
            pass
        if deferred:
            return await super().run(job.here(), deferred=True)
        try:
            async with asyncio.timeout(_PATIENCE - (time.monotonic() - begun)):
                return await super().run(job.here())
        except TimeoutError:
            raise Slow from None

    def _freer(self) -> Worker | None:
        """Return a thread beside its own that has less to do, while the engine is there.

        Alone the bot makes one picture after the other: they would take each other's memory and cores.
        """
        freest = min(self._beside, key=lambda worker: worker.inside, default=None)
        if freest is None or self._engine.trouble is not None or freest.inside >= self.inside:
            return None
        return freest

    async def _answered(self, job: RemoteJob[T], *, deferred: bool) -> T:
        if self._waiting >= self._most:
            raise Busy
        self._waiting += 1
        try:
            with metrics.generation(self._kind):
                return await job.result(deferred=deferred)
        finally:
            self._waiting -= 1


def remote_workers(engine: Engine, queue_size: int) -> Workers:
    """Return lanes as :meth:`Workers.of` does, whose remote jobs wait for the engine."""
    own = Workers.of(queue_size)
    words = RemoteLane(engine, queue_size, limit=30, kind="words")
    return replace(own, words=words, pictures=RemoteLane(engine, queue_size, limit=60, kind="pictures", beside=_BESIDE))
