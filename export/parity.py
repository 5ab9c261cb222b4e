"""Proof that a graph says what its network says, asked through the very reader that the bot will use.

Knows nothing of how the graph was made.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
import torch
from torch import nn

from bot.bundle import BEGIN, END, SPECIALS, START, UNKNOWN, Tokenizer
from bot.inference.session import TextSession
from bot.inference.speaker import Speaker
from export.errors import ExportError

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


def check_text(session: TextSession, network: nn.Module, tokenizer: Tokenizer) -> Parity:
    """Compare the logits at several shapes, then greedy sentences word for word.

    Raises:
        ExportError: a logit is further off than ``TOLERANCE``, or a sentence differs.
    """
    difference = max(_difference(session, network, len(tokenizer), shape) for shape in SHAPES)
    if not difference <= TOLERANCE:
        raise ExportError(f"the graph differs from the network by {difference:.2g}, more than {TOLERANCE:g}.")
    prompts = frequent_words(tokenizer, PROMPTS)
    speaker = Speaker(session, tokenizer)
    continuations = [tokenizer.ids_of(speaker.say(prompt, WORDS, temperature=0, seed=0).pieces) for prompt in prompts]
    for prompt, agrees in zip(prompts, would_say(network, tokenizer, prompts, continuations), strict=True):
        if not agrees:
            raise ExportError(f"the graph continues the vocabulary's {prompt!r} otherwise than the network.")
    return Parity(difference, len(prompts))


def frequent_words(tokenizer: Tokenizer, number: int) -> Sequence[str]:
    """Return the most frequent pieces that are a word of their own: prompts without anybody's sentences."""
    words = [(tokenizer.counts[i], piece.removeprefix(BEGIN)) for i, piece in enumerate(tokenizer.pieces)]
    words.sort(key=lambda word: -word[0])
    return list(islice((word for _, word in words if _is_one_piece(tokenizer, word)), number))


def _is_one_piece(tokenizer: Tokenizer, word: str) -> bool:
    return [piece.text for piece in tokenizer.split(word)] == [BEGIN + word] and UNKNOWN not in tokenizer.encode(word)


def _difference(session: TextSession, network: nn.Module, vocabulary: int, shape: tuple[int, int]) -> float:
    ids = np.random.default_rng(shape).integers(0, vocabulary, shape, dtype=np.int64)
    with torch.inference_mode():
        expected = network(torch.from_numpy(ids)).numpy()
    return float(np.abs(session.logits(ids) - expected).max() / max(1.0, np.abs(expected).max()))


def would_say(
    network: nn.Module, tokenizer: Tokenizer, words: Sequence[str], continuations: Sequence[Sequence[int]]
) -> list[bool]:
    """Say of each word whether the network goes on from it as the graph did, each piece the likeliest by its rules.

    Two pieces that are as likely to within ``TOLERANCE`` are equally right: over a large room a few such ties are sure
    to come up, and which of the two wins is rounding.
    """
    rows = torch.tensor(
        [[START, *tokenizer.encode(word), *ids] for word, ids in zip(words, continuations, strict=True)]
    )
    begins = torch.tensor([piece.startswith(BEGIN) for piece in tokenizer.pieces])
    pieces = torch.arange(len(tokenizer)) >= len(SPECIALS)
    agrees = torch.ones(len(rows), dtype=torch.bool)
    with torch.inference_mode():
        for end in range(rows.shape[1] - WORDS, rows.shape[1]):
            logits = network(rows[:, :end])
            slack = 2 * TOLERANCE * logits.abs().amax(1).clamp(min=1)
            likeliest = logits.where(pieces, -torch.inf).amax(1)
            first_of_word = logits.where(begins & pieces, -torch.inf).amax(1)
            chosen, chosen_begins = logits.gather(1, rows[:, end, None])[:, 0], begins[rows[:, end]]
            ends, goes_on = logits[:, END] >= likeliest - slack, logits[:, END] <= likeliest + slack
            after_end = ends & chosen_begins & (chosen >= first_of_word - slack)
            agrees &= after_end | (goes_on & (chosen >= likeliest - slack))
    return agrees.tolist()
