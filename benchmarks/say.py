"""Twelve words for one ``/say`` on one core: the bot, torch eager with the same network, and the original's Keras loop.

All go on from the same word, in turns; beside Keras greedily, as the original did. Speed does not depend on what a
network has learnt, so none of them is trained. Seconds are the CPU's: other work on the machine hardly counts.
The Keras loop needs TensorFlow, which is no dependency of ours: where `make bench-peers` has not installed it, its row
says so.
"""

import importlib.util
import os
import random
import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from benchmarks.figure import Figure, at_least, at_most
from bot.bundle import (
    BEGIN,
    END,
    SPECIALS,
    Bundle,
    File,
    Manifest,
    Model,
    Role,
    Tokenizer,
    VerbatimFilter,
    sha256_of,
)
from bot.bundle.verbatim import Held
from bot.inference.speaker import Speaker
from bot.inference.text_session import TextSession, open_text
from export.convert import to_onnx
from export.text import signature_of
from training.text.config import TextConfig
from training.text.networks.recurrent import RecurrentNetwork, bigru

PEERS = Path(__file__).parents[1] / ".peers"
WORDS = 12
ROUNDS = 15
KERAS_ROUNDS = 3

# The original's recipe, from its notebook: see the README.
RECIPE_VOCABULARY, RECIPE_EMBEDDING, RECIPE_HIDDEN, RECIPE_LONGEST = 2_000, 10, 128, 30

Say = Callable[[], object]


class Eager:
    """The network as torch runs it without compiling."""

    def __init__(self, network: RecurrentNetwork) -> None:
        self._network = network

    def log_probs(self, rows: Sequence[tuple[int, ...]]) -> NDArray[np.float32]:
        """Return what follows each of ``rows``, which are of one length or read one by one."""
        if len({len(row) for row in rows}) > 1:
            return np.concatenate([self.log_probs([row]) for row in rows])
        with torch.inference_mode():
            log_probs: NDArray[np.float32] = self._network(torch.tensor(rows)).log_softmax(dim=1).numpy()
        return log_probs


def measure() -> Iterator[Figure]:
    with one_core(), tempfile.TemporaryDirectory() as folder:
        settings = TextConfig()
        for name, sizes in (
            ("the default network", (settings.embedding, settings.hidden)),
            ("the original's sizes", (RECIPE_EMBEDDING, RECIPE_HIDDEN)),
        ):
            ways = _ways(Path(folder), *sizes)
            seconds = dict(zip(ways, in_turns(list(ways.values()), ROUNDS), strict=True))
            one = seconds["one"]
            yield Figure(f"12 words, {name}", seconds["answer"] * 1e3, "ms")
            yield Figure(f"12 words, one draw, {name}", one * 1e3, "ms")
            against = seconds["stateless"] / one
            yield Figure(f"… its state kept, against read anew, {name}", against, "×", "≥ 1.3", at_least(1.3))
            yield Figure(f"… three draws against one, {name}", seconds["three"] / one, "×", "≤ 1.5", at_most(1.5))
            against = seconds["eager"] / one
            yield Figure(f"… one draw against torch eager, {name}", against, "×", "≥ 5", at_least(5))
            against = seconds["filtered"] / one
            yield Figure(f"… with the verbatim filter against without, {name}", against, "×")
        yield _against_keras(ways["greedy"])


def _against_keras(bot: Say) -> Figure:
    row = ("12 words against the original's Keras loop, its sizes", "×", "≥ 1,000", at_least(1000))
    name, unit, target, reached = row
    sys.path.append(str(PEERS))  # behind our own packages
    if importlib.util.find_spec("tensorflow") is None:
        return Figure(name, None, unit, target, reached, "TensorFlow is not installed: make bench-peers")
    # By the clock: its threads wait for each other, and who asked waits with them.
    ours, theirs = in_turns([bot, keras_loop()], KERAS_ROUNDS, time.perf_counter)
    return Figure(name, theirs / ours, unit, target, reached, f"{theirs * 1e3:,.0f} ms in Keras")


