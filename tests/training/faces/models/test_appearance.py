"""An appearance model bends faces to one shape, draws like the usual ones, and its latents lead back to pictures."""

from dataclasses import replace

import cv2
import numpy as np
import pytest
import torch

from training.faces.drawing import Identity, attributes_of, portrait
from training.faces.models import build_generator, config_of
from training.faces.models.appearance import Appearance, FittedAppearance, fit
from training.faces.models.shapes import bent, fields, find_points, mean_shape

SIZE, COUNT, LATENT = 64, 60, 12
CONFIG = config_of({"kind": "aam", "width": 4, "latent": LATENT, "typical": 0.9, "truncation": 0.5})


@pytest.fixture(scope="module")
def pictures() -> np.ndarray:
    """Return drawn portraits, of which the first two are noise."""
    faces = np.stack([portrait(Identity.of(number), attributes_of(number), SIZE) for number in range(COUNT)])
    faces[:2] = np.random.default_rng(0).integers(0, 256, (2, SIZE, SIZE, 3))
    return faces


@pytest.fixture(scope="module")
def fitted(pictures: np.ndarray) -> FittedAppearance:
    torch.set_num_threads(1)
    return fit(pictures, CONFIG)


def drawn(fitted: FittedAppearance, latents: torch.Tensor) -> np.ndarray:
    module = build_generator(CONFIG, SIZE)
    assert isinstance(module, Appearance)
    module.decoder.mean.copy_(fitted.mean)
    module.decoder.ways.copy_(fitted.ways)
    return ((module.decoder(latents) + 1) * 127.5).permute(0, 2, 3, 1).numpy()


def test_a_face_that_lies_elsewhere_is_bent_to_where_the_others_lie(pictures: np.ndarray) -> None:
    matrix = np.array([[1, 0, 0.0], [0, 1, 4.0]])
    lower = np.stack([cv2.warpAffine(face, matrix, (SIZE, SIZE), borderMode=1) for face in pictures[2:12]])
    shapes = find_points(np.concatenate([pictures[2:], lower]))
    mean = mean_shape(shapes[:-10])
    assert np.abs(shapes[-10:] - shapes[:10] - (0, 4 / SIZE)).mean() < 0.01
    bends = fields(shapes[-10:], mean)
    middle = (slice(24, 44), slice(20, 44))
    apart, together = [], []
    for face, low, bend, own in zip(pictures[2:12], lower, bends, fields(shapes[:10], mean), strict=True):
        apart.append(np.abs(face.astype(int) - low)[middle].mean())
        together.append(np.abs(bent(face, own).astype(int) - bent(low, bend))[middle].mean())
    assert np.mean(together) < 0.5 * np.mean(apart)


def test_a_latent_draws_the_face_that_it_is_of(pictures: np.ndarray, fitted: FittedAppearance) -> None:
    again = drawn(fitted, fitted.latents[2:])
    off = np.abs(again - pictures[2:]).mean()
    assert off < 0.6 * np.abs(again[::-1] - pictures[2:]).mean()
    assert off < 0.6 * np.abs(pictures[2:] - pictures[2:].mean(0)).mean()


def test_a_standard_normal_draws_nearer_to_the_mean_than_faces_lie(fitted: FittedAppearance) -> None:
    usual = fitted.latents[2:].std(0)
    assert usual.mean().item() == pytest.approx(2, rel=0.15)  # 1 / truncation
    mean, some = drawn(fitted, torch.zeros(1, LATENT)), drawn(fitted, torch.randn(20, LATENT))
    assert 3 < np.abs(some - mean).mean() < np.abs(drawn(fitted, fitted.latents[2:]) - mean).mean()


def test_what_is_odd_is_left_out(pictures: np.ndarray) -> None:
    odd = pictures.copy()
    odd[:12] = np.random.default_rng(1).integers(0, 256, odd[:12].shape)

    def mean(faces: np.ndarray, typical: float) -> np.ndarray:
        return drawn(fit(faces, replace(CONFIG, typical=typical)), torch.zeros(1, LATENT))

    alone = mean(pictures[12:], 1.0)
    off = {typical: np.abs(mean(odd, typical) - alone).mean() for typical in (0.7, 1.0)}
    assert off[0.7] < 0.7 * off[1.0]


def test_the_same_faces_give_the_same_model(pictures: np.ndarray, fitted: FittedAppearance) -> None:
    again = fit(pictures, CONFIG)
    assert torch.equal(again.mean, fitted.mean)
    assert torch.equal(again.ways, fitted.ways)
    assert torch.equal(again.latents, fitted.latents)
