"""Scores answers to a message by a bundle's picker, and has the lines that everybody of the room says.

Knows nothing of who asks, nor of where other answers come from.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from bot.bundle import Bundle, BundleError, Model, Role, picker_signature
from bot.bundle.exchanges import Exchanges, is_line
from bot.bundle.hashed_ngrams import ngrams
from bot.bundle.manifest import parsed
from bot.inference.session import Graph, Provider, open_promised

MOST_LINES = 2_000
_ALIKE = 100
"""Answers that are scored in one run of the graph."""
_NO_ANSWER = np.zeros((1, 1), np.int64)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Scores from which on a line is ``sure``, and ``surest``, to be said unasked; and the least for any answer.

    Below ``silent`` there is none, where there may be none. Of a line's score its place costs ``seldom`` a nat: those
    that answer most come first. Older bundles have one bar for all.
    """

    sure: float
    silent: float
    surest: float
    seldom: float

    @classmethod
    def of(cls, metrics: Mapping[str, float]) -> Self:
        """Return those of a picker.

        Raises:
            KeyError: they are not among its metrics.
        """
        sure = metrics.get("sure_line", metrics["sure"])
        return cls(sure, metrics["silent"], metrics.get("surest_line", sure), metrics.get("seldom", 0.0))


class Picker:
    """A bundle's picker."""

    def __init__(
        self,
        graph: Graph,
        lines: Sequence[str],
        thresholds: Thresholds,
        exchanges: Exchanges,
        *,
        knows_lines: bool,
    ) -> None:
        """Take the open graph, and what it may pick; :func:`open_picker` does.

        A graph that ``knows_lines`` scores them by itself.
        """
        self._graph = graph
        self.lines = tuple(lines)
        self.exchanges = exchanges
        self.thresholds = thresholds
        self._knows_lines = knows_lines
        self._numbers = {} if knows_lines else {line: _numbers(line) for line in self.lines}

    def scores(self, message: str, answers: Sequence[str]) -> NDArray[np.float32] | None:
        """Return how well each of ``answers`` answers ``message``; None where there is nothing in it to go by."""
        own = ngrams(message)
        if not own or not answers:
            return None
        numbers = [self._numbers[text] if text in self._numbers else _numbers(text) for text in answers]
        lengths = np.array([len(each) for each in numbers])
        scores = np.empty(len(answers), np.float32)
        # A row costs as much as the longest beside it: short answers and long ones go apart.
        for some in np.array_split(lengths.argsort(kind="stable"), -(-len(answers) // _ALIKE)):
            rows = np.zeros((len(some), max(1, lengths[some[-1]])), np.int64)
            rows[np.arange(rows.shape[1]) < lengths[some, None]] = np.concatenate([numbers[place] for place in some])
            scores[some] = self._graph.run_all(np.array(own, np.int64), rows)[0]
        return scores

    def line_scores(self, message: str) -> NDArray[np.float32] | None:
        """Return how well each line answers ``message``; None as above."""
        if not self._knows_lines:  # an older bundle
            return self.scores(message, self.lines)
        own = ngrams(message)
        return self._graph.run_all(np.array(own, np.int64), _NO_ANSWER)[1] if own else None

    def placed_scores(self, message: str) -> NDArray[np.float32] | None:
        """Return how well each line answers ``message``, less what its place costs; None as above."""
        scores = self.line_scores(message)
        if scores is None:
            return None
        return (scores - self.thresholds.seldom * np.log1p(np.arange(len(scores)))).astype(np.float32)


def _numbers(answer: str) -> NDArray[np.int64]:
    return np.array(ngrams(answer), np.int64)


def open_picker(bundle: Bundle, provider: Provider = "auto") -> Picker | None:
    """Open the bundle's picker, or return None where it has none.

    Raises:
        BundleError: its graph cannot be opened or breaks the contract, or its lines cannot be read.
        ProviderError: the GPU was asked for by name and is not in use.
    """
    for model in bundle.manifest.of_role(Role.PICKER).values():
        return _opened(bundle, model, provider)
    return None


def _opened(bundle: Bundle, model: Model, provider: Provider) -> Picker:
    try:
        thresholds = Thresholds.of(model.metrics)
    except KeyError as error:
        raise BundleError(f"The picker does not say from which score on it is {error}: export it again.") from error
    lines = read_lines(bundle.path(model.lines)) if model.lines else []
    knows_lines = any(tensor.name == "line_scores" for tensor in model.outputs)
    signature = picker_signature(len(lines) if knows_lines else None)
    trial = np.arange(1, 6), np.arange(1, 22).reshape(3, 7)
    graph = open_promised(bundle, model, provider, signature, trial)
    graph.opened()  # lines go with nearly every answer
    exchanges = Exchanges.read(bundle.path(model.data), len(lines)) if model.data else Exchanges()  # an older bundle
    return Picker(graph, lines, thresholds, exchanges, knows_lines=knows_lines)


def read_lines(path: Path) -> list[str]:
    """Read the lines that may be answered as they are.

    Raises:
        BundleError: they cannot be read, or are no such lines.
    """
    try:
        lines = parsed(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BundleError(f"{path.name} cannot be read ({error!r}): export the bundle again.") from error
    if not isinstance(lines, list) or len(lines) > MOST_LINES or not all(map(is_line, lines)):
        raise BundleError(f"{path.name} is no list of lines: export the bundle again.")
    return lines
