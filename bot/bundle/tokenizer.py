"""Text to pieces to ids and back; the same code encodes in training and in the bot.

A piece is a morpheme, with a mark in front when it begins a word, so text comes back with its own spacing. In an open
vocabulary the morphemes that are no pieces are spelt in parts, and nothing is unknown; a closed one, as older bundles
have it, calls them unknown. Training cuts text with a morphological analyser and asks only for ids; the bot, which has
none, cuts typed text into the most probable morphemes. Knows nothing of networks or of the analyser.
"""

import json
import math
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple, Self

from bot.bundle.manifest import BundleError, parsed
from bot.bundle.subwords import ALPHABET, BEGIN, GOES_ON, Speller, joined

SPECIALS = ("<unk>", "<s>", "</s>")
UNKNOWN, START, END = range(3)

_UNSEEN = re.compile(
    # Controls, surrogates, and Unicode's Default_Ignorable_Code_Point (DerivedCoreProperties.txt).
    "[\x00-\x1f\x7f-\x9f\ud800-\udfff\xad\u034f\u061c\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]+"
)
_JOINER, _SELECTORS, _TAGS = "\u200d", "\ufe0e\ufe0f", re.compile("[\U000e0020-\U000e007f]")
_SYLLABLES = re.compile("[가-힣]{2,}")
_FLAG, _KEYCAP = "\U0001f3f4", "\u20e3"
_BLANK_LETTERS = dict.fromkeys("\u115f\u1160\u2800\u3164\uffa0", " ")
_TEXT_SAFE = str.maketrans({BEGIN: "_", GOES_ON: "~", **_BLANK_LETTERS})


def normalise(text: str) -> str:
    """Return ``text`` composed (NFC), with single spaces and without invisible characters.

    Selectors, tags and joiners are kept where they hold an emoji together (Unicode UTS 51), and nowhere else.
    """
    text = unicodedata.normalize("NFC", text).translate(_TEXT_SAFE)
    text = " ".join(text.split())
    if not _UNSEEN.search(text):
        return text
    # What an invisible character kept apart may compose now.
    text = unicodedata.normalize("NFC", _UNSEEN.sub(_emoji_glue, text))
    return " ".join(text.split())


def _emoji_glue(unseen: re.Match[str]) -> str:
    """Return what of a run of invisible characters holds an emoji together: a selector, tags, a joiner."""
    run = unseen.group()
    before = unseen.string[unseen.start() - 1 : unseen.start()]
    after = unseen.string[unseen.end() : unseen.end() + 1]
    if not before:
        return ""
    glue = run[0] if run[0] in _SELECTORS and _has_two_looks(before, after) else ""
    if before == _FLAG:
        glue += "".join(_TAGS.findall(run))
    if _JOINER in run and _is_symbol(before) and _is_symbol(after):
        glue += _JOINER
    return glue


def _has_two_looks(char: str, after: str) -> bool:
    """Say whether a selector makes ``char`` an emoji or plain; of letters and digits only these, some in a keycap."""
    if after == _KEYCAP:
        return char in "#*0123456789"
    return _is_symbol(char) or char in "‼⁉ℹ〰〽"


