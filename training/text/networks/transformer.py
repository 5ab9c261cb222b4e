"""``transformer``: a causal decoder. Every place of a message sees itself and what stands before it.

Blocks with the norm first (Xiong et al. 2020, arXiv:2002.04745); where a piece stands is told by a penalty on its
distance (ALiBi: Press et al. 2022, arXiv:2108.12409), so that a line may be longer than any that was learnt from.
Knows nothing of text, of the loss, or of what trains it.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from typing_extensions import override

from training.text.config import TextConfig
from training.text.dataset import Batch, Ids, examples_of
from training.text.networks.configs import TransformerConfig
from training.text.networks.network import TextNetwork

_IN_BLOCKS = 0.4
"""What a block adds is left out so much less often than the last state."""


class Padded(NamedTuple):
    """A batch: its distinct ids ``words``, which of them stands where, ``places`` int64[rows, time], and the prefixes.

    ``ends`` int64[prefixes]: at which place, counted row by row, each prefix ends. A row is filled up with whatever:
    nothing sees what stands behind it.
    """

    words: Tensor
    places: Tensor
    ends: Tensor


class Transformer(TextNetwork):
    """Embedding, blocks, and an output layer that shares the embedding's weights, as the recurrent networks have it."""

    def __init__(self, vocabulary: int, config: TransformerConfig) -> None:
        """Make an untrained network; dropout as in a recurrent one."""
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, config.embedding)
        nn.init.normal_(self.embedding.weight, std=config.embedding**-0.5)
        sizes = (config.embedding, config.heads, config.hidden, _IN_BLOCKS * config.dropout)
        self.blocks = nn.ModuleList(Block(*sizes) for _ in range(config.layers))
        self.norm = nn.LayerNorm(config.embedding)
        # Without it the output, which shares the embedding, would begin by foretelling the piece that it reads.
        self.narrow = nn.Linear(config.embedding, config.embedding)
        self.bias = nn.Parameter(torch.zeros(vocabulary))
        self.dropout = nn.Dropout(config.dropout)
        self.word_dropout = nn.Dropout1d(config.word_dropout)

    @override
    def forward(self, ids: Tensor) -> Tensor:
        """Return the logits float32[batch, vocabulary] of what follows each row of ``ids`` int64[batch, time]."""
        return self._output(self._states(self.embedding(ids))[:, -1])

    @override
    def collate(self, rows: Sequence[Ids]) -> Batch:
        """Return the batch of ``rows``, filled up to the longest."""
        flat, begins, ends = examples_of(rows)
        words, named = np.unique(flat, return_inverse=True)
        lengths = np.array([len(row) for row in rows])
        starts = np.cumsum(lengths) - lengths
        places = np.zeros((len(rows), lengths.max()), dtype=np.int64)
        places[np.arange(lengths.max()) < lengths[:, None]] = named
        at = np.searchsorted(starts, begins) * lengths.max() + ends - begins
        inputs = Padded(*map(torch.from_numpy, (words, places, at)))
        return Batch(inputs, torch.arange(len(at)), torch.from_numpy(flat[ends + 1]))

    @override
    def logits_of(self, batch: Batch) -> Tensor:
        """Return the logits float32[prefixes, vocabulary] of what follows each of the batch's prefixes."""
        padded: Padded = batch.inputs
        words = self.word_dropout(self.embedding(padded.words))
        states = self._states(functional.embedding(padded.places, words)).flatten(0, 1)
        return self._output(self.dropout(states.index_select(0, padded.ends)))

    def _states(self, vectors: Tensor) -> Tensor:
        """Return the states float32[batch, time, embedding] after each place."""
        states = vectors * math.sqrt(vectors.shape[2])
        for block in self.blocks:
            states, _ = block(states)
        normed: Tensor = self.norm(states)
        return normed

    def _output(self, states: Tensor) -> Tensor:
        return functional.linear(self.narrow(states), self.embedding.weight, self.bias)


class Block(nn.Module):
    """Attention to what stands before, then a feed-forward half, each added to what comes in."""

    slopes: Tensor

    def __init__(self, width: int, heads: int, hidden: int, dropout: float) -> None:
        """Make a block for states of ``width``; ``hidden`` is the inner width of its feed-forward half."""
        super().__init__()
        self.heads = heads
        self.inner = heads * max(1, width // heads)
        self.attention_norm, self.norm = nn.LayerNorm(width), nn.LayerNorm(width)
        self.queries_keys_values = nn.Linear(width, 3 * self.inner)
        self.attended = nn.Linear(self.inner, width)
        self.up, self.down = nn.Linear(width, hidden), nn.Linear(hidden, width)
        self.dropout = nn.Dropout(dropout)
        slopes = 2.0 ** (-8 * torch.arange(1, heads + 1) / heads)
        self.register_buffer("slopes", slopes[:, None, None], persistent=False)

    @override
    def forward(self, states: Tensor, before: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Return the states float32[batch, time, width] after this block, and their keys and values.

        Those are float32[batch, time, 2 · inner], and ``before`` are such of what stands before ``states``.
        """
        attended, keys_values = self._attention(self.attention_norm(states), before)
        states = states + self.dropout(attended)
        fed: Tensor = self.dropout(self.down(functional.gelu(self.up(self.norm(states)))))
        return states + fed, keys_values

    def _attention(self, states: Tensor, before: Tensor | None) -> tuple[Tensor, Tensor]:
        queries, own = self.queries_keys_values(states).split([self.inner, 2 * self.inner], dim=2)
        seen = own if before is None else torch.cat((before, own), dim=1)
        keys, values = self._by_head(seen).chunk(2, dim=1)
        queries = self._by_head(queries)
        scores = queries @ keys.transpose(2, 3) / math.sqrt(queries.shape[3])
        place = torch.arange(seen.shape[1], device=states.device)
        ahead = place[None] - place[seen.shape[1] - states.shape[1] :, None]
        scores = (scores + self.slopes * ahead).masked_fill(ahead > 0, -torch.inf)
        attended: Tensor = self.attended((scores.softmax(3) @ values).transpose(1, 2).flatten(2))
        return attended, own

    def _by_head(self, vectors: Tensor) -> Tensor:
        """Return vectors [batch, time, several · inner] as [batch, several · heads, time, of a head]."""
        by_head: Tensor = vectors.unflatten(2, (-1, self.inner // self.heads))  # type: ignore[no-untyped-call]
        return by_head.transpose(1, 2)


def transformer(vocabulary: int, config: TextConfig) -> Transformer:
    """Return the untrained network.

    Raises:
        TypeError: the settings are those of another network.
    """
    if not isinstance(config, TransformerConfig):
        raise TypeError(f"a Transformer's settings are no {type(config).__name__}")
    return Transformer(vocabulary, config)
