"""The recurrent networks: ``bigru`` (default), ``bilstm``, ``gru`` and ``lstm``, behind one interface.

``network(ids)`` is what is exported and serves. ``network.logits_of(batch)`` is the same function over every
distinct prefix of a batch of messages, each step that two prefixes share computed once; its loss and gradients
equal those of one row a prefix. Knows nothing of text, of the loss, or of what trains it.
"""

from collections.abc import Callable, Iterator

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.text.config import NetworkName
from training.text.dataset import Batch, Tree


class TextNetwork(nn.Module):
    """Embedding, one recurrence in one or both directions, and an output layer that shares the embedding's weights.

    Sharing (Press & Wolf 2017, arXiv:1608.05859) halves the size, and was better on a chat's few words.
    """

    def __init__(  # noqa: PLR0913 - a network is its sizes
        self,
        name: NetworkName,
        vocabulary: int,
        embedding: int,
        hidden: int,
        *,
        dropout: float = 0.0,
        word_dropout: float = 0.0,
    ) -> None:
        """Make an untrained network.

        ``hidden`` is the width of each direction. In training ``dropout`` is the share of every state that is left
        out, and ``word_dropout`` the share of a batch's words that are not heard at all (Gal & Ghahramani 2016,
        arXiv:1512.05287): what is then learnt from the words around them is what a count model gets by backing off.
        """
        super().__init__()
        self.both_ways = name.startswith("bi")
        kind = nn.GRU if name.endswith("gru") else nn.LSTM
        self._steps = _gru_steps if name.endswith("gru") else _lstm_steps
        self.embedding = nn.Embedding(vocabulary, embedding)
        nn.init.normal_(self.embedding.weight, std=embedding**-0.5)
        self.recurrence = kind(embedding, hidden, batch_first=True, bidirectional=self.both_ways)
        self.narrow = nn.Linear(hidden * (1 + self.both_ways), embedding)
        self.bias = nn.Parameter(torch.zeros(vocabulary))
        self.dropout = nn.Dropout(dropout)
        self.word_dropout = nn.Dropout1d(word_dropout)

    def forward(self, ids: Tensor) -> Tensor:
        """Return the logits float32[batch, vocabulary] of what follows each row of ``ids`` int64[batch, time]."""
        _, last = self.recurrence(self.embedding(ids))
        state = last[0] if isinstance(last, tuple) else last
        return self._output(state.transpose(0, 1).flatten(1))

    def logits_of(self, batch: Batch) -> Tensor:
        """Return the logits float32[distinct prefixes, vocabulary] of what follows each of the batch's prefixes."""
        words = self.word_dropout(self.embedding(batch.words))
        states = [self._read(batch.ahead, words, "")]
        if batch.back is not None:
            states.append(self._read(batch.back, words, "_reverse"))
        return self._output(self.dropout(torch.cat(states, dim=1)))

    def _read(self, tree: Tree, words: Tensor, side: str) -> Tensor:
        """Return the state float32[rows, hidden] after each row of ``tree``, with the weights of one direction."""
        weights = [getattr(self.recurrence, f"{name}_l0{side}") for name in ("weight_ih", "bias_ih")]
        # Once a word, not once a step: the input's half of every gate.
        inputs = functional.embedding(tree.words, functional.linear(words, *weights))
        hidden = [getattr(self.recurrence, f"{name}_l0{side}") for name in ("weight_hh", "bias_hh")]
        states = self._steps(tree, inputs, *hidden)
        return torch.cat(list(states)).index_select(0, tree.ends)

    def _output(self, state: Tensor) -> Tensor:
        return functional.linear(self.narrow(state), self.embedding.weight, self.bias)


Steps = Callable[[Tree, Tensor, Tensor, Tensor], Iterator[Tensor]]


def _gru_steps(tree: Tree, inputs: Tensor, weight: Tensor, bias: Tensor) -> Iterator[Tensor]:
    """Yield the states of each level (Cho et al. 2014, in the form of ``torch.nn.GRU``)."""
    width = weight.shape[1]
    state = inputs.new_zeros(1, width)
    for level, gates in enumerate(torch.split(inputs, list(tree.sizes))):
        if level:
            state = state.index_select(0, tree.parents[level - 1])
            recurrent = functional.linear(state, weight, bias)
        else:
            recurrent = bias.expand(len(gates), -1)
        both, new = torch.split(gates, [2 * width, width], dim=1)
        both_recurrent, new_recurrent = torch.split(recurrent, [2 * width, width], dim=1)
        reset, keep = (both + both_recurrent).sigmoid().chunk(2, dim=1)
        new = torch.addcmul(new, reset, new_recurrent).tanh()
        state = torch.lerp(new, state, keep)
        yield state


def _lstm_steps(tree: Tree, inputs: Tensor, weight: Tensor, bias: Tensor) -> Iterator[Tensor]:
    """Yield the states of each level (Hochreiter & Schmidhuber 1997, in the form of ``torch.nn.LSTM``)."""
    cell = inputs.new_zeros(1, weight.shape[1])
    state = cell
    for level, gates in enumerate(torch.split(inputs, list(tree.sizes))):
        if level:
            parents = tree.parents[level - 1]
            cell = cell.index_select(0, parents)
            gates = gates + functional.linear(state.index_select(0, parents), weight, bias)  # noqa: PLW2901
        else:
            gates = gates + bias  # noqa: PLW2901
        put, keep, new, show = gates.chunk(4, dim=1)
        cell = keep.sigmoid() * cell + put.sigmoid() * new.tanh()
        state = show.sigmoid() * cell.tanh()
        yield state
