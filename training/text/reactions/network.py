"""The network for reactions: an LSTM that reads a message from both sides, and what of it counts (attention pooling).

Felbo et al. 2017 (DeepMoji, arXiv:1708.00524), made small. Knows nothing of text, of the loss, or of training.
"""

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence
from typing_extensions import override

from training.text.reactions.config import ReactionsConfig

_TENSE = 0.1
"""Standard deviation of the vectors of pieces at the beginning."""


class ReactionNetwork(nn.Module):
    """Ids of a message's pieces to logits of the classes; ``network(ids)`` serves, and gives probabilities.

    ``temperature`` and ``shift`` make of the logits what the probabilities are: calibrated, and as if every class were
    as frequent as every other.
    """

    temperature: Tensor
    shift: Tensor

    def __init__(self, vocabulary: int, classes: int, config: ReactionsConfig) -> None:
        """Make an untrained network."""
        super().__init__()
        both = 2 * config.hidden
        self.embedding = nn.Embedding(vocabulary, config.embedding)
        nn.init.normal_(self.embedding.weight, std=_TENSE)
        self.recurrence = nn.LSTM(config.embedding, config.hidden, batch_first=True, bidirectional=True)
        self.attention = nn.Linear(both, 1, bias=False)
        self.output = nn.Linear(both + config.embedding, classes)
        self.dropout = nn.Dropout(config.dropout)
        self.word_dropout = nn.Dropout1d(config.word_dropout)
        self.register_buffer("temperature", torch.ones(()))
        self.register_buffer("shift", torch.zeros(classes))

    @override
    def forward(self, ids: Tensor) -> Tensor:
        """Return the probabilities float32[batch, classes] for rows ``ids`` int64[batch, time], unpadded."""
        pieces = self.embedding(ids)
        states, _ = self.recurrence(pieces)
        return self.balanced(self._pooled(pieces, states, None)).softmax(dim=1)

    def logits(self, ids: Tensor, lengths: Tensor) -> Tensor:
        """Return the logits float32[batch, classes] as they are learnt, for rows padded behind ``lengths``."""
        pieces = self.dropout(self.embedding(ids) * self._heard(ids))
        packed = pack_padded_sequence(pieces, lengths.cpu(), batch_first=True, enforce_sorted=False)
        states, _ = pad_packed_sequence(self.recurrence(packed)[0], batch_first=True, total_length=ids.shape[1])
        return self._pooled(pieces, states, torch.arange(ids.shape[1], device=ids.device) >= lengths[:, None])

    def balanced(self, logits: Tensor) -> Tensor:
        """Return logits as the probabilities are of."""
        return (logits + self.shift) / self.temperature

    def _heard(self, ids: Tensor) -> Tensor:
        """Return float32[batch, time, 1]: 0 for words that are not heard in this step."""
        return self.word_dropout(torch.ones(*ids.shape, 1, device=ids.device)) if self.training else torch.ones(())

    def _pooled(self, pieces: Tensor, states: Tensor, beyond: Tensor | None) -> Tensor:
        scores = self.attention(torch.tanh(states)).squeeze(2)
        if beyond is not None:
            scores = scores.masked_fill(beyond, -torch.inf)
        seen = torch.cat([states, pieces], dim=2)
        return self.output(self.dropout((seen * scores.softmax(dim=1).unsqueeze(2)).sum(1)))  # type: ignore[no-any-return]
