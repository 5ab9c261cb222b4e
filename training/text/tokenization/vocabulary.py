"""The vocabulary: which pieces a network knows.

Knows nothing of how text is cut, nor of networks.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from bot.bundle.tokenizer import SPECIALS, Tokenizer


def build(lines: Iterable[Sequence[str]], size: int = 2000) -> Tokenizer:
    """Return a tokenizer of the ``size`` most frequent pieces of ``lines``, after the special ones.

    Of equally frequent pieces the one that sorts first comes first: the order of the lines makes no difference.
    The special pieces count what training sees of them: every piece left out, and a start and an end a line.

    Raises:
        ValueError: ``size`` is less than 1, or there are no pieces at all.
    """
    if size < 1:
        raise ValueError(f"a vocabulary of {size} pieces is none")
    counts: Counter[str] = Counter()
    number = 0
    for line in lines:
        counts.update(line)
        number += 1
    if not counts:
        raise ValueError("there is nothing to learn from: not one piece")
    frequent = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))[:size]
    left_out = counts.total() - sum(count for _, count in frequent)
    pieces = [*SPECIALS, *(piece for piece, _ in frequent)]
    return Tokenizer(pieces, [left_out, number, number, *(count for _, count in frequent)])
