"""Opens a bundle's graphs with ONNX Runtime, on the GPU where there really is one, and checks what they promise.

Knows nothing of words, sampling or Discord.
"""

import contextlib
import hashlib
import importlib.util
import io
import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any, Literal, TypeVar
from weakref import WeakSet, WeakValueDictionary

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from onnxruntime.capi import onnxruntime_pybind11_state as failures

from bot.bundle import Bundle, BundleError, File, Model, Role, Signature, Tensor
from bot.bundle.manifest import WORDS
from bot.errors import OwnerError
from bot.inference.external_data import leads_elsewhere
from bot.memory import trim_memory

_log = logging.getLogger(__name__)

T = TypeVar("T")
Provider = Literal["auto", "cuda", "cpu"]
Trials = Sequence[Sequence[NDArray[Any]]]
"""What a graph is tried with: for each trial a batch of each input."""

TRIAL_SECONDS = 30.0
"""A first run on a GPU that is just waking up takes some."""
_ENDS_WITHIN = 1.0
"""Seconds until a graph that was told to end has come to its next node."""
_PAINTS = {Role.STYLES, Role.STYLE_PAINTER}

_DTYPES = {"tensor(int64)": "int64", "tensor(float)": "float32", "tensor(uint8)": "uint8"}
_CANNOT_OPEN = (
    failures.Fail,
    failures.InvalidArgument,
    failures.InvalidGraph,
    failures.InvalidProtobuf,
    failures.NoSuchFile,
    failures.NotImplemented,
    failures.RuntimeException,
)


class ProviderError(OwnerError):
    """The GPU was asked for by name and is not in use."""


class Graph:
    """A graph of a bundle, opened when it is first run if it was not before; most have one input and one output.

    Of what a bundle holds much is not asked for in an hour, and a session takes ten times its file. One that cannot
    be opened, or breaks its promise, raises a :class:`BundleError` then.
    """

    def __init__(
        self, opening: "Callable[[], onnxruntime.InferenceSession]", model: Model, trials: Trials = ()
    ) -> None:
        """Take how it is opened, what it promises, and what it is tried with before it serves."""
        self._opening, self._trials = opening, trials
        self._session: onnxruntime.InferenceSession | None = None
        self._used = 0.0
        self._name = model.graph.name
        self._inputs, self._outputs = ([tensor.name for tensor in some] for some in (model.inputs, model.outputs))

    @property
    def provider(self) -> str:
        """What it really runs on: ``CUDA`` or ``CPU``."""
        return str(self.opened().get_providers()[0]).removesuffix("ExecutionProvider")

    def opened(self) -> onnxruntime.InferenceSession:
        """Return what is open, after opening and trying it where it was not.

        Raises:
            BundleError: it cannot be opened, breaks its promise, or does not pass a trial.
            ProviderError: the GPU was asked for by name and is not in use.
        """
        self._used = time.monotonic()
        # What is not asked for in a long time may be closed by another thread meanwhile.
        session = self._session
        if session is None:
            try:
                session = self._session = self._open()
            except OwnerError as error:
                # Who asked is told a number: what is wrong the owner reads here.
                _log.error("%s", error)
                raise
        return session

    def close_if_idle(self, seconds: float) -> bool:
        """Close it where it was not run for so long, and say whether it was; it is opened again when it is run."""
        is_idle = self._session is not None and time.monotonic() - self._used > seconds
        if is_idle:
            self._session = None
        return is_idle

    def _open(self) -> onnxruntime.InferenceSession:
        session = self._opening()
        for batches in self._trials:
            tried(self._name, partial(self._run, session), *batches)
        trim_memory()  # opening takes several times what stays, and whoever asks first takes more
        return session

    def run(self, batch: NDArray[Any]) -> NDArray[Any]:
        """Return what the graph makes of a batch.

        Raises:
            Exception: ONNX Runtime's own, also where :func:`terminate` stopped it.
        """
        (result,) = self.run_all(batch)
        return result

    def run_all(self, *batches: NDArray[Any], is_last: bool = False) -> list[NDArray[Any]]:
        """Return each output of the graph for a batch of each input.

        An arena keeps what was taken, but for what is not in use after a run that ``is_last``.

        Raises:
            Exception: as :meth:`run` does.
        """
        return self._run(self.opened(), *batches, is_last=is_last)

    def _run(
        self, session: onnxruntime.InferenceSession, *batches: NDArray[Any], is_last: bool = False
    ) -> list[NDArray[Any]]:
        options, thread = onnxruntime.RunOptions(), threading.get_ident()
        if is_last and session.get_providers()[0] == "CPUExecutionProvider":
            options.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")
        _running[thread] = options
        try:
            results: list[NDArray[Any]] = session.run(
                self._outputs, dict(zip(self._inputs, batches, strict=True)), options
            )
        finally:
            del _running[thread]
        return results


