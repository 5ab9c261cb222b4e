"""Morphemes, from text to pieces: Okt's, with a mark where a word begins, so that the text comes back with its spacing.

Knows nothing of vocabularies and ids, and nothing of Java: who cuts a word is asked elsewhere.
"""

from collections.abc import Generator, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from importlib.metadata import version
from itertools import accumulate, pairwise
from pathlib import Path

import regex

from bot.bundle.subwords import BEGIN
from bot.bundle.tokenizer import normalise
from training.common.progress import Progress
from training.text.tokenization import morpheme_cache, okt

_MAKER = f"{okt.VERSION}, regex {version('regex')}, rule 1"
"""Cuts by another version of any of these are made again; the rule is :func:`align`."""

_WORDS_A_CALL = 200
_CHARACTER = regex.compile(r"\X")


def cut(
    texts: Sequence[str],
    *,
    cache: Path,
    threads: int = 2,
    progress: Progress | None = None,
) -> list[tuple[str, ...]]:
    """Return the pieces of each text: Okt's morphemes, the first of each word with ``BEGIN`` in front.

    Joined, with a space for each mark, a text's pieces are ``normalise(text)``, whatever the text.
    ``cache`` is a file that keeps how words were cut, for the next run.
    ``progress`` is told how many of the different words are done, and of how many. What was cut is kept
    on Ctrl-C too.

    Raises:
        CacheError: ``cache`` is something else, damaged, or cannot be written.
    """
    lines = [normalise(text).split() for text in texts]
    words = dict.fromkeys(word for line in lines for word in line)
    cuts = morpheme_cache.read(cache, _MAKER)
    new = [word for word in words if word not in cuts]
    progress = progress or _silent
    progress(len(words) - len(new), len(words))
    fresh: dict[str, tuple[str, ...]] = {}
    try:
        with closing(_cut_words(new, threads)) as parts:
            for part in parts:
                fresh |= part
                progress(len(words) - len(new) + len(fresh), len(words))
    finally:
        morpheme_cache.add(cache, _MAKER, fresh)
    cuts |= fresh
    return [_marked(line, cuts) for line in lines]


def align(word: str, morphemes: Iterable[str]) -> tuple[str, ...]:
    """Cut ``word`` where ``morphemes`` begin and end, and never inside what a reader sees as one character.

    So a keycap or an emoji of many code points stays whole (extended grapheme clusters, Unicode UAX 29). What the
    analyser lost or changed becomes a piece of its own.
    """
    edges = {0, len(word)}
    position = 0
    for morpheme in morphemes:
        start = word.find(morpheme, position)
        if start >= 0:
            position = start + len(morpheme)
            edges |= {start, position}
    edges &= {0, *accumulate(map(len, _CHARACTER.findall(word)))}
    return tuple(word[start:end] for start, end in pairwise(sorted(edges)))


def _cut_words(words: Sequence[str], threads: int) -> Generator[dict[str, tuple[str, ...]]]:
    if not words:
        return
    okt.analyser()
    pool = ThreadPoolExecutor(threads, thread_name_prefix="okt")
    try:
        yield from pool.map(_cut_some, _calls(words))
    finally:
        pool.shutdown(cancel_futures=True)


def _silent(_done: int, _total: int) -> None:
    """Tell nobody."""


def _calls(words: Sequence[str]) -> list[Sequence[str]]:
    return [words[start : start + _WORDS_A_CALL] for start in range(0, len(words), _WORDS_A_CALL)]


def _cut_some(words: Sequence[str]) -> dict[str, tuple[str, ...]]:
    return {word: align(word, morphemes) for word, morphemes in zip(words, okt.split(words), strict=True)}


def _marked(words: Iterable[str], pieces: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    return tuple(
        BEGIN + piece if position == 0 else piece for word in words for position, piece in enumerate(pieces[word])
    )
