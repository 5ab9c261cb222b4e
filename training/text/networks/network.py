"""The interface of a text network: its graph for the bot, and its logits over a batch for the training.

Knows nothing of the loss, of what trains it, or of any one network.
"""

from abc import abstractmethod
from collections.abc import Mapping, Sequence

import torch
from torch import Tensor, nn

from training.text.dataset import Batch, Ids


class TextNetwork(nn.Module):
    """Foretells the next piece. ``network(ids)`` is exported and serves; the others are for training alone."""

    @abstractmethod
    def forward(self, ids: Tensor) -> Tensor:
        """Return the logits float32[batch, vocabulary] of what follows each row of ``ids`` int64[batch, time]."""

    def begin_with(self, weights: Mapping[str, Tensor]) -> bool:
        """Begin with the weights of a one-way GRU over the same pieces, by their names in ``gru``; say whether it can.

        Most networks can not.
        """
        del weights
        return False

    @abstractmethod
    def collate(self, rows: Sequence[Ids]) -> Batch:
        """Return every example of ``rows``, as :func:`~training.text.dataset.rows_of` makes them."""

    @abstractmethod
    def logits_of(self, batch: Batch) -> Tensor:
        """Return the logits float32[prefixes, vocabulary] of what follows each prefix that ``batch`` counts."""

    def round_to_fp16(self) -> None:
        """Round every weight to what 16 bits can hold, as the exported graph keeps it."""
        self.half().float()

    def stepper(self) -> "Stepper | None":
        """Return the same function for one more piece after another, if the network can keep where it was."""
        return None


class Stepper(nn.Module):
    """A text network that goes on from a state of that ``width``, as it is exported.

    ``stepper(new, state)`` returns the logits float32[batch, vocabulary] of what follows, and the state after it:
    ``state`` float32[batch, width] has read all but the ``new`` ids int64[batch, steps]. Where it ``rereads``, as a
    half that reads from the end does, ``stepper(ids, new, state)`` is asked with all ids int64[batch, time], too.
    """

    width: int
    rereads = False

    def example(self, ids: Tensor) -> tuple[Tensor, ...]:
        """Return inputs to trace it with, of ``ids`` int64[batch, time] of which one is read already."""
        inputs = ids[:, 1:], torch.zeros(len(ids), self.width)
        return (ids, *inputs) if self.rereads else inputs
