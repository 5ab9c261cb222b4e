"""The appearance model: faces as a mean and the ways they differ from it, in shape and in colours (Cootes et al. 2001).

An active appearance model: eigenfaces (Turk & Pentland 1991) of faces that were bent to the mean shape first, together
with how each was bent. A latent says how much of each way; all is linear but the bending, so it is fitted in a minute
without a gradient, and what it draws is a mixture of all faces and has the edges of one. Faces that are far from the
others are left out of the fit ("instance selection", DeVries et al. 2020). The steps of its training are those of the
encoder, which learns to tell a photo's latent without looking for landmarks.

Latents are counted in spreads shortened by the truncation: a standard normal draws likely faces, and photos lie as much
further out. Knows nothing of files.
"""

from dataclasses import dataclass

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional
from torch.optim import Optimizer
from torch.optim.lr_scheduler import CosineAnnealingLR, LRScheduler
from typing_extensions import override

from training.faces.config import AppearanceConfig
from training.faces.models.module import FacesModule
from training.faces.models.networks import Encoder
from training.faces.models.shapes import FIELD, bent, fields, find_points, mean_shape

_FITTED_ON = 10_000
_COARSER = 4
"""How much coarser colour is kept than light (as in JPEG: the eye sees it so)."""
_COLOUR, _SHAPE, _OUTSIDE = 2.0, 0.5, 0.25
"""How much a number of the colour, the whole shape beside the whole of the rest, and a pixel beside the face count."""
_DETAIL, _DETAIL_SIZE = 1.0, 0.0125
"""How much of what is finer than this share of the side is added again: a sum of many faces is softer than each."""
_OVERSAMPLED, _POWER_ROUNDS = 16, 3
_INVERTED = 3
_STRONGEST_CAST = 0.012
"""How far the colour of a drawn face may lie from the mean one, of 2 from none to full: photos' spread by 0.04."""
_RED, _GREEN, _BLUE = (1.403, 0.0), (-0.714, -0.344), (0.0, 1.773)
"""What a colour adds to the light, as OpenCV's YCrCb has it."""


