"""The making of the base picker: from public pairs to what ships, by the same cleaning and training as a room's.

Knows nothing of how a room goes on from it.
"""

import random
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from rich.console import Console

from bot.bundle import normalise
from training.text.answers.base import write_base
from training.text.answers.measured import AMONG
from training.text.answers.pairs import Pair
from training.text.answers.training import fit
from training.text.base.sources import PAIR_SOURCES, obtain
from training.text.cleaning.cleaner import Cleaner

LONGEST_MESSAGE, LONGEST_ANSWER = 60, 40
"""Letters."""
_HELD_OUT = 0.05
_SEED = 7


def make(folder: Path, into: Path, console: Console) -> None:
    """Learn from the sources, which lie in ``folder`` or are downloaded there, and write what ships to ``into``.

    Raises:
        BaseVoiceError: a source cannot be had, or is another one than it was.
    """
    pairs = list(dict.fromkeys(_pairs(folder)))
    random.Random(_SEED).shuffle(pairs)
    held_out = round(len(pairs) * _HELD_OUT)
    picker, measured = fit(pairs[held_out:], pairs[:held_out], _SEED)
    console.print(
        f"Of {measured.pairs:,} held-out pairs the true answer among {AMONG} is found in {measured.right:.0%}."
    )
    sources = {
        name: {"address": source.address, "sha256": source.sha256, "licence": source.licence}
        for name, source in PAIR_SOURCES.items()
    }
    write_base(picker, {"sources": sources, "pairs": len(pairs), "measured": asdict(measured)}, into)


def _pairs(folder: Path) -> Iterator[Pair]:
    """Yield the short pairs of all sources, without personal data."""
    cleaner = Cleaner()
    for source in PAIR_SOURCES.values():
        texts = source.read(obtain(source, folder))
        for message, answer in zip(texts, texts, strict=True):
            pair = Pair(normalise(cleaner.clean(message)), normalise(cleaner.clean(answer)))
            if 0 < len(pair.message) <= LONGEST_MESSAGE and 0 < len(pair.answer) <= LONGEST_ANSWER:
                yield pair
