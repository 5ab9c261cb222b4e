"""Metrics of a text model: pure functions of pieces, ids and log probabilities.

Knows nothing of networks, of files, or of who cut the text.
"""

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.bundle.subwords import BEGIN
from bot.bundle.tokenizer import UNKNOWN, Tokenizer

_LONG_ENOUGH = 6
"""Morphemes of a line that nobody says twice by chance; a shorter repetition is what people say every day."""


def perplexity(log_probability: float, examples: int) -> float:
    """Return among how many equally likely pieces the model chooses.

    ``log_probability`` (nats) is summed over ``examples``: every known piece and end mark given its whole prefix. In an
    open vocabulary every piece is known, and each part of a rare morpheme is one: of two vocabularies only
    :func:`bits_per_character` tells which is better.
    """
    return math.exp(-log_probability / examples)


def bits_per_character(log_probability: float, lines: Iterable[Sequence[str]], tokenizer: Tokenizer) -> float:
    """Return what each character that could be foretold costs (bits), so that vocabularies can be compared.

    ``log_probability`` (nats) is summed over ``lines`` and their end marks. A mark counts as the space that it stands
    for, an end mark as the end of a line. An open vocabulary foretells every character, a closed one only those of
    its pieces.
    """
    characters = 0
    for line in lines:
        characters += sum(len(morpheme) for morpheme in line if UNKNOWN not in tokenizer.ids_of([morpheme])) + 1
    return -log_probability / math.log(2) / characters


def distinct(lines: Iterable[Sequence[object]], length: int) -> float:
    """Return the share of different n-grams of ``length`` among all of ``lines`` (Li et al. 2016, arXiv:1510.03055).

    0 where no line is that long.
    """
    ngrams = [tuple(line[at : at + length]) for line in lines for at in range(len(line) - length + 1)]
    return len(set(ngrams)) / len(ngrams) if ngrams else 0.0


def unknown_rate(lines: Iterable[Sequence[str]], tokenizer: Tokenizer) -> float:
    """Return the share of morphemes that the vocabulary has not and that cannot come out; 1 minus it is coverage."""
    knows = [tokenizer.knows(morpheme) for line in lines for morpheme in line]
    return knows.count(False) / len(knows) if knows else 0.0


def verbatim_share(sampled: Iterable[Sequence[object]], learnt: Iterable[Sequence[object]]) -> float:
    """Return the share of ``sampled`` lines of six morphemes or more that repeat a training message word for word.

    0 where no line is long enough to tell.
    """
    learnt_lines = {tuple(line) for line in learnt if len(line) >= _LONG_ENOUGH}
    return _share([tuple(line) in learnt_lines for line in sampled if len(line) >= _LONG_ENOUGH])


@dataclass(frozen=True, slots=True)
class Agreement:
    """How alike the bot, which has no analyser, and the analyser cut the same words (shares, 0 to 1).

    ``words``: cut at the same places; ``known_words``: the same of those whose morphemes the vocabulary all has;
    ``messages``: the network would read the same ids, neighbouring unknown ones counted as one;
    ``precision`` and ``recall``: of the bot's cuts inside words those that the analyser makes, and the reverse.
    """

    words: float
    known_words: float
    messages: float
    precision: float
    recall: float


def agreement(tokenizer: Tokenizer, lines: Sequence[Sequence[str]]) -> Agreement:
    """Compare :meth:`Tokenizer.split` with the analyser, whose pieces ``lines`` are."""
    pairs = [(word, _split(tokenizer, word)) for line in lines for word in _words(line)]
    known_pairs = [pair for pair in pairs if all(map(tokenizer.knows, pair[0]))]
    cuts = [(_cuts(analysed), _cuts(served)) for analysed, served in pairs]
    both = sum(len(analysed & served) for analysed, served in cuts)
    return Agreement(
        words=_share([analysed == served for analysed, served in cuts]),
        known_words=_share([analysed == served for analysed, served in known_pairs]),
        messages=_share([_read_alike(tokenizer, line) for line in lines]),
        precision=both / max(sum(len(served) for _, served in cuts), 1),
        recall=both / max(sum(len(analysed) for analysed, _ in cuts), 1),
    )


def _words(line: Sequence[str]) -> Iterable[tuple[str, ...]]:
    begins = [at for at, piece in enumerate(line) if piece.startswith(BEGIN)]
    return (tuple(line[start:end]) for start, end in pairwise([*begins, len(line)]))


def _split(tokenizer: Tokenizer, pieces: Iterable[str]) -> tuple[str, ...]:
    return tuple(piece.text for piece in tokenizer.split("".join(pieces).replace(BEGIN, " ")))


def _cuts(pieces: Iterable[str]) -> set[int]:
    places, end = set(), 0
    for piece in pieces:
        end += len(piece)
        places.add(end)
    return places - {end}


def _read_alike(tokenizer: Tokenizer, line: Sequence[str]) -> bool:
    served = tokenizer.encode("".join(line).replace(BEGIN, " "))
    return _joined(tokenizer.ids_of(line)) == _joined(served)


def _joined(ids: Sequence[int]) -> list[int]:
    """Return ``ids`` with each row of unknown ones as a single one."""
    return [index for before, index in pairwise([-1, *ids]) if (before, index) != (UNKNOWN, UNKNOWN)]


def _share(verdicts: Collection[bool]) -> float:
    return sum(verdicts) / len(verdicts) if verdicts else 0.0
