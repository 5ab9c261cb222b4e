"""Answers of the demo's bundle to messages of the sample room that its picker has not learnt from.

Milliseconds are the CPU's: other work on the machine hardly counts.
"""

import random
import statistics
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from benchmarks.figure import Figure, at_least, at_most
from benchmarks.reading import sample_corpus
from bot.default_bundle import DEMO_BUNDLE
from bot.inference.answerer import Answer, Kind
from bot.inference.batching import alone
from bot.inference.models import open_models
from training.text.answers.pairs import pairs_of
from training.text.answers.pipeline import HELD_OUT

MESSAGES = 200


def measure() -> Iterator[Figure]:
    """Answer messages as calls are answered, and yield what came of it."""
    models = open_models(DEMO_BUNDLE, "cpu")
    pairs = pairs_of(sample_corpus().messages)
    messages = [pair.message for pair in pairs[round(len(pairs) * (1 - HELD_OUT)) :]]
    answers, seconds = [], []
    for seed, message in enumerate(random.Random(1).sample(messages, MESSAGES)):
        began = time.process_time()
        answers.append(alone(models.answerer.answering(message, "윤혜", 0.8, seed, may_be_silent=True)))
        seconds.append(time.process_time() - began)
    yield Figure("an answer to a message", statistics.median(seconds) * 1000, "ms", "< 50", at_most(50))
    yield from _worth(models.bundle.model("picker").metrics)
    yield from _kinds(answers)


def _worth(metrics: Mapping[str, float]) -> Iterator[Figure]:
    right, error = metrics["right_of_ten"], metrics["right_of_ten_error"]
    note = f"± {200 * error:.0f}; by the towers {metrics['right_of_ten_by_towers']:.0%}, by words in common "
    note += f"{metrics['right_of_ten_by_words_in_common']:.0%}"
    yield Figure("… the true one found among ten (chance 10)", right * 100, "%", "≥ 23", at_least(23), note)


def _kinds(answers: Sequence[Answer | None]) -> Iterator[Figure]:
    kinds = Counter(answer.kind if answer else None for answer in answers)
    yield Figure("… that several people say", kinds[Kind.LINE] / len(answers) * 100, "%")
    yield Figure("… that the voice made up", kinds[Kind.VOICE] / len(answers) * 100, "%")
    yield Figure("… that are silence", kinds[None] / len(answers) * 100, "%")
    words = [answer.text.split() for answer in answers if answer]
    for name, runs in (
        ("distinct-1", [word for line in words for word in line]),
        ("distinct-2", [pair for line in words for pair in pairwise(line)]),
    ):
        yield Figure(f"… {name}", len(set(runs)) / max(len(runs), 1), "")