def _is_symbol(char: str) -> bool:
    # Emoji that are newer than this Python count as unassigned (Cn).
    return not char.isascii() and unicodedata.category(char) in {"So", "Sk", "Sm", "Cn"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A morpheme of the text as it was typed, with its mark if it begins a word, and its ids: several if it is spelt.

    It is known where the vocabulary has it; one that is not cannot come out.
    """

    text: str
    ids: tuple[int, ...]
    is_known: bool


class _Way(NamedTuple):
    """A way to some place in a word: what it costs (nats), where its last piece starts, and the way to there."""

    cost: float
    start: int = 0
    before: "_Way | None" = None


_cost = attrgetter("cost")

# To begin an unknown stretch costs more than any known way around it, so what pieces can write is written in them.
# Once begun, it takes in rare known letters too, as a word that training did not keep would: five nats a letter
# agreed best with the analyser on real chat (words cut alike: 77 %; were each letter as dear as the first, 67 %).
_UNKNOWN, _UNKNOWN_LETTER = 1e6, 5.0
_MOST_COUNTED = 2**63


class Rare(NamedTuple):
    """What makes a vocabulary open: the morphemes that are spelt.

    ``wholes``: so many pieces, after the special ones, are morphemes of their own; ``counts``: how often each of the
    others was said that may come out, too.
    """

    wholes: int
    counts: Mapping[str, int]


_Trie = dict[int, "_Trie"]


class Tokenizer:
    """A fixed list of pieces with their counts in the training data; ids are positions in the list."""

    def __init__(self, pieces: Sequence[str], counts: Sequence[int], rare: Rare | None = None) -> None:
        """Take every piece, the special ones first, and how often each was seen; ``rare`` makes the vocabulary open.

        Raises:
            ValueError: the special pieces are not first, a piece is there twice, a count is missing, or an open
                vocabulary lacks a part.
        """
        if tuple(pieces[: len(SPECIALS)]) != SPECIALS:
            raise ValueError(f"the first pieces must be {', '.join(SPECIALS)}")
        if len(counts) != len(pieces):
            raise ValueError(f"{len(pieces)} pieces but {len(counts)} counts")
        if not all(0 <= count <= _MOST_COUNTED for count in (*counts, *(rare.counts.values() if rare else ()))):
            raise ValueError("a count is below 0 or beyond belief")
        self.pieces = tuple(pieces)
        self.counts = tuple(counts)
        self.rare = rare
        self._ids = {piece: index for index, piece in enumerate(self.pieces) if index >= len(SPECIALS)}
        if len(self._ids) != len(self.pieces) - len(SPECIALS):
            raise ValueError("a piece is listed twice")
        if rare and not (self._ids.keys() >= set(ALPHABET) and 0 <= rare.wholes <= len(self._ids)):
            raise ValueError("an open vocabulary lacks a part")
        self.goes_on = tuple(bool(rare) and piece.endswith(GOES_ON) for piece in self.pieces)
        """Of each piece, whether others of the same morpheme follow it."""
        self._speller = Speller(dict(zip(self.pieces[len(SPECIALS) :], self.counts[len(SPECIALS) :], strict=True)))
        wholes = self.pieces[len(SPECIALS) :][: rare.wholes if rare else None]
        counted = {piece: self.counts[self._ids[piece]] for piece in wholes} | dict(rare.counts if rare else {})
        self._counts = {morpheme: max(count, 1) for morpheme, count in counted.items()}
        self._longest = max(map(len, self._counts), default=1)
        total = sum(self._counts.values()) + 1
        self._cost = {morpheme: math.log(total / count) for morpheme, count in self._counts.items()}
        self._trie = self._planted(self._cost)

    def _planted(self, morphemes: Iterable[str]) -> _Trie:
        """Return by its first id, and so on, every morpheme that may come out."""
        trie: _Trie = {}
        for morpheme in morphemes:
            node = trie
            for index in self._ids_of(morpheme):
                node = node.setdefault(index, {})
        return trie

    def __len__(self) -> int:
        return len(self.pieces)

    def knows(self, morpheme: str) -> bool:
        """Say whether a morpheme is in the vocabulary, and so may come out."""
        return morpheme in self._counts

    @property
    def wholes(self) -> Sequence[int]:
        """The ids that are morphemes of their own and may come out."""
        return [index for index in self._trie if not self.goes_on[index]]

    def frequent_words(self, number: int) -> list[str]:
        """Return the words that are a piece of two Korean syllables or more, those seen most often."""
        by_count = sorted(self.wholes, key=lambda number: -self.counts[number])
        words = (self.pieces[place].removeprefix(BEGIN) for place in by_count if self.pieces[place][0] == BEGIN)
        return list(islice(filter(_SYLLABLES.fullmatch, words), number))

    def count_of(self, morpheme: str) -> int:
        """Return how often a morpheme was said, 0 where the vocabulary has it not."""
        return self._counts.get(morpheme, 0)

    def id_of(self, piece: str) -> int | None:
        """Return the id of a piece, None where it is none."""
        return self._ids.get(piece)

    def ids_of(self, morphemes: Iterable[str]) -> list[int]:
        """Return the ids of morphemes that training's analyser cut.

        Where a morpheme is no piece, these are its parts in an open vocabulary, and ``UNKNOWN`` in a closed one.
        """
        return list(chain.from_iterable(map(self._ids_of, morphemes)))

    def _ids_of(self, morpheme: str) -> tuple[int, ...]:
        if self.rare is None:
            return (self._ids.get(morpheme, UNKNOWN),)
        return tuple(self._ids[part] for part in self._speller.spell(morpheme))

    def split(self, text: str, *, in_word: bool = False) -> list[Piece]:
        """Cut typed text into its most probable morphemes; an unknown stretch of a word is one of them.

        ``in_word``: the first letters go on with a word that began before them.
        """
        words = [BEGIN + word for word in normalise(text).split()]
        if in_word and words:
            words[0] = words[0].removeprefix(BEGIN)
        return [piece for word in words for piece in self._split_word(word)]

    def encode(self, text: str, *, in_word: bool = False) -> list[int]:
        """Return the ids of :meth:`split`."""
        return [index for piece in self.split(text, in_word=in_word) for index in piece.ids]

    def decode(self, ids: Iterable[int]) -> str:
        """Return the text of ``ids``; special pieces are silent."""
        return self.joined(ids).replace(BEGIN, " ").strip()

    def joined(self, ids: Iterable[int]) -> str:
        """Return what ``ids`` say, such as those of one morpheme, with the marks of words."""
        return joined([self.pieces[index] for index in ids if index >= len(SPECIALS)])

    def morphemes(self, ids: Sequence[int]) -> list[str]:
        """Return the morphemes of ``ids``, each whole."""
        ends = [end for end, index in enumerate(ids, start=1) if not self.goes_on[index] or end == len(ids)]
        return [self.joined(ids[start:end]) for start, end in zip([0, *ends], ends, strict=False)]

    def unfinished(self, ids: Sequence[int]) -> tuple[int, ...]:
        """Return the parts of the morpheme that ``ids`` leave unfinished: none, unless they end inside one."""
        start = len(ids)
        while start and self.goes_on[ids[start - 1]]:
            start -= 1
        return tuple(ids[start:])

    def may_follow(self, unfinished: Sequence[int] = ()) -> Collection[int]:
        """Return the ids that may come after the first parts of a morpheme, or that may begin one.

        So no morpheme comes out but those of the vocabulary.
        """
        node = self._trie
        for index in unfinished:
            node = node.get(index, {})
        return node.keys()

    def _split_word(self, word: str) -> list[Piece]:
        """Find the cheapest way through ``word`` (Viterbi over a unigram model; Kudo 2018, arXiv:1804.10959)."""
        # The mark is no letter of its own: no way ends after it, and unknown, it goes with the letter that follows.
        ways = [_Way(0.0), _Way(math.inf)] if word.startswith(BEGIN) else [_Way(0.0)]
        stretch = _Way(_UNKNOWN, 0, ways[0])
        for end in range(len(ways), len(word) + 1):
            begun = _Way(ways[-1].cost + _UNKNOWN, end - 1, ways[-1])
            stretch = min(begun, stretch, key=_cost)
            stretch = stretch._replace(cost=stretch.cost + _UNKNOWN_LETTER)
            ways.append(min([stretch, *self._known(word, end, ways)], key=_cost))
        pieces, way, end = [], ways[-1], len(word)
        while way.before is not None:
            text = word[way.start : end]
            pieces.append(Piece(text, self._ids_of(text), self.knows(text)))
            way, end = way.before, way.start
        return pieces[::-1]

    def _known(self, word: str, end: int, ways: Sequence["_Way"]) -> Iterator["_Way"]:
        for start in range(max(0, end - self._longest), end):
            cost = self._cost.get(word[start:end])
            if cost is not None:
                yield _Way(ways[start].cost + cost, start, ways[start])

    def to_json(self) -> str:
        """Return the text of a bundle's ``tokenizer.json``."""
        content: dict[str, Any] = {"pieces": self.pieces, "counts": self.counts}
        if self.rare:
            content |= {"wholes": self.rare.wholes, "rare": dict(self.rare.counts)}
        return json.dumps(content, ensure_ascii=False)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Read a ``tokenizer.json``.

        Raises:
            BundleError: the file is not a tokenizer.
        """
        try:
            content = parsed(path.read_text(encoding="utf-8"))
            pieces, counts = [str(piece) for piece in content["pieces"]], [int(count) for count in content["counts"]]
            return cls(pieces, counts, _rare(content) if "rare" in content else None)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
            raise BundleError(f"{path.name} is not a tokenizer: {error}.") from error


def _rare(content: Mapping[str, Any]) -> Rare:
    return Rare(int(content["wholes"]), {str(text): int(count) for text, count in content["rare"].items()})
