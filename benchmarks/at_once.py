"""Many who ask the demo's voice at once on one lane: words a second, and one alone beside it.

Each asks for twelve words after another word, with another seed. The lane is the bot's own; Discord is not among it.
Seconds are the CPU's: other work on the machine hardly counts.
"""

import asyncio
import statistics
import time
from collections.abc import Iterator

from benchmarks.figure import Figure, at_least, at_most
from benchmarks.say import one_core
from bot.default_bundle import DEMO_BUNDLE
from bot.inference.models import open_models
from bot.inference.speaker import Speaker
from bot.inference.worker import Worker

ASKERS = 64
WORDS = 12
ROUNDS = 5


def measure() -> Iterator[Figure]:
    """Yield what one lane says when many ask at once, against one after the other."""
    speaker = open_models(DEMO_BUNDLE, "cpu").speaker
    words = speaker.frequent_words(ASKERS)
    with one_core():
        speaker.say(words[0], WORDS, 0.8, 0)
        alone, at_once = [], []
        for number in range(ROUNDS):
            seed = 1 + number * ASKERS
            alone.append(_one_by_one(speaker, words, seed))
            at_once.append(asyncio.run(_at_once(speaker, words, seed)))
    one = statistics.median(alone) / ASKERS
    yield Figure(f"/say of {WORDS} words, one alone", one * 1e3, "ms", "< 10", at_most(10))
    yield Figure("… words a second, one after the other", WORDS / one, "words/s")
    rate = WORDS * ASKERS / statistics.median(at_once)
    yield Figure(f"… {ASKERS} at once on one thread", rate, "words/s", "≥ 3,000", at_least(3000))


def _one_by_one(speaker: Speaker, words: list[str], seed: int) -> float:
    began = time.process_time()
    for place, word in enumerate(words):
        speaker.say(word, WORDS, 0.8, seed + place)
    return time.process_time() - began


async def _at_once(speaker: Speaker, words: list[str], seed: int) -> float:
    worker = Worker(queue_size=ASKERS, patience=600)
    began = time.process_time()
    jobs = (speaker.saying(word, WORDS, 0.8, seed + place) for place, word in enumerate(words))
    await asyncio.gather(*map(worker.run, jobs))
    seconds = time.process_time() - began
    worker.close()
    return seconds
