"""Proof that a graph says what its network says, asked through the very reader that the bot will use.

Knows nothing of how the graph was made.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import nn

from bot.bundle import BEGIN, SPECIALS, START, Tokenizer
from bot.inference.session import TextSession
from bot.inference.speaker import Speaker
from export.errors import ExportError

TOLERANCE = 1e-5
"""Largest difference between two logits; float32 summed in another order differs by about 3e-7."""

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
    for prompt in prompts:
        spoken = speaker.say(prompt, WORDS, temperature=0, seed=0).pieces
        expected = _greedy(network, tokenizer, prompt)
        if tokenizer.ids_of(spoken) != expected:
            raise ExportError(f"the graph continues the vocabulary's {prompt!r} otherwise than the network.")
    return Parity(difference, len(prompts))


def frequent_words(tokenizer: Tokenizer, number: int) -> Sequence[str]:
    """Return the most frequent pieces that begin a word: prompts without anybody's sentences."""
    begins = [index for index, piece in enumerate(tokenizer.pieces) if piece.startswith(BEGIN) and piece != BEGIN]
    begins.sort(key=lambda index: -tokenizer.counts[index])
    return [tokenizer.pieces[index].removeprefix(BEGIN) for index in begins[:number]]


def _difference(session: TextSession, network: nn.Module, vocabulary: int, shape: tuple[int, int]) -> float:
    ids = np.random.default_rng(shape).integers(0, vocabulary, shape, dtype=np.int64)
    with torch.inference_mode():
        expected = network(torch.from_numpy(ids)).numpy()
    return float(np.abs(session.logits(ids) - expected).max())


def _greedy(network: nn.Module, tokenizer: Tokenizer, prompt: str) -> list[int]:
    ids = [START, *tokenizer.encode(prompt)]
    begin = len(ids)
    with torch.inference_mode():
        for _ in range(WORDS):
            logits = network(torch.tensor([ids]))[0]
            ids.append(int(logits[len(SPECIALS) :].argmax()) + len(SPECIALS))
    return ids[begin:]