class AppearanceDecoder(nn.Module):
    """Latents → pictures: light, colours and a bend, each a mean and a sum of ways; then bent."""

    mean: Tensor
    ways: Tensor

    def __init__(self, size: int, latent: int) -> None:
        super().__init__()
        self.size = size
        self.parts = [size * size, 2 * (size // _COARSER) ** 2, 2 * FIELD * FIELD]
        self.register_buffer("mean", torch.zeros(sum(self.parts)))
        self.register_buffer("ways", torch.zeros(latent, sum(self.parts)))

    def forward(self, latents: Tensor) -> Tensor:
        """Return pictures."""
        light, colours, field = torch.split(self.mean + latents @ self.ways, self.parts, 1)
        side = self.size // _COARSER
        colours = self._enlarged(self._in_plain_light(colours.reshape(-1, 2, side, side)))
        drawn = torch.cat([light.reshape(-1, 1, self.size, self.size), colours], 1)
        drawn = _sampled(drawn, self._inverse(field.reshape(-1, 2, FIELD, FIELD)))
        return torch.cat([_mixed(drawn, *shares) for shares in (_RED, _GREEN, _BLUE)], 1).clamp(-1, 1)

    def _in_plain_light(self, colours: Tensor) -> Tensor:
        """Return colours whose cast over the face is about the mean face's: what faces differ in there is lamps."""
        side = colours.shape[-1]
        mean = self.mean[self.parts[0] : self.parts[0] + self.parts[1]].reshape(2, side, side)
        face = slice(side // 4, side - side // 4)
        cast = (colours - mean)[:, :, face, face].mean((2, 3), keepdim=True)
        length = cast.square().sum(1, keepdim=True).clamp(min=1e-12).sqrt()
        return colours - cast * (1 - _STRONGEST_CAST * torch.tanh(length / _STRONGEST_CAST) / length)

    def _inverse(self, field: Tensor) -> Tensor:
        """Return for each pixel of the face where in the mean shape it comes from, by fixed-point iteration."""
        across = (torch.arange(self.size, device=field.device) + 0.5) / self.size * 2 - 1
        here = torch.stack(torch.meshgrid(across, across, indexing="xy"), -1)
        there = here - 2 * self._enlarged(field).permute(0, 2, 3, 1)
        for _ in range(_INVERTED - 1):
            there = here - 2 * _sampled(field, there).permute(0, 2, 3, 1)
        return there

    def _enlarged(self, maps: Tensor) -> Tensor:
        return functional.interpolate(maps, (self.size, self.size), mode="bilinear", align_corners=False)


class Appearance(FacesModule):
    """The appearance model, and the encoder that learns its latents."""

    config: AppearanceConfig
    mirrors = False  # a mirrored photo has another latent
    _latents: Tensor

    def __init__(self, config: AppearanceConfig, size: int) -> None:
        decoder = AppearanceDecoder(size, config.latent)
        super().__init__(config, size, decoder)
        self.decoder = decoder
        self.encoder = _MeanEncoder(Encoder(size, config.width, config.latent))

    @property
    def ema_generator(self) -> nn.Module:
        """The decoder itself: it is fitted once."""
        return self.decoder

    @property
    def latent_encoder(self) -> nn.Module:
        """The encoder."""
        return self.encoder

    @override
    def on_fit_start(self) -> None:
        """Fit the decoder, also where a stopped run goes on: the encoder learns from the very latents of its photos."""
        fitted = fit(self.pictures[:_FITTED_ON].cpu().numpy(), self.config)
        self.decoder.mean.copy_(fitted.mean)
        self.decoder.ways.copy_(fitted.ways)
        self._latents = fitted.latents.to(self.device)

    def sample_positions(self, count: int) -> Tensor:
        """Return which pictures a step takes: some of those whose latents are known."""
        return torch.randint(len(self._latents), (count,))

    def train_batch(self, pictures: Tensor) -> dict[str, Tensor]:
        """Take a step of the encoder."""
        lengths = self.decoder.ways.norm(dim=1)
        off = (self.encoder(pictures).float() - self._latents[self.positions]).square()
        error = (off * lengths / lengths.mean()).mean()
        self.step_optimizer(0, error)
        schedule = self.lr_schedulers()
        assert isinstance(schedule, LRScheduler)  # noqa: S101 - for the type checker: there is one
        schedule.step()
        return {"error": error}

    def configure_optimizers(self) -> tuple[list[Optimizer], list[LRScheduler]]:
        """Adam, down a cosine to nothing."""
        optimizer = self.adam(self.encoder, 0.9, 0.999)
        return [optimizer], [CosineAnnealingLR(optimizer, self.config.steps)]


class _MeanEncoder(nn.Module):
    """Pictures → latents."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, pictures: Tensor) -> Tensor:
        latents: Tensor = self.encoder(pictures)[0]
        return latents


@dataclass(frozen=True, slots=True)
class FittedAppearance:
    """``mean [p]`` and ``ways [d, p]`` of an :class:`AppearanceDecoder`, and the ``latents [n, d]`` of the faces."""

    mean: Tensor
    ways: Tensor
    latents: Tensor


def fit(pictures: NDArray[np.uint8], config: AppearanceConfig) -> FittedAppearance:
    """Fit the model to aligned faces ``[n, s, s, 3]``: once to all, and then to those that are like the others."""
    size = pictures.shape[1]
    shapes = find_points(pictures)
    bends = fields(shapes, mean_shape(shapes))
    faces = torch.from_numpy(np.stack([_numbers(*face) for face in zip(pictures, bends, strict=True)]))
    weights = _weights(size, faces)
    _, _, latents, rest = _principal(faces.float(), weights, config.latent)
    oddness = latents.square().sum(1).argsort().argsort() + rest.argsort().argsort()
    usual = oddness.argsort()[: max(2, round(config.typical * len(faces)))]
    mean, ways, _, _ = _principal(faces[usual].float(), weights, config.latent)
    scale = (ways * weights).square().sum(1).clamp(min=1e-9)
    latents = torch.cat(
        [((each.float() - mean) * weights) @ (ways * weights).T / scale for each in torch.split(faces, 1_000)]
    )
    sharp = _sharpened(torch.cat([mean[None], ways]), size)
    return FittedAppearance(sharp[0], sharp[1:] * config.truncation, latents / config.truncation)


def _numbers(picture: NDArray[np.uint8], field: NDArray[np.float32]) -> NDArray[np.float16]:
    """Return light, colours and bend of a face in the mean shape, as the decoder has them."""
    colours = cv2.cvtColor(bent(picture, field), cv2.COLOR_RGB2YCrCb)
    side = len(picture) // _COARSER
    coarse = cv2.resize(colours[..., 1:], (side, side), interpolation=cv2.INTER_AREA)
    seen = np.concatenate([colours[..., 0].ravel(), coarse.transpose(2, 0, 1).ravel()]) / 127.5 - 1
    return np.concatenate([seen, field.transpose(2, 0, 1).ravel()]).astype(np.float16)


def _weights(size: int, faces: Tensor) -> Tensor:
    """Return what each number of a face counts: the face before what is around it, and the shape."""
    across = (torch.arange(size) + 0.5) / size - 0.5
    distance = (across / 0.36).square()[None] + (across / 0.42).square()[:, None]
    light = _OUTSIDE + (1 - _OUTSIDE) * torch.exp(-distance.square())
    colours = torch.full((2 * (size // _COARSER) ** 2,), _COLOUR)
    seen = torch.cat([light.flatten(), colours]).sqrt()
    some = faces[:1_000].float()
    spread = (some[:, : len(seen)].var(0) * seen.square()).sum() / some[:, len(seen) :].var(0).sum().clamp(min=1e-9)
    return torch.cat([seen, (_SHAPE * spread.sqrt()).expand(2 * FIELD * FIELD)])


def _principal(faces: Tensor, weights: Tensor, count: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Return the mean, the principal components in their spreads, each face's coordinates, and what is left of it.

    By a randomised range finder with power iterations (Halko et al. 2011); the same every time.
    """
    mean = faces.mean(0)
    centred = (faces - mean) * weights
    rng = torch.Generator().manual_seed(0)
    basis = torch.randn(centred.shape[1], min(count + _OVERSAMPLED, *centred.shape), generator=rng)
    for _ in range(_POWER_ROUNDS):
        basis, _ = torch.linalg.qr(centred @ basis)
        basis, _ = torch.linalg.qr(centred.T @ basis)
    scores, lengths, turned = torch.linalg.svd(centred @ basis, full_matrices=False)
    spreads = functional.pad(lengths, (0, count))[:count] / len(faces) ** 0.5
    axes = functional.pad(turned @ basis.T, (0, 0, 0, count))[:count]
    coordinates = functional.pad(scores * len(faces) ** 0.5, (0, count))[:, :count]
    rest = centred.square().sum(1) - (coordinates * spreads).square().sum(1)
    return mean, axes * spreads[:, None] / weights, coordinates, rest


def _sharpened(faces: Tensor, size: int) -> Tensor:
    """Return ``faces [n, p]`` with more of what is fine in the light: unsharp masking, linear as all else."""
    lights = faces[:, : size * size].reshape(-1, size, size).numpy()
    fine = [light - cv2.GaussianBlur(light, (0, 0), _DETAIL_SIZE * size) for light in lights]
    added = torch.from_numpy(np.stack(fine)).flatten(1)
    return faces + _DETAIL * functional.pad(added, (0, faces.shape[1] - size * size))


def _sampled(pictures: Tensor, places: Tensor) -> Tensor:
    return functional.grid_sample(pictures, places, mode="bilinear", padding_mode="border", align_corners=False)


def _mixed(drawn: Tensor, red_share: float, blue_share: float) -> Tensor:
    """Return one of red, green and blue ``[n, 1, s, s]`` of light and colours ``[n, 3, s, s]``."""
    light, red, blue = torch.split(drawn, 1, 1)
    mixed: Tensor = light + red_share * red + blue_share * blue
    return mixed