def tried(name: str, run: Callable[..., list[NDArray[Any]]], *batches: NDArray[Any]) -> None:
    """Run a graph once before it serves.

    What is wrong shows now, and the first member waits for no warming.

    Raises:
        BundleError: it fails, does not come to an end, or what it gives is no number or always the same.
    """
    results = _in_time(name, partial(run, *batches))
    if not all(np.isfinite(result).all() for result in results):
        raise BundleError(f"{name} gives NaN or infinite numbers: its weights are damaged; train and export it again.")
    if any(result.size > 1 and result.min() == result.max() for result in results):
        raise BundleError(f"{name} gives the same number for everything: it has learnt nothing; train it again.")


def _in_time(name: str, job: Callable[[], T]) -> T:
    """Return what ``job`` returns; on a thread that is left behind where it does not come to an end."""
    done: Future[T] = Future()
    thread = threading.Thread(target=lambda: _into(done, job), name="trial", daemon=True)
    thread.start()
    try:
        return done.result(TRIAL_SECONDS)
    except TimeoutError:
        terminate(thread.ident)
        thread.join(_ENDS_WITHIN)  # one that comes out of a graph while Python ends aborts it
        raise BundleError(
            f"{name} does not come to an end within {TRIAL_SECONDS:g} seconds: export it again."
        ) from None
    except _CANNOT_OPEN as error:
        raise BundleError(f"{name} does not run: {str(error).splitlines()[0]}") from error


def _into(done: "Future[T]", job: Callable[[], T]) -> None:
    try:
        done.set_result(job())
    except Exception as error:  # noqa: BLE001 - whatever it is, it belongs to who waits
        done.set_exception(error)


_running: dict[int, onnxruntime.RunOptions] = {}
"""By thread, the graph that it is in: nothing else can end one."""


_sessions: WeakValueDictionary[tuple[str, Provider], onnxruntime.InferenceSession] = WeakValueDictionary()
"""What is open, by the hash of its file: of many groups most have the same faces. A session keeps nothing of a run."""


def terminate(thread: int | None) -> None:
    """Let the graph in which that thread is raise at its next node; where it is in none, do nothing."""
    options = _running.get(thread or 0)
    if options is not None:
        options.terminate = True


def open_graph(bundle: Bundle, model: Model, provider: Provider, *trials: Sequence[NDArray[Any]]) -> Graph:
    """Open any of the bundle's graphs, try it, and check that it has the inputs and outputs that the manifest promises.

    Raises:
        BundleError: it cannot be opened, breaks the promise, or does not pass a trial.
        ProviderError: ``provider`` is ``cuda`` and the graph does not run there.
    """
    graph = Graph(partial(_session_of, bundle, model, provider), model, trials)
    graph.opened()
    return graph


def open_promised(
    bundle: Bundle, model: Model, provider: Provider, signature: Signature, *trials: Sequence[NDArray[Any]]
) -> Graph:
    """Return one of the bundle's graphs that takes and gives what is asked for by ``signature``, opened later.

    Raises:
        BundleError: the manifest promises something else, or as :func:`open_later`.
        ProviderError: as :func:`open_later`.
    """
    inputs, outputs = signature
    compare("manifest.json", "input", inputs, model.inputs)
    compare("manifest.json", "output", outputs, model.outputs)
    return open_later(bundle, model, provider, *trials)


def open_later(bundle: Bundle, model: Model, provider: Provider, *trials: Sequence[NDArray[Any]]) -> Graph:
    """Return a graph of the bundle that is opened as by :func:`open_graph` once it is run, on the thread that runs it.

    Raises:
        BundleError, ProviderError: as :func:`open_graph`, where everything is :func:`opened_at_once`.
    """
    graph = Graph(partial(_session_of, bundle, model, provider), model, trials)
    _opened_later.add(graph)
    if _at_once.get():
        graph.opened()
    return graph


def close_idle(seconds: float = 15 * 60) -> int:
    """Close what is opened only when it is run and was not for so long; return how many graphs that are."""
    return sum(graph.close_if_idle(seconds) for graph in list(_opened_later))


_opened_later: WeakSet[Graph] = WeakSet()


_at_once: ContextVar[bool] = ContextVar("_at_once", default=False)


@contextmanager
def opened_at_once() -> Iterator[None]:
    """Open every graph at once, and so see whether each keeps its promise."""
    token = _at_once.set(True)
    try:
        yield
    finally:
        _at_once.reset(token)


def _session_of(bundle: Bundle, model: Model, provider: Provider) -> onnxruntime.InferenceSession:
    session = _sessions.get((model.graph.sha256, provider))
    if session is None:
        graph = _self_contained(model.graph, bundle.read(model.graph))
        session = _open(model.graph.name, graph, provider, model.role)
    compare(model.graph.name, "input", model.inputs, [_tensor(node) for node in session.get_inputs()])
    compare(model.graph.name, "output", model.outputs, [_tensor(node) for node in session.get_outputs()])
    _sessions[model.graph.sha256, provider] = session
    return session


