"""The networks: encoder and decoder of the VAE, generator and discriminator of the GANs. They know no loss.

Pictures are floats ``[b, 3, size, size]`` in [-1, 1], ``size`` a power of two of at least 16; latents ``[b, latent]``.
"""

import math
from itertools import accumulate, pairwise
from typing import Literal

from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils.parametrizations import spectral_norm

Norm = Literal["batch", "layer", "none"]
_WIDEST = 10
"""Times the channels of the widest picture: where a picture is 8 pixels, more would only weigh."""


class Encoder(nn.Module):
    """Pictures → mean and log variance of the latent, each ``[b, latent]``."""

    def __init__(self, size: int, width: int, latent: int) -> None:
        super().__init__()
        widths = _widths(size, width)
        self.body = nn.Sequential(*_downwards([3, *widths], "batch"), nn.Flatten())
        self.mean = nn.Linear(widths[-1] * 16, latent)
        self.log_variance = nn.Linear(widths[-1] * 16, latent)

    def forward(self, pictures: Tensor) -> tuple[Tensor, Tensor]:
        """Return mean and log variance."""
        features = self.body(pictures)
        return self.mean(features), self.log_variance(features).clamp(-12, 4)


class Decoder(nn.Module):
    """Latents → pictures, by enlarging and convolving: smooth, without a chessboard (Odena et al. 2016)."""

    def __init__(self, size: int, width: int, latent: int) -> None:
        super().__init__()
        widths = _widths(size, width)[::-1]
        self.first = nn.Sequential(nn.Linear(latent, widths[0] * 16), nn.Unflatten(1, (widths[0], 4, 4)))
        layers: list[nn.Module] = []
        for before, after in zip(widths, [*widths[1:], widths[-1]], strict=True):
            layers += [nn.BatchNorm2d(before), nn.LeakyReLU(0.1), nn.Upsample(scale_factor=2)]
            layers += [nn.Conv2d(before, after, 3, padding=1)]
        self.body = nn.Sequential(
            *layers, nn.BatchNorm2d(widths[-1]), nn.LeakyReLU(0.1), nn.Conv2d(widths[-1], 3, 3, padding=1), nn.Tanh()
        )

    def forward(self, latents: Tensor) -> Tensor:
        """Return pictures."""
        pictures: Tensor = self.body(self.first(latents))
        return pictures


class Generator(nn.Module):
    """Latents → pictures, as DCGAN does it (Radford et al. 2016, fig. 1)."""

    def __init__(self, size: int, width: int, latent: int) -> None:
        super().__init__()
        widths = _widths(size, width)[::-1]
        layers: list[nn.Module] = [
            nn.Unflatten(1, (latent, 1, 1)),
            nn.ConvTranspose2d(latent, widths[0], 4, bias=False),
        ]
        for before, after in pairwise(widths):
            layers += [nn.BatchNorm2d(before), nn.ReLU(), nn.ConvTranspose2d(before, after, 4, 2, 1, bias=False)]
        layers += [nn.BatchNorm2d(widths[-1]), nn.ReLU(), nn.ConvTranspose2d(widths[-1], 3, 4, 2, 1), nn.Tanh()]
        self.body = nn.Sequential(*layers)
        self.apply(initialise)

    def forward(self, latents: Tensor) -> Tensor:
        """Return pictures."""
        pictures: Tensor = self.body(latents)
        return pictures


class Discriminator(nn.Module):
    """Pictures → one number each: DCGAN's with batch norm, WGAN-GP's critic with layer norm or none."""

    def __init__(self, size: int, width: int, norm: Norm, *, spectral: bool = False) -> None:
        super().__init__()
        widths = _widths(size, width)
        self.body = nn.Sequential(*_downwards([3, *widths], norm), nn.Conv2d(widths[-1], 1, 4), nn.Flatten(0))
        self.apply(initialise)
        if spectral:  # Miyato et al. 2018
            for layer in self.body:
                if isinstance(layer, nn.Conv2d):
                    spectral_norm(layer)

    def forward(self, pictures: Tensor) -> Tensor:
        """Return ``[b]``: higher is more real."""
        logits: Tensor = self.body(pictures)
        return logits


