"""The recurrent networks: ``gru`` (default), ``lstm``, ``bigru`` and ``bilstm``.

``network.logits_of(batch)`` is the same function as ``network(ids)`` over every distinct prefix of a batch of
messages, each step that two prefixes share computed once; its loss and gradients equal those of one row a prefix.
Knows nothing of text, of the loss, or of what trains it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import torch
from torch import Tensor, nn
from torch.nn import functional
from typing_extensions import override

from bot.bundle.tokenizer import START
from training.text.config import TextConfig
from training.text.dataset import Batch, Ids
from training.text.networks.network import Stepper, TextNetwork
from training.text.networks.trees import Tree, Trees, tree_batch

_SPEAKER_DROPOUT = 0.1
"""How often a speaker's messages are the group's: so the group learns from them too."""

_FRESH_HALF = 0.1
"""What a backward half begins with of its share in the output, beside a forward half that has learnt."""

Steps = Callable[[Tree, Tensor, Tensor, Tensor], Iterator[Tensor]]


@dataclass(frozen=True, slots=True)
class Cell:
    """A recurrent cell: torch's layer, which is exported, and the same steps over a tree, which train."""

    layer: type[nn.GRU | nn.LSTM]
    steps: Steps


class RecurrentNetwork(TextNetwork):
    """Embedding, one recurrence in one or both directions, and an output layer that shares the embedding's weights.

    Sharing (Press & Wolf 2017, arXiv:1608.05859) halves the size, and was better on a chat's few words.
    """

    def __init__(self, vocabulary: int, config: TextConfig, cell: Cell, *, bidirectional: bool) -> None:
        """Make an untrained network.

        ``hidden`` is the width of each direction. In training ``dropout`` is the share of every state that is left
        out, and ``word_dropout`` the share of a batch's words that are not heard at all (Gal & Ghahramani 2016,
        arXiv:1512.05287): what is then learnt from the words around them is what a count model gets by backing off.
        """
        super().__init__()
        self.bidirectional, self._steps = bidirectional, cell.steps
        self.embedding = nn.Embedding(vocabulary, config.embedding)
        nn.init.normal_(self.embedding.weight, std=config.embedding**-0.5)
        self.recurrence = cell.layer(config.embedding, config.hidden, batch_first=True, bidirectional=bidirectional)
        self.narrow = nn.Linear(config.hidden * (1 + bidirectional), config.embedding)
        self.bias = nn.Parameter(torch.zeros(vocabulary))
        self.dropout = nn.Dropout(config.dropout)
        self.word_dropout = nn.Dropout1d(config.word_dropout)
        speakers = torch.zeros(len(config.speakers), config.embedding)
        self.speakers = nn.Parameter(speakers) if len(speakers) else None
        """What a speaker's start mark is beside everybody's."""

    @override
    def begin_with(self, weights: Mapping[str, Tensor]) -> bool:
        """Take the weights of a one-way GRU into the forward half; the backward one stays fresh, and hardly counts."""
        own, width = self.state_dict(), self.recurrence.hidden_size
        shapes = {name: values.shape for name, values in own.items()}
        shapes["narrow.weight"] = own["narrow.weight"][:, :width].shape
        if not isinstance(self.recurrence, nn.GRU) or any(values.shape != shapes[n] for n, values in weights.items()):
            return False
        fresh = own["narrow.weight"][:, width:] * _FRESH_HALF
        narrow = torch.cat([weights["narrow.weight"], fresh], dim=1)
        self.load_state_dict({**own, **weights, "narrow.weight": narrow})
        return True

    @override
    def forward(self, ids: Tensor) -> Tensor:
        """Return the logits float32[batch, vocabulary] of what follows each row of ``ids`` int64[batch, time]."""
        _, last = self.recurrence(self.vectors(ids))
        state = last[0] if isinstance(last, tuple) else last
        return self.output(state.transpose(0, 1).flatten(1))

    @override
    def collate(self, rows: Sequence[Ids]) -> Batch:
        """Return the batch of ``rows``, its distinct prefixes as trees of steps."""
        return tree_batch(rows, bidirectional=self.bidirectional)

    @override
    def logits_of(self, batch: Batch) -> Tensor:
        """Return the logits float32[distinct prefixes, vocabulary] of what follows each of the batch's prefixes."""
        trees: Trees = batch.inputs
        words = self.word_dropout(self.vectors(self._with_speakers_dropped(trees.words)))
        states = [self._read(trees.forward, words, "")]
        if trees.backward is not None:
            states.append(self._read(trees.backward, words, "_reverse"))
        return self.output(self.dropout(torch.cat(states, dim=1)))

    @override
    def round_to_fp16(self) -> None:
        """Round every weight to what 16 bits can hold, as the exported graph keeps it."""
        super().round_to_fp16()
        if self.speakers is not None:
            # The graph keeps a speaker's start mark as the sum.
            group = self.embedding.weight.data[START]
            self.speakers.data = (group + self.speakers.data).half().float() - group

    @override
    def stepper(self) -> Stepper | None:
        """Return the network with the state of its half that reads forwards, where that is a GRU's."""
        if not isinstance(self.recurrence, nn.GRU):
            return None
        return _BiGRUStepper(self) if self.bidirectional else _GRUStepper(self)

    def vectors(self, ids: Tensor) -> Tensor:
        """Return what stands for each of ``ids``, of pieces and of speakers' start marks."""
        if self.speakers is None:
            return functional.embedding(ids, self.embedding.weight)
        pieces = self.embedding.weight
        return functional.embedding(ids, torch.cat((pieces, pieces[START] + self.speakers)))

    def _with_speakers_dropped(self, words: Tensor) -> Tensor:
        """Return the ids of a batch's words, now and then with everybody's start mark for all that one speaker said."""
        if self.speakers is None or not self.training:
            return words
        dropped: Tensor = (words >= len(self.bias)) & (torch.rand(len(words), device=words.device) < _SPEAKER_DROPOUT)
        return words.masked_fill(dropped, START)

    def _read(self, tree: Tree, words: Tensor, side: str) -> Tensor:
        """Return the state float32[rows, hidden] after each row of ``tree``, with the weights of one direction."""
        weights = [getattr(self.recurrence, f"{name}_l0{side}") for name in ("weight_ih", "bias_ih")]
        # Once a word, not once a step: the input's half of every gate.
        inputs = functional.embedding(tree.words, functional.linear(words, *weights))
        hidden = [getattr(self.recurrence, f"{name}_l0{side}") for name in ("weight_hh", "bias_hh")]
        states = self._steps(tree, inputs, *hidden)
        return torch.cat(list(states)).index_select(0, tree.ends)

    def output(self, state: Tensor) -> Tensor:
        """Return the logits float32[rows, vocabulary] after a state float32[rows, of both directions]."""
        return functional.linear(self.narrow(state), self.embedding.weight, self.bias)


