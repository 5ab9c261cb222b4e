"""A text network of a bundle: what it foretells after rows of pieces, by the state of what it has read already.

Knows nothing of words, sampling or Discord.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.bundle import START, Bundle, BundleError, Model, Tensor, Tokenizer, text_signature
from bot.inference.reader import Row, log_softmax
from bot.inference.session import Graph, Provider, compare, open_graph

_TRIAL_LENGTH = 50
_MOST_STATES = 2048
"""States that are kept: those of the answers on their way, at a kilobyte each."""

_Logits = NDArray[np.float32]


class Recurrence(NamedTuple):
    """How a text network is asked: how wide its ``state`` is, if it has one, and whether it ``rereads`` all before."""

    state: int | None
    rereads: bool

    def from_nothing(self, ids: NDArray[np.int64]) -> tuple[NDArray[Any], ...]:
        """Return the inputs of a network that has read nothing of ``ids`` yet."""
        if self.state is None:
            return (ids,)
        before = np.zeros((len(ids), self.state), np.float32)
        return (ids, ids, before) if self.rereads else (ids, before)


class TextSession:
    """A text network that is open and keeps its promised signature, with the tokenizer it was trained with.

    One that can go on from where it was reads only what is new: of what it has read the state is kept for a while.
    """

    def __init__(self, graph: Graph, tokenizer: Tokenizer, kind: Recurrence, start: int = START) -> None:
        """Take an open graph, how it is asked, and what it reads for the start mark."""
        self._graph = graph
        self._start = start
        self.tokenizer = tokenizer
        self._kind = kind
        self._states: dict[Row, NDArray[np.float32]] = {}

    @property
    def provider(self) -> str:
        """What it really runs on: ``CUDA`` or ``CPU``."""
        return self._graph.provider

    def logits(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the logits ``[batch, vocab]`` of the piece after each row of ``ids[batch, time]``, unpadded."""
        return self._logits([tuple(row) for row in ids.tolist()])

    def log_probs(self, rows: Sequence[Row]) -> NDArray[np.float32]:
        """Return the log probabilities (nats) ``[rows, vocab]`` of the piece after each row, of any length."""
        return log_softmax(self._logits(rows))

    def _logits(self, rows: Sequence[Row]) -> _Logits:
        if self._start != START:
            rows = [tuple(self._start if piece == START else piece for piece in row) for row in rows]
        logits: _Logits | None = None
        left = list(range(len(rows)))
        while left:
            places = self._next(rows, left)
            if len(places) == len(rows):
                return self._read(rows)
            logits = np.empty((len(rows), len(self.tokenizer)), np.float32) if logits is None else logits
            logits[places] = self._read([rows[place] for place in places])
            left = sorted({*left}.difference(places))
        return np.empty((0, len(self.tokenizer)), np.float32) if logits is None else logits

    def _next(self, rows: Sequence[Row], left: Sequence[int]) -> Sequence[int]:
        """Return which of those that are ``left`` are read at once: all that only go on, or else the shortest."""
        known = [place for place in left if rows[place][:-1] in self._states]
        if known and not self._kind.rereads:
            return known
        shortest = min(len(rows[place]) for place in known or left)
        return [place for place in known or left if len(rows[place]) == shortest]

    def _read(self, rows: Sequence[Row]) -> _Logits:
        """Return the logits after rows of which each has a state, or none has, and keep the states after them."""
        if self._kind.state is None:
            return self._graph.run(np.array(rows, np.int64))
        if rows[0][:-1] in self._states:
            before = np.concatenate([self._states[row[:-1]] for row in rows])
            new = np.array([row[-1:] for row in rows], np.int64)
        else:
            before = np.zeros((len(rows), self._kind.state), np.float32)
            new = np.array(rows, np.int64)
        read = (np.array(rows, np.int64), new, before) if self._kind.rereads else (new, before)
        logits, after = self._graph.run_all(*read)
        self._keep(rows, after)
        return logits

    def _keep(self, rows: Sequence[Row], states: NDArray[np.float32]) -> None:
        for place, row in enumerate(rows):
            self._states[row] = states[place : place + 1]
        if len(self._states) > _MOST_STATES:
            for row in list(self._states)[: _MOST_STATES // 4]:
                self._states.pop(row, None)

    def beginning_with(self, start: int) -> "TextSession":
        """Return the same network that reads ``start`` for the start mark: as one speaker alone."""
        return TextSession(self._graph, self.tokenizer, self._kind, start)


def open_text(bundle: Bundle, provider: Provider = "auto") -> TextSession:
    """Open the bundle's text network.

    Raises:
        BundleError: there is none, it cannot be opened, its tokenizer is not as wide as its logits, or
            an input or output has another name, dtype or shape than every text network has.
        ProviderError: ``provider`` is ``cuda`` and the network does not run there.
    """
    model = bundle.model("text")
    if model.tokenizer is None:
        raise BundleError("The bundle's text model names no tokenizer: export it again.")
    return open_network(bundle, model, Tokenizer.open(bundle.path(model.tokenizer)), provider)


def open_network(
    bundle: Bundle, model: Model, tokenizer: Tokenizer, provider: Provider, opening: Callable[..., Graph] = open_graph
) -> TextSession:
    """Open any network of the bundle that foretells pieces of ``tokenizer``, at once or later.

    Raises:
        BundleError, ProviderError: as :func:`open_text`.
    """
    kind = _kind(model, len(tokenizer))
    every = [*model.speakers.values(), *range(len(tokenizer))]
    ids = np.resize(every, (1, max(_TRIAL_LENGTH, len(model.speakers))))
    graph = opening(bundle, model, provider, kind.from_nothing(ids))
    return TextSession(graph, tokenizer, kind)


def _kind(model: Model, vocabulary: int) -> Recurrence:
    """Check what the manifest says of a text network, and return how it is asked."""
    logits, state = (_width(model.outputs, name) for name in ("logits", "state_after"))
    if logits is not None and logits != vocabulary:
        raise BundleError(f"The tokenizer has {vocabulary} pieces, but {model.graph.name}'s logits are {logits} wide.")
    kind = Recurrence(state, rereads=any(tensor.name == "ids" for tensor in model.inputs))
    inputs, outputs = text_signature(vocabulary, state, rereads=kind.rereads or state is None)
    compare("manifest.json", "input", inputs, model.inputs)
    compare("manifest.json", "output", outputs, model.outputs)
    return kind


def _width(outputs: Sequence[Tensor], name: str) -> int | None:
    shapes = (tensor.shape for tensor in outputs if tensor.name == name)
    return next((shape[1] for shape in shapes if len(shape) == 2 and isinstance(shape[1], int)), None)
