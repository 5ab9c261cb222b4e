"""Proof that a graph says what its network says, asked through the very reader that the bot will use.

Knows nothing of how the graph was made.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from bot.bundle import BEGIN, SPECIALS, START, Tokenizer
from bot.inference.text_session import TextSession
from export.errors import ExportError

Ids = npt.NDArray[np.int64]

TOLERANCE = 1e-5
"""Largest difference between two logits, as a share of the largest logit where that is above 1.

A network that has learnt has logits of 20 and more, and float32 carries seven digits of whatever size.
"""

# No shape is the example's: a frozen axis shows at once.
SHAPES = ((1, 1), (1, 7), (3, 1), (2, 12), (5, 13), (4, 51))
PROMPTS = 200
WORDS = 12


@dataclass(frozen=True, slots=True)
class Parity:
    """What was compared, and how far apart the two were."""

    largest_difference: float
    prompts: int


def check_text(session: TextSession, network: nn.Module, tokenizer: Tokenizer, tolerance: float = TOLERANCE) -> Parity:
    """Compare the logits at several shapes, then at every piece of greedy sentences.

    Raises:
        ExportError: a logit is further off than ``tolerance``, as a share of the largest.
    """
    prompts = frequent_words(tokenizer, PROMPTS)
    random = (np.random.default_rng(shape).integers(0, len(tokenizer), shape, dtype=np.int64) for shape in SHAPES)
    batches = chain(random, _greedy_prefixes(session, tokenizer, prompts))
    largest = 0.0
    for ids in batches:
        difference = _difference(session, network, ids)
        if not difference <= tolerance:
            raise ExportError(f"the graph differs from the network by {difference:.2g}, more than {tolerance:g}.")
        largest = max(largest, difference)
    return Parity(largest, len(prompts))


def _greedy_prefixes(session: TextSession, tokenizer: Tokenizer, prompts: Sequence[str]) -> Iterator[Ids]:
    """Yield what the bot's own reader makes of one-piece prompts, a piece longer each time."""
    ids = np.array([[START, *tokenizer.encode(prompt)] for prompt in prompts], dtype=np.int64)
    for _ in range(WORDS if len(ids) else 0):
        yield ids
        following = session.logits(ids)[:, len(SPECIALS) :].argmax(axis=1) + len(SPECIALS)
        ids = np.column_stack([ids, following])


def check_speakers(session: TextSession, network: nn.Module, speakers: Mapping[str, int]) -> None:
    """Compare the logits of what each speaker says first and next.

    Raises:
        ExportError: the graph speaks otherwise than the network.
    """
    for name, start in speakers.items():
        for more in ([], [len(SPECIALS)]):
            logits = session.beginning_with(start).logits(np.array([[START, *more]]))
            with torch.inference_mode():
                expected = network(torch.tensor([[start, *more]])).numpy()
            if not np.abs(logits - expected).max() <= TOLERANCE * max(1.0, np.abs(expected).max()):
                raise ExportError(f"the graph speaks otherwise as {name!r} than the network.")


def frequent_words(tokenizer: Tokenizer, number: int) -> Sequence[str]:
    """Return the most frequent pieces that are a word of their own: prompts without anybody's sentences."""
    words = [(tokenizer.counts[i], piece.removeprefix(BEGIN)) for i, piece in enumerate(tokenizer.pieces)]
    words.sort(key=lambda word: -word[0])
    return list(islice((word for _, word in words if _is_one_piece(tokenizer, word)), number))


def _is_one_piece(tokenizer: Tokenizer, word: str) -> bool:
    pieces = tokenizer.split(word)
    return [piece.text for piece in pieces] == [BEGIN + word] and pieces[0].is_known and len(pieces[0].ids) == 1


def _difference(session: TextSession, network: nn.Module, ids: Ids) -> float:
    with torch.inference_mode():
        expected = network(torch.from_numpy(ids)).numpy()
    return float(np.abs(session.logits(ids) - expected).max() / max(1.0, np.abs(expected).max()))
