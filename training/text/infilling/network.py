"""The infilling network: what stands in a gap, foretold from both sides.

One GRU reads what stands left of the gap, another what stands right of it, from the end of the message; a hidden layer
sees both. Over a whole message each of them goes once, and every gap in it is there. Knows nothing of text, of the
loss, or of how gaps are chosen.
"""

from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils.rnn import PackedSequence
from typing_extensions import override

from training.text.config import TextConfig


class Gaps(NamedTuple):
    """Many gaps in some messages.

    ``left`` and ``right``: the messages as ids, read from the left and from the right; ``before`` and ``after``
    int64[gaps]: after which step of each, as they lie in the packed data, a gap begins and ends.
    """

    left: PackedSequence
    right: PackedSequence
    before: Tensor
    after: Tensor


class InfillingNetwork(nn.Module):
    """Foretells the next piece in a gap, or by the end mark that it is full. ``network(left, right)`` serves.

    Like the voice's, its output shares the embedding's weights (Press & Wolf 2017, arXiv:1608.05859).
    """

    def __init__(self, vocabulary: int, embedding: int, hidden: int, dropout: float) -> None:
        """Make an untrained network; ``hidden`` is the width of each side's state."""
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, embedding)
        nn.init.normal_(self.embedding.weight, std=embedding**-0.5)
        self.left = nn.GRU(embedding, hidden, batch_first=True)
        self.right = nn.GRU(embedding, hidden, batch_first=True)
        self.from_left = nn.Linear(hidden, embedding + hidden)
        self.from_right = nn.Linear(hidden, embedding + hidden, bias=False)
        self.narrow = nn.Linear(hidden, embedding, bias=False)
        self.bias = nn.Parameter(torch.zeros(vocabulary))
        self.dropout = nn.Dropout(dropout)

    @override
    def forward(self, left: Tensor, right: Tensor) -> Tensor:
        """Return the logits float32[batch, vocabulary] of what follows ``left`` int64[batch, time] in a gap.

        The gap ends where ``right`` int64[batch, time] begins, whose last piece is the end mark.
        """
        _, before = self.left(self.embedding(left))
        _, after = self.right(self.embedding(right.flip(1)))
        return self._output(self.from_left(before[0]), self.from_right(after[0]))

    def logits_of(self, gaps: Gaps) -> Tensor:
        """Return the logits float32[gaps, vocabulary] of the next piece in each gap."""
        before = self.from_left(self.dropout(self._read(self.left, gaps.left)))
        after = self.from_right(self.dropout(self._read(self.right, gaps.right)))
        return self._output(before[gaps.before], after[gaps.after])

    def _read(self, side: nn.GRU, ids: PackedSequence) -> Tensor:
        states: PackedSequence = side(ids._replace(data=self.embedding(ids.data)))[0]
        return states.data

    def _output(self, before: Tensor, after: Tensor) -> Tensor:
        width = self.embedding.embedding_dim
        direct, hidden = torch.split(before + after, [width, before.shape[1] - width], dim=1)
        both = direct + self.narrow(self.dropout(functional.gelu(hidden)))
        return functional.linear(both, self.embedding.weight, self.bias)

    @torch.no_grad()
    def begin_with(self, voice: nn.Module) -> None:
        """Take the words of a trained voice, and its reading from the left, as far as it has them at this width."""
        state = voice.state_dict()
        own = self.state_dict()
        vocabulary, width = self.embedding.weight.shape
        for name, source in state.items():
            if name in {"embedding.weight", "bias"} and source.shape[1:] == own[name].shape[1:]:
                own[name].copy_(source[:vocabulary])
        gru = isinstance(getattr(voice, "recurrence", None), nn.GRU)
        if gru and state["recurrence.weight_ih_l0"].shape == own["left.weight_ih_l0"].shape:
            for part in ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"):
                own[f"left.{part}"].copy_(state[f"recurrence.{part}"])
            own["from_left.weight"][:width] = state["narrow.weight"][:, : self.left.hidden_size]
            own["from_left.bias"][:width] = state["narrow.bias"]
            own["from_right.weight"][:width] = 0


def build(config: TextConfig, vocabulary: int) -> InfillingNetwork:
    """Return the untrained network for ``vocabulary`` pieces, as wide as the voice that it begins with."""
    return InfillingNetwork(vocabulary, config.embedding, config.hidden, config.dropout)
