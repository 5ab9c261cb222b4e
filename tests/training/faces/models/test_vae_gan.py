"""A VAE-GAN learns in two parts: as a VAE, and then its decoder alone, against a critic and on the usual faces."""

from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from rich.console import Console
from torch import nn

from training.faces.data.tensors import to_floats
from training.faces.models import build_generator, config_of
from training.faces.models.networks import ModulatedDecoder
from training.faces.models.vae import Whitening
from training.faces.models.vae_gan import VaeGan
from training.faces.run import FacesRun
from training.faces.trainer import fit

SIZE, ODD = 32, 6
SETTINGS = {"kind": "vae-gan", "width": 4, "latent": 8, "batch": 8, "every": 2, "perceptual": 0, "steps": 8}


def trained(folder: Path, alone: float, typical: float = 0.8) -> VaeGan:
    """Train on smooth pictures, of which the first few are stripes."""
    rng = np.random.default_rng(0)
    pictures = np.kron(rng.integers(60, 200, (40, 4, 4, 3)), np.ones((1, 8, 8, 1))).astype(np.uint8)
    pictures[:ODD, ::2] = 0
    torch.manual_seed(0)
    module = build_generator(config_of({**SETTINGS, "alone": alone, "typical": typical}), SIZE)
    assert isinstance(module, VaeGan)
    folder.mkdir()
    fit(module, torch.from_numpy(pictures), FacesRun(folder), Console(quiet=True))
    return module


def same(one: nn.Module, other: nn.Module) -> bool:
    return all(map(torch.equal, one.parameters(), other.parameters()))


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[VaeGan, VaeGan]:
    """Return the model after the first part, and after both."""
    folder = tmp_path_factory.mktemp("runs")
    torch.set_num_threads(1)
    return trained(folder / "alone", 0.99), trained(folder / "both", 0.5)


def test_the_critic_comes_after_the_vae_and_then_the_encoder_rests(both: tuple[VaeGan, VaeGan], tmp_path: Path) -> None:
    alone, after = both
    torch.manual_seed(0)
    begun = build_generator(alone.config, SIZE)
    assert isinstance(begun, VaeGan)
    assert torch.equal(alone.critic.whole[0].weight, begun.critic.whole[0].weight)
    assert not torch.equal(after.critic.whole[0].weight, begun.critic.whole[0].weight)
    assert {"critic", "penalty", "decoder", "alike", "coarse"} <= set(after.trainer.callback_metrics)
    assert "critic" not in alone.trainer.callback_metrics
    assert "kl" not in after.trainer.callback_metrics, "a part says what it logged itself"
    assert not any(weight.requires_grad for weight in after.encoder.parameters())
    # Both begin alike: what the second part left alone is what the first one had made by then.
    usual = trained(tmp_path / "usual", 0.5, typical=1.0)
    assert same(usual.encoder, after.encoder)
    assert not same(usual.generator, after.generator)
    with Image.open(FacesRun(tmp_path / "usual").curves) as curves:
        assert curves.width == 7 * 440, "the curves of both parts"


def test_the_critic_sees_the_faces_nearest_to_the_mean_one(both: tuple[VaeGan, VaeGan]) -> None:
    module = both[1]
    module.eval()
    positions = set(module.sample_positions(2_000).tolist())
    assert len(positions) == 32
    with torch.inference_mode():
        distances = module.latent_encoder(to_floats(module.pictures)).square().sum(1)
    nearest = set(distances.argsort()[:32].tolist())
    assert len(positions & nearest) >= 30  # it learns in fewer digits than are counted here


def test_a_latent_drawn_lies_nearer_to_the_mean_face_than_photos_and_leads_back_to_the_same_picture() -> None:
    torch.manual_seed(0)
    means = torch.randn(4_000, 3) * torch.tensor([1.0, 2.0, 3.0]) + 5
    whitening = Whitening(3)
    whitening.fit(means)
    whitening.shorten(0.5)
    latents = (means - whitening.middle) @ whitening.inverse
    assert latents.std(0).tolist() == pytest.approx([2, 2, 2], rel=0.02)
    torch.testing.assert_close(whitening.middle + latents @ whitening.root, means, rtol=1e-3, atol=1e-3)


def test_a_decoder_lays_no_grid_over_a_face() -> None:
    torch.manual_seed(0)
    with torch.inference_mode():
        pictures = ModulatedDecoder(64, 8, 8)(torch.randn(16, 8))[:, :, 8:-8, 8:-8]
    places = torch.stack([pictures[:, :, top::2, left::2].mean((0, 2, 3)) for top in (0, 1) for left in (0, 1)])
    assert float(places.std(0).max()) < 0.1 * float(pictures.std())