class _GRUStepper(Stepper):
    """One step forwards from the state."""

    def __init__(self, network: RecurrentNetwork) -> None:
        super().__init__()
        self.width = network.recurrence.hidden_size
        self.network = network
        self.forwards = _half(network.recurrence, "")

    @override
    def forward(self, new: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        _, after = self.forwards(self.network.vectors(new), state.unsqueeze(0))
        return self.network.output(after[0]), after[0]


class _BiGRUStepper(Stepper):
    """One step forwards from the state, and the half that reads backwards over all there is."""

    rereads = True

    def __init__(self, network: RecurrentNetwork) -> None:
        super().__init__()
        self.width = network.recurrence.hidden_size
        self.network = network
        self.forwards, self.backwards = (_half(network.recurrence, side) for side in ("", "_reverse"))

    @override
    def forward(self, ids: Tensor, new: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        _, after = self.forwards(self.network.vectors(new), state.unsqueeze(0))
        _, back = self.backwards(self.network.vectors(ids).flip(1))
        return self.network.output(torch.cat((after[0], back[0]), dim=1)), after[0]


def _half(recurrence: nn.GRU | nn.LSTM, side: str) -> nn.GRU:
    """Return one direction of a GRU with its weights."""
    half = nn.GRU(recurrence.input_size, recurrence.hidden_size, batch_first=True)
    half.load_state_dict({name: getattr(recurrence, name + side) for name in half.state_dict()})
    return half


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


_GRU, _LSTM = Cell(nn.GRU, _gru_steps), Cell(nn.LSTM, _lstm_steps)
bigru = partial(RecurrentNetwork, cell=_GRU, bidirectional=True)
bilstm = partial(RecurrentNetwork, cell=_LSTM, bidirectional=True)
gru = partial(RecurrentNetwork, cell=_GRU, bidirectional=False)
lstm = partial(RecurrentNetwork, cell=_LSTM, bidirectional=False)
