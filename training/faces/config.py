"""The settings of a training of faces, each with its flag. Knows of no generator what it computes."""

from dataclasses import dataclass
from typing import Annotated

from training.common.config import Flag, RunConfig


@dataclass(frozen=True, slots=True, kw_only=True)
class FacesConfig(RunConfig):
    """How a generator is trained. Every field is a flag of ``python -m training faces train``.

    ``kind`` is a generator's name in :data:`training.faces.models.GENERATORS`; a generator that needs more settings
    has a subclass of its own. ``width`` is the channels of the widest picture, ``batch`` counts pictures, ``every`` the
    steps between two looks at how it goes. A step is one of the generator's; WGAN-GP's critic takes five to each.
    """

    kind: str
    latent: Annotated[int, Flag("Numbers a face is drawn from.", 2, 1_024)] = 100
    width: Annotated[int, Flag("Channels at the widest picture; a laptop wants 16, a GPU 64.", 4, 512)] = 64
    steps: Annotated[int, Flag("Steps of the generator.", 1, 10_000_000)]
    batch: Annotated[int, Flag("Pictures a step.", 2, 4_096)] = 64
    rate: Annotated[float, Flag("Adam's learning rate.", 1e-6, 1)]
    every: Annotated[int, Flag("Steps between two pictures of how it goes.", 1, 1_000_000)] = 500
    seed: Annotated[int, Flag("Repeats the run.", 0, 2**32 - 1)] = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class VaeConfig(FacesConfig):
    """How a VAE is trained."""

    perceptual: Annotated[float, Flag("VAE: weight of what the labelling CNN sees.", 0, 10_000)] = 300.0


@dataclass(frozen=True, slots=True, kw_only=True)
class VaeGanConfig(VaeConfig):
    """How a VAE-GAN is trained."""

    alone: Annotated[float, Flag("VAE-GAN: share of the steps before the critic comes.", 0.01, 0.99)] = 0.4
    typical: Annotated[float, Flag("Share of the faces, the most usual, that it draws like.", 0.01, 1)] = 0.7
    truncation: Annotated[float, Flag("How far from the mean face it draws, in spreads.", 0.1, 1)] = 0.75


@dataclass(frozen=True, slots=True, kw_only=True)
class AppearanceConfig(FacesConfig):
    """How an appearance model is fitted, and its encoder trained."""

    typical: Annotated[float, Flag("Share of the faces, the most usual, that it draws like.", 0.01, 1)] = 0.6
    truncation: Annotated[float, Flag("How far from the mean face it draws, in spreads.", 0.1, 1)] = 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class GanConfig(FacesConfig):
    """How a GAN is trained."""

    augment: Annotated[bool, Flag("DiffAugment, for a GAN on few photos.")] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DcganConfig(GanConfig):
    """How a DCGAN is trained."""

    hinge: Annotated[bool, Flag("DCGAN with spectral norm and hinge loss.")] = False
