"""Hashed n-grams of a text for the picker of answers: its words and their runs of letters; no vocabulary to go along.

The same code feeds training and the bot. Hashed n-grams of letters: Bojanowski et al. 2017, arXiv:1607.04606.
"""

from functools import lru_cache
from itertools import chain
from zlib import crc32

from bot.bundle.tokenizer import normalise

BUCKETS = 8191
"""N-grams are numbered from 1 to this; 0 is padding."""
LONGEST = 96
"""N-grams of a text at most; those of its first words."""
_RUNS = (1, 2, 3)
"""Letters of a run; a word's beginning and its end are one, too."""


def ngrams(text: str) -> list[int]:
    """Return the numbers of the n-grams of a text, each once; none for a text of blanks alone."""
    words = normalise(text).casefold().split()
    distinct = dict.fromkeys(chain.from_iterable(map(_of_word, words)))
    return list(distinct)[:LONGEST]


@lru_cache(maxsize=1 << 12)
def _of_word(word: str) -> tuple[int, ...]:
    marked = f"^{word}$"
    runs = (marked[start : start + run] for run in _RUNS for start in _starts(len(marked), run))
    return (_number(marked), *map(_number, runs))


def _starts(length: int, run: int) -> range:
    """Return where runs of a marked word begin; a mark alone is none."""
    return range(1, length - 1) if run == 1 else range(length - run + 1)


def _number(ngram: str) -> int:
    # A checksum, not Python's own hash, which is another one in each process.
    return crc32(ngram.encode()) % BUCKETS + 1