def _open(name: str, graph: bytes, provider: Provider, role: Role) -> onnxruntime.InferenceSession:
    # Where there is no GPU, the runtime would say so in red on stderr; we ask the session instead.
    onnxruntime.set_default_logger_severity(4)
    try:
        session = onnxruntime.InferenceSession(graph, _options(role), providers=_providers(provider, role))
    except _CANNOT_OPEN as error:
        reason = str(error).splitlines()[0]
        raise BundleError(f"{name} cannot be opened by ONNX Runtime {onnxruntime.__version__}: {reason}") from error
    if provider == "cuda" and session.get_providers()[0] != "CUDAExecutionProvider":
        raise ProviderError(
            "CUDA was asked for, but ONNX Runtime could only use the CPU: install the driver and "
            "`pip install -e '.[gpu]'`, or set DANTOK_PROVIDER to auto."
        )
    if session.get_providers() == ["CPUExecutionProvider"]:
        session._model_bytes = None  # the whole file, by which it would go on without a GPU
    return session


def _self_contained(file: File, graph: bytes) -> bytes:
    """Return the graph that is promised, if it is all there is to it: another file could be any, and be said."""
    if hashlib.sha256(graph).hexdigest() != file.sha256:
        # Its hash was checked before; under that hash what is open now would serve another group, too.
        raise BundleError(f"{file.name} was changed while it was opened: try again.")
    try:
        elsewhere = leads_elsewhere(graph)
    except ValueError as error:
        raise BundleError(f"{file.name} is no ONNX graph ({error}): export the bundle again.") from error
    if elsewhere:
        raise BundleError(f"{file.name} keeps weights in another file, which is not read: export the bundle again.")
    return graph


def _options(role: Role) -> onnxruntime.SessionOptions:
    """One thread that sleeps between queries: this process also has to answer Discord."""
    options = onnxruntime.SessionOptions()
    # An arena keeps what the largest run needed: of words little, and each step of them is faster by it; so is one of
    # dreams, which give it back.
    options.enable_cpu_mem_arena = role in WORDS or role is Role.DREAM
    # A pattern takes the room of a whole run at once, and of each size of picture anew: half as much again for a dream.
    options.enable_mem_pattern = role is not Role.DREAM
    if role in _PAINTS:
        # In the processor's own layout it is a tenth faster, and takes another 90 MB at 1,024 pixels.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
        # As the file has them: one half of the channels is done before the other begins.
        options.execution_order = onnxruntime.ExecutionOrder.PRIORITY_BASED
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.add_session_config_entry("session.inter_op.allow_spinning", "0")
    # Its own format would be read too, and is not looked through.
    options.add_session_config_entry("session.load_model_format", "ONNX")
    options.log_severity_level = 4
    return options


# Else cuDNN tries all its ways with every new size of picture, which takes seconds, and multiplies with 10 bits of each
# number for 23: a seed would say and paint something else than on a CPU.
_CUDA = ("CUDAExecutionProvider", {"cudnn_conv_algo_search": "HEURISTIC", "use_tf32": "0"})


def _providers(provider: Provider, role: Role) -> list[str | tuple[str, dict[str, str]]]:
    if provider == "auto" and role is Role.DREAM:
        provider = "cpu"  # a dream is many small steps, which a GPU takes longer for
    if provider == "cpu" or "CUDAExecutionProvider" not in onnxruntime.get_available_providers():
        return ["CPUExecutionProvider"]
    if importlib.util.find_spec("nvidia") is not None:
        # The extra "gpu" brought CUDA's libraries as wheels; what it cannot find it prints.
        with contextlib.redirect_stdout(io.StringIO()):
            onnxruntime.preload_dlls()
    return [_CUDA, "CPUExecutionProvider"]


def _tensor(node: onnxruntime.NodeArg) -> Tensor:
    shape = tuple(size if isinstance(size, int) else str(size) for size in node.shape)
    return Tensor(node.name, _DTYPES.get(node.type, node.type), shape)


def compare(where: str, kind: str, expected: Sequence[Tensor], actual: Sequence[Tensor]) -> None:
    """Compare inputs or outputs by name, dtype and shape.

    Raises:
        BundleError: they differ.
    """
    if len(expected) == len(actual) and all(map(_same, expected, actual)):
        return
    raise BundleError(f"{where} has the {kind}s {_spell(actual)}, this model has {_spell(expected)}: export it again.")


def _same(expected: Tensor, actual: Tensor) -> bool:
    return (
        (expected.name, expected.dtype) == (actual.name, actual.dtype)
        and len(expected.shape) == len(actual.shape)
        and all(map(_same_size, expected.shape, actual.shape))
    )


def _same_size(expected: int | str, actual: int | str) -> bool:
    # A size that may vary has a name, and the exporter may have chosen another one.
    return expected == actual or (isinstance(expected, str) and isinstance(actual, str))


def _spell(tensors: Sequence[Tensor]) -> str:
    return " and ".join(f"{t.name}[{', '.join(map(str, t.shape))}] {t.dtype}" for t in tensors) or "(none)"
