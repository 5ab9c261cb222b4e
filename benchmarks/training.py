"""Bi-GRU training over every prefix: the shared steps against the left-padded expansion, in the same run.

Both learn from the same examples of the sample group with the same loss and optimiser, turn by turn. The expansion
has one row a prefix, shuffled, padded on the left to the longest of its batch; it goes through ``torch.nn.GRU``
as it is, without the masking that would make it right and slower.
"""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import numpy as np

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # as the training command does, before torch

import torch
from torch import Tensor
from torch.nn import functional

from benchmarks.figure import Figure, at_least
from benchmarks.reading import sample_corpus
from bot.bundle import normalise
from training.text.config import TextConfig
from training.text.dataset import Batch, Ids, rows_of
from training.text.module import batch_loss
from training.text.networks import build_network
from training.text.networks.network import TextNetwork
from training.text.tokenization import morphemes, vocabulary

STEPS = 12
WARM_UP = 2
CONFIG = TextConfig(network="bigru", dropout=0, word_dropout=0)


def measure() -> Iterator[Figure]:
    """Yield the rate of both and their ratio."""
    rows, words = _rows()
    shuffled = [rows[index] for index in np.random.default_rng(0).permutation(len(rows))]
    size = CONFIG.batch
    batches = [shuffled[start : start + size] for start in range(0, (STEPS + WARM_UP) * size, size)]
    network = build_network(CONFIG, words)
    optimizer = torch.optim.AdamW(network.parameters(), fused=True)

    def shared(batch: Sequence[Ids]) -> tuple[int, float]:
        # Planning the batch is part of the work.
        return _step(optimizer, lambda: _shared_loss(network, network.collate(batch)))

    def padded(batch: tuple[Tensor, Tensor]) -> tuple[int, float]:
        return _step(optimizer, lambda: _padded_loss(network, *batch))

    turns = [(shared(mine), padded(other)) for mine, other in zip(batches, _expansion(batches), strict=True)][WARM_UP:]
    # The median turn: other work on the machine hits single ones.
    rates = [median(count / seconds for count, seconds in (turn[way] for turn in turns)) for way in (0, 1)]
    yield Figure("Bi-GRU training, left-padded expansion", rates[1], "prefixes/s")
    yield Figure("Bi-GRU training, shared steps", rates[0], "prefixes/s")
    yield Figure("… times the expansion's rate", rates[0] / rates[1], "×", "≥ 3.5", at_least(3.5))


def _rows() -> tuple[list[Ids], int]:
    messages = sample_corpus().messages
    texts = [normalise(message.text) for message in messages]
    with TemporaryDirectory() as folder:
        lines = morphemes.cut(texts, cache=Path(folder) / "morphemes")
    tokenizer = vocabulary.build(lines, [message.who for message in messages], CONFIG.vocabulary)
    return rows_of(map(tokenizer.ids_of, lines), CONFIG.longest), len(tokenizer)


def _expansion(batches: Sequence[Sequence[Ids]]) -> list[tuple[Tensor, Tensor]]:
    """Return the same examples, a row each, in as many batches."""
    examples = [
        (row[:end], row[end]) for batch in batches for row in batch for end in range(1, len(row)) if row[end] != 0
    ]
    order = np.random.default_rng(1).permutation(len(examples))
    return [_left_padded([examples[index] for index in part]) for part in np.array_split(order, len(batches))]


def _left_padded(examples: Sequence[tuple[Ids, np.int64]]) -> tuple[Tensor, Tensor]:
    longest = max(len(prefix) for prefix, _ in examples)
    ids = np.zeros((len(examples), longest), dtype=np.int64)
    for row, (prefix, _) in zip(ids, examples, strict=True):
        row[longest - len(prefix) :] = prefix
    return torch.from_numpy(ids), torch.tensor([int(target) for _, target in examples])


def _shared_loss(network: TextNetwork, batch: Batch) -> tuple[Tensor, int]:
    return batch_loss(network, batch), len(batch.targets)


def _padded_loss(network: TextNetwork, ids: Tensor, targets: Tensor) -> tuple[Tensor, int]:
    return functional.cross_entropy(network(ids), targets), len(targets)


def _step(optimizer: torch.optim.Optimizer, loss_of: Callable[[], tuple[Tensor, int]]) -> tuple[int, float]:
    """Return how many prefixes were learnt from, and in how many seconds."""
    began = time.perf_counter()
    loss, count = loss_of()
    optimizer.zero_grad()
    torch.autograd.backward(loss)
    optimizer.step()
    return count, time.perf_counter() - began
