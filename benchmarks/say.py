"""Twelve words for one ``/say`` on one core: the bot, torch eager with the same network, and the original's Keras loop.

All three go on from the same word, greedily as the original did, in turns. Speed does not depend on what a network
has learnt, so none of them is trained. The Keras loop needs TensorFlow, which is no dependency of ours: where it is
not installed, its row says so.
"""

import importlib.util
import os
import random
import statistics
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from benchmarks.figure import Figure, at_least
from bot.bundle import (
    BEGIN,
    SPECIALS,
    Bundle,
    File,
    Manifest,
    Model,
    Role,
    Tokenizer,
    VerbatimFilter,
    sha256_of,
    text_signature,
)
from bot.bundle.verbatim import Held
from bot.inference.session import TextSession, open_text
from bot.inference.speaker import Speaker
from export.convert import to_onnx
from training.text.config import TextConfig
from training.text.networks.recurrent import RecurrentNetwork, bigru

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

    def logits(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        with torch.inference_mode():
            logits: NDArray[np.float32] = self._network(torch.from_numpy(ids)).numpy()
        return logits


def measure() -> Iterator[Figure]:
    with one_core(), tempfile.TemporaryDirectory() as folder:
        settings = TextConfig()
        for name, sizes in (
            ("the default network", (settings.embedding, settings.hidden)),
            ("the original's sizes", (RECIPE_EMBEDDING, RECIPE_HIDDEN)),
        ):
            bot, careful, eager = _three(Path(folder), *sizes)
            ours, filtered, theirs = in_turns([bot, careful, eager], ROUNDS)
            yield Figure(f"12 words, {name}", ours * 1e3, "ms")
            yield Figure(f"12 words against torch eager, {name}", theirs / ours, "×", "≥ 5", at_least(5))
            yield Figure(f"12 words with the verbatim filter against without, {name}", filtered / ours, "×")
        yield _against_keras(bot)


def _against_keras(bot: Say) -> Figure:
    row = ("12 words against the original's Keras loop, its sizes", "×", "≥ 150", at_least(150))
    name, unit, target, reached = row
    if importlib.util.find_spec("tensorflow") is None:
        return Figure(name, None, unit, target, reached, "TensorFlow is not installed")
    ours, theirs = in_turns([bot, keras_loop()], KERAS_ROUNDS)
    return Figure(name, theirs / ours, unit, target, reached, f"{theirs * 1e3:,.0f} ms in Keras")


def _three(folder: Path, embedding: int, hidden: int) -> tuple[Say, Say, Say]:
    """Return the bot's way, the same with a filter, and torch's way of saying twelve words with one network."""
    torch.manual_seed(7)
    torch.set_num_threads(1)
    config = TextConfig(embedding=embedding, hidden=hidden)
    network = bigru(config.vocabulary + len(SPECIALS), config).eval()
    session = _served(network, folder)
    ways = ((session, None), (session, _filter()), (Eager(network), None))
    bot, careful, eager = (_greedily(network, session.tokenizer, verbatim) for network, verbatim in ways)
    return bot, careful, eager


def _filter() -> VerbatimFilter:
    """Return a filter as large as that of a room of 11,000 messages; what it holds is hardly ever met."""
    dice = random.Random(7)
    passages = ["".join(dice.choices("0123456789abcdef", k=dice.randrange(6, 19))) for _ in range(15_000)]
    return VerbatimFilter.of(Held(passages))


def _served(network: RecurrentNetwork, folder: Path) -> TextSession:
    """Return the network as the bot serves it."""
    vocabulary = network.embedding.num_embeddings
    inputs, outputs = text_signature(vocabulary)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        to_onnx(network, torch.full((2, 5), 3), inputs, outputs, folder / "text.onnx")
    pieces = [*SPECIALS, *(f"{BEGIN}{index:x}" for index in range(vocabulary - len(SPECIALS)))]
    (folder / "tokenizer.json").write_text(Tokenizer(pieces, [1] * vocabulary).to_json(), encoding="utf-8")
    graph, tokenizer = (File(name, sha256_of(folder / name)) for name in ("text.onnx", "tokenizer.json"))
    model = Model(Role.TEXT, graph, inputs, outputs, {}, tokenizer)
    return open_text(Bundle(folder, Manifest({}, {"text": model})), "cpu")


def _greedily(network: Any, tokenizer: Tokenizer, verbatim: VerbatimFilter | None = None) -> Say:  # noqa: ANN401
    speaker = Speaker(network, tokenizer, verbatim)
    return lambda: speaker.say("1f", WORDS, temperature=0, seed=0)


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


def in_turns(ways: Sequence[Say], rounds: int) -> list[float]:
    """Return the median seconds of each way; in turns, so that all share the machine's moods."""
    seconds: list[list[float]] = [[] for _ in ways]
    for way in ways:
        way()
    for _ in range(rounds):
        for way, durations in zip(ways, seconds, strict=True):
            began = time.perf_counter()
            way()
            durations.append(time.perf_counter() - began)
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
