"""Opens a bundle's network of scenes, and reads dialogues with it: each turn once, though many draws follow it.

A row of ids is turns in a row, each a letter, its pieces and the end mark, the last one perhaps unfinished. Knows
nothing of text or sampling.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bot.bundle import LETTERS, Bundle, BundleError, Model, Role, scene_signature
from bot.inference.reader import Logits, Row, log_softmax
from bot.inference.session import Graph, Provider, open_promised

CONTEXT = "context"
"""In the metrics: so many ids the network has read at once in training."""
_KEPT = 8
"""Dialogues whose keys and values are kept, half a megabyte each: those that are on their way."""
_TRIAL_LENGTH = 50
_USUAL_CONTEXT = 128

_Read = NDArray[np.float32]


class DialogueNetwork:
    """A network of scenes that is open; ``context`` is how many ids it reads at most."""

    def __init__(self, graph: Graph, vocabulary: int, depth: int, context: int = _USUAL_CONTEXT) -> None:
        """Take the open graph, the number of pieces, and how many numbers are kept of each id."""
        self._graph = graph
        self.vocabulary = vocabulary
        self.context = context
        self._nothing: _Read = np.zeros((0, depth), np.float32)
        self._kept: dict[Row, _Read] = {}

    def logits(self, ids: NDArray[np.int64]) -> Logits:
        """Return the logits ``[batch, vocabulary]`` of the piece after each row of ``ids[batch, time]``, no letters."""
        return self._after([*map(tuple, ids.tolist())])[:, : self.vocabulary]

    def log_probs(self, rows: Sequence[Row]) -> Logits:
        """Return the log probabilities (nats) ``[rows, vocabulary]`` of the piece after each row, of any length."""
        return log_softmax(self._after(rows)[:, : self.vocabulary])

    def letters(self, rows: Sequence[Row]) -> Logits:
        """Return the logits ``[rows, LETTERS]`` of who speaks after each row."""
        return self._after(rows)[:, self.vocabulary :]

    def _after(self, rows: Sequence[Row]) -> Logits:
        """Return the logits ``[rows, vocabulary + LETTERS]`` of what follows; turns that rows share are read once."""
        logits = np.empty((len(rows), self.vocabulary + LETTERS), np.float32)
        turns = [self._last_turn(row) for row in rows]
        for before, length in dict.fromkeys((row[:turn], len(row)) for row, turn in zip(rows, turns, strict=True)):
            some = [place for place, row in enumerate(rows) if len(row) == length and row[: turns[place]] == before]
            ids = np.array([rows[place][len(before) :] for place in some], np.int64)
            logits[some] = self._graph.run_all(ids, self._read(before))[0]
        return logits

    def _read(self, row: Row) -> _Read:
        """Return what is kept of whole turns that were read."""
        if not row:
            return self._nothing
        read = self._kept.pop(row, None)
        if read is None:
            turn = self._last_turn(row)
            before = self._read(row[:turn])
            _, own = self._graph.run_all(np.array([row[turn:]], np.int64), before)
            read = np.concatenate((before, own[0]))
        self._kept[row] = read
        for longest_ago in list(self._kept)[:-_KEPT]:
            self._kept.pop(longest_ago, None)
        return read

    def _last_turn(self, row: Row) -> int:
        """Return where the last turn of a row begins: at its letter, if it has one."""
        return next((place for place in reversed(range(len(row))) if row[place] >= self.vocabulary), 0)


def open_dialogue(bundle: Bundle, vocabulary: int, provider: Provider = "auto") -> DialogueNetwork | None:
    """Open the bundle's network of scenes, or return None where it has none.

    Raises:
        BundleError: its graph cannot be opened, breaks the contract, or has another vocabulary than the voice.
        ProviderError: the GPU was asked for by name and is not in use.
    """
    for model in bundle.manifest.of_role(Role.SCENE).values():
        depth = _depth(model)
        ids = np.resize(np.arange(vocabulary + LETTERS), (1, _TRIAL_LENGTH))
        after_nothing = ids, np.zeros((0, depth), np.float32)
        after_two = np.repeat(ids, 2, axis=0), np.ones((2, depth), np.float32)
        graph = open_promised(bundle, model, provider, scene_signature(vocabulary, depth), after_nothing, after_two)
        return DialogueNetwork(graph, vocabulary, depth, int(model.metrics.get(CONTEXT, _USUAL_CONTEXT)))
    return None


def _depth(model: Model) -> int:
    """Return how many numbers are kept of each id.

    Raises:
        BundleError: the manifest promises none.
    """
    for tensor in model.outputs:
        if tensor.name == "read" and isinstance(tensor.shape[-1], int):
            return tensor.shape[-1]
    raise BundleError(f"manifest.json says not how much {model.graph.name} keeps of what it reads: export it again.")
