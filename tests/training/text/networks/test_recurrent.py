"""The shared steps give the loss and the gradients of one row a prefix."""

import numpy as np
import pytest
import torch
from torch.nn import functional

from training.text.config import TextConfig
from training.text.dataset import Ids, rows_of
from training.text.module import batch_loss
from training.text.networks import build_network
from training.text.networks.network import TextNetwork

VOCABULARY = 30


def messages(count: int, seed: int = 0) -> list[Ids]:
    """Random rows with unknown pieces, common beginnings, and one message of a single piece."""
    rng = np.random.default_rng(seed)
    drawn = [[0 if rng.random() < 0.1 else int(rng.integers(3, 8)) for _ in range(rng.integers(1, 12))]
             for _ in range(count)]  # fmt: skip
    return rows_of([*drawn, [5], [5], [5, 6]], longest=9)


def _network(name: str) -> TextNetwork:
    return build_network(TextConfig(network=name, embedding=7, hidden=5, dropout=0, word_dropout=0), VOCABULARY)


def naive_losses(network: TextNetwork, rows: list[Ids]) -> torch.Tensor:
    """One forward pass for every single prefix, as the definition says."""
    return torch.stack([
        functional.cross_entropy(network(torch.from_numpy(row[:end])[None]), torch.from_numpy(row[end : end + 1]))
        for row in rows
        for end in range(1, len(row))
        if row[end] != 0
    ])  # fmt: skip


@pytest.mark.parametrize("name", ["bigru", "bilstm", "gru", "lstm"])
def test_loss_and_gradients_equal_the_naive_expansion(name: str) -> None:
    torch.manual_seed(1)
    network = _network(name).double()
    rows = messages(20)
    naive = naive_losses(network, rows).mean()
    expected = torch.autograd.grad(naive, list(network.parameters()))

    batch = network.collate(rows)
    loss = batch_loss(network, batch)
    gradients = torch.autograd.grad(loss, list(network.parameters()))

    assert abs(loss.item() - naive.item()) < 1e-6
    for (parameter, _), ours, theirs in zip(network.named_parameters(), gradients, expected, strict=True):
        assert torch.allclose(ours, theirs, rtol=0, atol=1e-6), parameter
        assert theirs.abs().max() > 0, f"{parameter} takes no part in the loss"


@pytest.mark.parametrize("name", ["bigru", "bilstm", "gru", "lstm"])
def test_signature_is_ids_to_logits_of_the_next_piece(name: str) -> None:
    network = _network(name).eval()
    for batch, time in [(1, 1), (3, 1), (1, 9), (4, 6)]:
        logits = network(torch.randint(0, VOCABULARY, (batch, time)))
        assert logits.shape == (batch, VOCABULARY)
        assert logits.dtype == torch.float32