class ModulatedDecoder(nn.Module):
    """Latents → pictures, by residual blocks in which the latent sets each channel's mean and spread at every size.

    Self-modulation (Chen et al. 2019). The finest size is enlarged and convolved, too: pixels that came four at a time
    from one place (Shi et al. 2016) lay as a grid over every face.
    """

    def __init__(self, size: int, width: int, latent: int) -> None:
        super().__init__()
        widths = [min(channels, _WIDEST * width) for channels in _widths(size, width)[:0:-1]]
        self.first = nn.Sequential(nn.Linear(latent, widths[0] * 16), nn.Unflatten(1, (widths[0], 4, 4)))
        self.blocks = nn.ModuleList(
            _ModulatedBlock(before, after, latent, depth=1 if after == widths[-1] else 2)
            for before, after in pairwise([widths[0], *widths])
        )
        self.last = nn.Sequential(
            nn.BatchNorm2d(widths[-1]),
            nn.LeakyReLU(0.2),
            nn.Upsample(scale_factor=2),
            nn.Conv2d(widths[-1], widths[-1], 3, padding=1),
            nn.LeakyReLU(0.2),
            nn.Conv2d(widths[-1], 3, 3, padding=1),
            nn.Tanh(),
        )

    def forward(self, latents: Tensor) -> Tensor:
        """Return pictures."""
        features = self.first(latents)
        for block in self.blocks:
            features = block(features, latents)
        pictures: Tensor = self.last(features)
        return pictures


class _ModulatedBlock(nn.Module):
    """Features at twice the size, changed by what modulated convolutions add."""

    def __init__(self, before: int, after: int, latent: int, depth: int) -> None:
        super().__init__()
        self.across = nn.Sequential(nn.Conv2d(before, after, 1), nn.Upsample(scale_factor=2))
        self.norms = nn.ModuleList(_Modulation(after, latent) for _ in range(depth))
        self.convolutions = nn.ModuleList(nn.Conv2d(after, after, 3, padding=1) for _ in range(depth))

    def forward(self, features: Tensor, latents: Tensor) -> Tensor:
        kept = features = self.across(features)
        for norm, convolution in zip(self.norms, self.convolutions, strict=True):
            features = convolution(functional.leaky_relu(norm(features, latents), 0.2))
        added: Tensor = kept + features
        return added


class _Modulation(nn.Module):
    """Batch norm whose scale and shift are linear in the latent."""

    def __init__(self, channels: int, latent: int) -> None:
        super().__init__()
        self.norm = nn.BatchNorm2d(channels, affine=False)
        self.scale_and_shift = nn.Linear(latent, 2 * channels)
        nn.init.normal_(self.scale_and_shift.weight, std=0.02)

    def forward(self, features: Tensor, latents: Tensor) -> Tensor:
        scale, shift = self.scale_and_shift(latents)[:, :, None, None].chunk(2, 1)
        modulated: Tensor = self.norm(features) * (1 + scale) + shift
        return modulated


class PatchCritic(nn.Module):
    """Pictures → two opinions: of the whole ``[b, 1]``, and of each of 64 patches ``[b, 64]`` (Isola et al. 2017)."""

    def __init__(self, size: int, width: int) -> None:
        super().__init__()
        widths = [min(channels, _WIDEST * width) for channels in _widths(size, width)]
        layers = _downwards([3, *widths], "none")
        self.levels = nn.ModuleList(nn.Sequential(*pair) for pair in zip(layers[::2], layers[1::2], strict=True))
        self.patches = nn.Sequential(nn.Conv2d(widths[-2], 1, 1), nn.Flatten())
        self.whole = nn.Sequential(nn.Conv2d(widths[-1], 1, 4), nn.Flatten())

    def maps(self, pictures: Tensor) -> list[Tensor]:
        """Return what each level sees, the finest first."""
        return list(accumulate(self.levels, lambda maps, level: level(maps), initial=pictures))[1:]

    def opinions(self, maps: list[Tensor]) -> tuple[Tensor, Tensor]:
        """Return the logits of :meth:`maps`: higher is more real."""
        return self.whole(maps[-1]), self.patches(maps[-2])

    def forward(self, pictures: Tensor) -> Tensor:
        """Return ``[b]``: both opinions together."""
        whole, patches = self.opinions(self.maps(pictures))
        return whole.mean(1) + patches.mean(1)


def initialise(layer: nn.Module) -> None:
    """Initialise a layer as in Radford et al. 2016, section 4."""
    if isinstance(layer, nn.Conv2d | nn.ConvTranspose2d):
        nn.init.normal_(layer.weight, std=0.02)
    elif isinstance(layer, nn.BatchNorm2d):
        nn.init.normal_(layer.weight, 1, 0.02)


def _widths(size: int, width: int) -> list[int]:
    """Return the channels of each level, from the widest picture to the one of 4 pixels."""
    return [width << level for level in range(round(math.log2(size)) - 2)]


def _downwards(widths: list[int], norm: Norm) -> list[nn.Module]:
    layers: list[nn.Module] = []
    for level, (before, after) in enumerate(pairwise(widths)):
        layers.append(nn.Conv2d(before, after, 4, 2, 1))
        if level and norm == "batch":
            layers.append(nn.BatchNorm2d(after))
        elif level and norm == "layer":
            layers.append(nn.GroupNorm(1, after))
        layers.append(nn.LeakyReLU(0.2))
    return layers
