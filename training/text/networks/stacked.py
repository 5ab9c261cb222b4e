"""The stacked recurrent networks: ``lstm-2``, which writes songs, and ``gru-2``, which it is measured beside.

A song remembers the lines before, so its rows are long and hardly two begin alike: each is read once, packed, and
every place of it is a prefix. Knows nothing of text, of the loss, or of what trains it.
"""

from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils.rnn import PackedSequence, pack_sequence
from typing_extensions import override

from training.text.config import TextConfig
from training.text.dataset import Batch, Ids, examples_of
from training.text.networks.network import Stepper, TextNetwork

LAYERS = 2
_WORDS = ("embedding.weight", "bias")


class StackedNetwork(TextNetwork):
    """Embedding, two recurrent layers read from the left, and an output layer that shares the embedding's weights.

    The lyric writer of the original studies, narrower: two layers of LSTM (Hochreiter & Schmidhuber 1997).
    """

    def __init__(self, vocabulary: int, config: TextConfig, layer: type[nn.GRU | nn.LSTM]) -> None:
        """Make an untrained network; ``hidden`` is the width of each layer.

        In training ``dropout`` is left out between the layers and behind them, ``word_dropout`` is the share of words
        that are not heard.
        """
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, config.embedding)
        nn.init.normal_(self.embedding.weight, std=config.embedding**-0.5)
        self.recurrence = layer(config.embedding, config.hidden, LAYERS, batch_first=True, dropout=config.dropout)
        if layer is nn.LSTM:
            self._remember()
        self.narrow = nn.Linear(config.hidden, config.embedding)
        self.bias = nn.Parameter(torch.zeros(vocabulary))
        self.dropout = nn.Dropout(config.dropout)
        self.word_dropout = nn.Dropout1d(config.word_dropout)

    @torch.no_grad()
    def _remember(self) -> None:
        """Begin with forget gates that are open (Jozefowicz et al. 2015): few messages are few steps to open them."""
        for level in range(LAYERS):
            gates: Tensor = getattr(self.recurrence, f"bias_ih_l{level}")
            gates.view(4, -1)[1] += 1

    @override
    def begin_with(self, weights: Mapping[str, Tensor]) -> bool:
        """Take the words of a trained network, where they are as wide; the layers begin from nothing."""
        words, own = {name: weights[name] for name in _WORDS}, self.state_dict()
        if any(values.shape != own[name].shape for name, values in words.items()):
            return False
        self.load_state_dict({**own, **words})
        return True

    @override
    def forward(self, ids: Tensor) -> Tensor:
        """Return the logits float32[batch, vocabulary] of what follows each row of ``ids`` int64[batch, time]."""
        states, _ = self.recurrence(self.embedding(ids))
        return self.output(states[:, -1])

    @override
    def collate(self, rows: Sequence[Ids]) -> Batch:
        """Return the batch of ``rows``, packed."""
        flat, begins, ends = examples_of(rows)
        packed = pack_sequence([torch.from_numpy(np.ascontiguousarray(row)) for row in rows], enforce_sorted=False)
        starts = np.cumsum([0, *map(len, rows[:-1])])
        row, place = np.searchsorted(starts, begins), ends - begins
        if packed.unsorted_indices is None:
            raise TypeError("torch packs what it has not sorted with the order")
        steps, rank = np.cumsum([0, *packed.batch_sizes.tolist()]), packed.unsorted_indices.numpy()
        return Batch(packed, torch.from_numpy(steps[place] + rank[row]), torch.from_numpy(flat[ends + 1]))

    @override
    def logits_of(self, batch: Batch) -> Tensor:
        """Return the logits float32[places, vocabulary] of what follows each place of the packed rows."""
        packed: PackedSequence = batch.inputs
        words = self.word_dropout(self.embedding(packed.data))
        states: PackedSequence = self.recurrence(packed._replace(data=words))[0]
        return self.output(self.dropout(states.data))

    def output(self, states: Tensor) -> Tensor:
        """Return the logits float32[rows, vocabulary] after ``states`` float32[rows, hidden] of the upper layer."""
        return functional.linear(self.narrow(states), self.embedding.weight, self.bias)

    @override
    def stepper(self) -> Stepper:
        """Return the network with the states of both layers."""
        return _Stepper(self)


class _Stepper(Stepper):
    """Some steps from the states of both layers, of an LSTM with its cells, side by side in one row."""

    def __init__(self, network: StackedNetwork) -> None:
        super().__init__()
        self.network = network
        self.is_lstm, self.hidden = isinstance(network.recurrence, nn.LSTM), network.recurrence.hidden_size
        self.width = (1 + self.is_lstm) * LAYERS * self.hidden

    @override
    def forward(self, new: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        columns = torch.split(state, self.hidden, dim=1)
        hidden, *cells = (torch.stack(columns[start : start + LAYERS]) for start in range(0, len(columns), LAYERS))
        before = (hidden, cells[0]) if self.is_lstm else hidden
        states, after = self.network.recurrence(self.network.embedding(new), before)
        parts = after if self.is_lstm else (after,)
        return self.network.output(states[:, -1]), torch.cat(
            [layer for part in parts for layer in part.unbind()], dim=1
        )


lstm_2 = partial(StackedNetwork, layer=nn.LSTM)
gru_2 = partial(StackedNetwork, layer=nn.GRU)
