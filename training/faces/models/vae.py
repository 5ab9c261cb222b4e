"""How the variational autoencoder learns (Kingma & Welling 2014). Knows nothing of files or of Lightning's loop."""

from typing import cast

import torch
from torch import Tensor, nn
from torch.optim import Optimizer
from torch.optim.lr_scheduler import CosineAnnealingLR, LRScheduler

from training.faces.attributes.classifier import Network
from training.faces.config import FacesConfig
from training.faces.data.tensors import to_floats
from training.faces.models import losses
from training.faces.models.module import FacesModule
from training.faces.models.networks import Decoder, Encoder
from training.faces.models.whitening import Drawing, Reading, Whitening, means_of

_VARIANCE = 0.1
"""Of a pixel around what is drawn, of values in [-1, 1]: less draws sharper and strays further from the normal."""
_LONGEST = 1000.0  # a gradient beyond this is an accident
_LOOKED_AT = 4_000
_WARM_UP = 0.1
"""Share of the steps in which the weight of the KL grows from 0 to 1."""


class Vae(FacesModule):
    """Encoder and decoder, in one optimiser; ``seer`` gives features that should be alike, or is None."""

    def __init__(self, config: FacesConfig, size: int, seer: Network | None = None) -> None:
        super().__init__(config, size, Decoder(size, config.width, config.latent))
        self.encoder = Encoder(size, config.width, config.latent)
        self.whitening = Whitening(config.latent)
        # In a tuple, torch does not find it: it is neither learnt nor kept.
        self._seer = () if seer is None else (seer.eval().requires_grad_(requires_grad=False),)

    @property
    def sampler(self) -> nn.Module:
        """The decoder with averaged weights, behind the whitening."""
        return Drawing(self.whitening, super().sampler)

    @property
    def reader(self) -> nn.Module:
        """The encoder, with the whitening behind it."""
        return Reading(self.whitening, self.encoder)

    def on_fit_start(self) -> None:
        """Take the labelling CNN along to where the networks are."""
        for seer in self._seer:
            seer.to(self.device)

    def settle(self) -> None:
        """Look anew where the latents of the photos lie."""
        self.encoder.eval()
        chosen = torch.randperm(len(self.pictures), generator=torch.Generator().manual_seed(0))[:_LOOKED_AT]
        some = torch.split(self.pictures[chosen.to(self.pictures.device)], self.config.batch)
        self.whitening.fit(means_of(self.encoder, map(to_floats, some)))
        self.encoder.train()

    def learn(self, pictures: Tensor) -> dict[str, Tensor]:
        """Take one step down the negative evidence lower bound."""
        mean, log_variance = self.encoder(pictures)
        latents = mean + torch.randn_like(mean) * (0.5 * log_variance).exp()
        drawn = self.generator(latents)
        error = losses.squared_error(pictures, drawn)
        kl = losses.kl_to_standard_normal(mean.float(), log_variance.float())
        weight = min(1.0, (self.global_step + 1) / (_WARM_UP * self.config.steps))
        loss = error / (2 * _VARIANCE) + weight * kl
        for seer in self._seer:
            loss = loss + self.config.perceptual * _unlike(seer, pictures, drawn)
        self.improve(0, loss, longest=_LONGEST)
        cast(LRScheduler, self.lr_schedulers()).step()
        return {"error": error, "kl": kl}

    def configure_optimizers(self) -> tuple[list[Optimizer], list[LRScheduler]]:
        """Adam, down a cosine to nothing."""
        optimizer = self.adam(nn.ModuleList([self.encoder, self.generator]), 0.9, 0.999)
        return [optimizer], [CosineAnnealingLR(optimizer, self.config.steps)]


def _unlike(seer: Network, pictures: Tensor, drawn: Tensor) -> Tensor:
    """Return how differently the labelling CNN sees both, of each level as a share (Johnson et al. 2016)."""
    with torch.no_grad():
        wanted = seer.maps(pictures)
    return torch.stack(
        [
            losses.squared_error(there, seen) / there.square().flatten(1).sum(1).mean().clamp(min=1e-9)
            for there, seen in zip(wanted, seer.maps(drawn), strict=True)
        ]
    ).sum()
