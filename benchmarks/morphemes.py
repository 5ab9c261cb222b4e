"""Okt on 53,000 messages: the sample group repeated, from the second time on with one syllable of each message changed.

The change makes words that nobody ever wrote, which cost Okt most and which no earlier message has answered.
"""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from benchmarks.figure import Figure, at_least
from benchmarks.reading import sample_corpus
from bot.bundle import normalise
from training.text.tokenization import morphemes, okt

MESSAGES = 53_000
CORES = 2
_MESSAGES_A_CALL = 50

T = TypeVar("T")


def measure() -> Iterator[Figure]:
    """Yield messages a second: as training cuts them, again from the store, and each message whole."""
    texts = list(vary(sample(), MESSAGES))
    _, start = _timed(lambda: okt.split(["축하해"]))
    yield Figure("Okt ready, JVM and dictionaries", start, "s")
    with TemporaryDirectory() as folder:
        cache = Path(folder) / "morphemes.sqlite"
        cut, first = _timed(lambda: morphemes.cut(texts, cache=cache, threads=CORES))
        again, second = _timed(lambda: morphemes.cut(texts, cache=cache, threads=CORES))
    if cut != again:
        raise AssertionError("the store tells another cut than Okt")
    rate = MESSAGES / first
    words = len({word for text in texts for word in text.split()})
    note = f"{words:,} different words, each cut once; Java still warming up"
    yield Figure(f"Okt, {CORES} threads", rate, "messages/s", "≥ 5,000", at_least(5_000), note)
    yield Figure("… a second run, from the store", MESSAGES / second, "messages/s")
    whole = texts[: MESSAGES // 4]
    _, seconds = _timed(lambda: _cut_whole(whole))
    yield Figure("… every word of every message, now warm", len(whole) / seconds, "messages/s")


def sample() -> list[str]:
    """Return the texts of the sample group, as training sees them."""
    return [normalise(message.text) for message in sample_corpus().messages]


def vary(texts: Sequence[str], number: int) -> Iterator[str]:
    """Yield ``number`` texts: all of ``texts`` as they are, then again and again with one syllable changed."""
    draw = random.Random(0)
    syllables = sorted({letter for text in texts for letter in text if "가" <= letter <= "힣"})
    for position, text in enumerate(islice(cycle(texts), number)):
        if position < len(texts):
            yield text
        else:
            at = draw.choice([at for at, letter in enumerate(text) if letter != " "])
            yield text[:at] + draw.choice(syllables) + text[at + 1 :]


def _cut_whole(texts: Sequence[str]) -> None:
    calls = [texts[start : start + _MESSAGES_A_CALL] for start in range(0, len(texts), _MESSAGES_A_CALL)]
    with ThreadPoolExecutor(CORES) as pool:
        list(pool.map(lambda call: okt.split([word for text in call for word in text.split()]), calls))


def _timed(action: Callable[[], T]) -> tuple[T, float]:
    start = time.perf_counter()
    return action(), time.perf_counter() - start
