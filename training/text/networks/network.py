"""The interface of a text network: its graph for the bot, and its logits over a batch for the training.

Knows nothing of the loss, of what trains it, or of any one network.
"""

from abc import abstractmethod
from collections.abc import Mapping, Sequence

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
    """A text network that goes on from a state, as it is exported; ``width`` is that of the state."""

    width: int

    @abstractmethod
    def forward(self, ids: Tensor, new: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        """Return the logits float32[batch, vocabulary] of what follows ``ids`` int64[batch, time], and the new state.

        ``state`` float32[batch, width] has read all of ``ids`` but the last ones, ``new`` int64[batch, steps].
        """