def _ways(folder: Path, embedding: int, hidden: int) -> dict[str, Say]:
    """Return the ways of saying twelve words with one network: as the bot does, and with one thing otherwise."""
    torch.manual_seed(7)
    torch.set_num_threads(1)
    config = TextConfig(embedding=embedding, hidden=hidden)
    network = bigru(config.vocabulary + len(SPECIALS), config).eval()
    # After learning few pieces are likely at a time, and an end often enough.
    torch.nn.init.normal_(network.bias, std=4)
    with torch.no_grad():
        network.bias[END] = network.bias.max()
    session, stateless = _served(network, folder, keeps_state=True), _served(network, folder, keeps_state=False)
    speaker = Speaker(session, session.tokenizer)
    seeds = count()

    def drawing(speaker: Speaker, draws: int = 1) -> Say:
        # Always another seed: what has been read lately would not be read again.
        return lambda: speaker.draw("1f", WORDS, 0.8, next(seeds), count=draws)

    return {
        "answer": lambda: speaker.say("1f", WORDS, 0.8, next(seeds)),
        "greedy": lambda: speaker.draw("1f", WORDS, 0, 0),
        "one": drawing(speaker),
        "three": drawing(speaker, 3),
        "stateless": drawing(Speaker(stateless, stateless.tokenizer)),
        "eager": drawing(Speaker(Eager(network), session.tokenizer)),
        "filtered": drawing(Speaker(session, session.tokenizer, _filter())),
    }


def _filter() -> VerbatimFilter:
    """Return a filter as large as that of a room of 11,000 messages; what it holds is hardly ever met."""
    dice = random.Random(7)
    passages = ["".join(dice.choices("0123456789abcdef", k=dice.randrange(6, 19))) for _ in range(15_000)]
    return VerbatimFilter.of(Held(passages))


def _served(network: RecurrentNetwork, folder: Path, *, keeps_state: bool) -> TextSession:
    """Return the network as the bot serves it."""
    vocabulary = network.embedding.num_embeddings
    stepper = network.stepper() if keeps_state else None
    inputs, outputs = signature_of(stepper, vocabulary)
    ids = torch.full((2, 5), 3)
    example = ids if stepper is None else stepper.example(ids)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        to_onnx(stepper or network, example, inputs, outputs, folder / "text.onnx")
    pieces = [*SPECIALS, *(f"{BEGIN}{index:x}" for index in range(vocabulary - len(SPECIALS)))]
    (folder / "tokenizer.json").write_text(Tokenizer(pieces, [1] * vocabulary).to_json(), encoding="utf-8")
    graph, tokenizer = (File(name, sha256_of(folder / name)) for name in ("text.onnx", "tokenizer.json"))
    model = Model(Role.TEXT, graph, inputs, outputs, {}, tokenizer)
    return open_text(Bundle(folder, Manifest({}, {"text": model})), "cpu")


def keras_loop() -> Say:
    """Return the original's way: pad the words so far on the left, ``model.predict``, take the likeliest."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    import tensorflow as tf

    layers = tf.keras.layers
    model = tf.keras.Sequential(
        [
            layers.Input((RECIPE_LONGEST,)),
            layers.Embedding(RECIPE_VOCABULARY, RECIPE_EMBEDDING),
            layers.Bidirectional(layers.GRU(RECIPE_HIDDEN)),
            layers.Dense(RECIPE_VOCABULARY, activation="softmax"),
        ]
    )

    def say() -> list[int]:
        words = [17]
        for _ in range(WORDS):
            padded = tf.keras.preprocessing.sequence.pad_sequences([words], maxlen=RECIPE_LONGEST)
            words.append(int(model.predict(padded, verbose=0).argmax()))
        return words

    return say


def in_turns(ways: Sequence[Say], rounds: int, clock: Callable[[], float] = time.process_time) -> list[float]:
    """Return the median seconds of each way; in turns, so that all share the machine's moods."""
    seconds: list[list[float]] = [[] for _ in ways]
    for way in ways:
        way()
    for _ in range(rounds):
        for way, durations in zip(ways, seconds, strict=True):
            began = clock()
            way()
            durations.append(clock() - began)
    return [statistics.median(durations) for durations in seconds]


@contextmanager
def one_core() -> Iterator[None]:
    """Keep this process on one core, where the system allows it."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(before)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
