"""Text to pieces to ids and back; the same code encodes in training and in the bot.

A piece is a morpheme, with a mark in front when it begins a word, so text comes back with its own spacing.
Training cuts text with a morphological analyser and asks only for ids; the bot, which has none, cuts typed
text into the most probable pieces of the vocabulary. Knows nothing of networks or of the analyser.
"""

import json
import math
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Self

from bot.bundle.manifest import BundleError

BEGIN = "▁"
"""Stands in front of a piece that begins a word (SentencePiece's sign)."""

SPECIALS = ("<unk>", "<s>", "</s>")
UNKNOWN, START, END = range(3)

_JOINER = "\u200d"
_BLANK_LETTERS = dict.fromkeys("\u115f\u1160\u3164\uffa0", " ")
_TEXT_SAFE = str.maketrans({BEGIN: "_", **_BLANK_LETTERS})


def normalise(text: str) -> str:
    """Return ``text`` composed (NFC), with single spaces and without invisible characters.

    Joiners and tags are kept where they hold an emoji together, and nowhere else.
    """
    text = unicodedata.normalize("NFC", text).translate(_TEXT_SAFE)
    text = " ".join(text.split())
    if text.isascii() and text.isprintable():
        return text
    kept: list[str] = []
    for position, char in enumerate(text):
        following = text[position + 1 : position + 2]
        if _is_visible(char) or _holds_emoji_together(char, kept[-1] if kept else "", following):
            kept.append(char)
    return " ".join("".join(kept).split())


def _is_visible(char: str) -> bool:
    return unicodedata.category(char) not in {"Cc", "Cf", "Cs"}


def _holds_emoji_together(char: str, before: str, after: str) -> bool:
    if not before:
        return False
    if char == _JOINER:
        return bool(after) and _is_symbol(before) and _is_symbol(after)
    is_tag = 0xE0020 <= ord(char) <= 0xE007F
    return is_tag and (_is_symbol(before) or 0xE0020 <= ord(before) <= 0xE007F)


def _is_symbol(char: str) -> bool:
    return unicodedata.category(char) in {"So", "Sk"} or char == "\ufe0f"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text as it was typed, with its mark if it begins a word, and its id."""

    text: str
    id: int


class Tokenizer:
    """A fixed list of pieces with their counts in the training data; ids are positions in the list."""

    def __init__(self, pieces: Sequence[str], counts: Sequence[int]) -> None:
        """Take every piece, the special ones first, and how often each was seen.

        Raises:
            ValueError: the special pieces are not first, a piece is there twice, or a count is missing.
        """
        if tuple(pieces[: len(SPECIALS)]) != SPECIALS:
            raise ValueError(f"the first pieces must be {', '.join(SPECIALS)}")
        if len(counts) != len(pieces):
            raise ValueError(f"{len(pieces)} pieces but {len(counts)} counts")
        self.pieces = tuple(pieces)
        self.counts = tuple(counts)
        self._ids = {piece: index for index, piece in enumerate(self.pieces) if index >= len(SPECIALS)}
        if len(self._ids) != len(self.pieces) - len(SPECIALS):
            raise ValueError("a piece is listed twice")
        self._longest = max(map(len, self._ids), default=1)
        known = {piece: max(self.counts[index], 1) for piece, index in self._ids.items()}
        total = sum(known.values()) + 1
        self._cost = {piece: math.log(total / count) for piece, count in known.items()}
        # An unknown character costs more than any known way around it.
        self._unknown_cost = 10 * math.log(total + 1)

    def __len__(self) -> int:
        return len(self.pieces)

    def ids_of(self, pieces: Iterable[str]) -> list[int]:
        """Return the id of each piece that training's analyser cut, ``UNKNOWN`` where it is not in the list."""
        return [self._ids.get(piece, UNKNOWN) for piece in pieces]

    def split(self, text: str) -> list[Piece]:
        """Cut typed text into its most probable pieces; neighbouring unknown characters make one unknown piece."""
        return [piece for word in normalise(text).split() for piece in self._split_word(BEGIN + word)]

    def encode(self, text: str) -> list[int]:
        """Return the ids of :meth:`split`."""
        return [piece.id for piece in self.split(text)]

    def decode(self, ids: Iterable[int]) -> str:
        """Return the text of ``ids``; special pieces are silent."""
        return "".join(self.pieces[i] for i in ids if i >= len(SPECIALS)).replace(BEGIN, " ").strip()

    def _split_word(self, word: str) -> list[Piece]:
        """Find the cheapest way through ``word`` (Viterbi over a unigram model; Kudo 2018, arXiv:1804.10959)."""
        best = [0.0] + [math.inf] * len(word)
        came_from = [0] * (len(word) + 1)
        for start in range(len(word)):
            if best[start] == math.inf:
                continue
            # The mark is no character of its own: unknown, it goes with the letter after it.
            unknown_end = start + 2 if start == 0 else start + 1
            steps = [(unknown_end, self._unknown_cost)] if unknown_end <= len(word) else []
            for end in range(start + 1, min(len(word), start + self._longest) + 1):
                cost = self._cost.get(word[start:end])
                if cost is not None:
                    steps.append((end, cost))
            for end, cost in steps:
                if best[start] + cost < best[end]:
                    best[end], came_from[end] = best[start] + cost, start
        cuts = [len(word)]
        while cuts[-1] > 0:
            cuts.append(came_from[cuts[-1]])
        cuts.reverse()
        return self._join_unknown([word[a:b] for a, b in pairwise(cuts)])

    def _join_unknown(self, parts: Iterable[str]) -> list[Piece]:
        pieces: list[Piece] = []
        for part in parts:
            index = self._ids.get(part, UNKNOWN)
            if index == UNKNOWN and pieces and pieces[-1].id == UNKNOWN:
                pieces[-1] = Piece(pieces[-1].text + part, UNKNOWN)
            else:
                pieces.append(Piece(part, index))
        return pieces

    def to_json(self) -> str:
        """Return the text of a bundle's ``tokenizer.json``."""
        return json.dumps({"pieces": self.pieces, "counts": self.counts}, ensure_ascii=False)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Read a ``tokenizer.json``.

        Raises:
            BundleError: the file is not a tokenizer.
        """
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            return cls([str(piece) for piece in content["pieces"]], [int(count) for count in content["counts"]])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise BundleError(f"{path.name} is not a tokenizer: {error}.") from error
