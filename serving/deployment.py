"""The Ray Serve deployment: ``serve run serving.deployment:engine``.

Ray does what a cluster needs: it starts replicas and ends them by how many requests each has, starts one again that is
not well, sends a request to one that has its bundle loaded, lets go of bundles that were not used for longest, and
tells figures to Prometheus. Knows nothing of what a call does.
"""

from pydantic import BaseModel, ConfigDict, Field
from ray import serve
from ray.serve import Application
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from bot.inference.models import LoadedModels
from bot.inference.worker import Workers
from bot.memory import mmap_large_blocks
from bot.remote.calls import BUNDLE_HEADER, Problem, WrongCall, whole
from bot.settings import EngineSettings, SettingsError, read
from serving.answering import Answer, answer, is_allowed, refusal
from serving.bundles import Bundles

_BUNDLES_LOADED = 16
"""In one replica: each takes 36 to 97 MB."""
_QUEUE = 64
_AT_ONCE = 16
"""Requests that Ray gives one replica: its lanes read four jobs as one batch, and others wait for them."""


class Arguments(BaseModel):
    """What may be set in Ray's own way: ``serve run serving.deployment:engine replicas=2``."""

    model_config = ConfigDict(extra="forbid")

    replicas: int = Field(default=1, ge=1)
    most_replicas: int | None = Field(default=None, ge=1)
    """As many as ``replicas`` where it is left out."""
    target: float = Field(default=4, gt=0)
    """Requests at once for which one replica is enough."""
    cpus: float = Field(default=1, gt=0)
    gpus: float = Field(default=0, ge=0)


class Engine:
    """A replica: the bundles that it has loaded, and its lanes."""

    def __init__(self) -> None:
        """Read the settings, as the bot does."""
        settings = read(EngineSettings)
        self._token = settings.token_of_engine()
        self._bundles = Bundles(settings.bundle, settings.bundles, settings.provider)
        self._workers = Workers.of(_QUEUE)
        mmap_large_blocks()

    async def __call__(self, request: Request) -> Response:
        """Answer a call."""
        status, body = await self._answered(request)
        return Response(body, status, media_type="application/octet-stream")

    async def _answered(self, request: Request) -> Answer:
        if not is_allowed(request.headers.get("Authorization"), self._token):
            return refusal(Problem.TOKEN)
        try:
            message = await whole(request.stream())
        except (WrongCall, ClientDisconnect):
            return refusal(Problem.WRONG)
        bundle = request.headers.get(BUNDLE_HEADER, "")
        return await answer(message, lambda: self.models(bundle), self._workers)

    @serve.multiplexed(max_num_models_per_replica=_BUNDLES_LOADED)
    async def models(self, bundle: str) -> LoadedModels:
        """Return the models of a bundle; Ray keeps them.

        Raises:
            NoBundle: it is not here.
        """
        return await self._bundles.opened(bundle)

    def check_health(self) -> None:
        """Raise where a model does not come to an end: Ray starts another replica instead of this one.

        Raises:
            RuntimeError: it does not.
        """
        if not self._workers.are_well:
            raise RuntimeError("a model does not come to an end")


def engine(arguments: Arguments) -> Application:
    """Return what Ray serves.

    Raises:
        SystemExit: there is no token, or a setting is wrong; it is a sentence for who types ``serve run``.
    """
    try:
        read(EngineSettings).token_of_engine()
    except SettingsError as error:
        raise SystemExit(str(error)) from None
    most = max(arguments.replicas, arguments.most_replicas or 0)
    scaling = {
        "min_replicas": arguments.replicas,
        "max_replicas": most,
        "target_ongoing_requests": arguments.target,
    }
    deployment = serve.deployment(
        Engine,
        name="dantok",
        autoscaling_config=scaling,
        max_ongoing_requests=_AT_ONCE,
        max_queued_requests=_QUEUE,
        ray_actor_options={"num_cpus": arguments.cpus, "num_gpus": arguments.gpus},
    )
    return deployment.bind()
