"""The shared steps give the loss and the gradients of one row a prefix."""

import numpy as np
import pytest
import torch
from torch.nn import functional

from training.text.config import TextConfig
from training.text.dataset import Ids, message_of_each, rows_of
from training.text.module import batch_loss
from training.text.networks import NETWORKS, build_network, config_of
from training.text.networks.network import TextNetwork

VOCABULARY = 30


def messages(count: int, seed: int = 0) -> list[Ids]:
    """Random rows with unknown pieces, common beginnings, and one message of a single piece."""
    rng = np.random.default_rng(seed)
    drawn = [[0 if rng.random() < 0.1 else int(rng.integers(3, 8)) for _ in range(rng.integers(1, 12))]
             for _ in range(count)]  # fmt: skip
    return rows_of([*drawn, [5], [5], [5, 6]], longest=9)


def _network(name: str) -> TextNetwork:
    config = {"network": name, "embedding": 7, "hidden": 5, "dropout": 0.0, "word_dropout": 0.0}
    return build_network(config_of(config), VOCABULARY)


def naive_losses(network: TextNetwork, rows: list[Ids]) -> torch.Tensor:
    """One forward pass for every single prefix, as the definition says."""
    return torch.stack([
        functional.cross_entropy(network(torch.from_numpy(row[:end])[None]), torch.from_numpy(row[end : end + 1]))
        for row in rows
        for end in range(1, len(row))
        if row[end] != 0
    ])  # fmt: skip


@pytest.mark.parametrize("name", NETWORKS)
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


@pytest.mark.parametrize("name", NETWORKS)
def test_the_messages_that_the_network_expects_least_are_left_out(name: str) -> None:
    torch.manual_seed(1)
    network, rows = _network(name).double(), messages(20)
    losses = [naive_losses(network, [row]).mean().item() for row in rows]
    expected = [row for row, loss in zip(rows, losses, strict=True) if loss <= np.quantile(losses, 0.9) + 1e-9]

    batch = network.collate(rows)._replace(messages=message_of_each(rows))
    assert abs(batch_loss(network, batch, 0.1).item() - naive_losses(network, expected).mean().item()) < 1e-6
    assert abs(batch_loss(network, batch).item() - naive_losses(network, rows).mean().item()) < 1e-6


@pytest.mark.parametrize("name", NETWORKS)
def test_signature_is_ids_to_logits_of_the_next_piece(name: str) -> None:
    network = _network(name).eval()
    for batch, time in [(1, 1), (3, 1), (1, 9), (4, 6)]:
        logits = network(torch.randint(0, VOCABULARY, (batch, time)))
        assert logits.shape == (batch, VOCABULARY)
        assert logits.dtype == torch.float32


def _continued(name: str, **changes: int) -> tuple[TextNetwork, TextNetwork, bool]:
    """Return a one-way GRU, a network that may go on from it, and whether it did."""
    torch.manual_seed(2)
    base = _network("gru")
    network = build_network(TextConfig(**{"network": name, "embedding": 7, "hidden": 5, **changes}), VOCABULARY)
    return base, network, network.begin_with(base.state_dict())


def test_a_gru_goes_on_exactly_where_the_base_is() -> None:
    base, network, did = _continued("gru")
    ids = torch.randint(3, VOCABULARY, (4, 6))
    assert did
    assert torch.equal(network.eval()(ids), base.eval()(ids))


def test_a_bigru_goes_on_with_its_forward_half_and_hardly_hears_the_fresh_one() -> None:
    base, network, did = _continued("bigru")
    assert did
    ids, (ours, theirs) = torch.randint(3, VOCABULARY, (4, 6)), (network.state_dict(), base.state_dict())
    assert 0 < ours["narrow.weight"][:, 5:].abs().max() < 0.1 * 10**-0.5
    ours["narrow.weight"][:, 5:] = 0
    network.load_state_dict(ours)
    torch.testing.assert_close(network.eval()(ids), base.eval()(ids))
    assert torch.equal(ours["embedding.weight"], theirs["embedding.weight"])


@pytest.mark.parametrize(
    ("name", "changes"), [("lstm", {}), ("bilstm", {}), ("gru", {"hidden": 6}), ("bigru", {"embedding": 8})]
)
def test_what_cannot_go_on_stays_as_it_was(name: str, changes: dict[str, int]) -> None:
    _, network, did = _continued(name, **changes)
    assert not did
    assert all(torch.isfinite(values).all() for values in network.state_dict().values())
