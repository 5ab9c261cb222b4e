"""The losses are what the papers say, and the penalty really teaches the critic."""

import pytest
import torch
from torch import nn

from training.faces.models import losses
from training.faces.models.diffaugment import diffaugment
from training.faces.models.networks import Discriminator


def test_the_penalty_of_a_linear_critic_has_the_closed_form_and_so_has_its_gradient() -> None:
    torch.manual_seed(0)
    weight = torch.randn(1, 3 * 8 * 8, dtype=torch.float64, requires_grad=True)
    real, fake = torch.randn(2, 5, 3, 8, 8, dtype=torch.float64)
    penalty = losses.gradient_penalty(lambda pictures: (pictures.flatten(1) @ weight.T)[:, 0], real, fake)
    penalty.backward()
    length = weight.detach().norm()
    assert penalty.item() == pytest.approx(float((length - 1) ** 2))
    expected = 2 * (length - 1) * weight.detach() / length
    torch.testing.assert_close(weight.grad, expected)


def test_the_penalty_reaches_every_weight_of_the_real_critic() -> None:
    torch.manual_seed(0)
    critic = Discriminator(32, 8, "layer")
    losses.gradient_penalty(critic, *torch.randn(2, 4, 3, 32, 32)).backward()
    for name, weight in critic.named_parameters():
        if "weight" in name:
            assert weight.grad is not None, name
            assert weight.grad.abs().sum() > 0, name


def test_the_penalty_at_real_pictures_is_the_squared_gradient_and_teaches() -> None:
    weight = torch.randn(
        1, 3 * 8 * 8, dtype=torch.float64, generator=torch.Generator().manual_seed(0), requires_grad=True
    )
    real = torch.zeros(5, 3, 8, 8, dtype=torch.float64)
    penalty = losses.real_gradient_penalty(lambda pictures: (pictures.flatten(1) @ weight.T)[:, 0], real)
    penalty.backward()
    assert penalty.item() == pytest.approx(float(weight.detach().square().sum()))
    torch.testing.assert_close(weight.grad, 2 * weight.detach())


def test_features_differ_by_a_share_of_what_is_there_at_each_level() -> None:
    targets = [torch.full((2, 3, 4, 4), 10.0), torch.full((2, 5), 0.1)]
    assert losses.feature_error(targets, targets).item() == 0
    assert losses.feature_error(targets, [level * 0 for level in targets]).item() == pytest.approx(2)


def test_the_kl_in_closed_form_is_the_one_by_sampling() -> None:
    torch.manual_seed(0)
    mean, log_variance = torch.tensor([[0.5, -1.0]]), torch.tensor([[0.3, -0.7]])
    q = torch.distributions.Normal(mean, (0.5 * log_variance).exp())
    z = q.sample((200_000,))
    sampled = (q.log_prob(z) - torch.distributions.Normal(0, 1).log_prob(z)).sum(-1).mean()
    assert losses.kl_to_standard_normal(mean, log_variance).item() == pytest.approx(sampled.item(), rel=0.02)
    assert losses.kl_to_standard_normal(torch.zeros(3, 4), torch.zeros(3, 4)).item() == 0


def test_a_discriminator_that_is_sure_and_right_has_no_loss_and_the_generator_all() -> None:
    real, fake = torch.full((4,), 20.0), torch.full((4,), -20.0)
    assert losses.discriminator_loss(real, fake).item() < 1e-6
    assert losses.generator_loss(fake).item() == pytest.approx(20, rel=1e-3)
    assert losses.hinge_loss(real, fake).item() == 0


def test_diffaugment_lets_the_gradient_through_and_repeats_by_seed() -> None:
    pictures = torch.rand(6, 3, 32, 32, requires_grad=True)
    torch.manual_seed(1)
    one = diffaugment(pictures)
    torch.manual_seed(1)
    again = diffaugment(pictures)
    assert one.shape == pictures.shape
    torch.testing.assert_close(one, again)
    one.sum().backward()
    assert pictures.grad is not None
    assert (pictures.grad != 0).any(dim=(1, 2, 3)).all()


@pytest.mark.parametrize("norm", ["batch", "layer", "none"])
def test_critics_have_the_norm_that_was_asked_for(norm: str) -> None:
    kinds = {type(layer) for layer in Discriminator(64, 8, norm).modules()}
    assert (nn.BatchNorm2d in kinds) == (norm == "batch")
    assert (nn.GroupNorm in kinds) == (norm == "layer")


def test_weights_begin_as_in_the_paper() -> None:
    weights = [layer.weight for layer in Discriminator(64, 32, "batch").modules() if isinstance(layer, nn.Conv2d)]
    assert float(torch.cat([weight.flatten() for weight in weights]).std()) == pytest.approx(0.02, rel=0.05)


def test_whitened_latents_are_standard_normal_and_draw_what_was_encoded() -> None:
    from training.faces.models.vae import WhitenedDecoder, WhitenedEncoder, Whitening

    torch.manual_seed(0)
    turn, _ = torch.linalg.qr(torch.randn(6, 6))
    means = torch.randn(2000, 6) * torch.linspace(0.5, 3, 6) @ turn + torch.randn(6)
    whitening = Whitening(6)
    whitening.fit(means)

    class Encodes(nn.Module):
        def forward(self, pictures: torch.Tensor) -> tuple[torch.Tensor, None]:
            return pictures, None

    latents = WhitenedEncoder(whitening, Encodes())(means)
    assert latents.mean(0).abs().max() < 1e-3
    torch.testing.assert_close(torch.cov(latents.T), torch.eye(6), atol=0.05, rtol=0)
    torch.testing.assert_close(WhitenedDecoder(whitening, nn.Identity())(latents), means, atol=1e-3, rtol=0)
