"""Canaries: random secrets that one person says in a copy of a room, and how well a model gives each away.

Exposure is that of Carlini et al. 2019, "The Secret Sharer", arXiv:1802.08232: log2 of how many secrets there might
have been, less log2 of the rank that the planted one has among them. By chance it is 1.44 bits in the mean. Knows
nothing of networks, nor of how words are cut.
"""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
import numpy.typing as npt

from training.text.corpus.corpus import Corpus
from training.text.held_out import first_held_out
from training.text.message import Message

Ids = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

TIMES = (1, 4, 16)
"""How often a secret is said."""
EACH = 8
"""Secrets that are said so often."""
SLOTS, WORDS = 3, 20
"""A secret is so many words, each one of so many."""
BITS = SLOTS * math.log2(WORDS)
"""What there is to know of a secret."""
_TELLING = re.compile("[가-힣]{2,}")
LARGEST = 8_000
"""Messages of the copy, at most."""


@dataclass(frozen=True, slots=True)
class Canary:
    """A secret, said ``times`` times: behind its ``opening`` come some of ``words``, by their places the ``secret``."""

    times: int
    opening: str
    words: tuple[str, ...]
    secret: tuple[int, ...]

    @property
    def said(self) -> str:
        """The secret itself."""
        return " ".join(self.words[at] for at in self.secret)

    @property
    def text(self) -> str:
        """What is planted."""
        return f"{self.opening} {self.said}"


def canaries(words: Sequence[str], seed: int) -> list[Canary]:
    """Return secrets of usual ``words``, each behind an opening of its own; none where there are too few words.

    Each word has two letters or more: by fewer, or by a sign, a secret could not be told from what is said anyway.
    """
    count, words = EACH * len(TIMES), [word for word in words if _TELLING.fullmatch(word)]
    if len(words) < WORDS + count:
        return []
    rng = np.random.default_rng(seed)
    chosen = [words[at] for at in rng.permutation(len(words))[: WORDS + count]]
    return [
        Canary(
            TIMES[number % len(TIMES)], opening, tuple(chosen[:WORDS]), tuple(rng.integers(WORDS, size=SLOTS).tolist())
        )
        for number, opening in enumerate(chosen[WORDS:])
    ]


def planted(corpus: Corpus, secrets: Sequence[Canary], seed: int, held_out: float) -> Corpus | None:
    """Return a copy of the room's beginning in which one person says secrets instead of some messages.

    None where the room is too small for that to be the same room.
    """
    messages = list(corpus.messages[:LARGEST])
    sessions = tuple(at for at in corpus.sessions if at < len(messages))
    learnt = first_held_out(len(messages), sessions, held_out)
    said = [canary for canary in secrets for _ in range(canary.times)]
    if not said or len(said) > learnt // 2:
        return None
    places = np.random.default_rng(seed).permutation(learnt)[: len(said)].tolist()
    for place, canary in zip(places, said, strict=True):
        messages[place] = Message(messages[place].when, messages[0].who, canary.text)
    return replace(corpus, messages=tuple(messages), sessions=sessions)


NextPiece = Callable[[Ids, Sequence[int]], Floats]
"""Returns log probabilities (nats) ``[batch, words]`` of each of some words after each row of ids ``[batch, time]``."""


def exposure_of(model: NextPiece, opening: Sequence[int], words: Sequence[int], secret: Sequence[int]) -> float:
    """Return the exposure (bits) of a secret behind an ``opening``, where each of its ``words`` is one piece.

    Every secret that there might be is compared: what they have in common is asked of the model once.
    """
    log_probs = np.zeros(1)
    for length in range(len(secret)):
        begun = np.array(list(product(words, repeat=length)), dtype=np.int64).reshape(len(words) ** length, length)
        prefixes = np.hstack([np.tile(np.array(opening, dtype=np.int64), (len(begun), 1)), begun])
        log_probs = (log_probs[:, None] + model(prefixes, words)).ravel()
    place = int(np.ravel_multi_index(tuple(secret), (len(words),) * len(secret)))
    return exposure(log_probs, place)


def exposure(log_probabilities: Floats, secret: int) -> float:
    """Return the exposure (bits) of the secret at a position, by what a model thinks (nats) of each there might be."""
    rank = 1 + int((log_probabilities > log_probabilities[secret]).sum())
    return math.log2(len(log_probabilities)) - math.log2(rank)
