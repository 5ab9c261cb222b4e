"""The Lightning module of a text network: the loss.

Knows nothing of text or files, and nothing of what a network computes.
"""

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.utils.data import DataLoader

from training.common.processes import ALONE, Processes
from training.text.config import TextConfig
from training.text.dataset import Batch, Ids, Rows, Shuffle, message_of_each
from training.text.epochs import HELD_OUT_LOSS, TRAIN_LOSS, EpochsModule
from training.text.networks.network import TextNetwork

_HELD_OUT_BATCH = 256
_ALL_ARE_NEW = 0.2
"""Of the first epoch: so long every message is learnt from, for what a network would expect it does not know yet."""


class TextModule(EpochsModule):
    """A network with its loss: cross-entropy of the next piece in nats, the mean over every known one."""

    def __init__(self, network: TextNetwork, config: TextConfig, steps: int) -> None:
        """Take the network and how many ``steps`` the longest training would have."""
        super().__init__(config, steps)
        self.network, self.config = network, config
        self._first_truncated = _ALL_ARE_NEW * steps / config.epochs

    def training_step(self, batch: Batch, _: int) -> Tensor:
        """Return the loss of one batch."""
        self.seed_step()
        is_truncated = self.global_step >= self._first_truncated
        return self._loss(batch, TRAIN_LOSS, self.config.truncation if is_truncated else 0)

    def validation_step(self, batch: Batch, _: int) -> Tensor:
        """Return the loss of one held-out batch."""
        return self._loss(batch, HELD_OUT_LOSS)

    def _loss(self, batch: Batch, name: str, truncation: float = 0) -> Tensor:
        loss = batch_loss(self.network, batch, truncation)
        # Each process reads all that is held out, and its own of the rest.
        alike = name == HELD_OUT_LOSS
        self.log(name, loss, on_step=False, on_epoch=True, batch_size=len(batch.targets), sync_dist=not alike)
        return loss


def batch_loss(network: TextNetwork, batch: Batch, truncation: float = 0) -> Tensor:
    """Return the mean cross-entropy (nats) over the examples of ``batch``, the softmax taken once a prefix.

    With a ``truncation`` that share of the messages is left out which the network expects least, by the mean of each
    (Kang & Hashimoto 2020, arXiv:2004.14589): what only one would say is then hardly learnt, a secret least of all.
    """
    losses = -example_log_probs(network, batch)
    if truncation and batch.messages is not None:
        losses = losses[_is_expected(losses.detach(), batch.messages, truncation)]
    return losses.mean()


def _is_expected(losses: Tensor, messages: Tensor, truncation: float) -> Tensor:
    """Return bool[examples], false for the examples of the messages with the highest mean loss."""
    counts = torch.bincount(messages).clamp(min=1)
    means = losses.new_zeros(len(counts)).index_add_(0, messages, losses) / counts
    expected: Tensor = (means <= means.quantile(1 - truncation))[messages]
    return expected


def example_log_probs(network: TextNetwork, batch: Batch) -> Tensor:
    """Return the log probability (nats) float32[examples] of what follows each example of ``batch``."""
    log_probs = network.logits_of(batch).log_softmax(dim=1)
    return log_probs[batch.prefixes, batch.targets]


def loader(
    rows: Sequence[Ids],
    network: TextNetwork,
    *,
    shuffled: TextConfig | None = None,
    parts: int = 1,
    processes: Processes = ALONE,
) -> "DataLoader[Ids]":
    """Return the batches of ``rows``: in their order, or as the settings of a training shuffle them.

    Where a pass has several ``parts``, each epoch takes one of them; ``processes`` share each batch.
    """
    if shuffled is None:
        return DataLoader(Rows(rows), batch_size=_HELD_OUT_BATCH, collate_fn=network.collate)
    order = Shuffle(len(rows), shuffled.seed, parts, processes)

    def collate(some: Sequence[Ids]) -> Batch:
        return network.collate(some)._replace(messages=message_of_each(some))

    return DataLoader(Rows(rows), batch_size=shuffled.batch // processes.count, sampler=order, collate_fn=collate)
