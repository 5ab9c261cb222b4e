"""The settings of a training of faces: frozen, checked once, and passed; every complaint names the flag."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, get_args

from training.common.config import Flag, RunConfig
from training.common.errors import ConfigError

Kind = Literal["vae", "dcgan", "wgan-gp"]

RATES: dict[Kind, float] = {"vae": 1e-3, "dcgan": 2e-4, "wgan-gp": 1e-4}
"""Of Adam: for the GANs as in Radford et al. 2016 and Gulrajani et al. 2017."""
PERCEPTUAL: dict[Kind, float] = {"vae": 300, "dcgan": 0, "wgan-gp": 0}
STEPS: dict[Kind, int] = {"vae": 60_000, "dcgan": 30_000, "wgan-gp": 10_000}


@dataclass(frozen=True, slots=True, kw_only=True)
class FacesConfig(RunConfig):
    """How a generator is trained. Every field is a flag of ``python -m training faces train``.

    What has no default here has one that depends on ``kind``: :func:`config_of` fills it in.
    ``width`` is the channels of the widest picture, ``batch`` counts pictures, ``every`` the steps between two looks at
    how it goes. A step is one of the generator's; WGAN-GP's critic takes five to each.
    """

    kind: Kind
    latent: Annotated[int, Flag("Numbers a face is drawn from.", 2, 1_024)] = 100
    width: Annotated[int, Flag("Channels at the widest picture; a laptop wants 16, a GPU 64.", 4, 512)] = 64
    steps: Annotated[int, Flag("Steps of the generator.", 1, 10_000_000)]
    batch: Annotated[int, Flag("Pictures a step.", 2, 4_096)] = 64
    rate: Annotated[float, Flag("Adam's learning rate.", 1e-6, 1)]
    augment: Annotated[bool, Flag("DiffAugment, for a GAN on few photos.")] = False
    hinge: Annotated[bool, Flag("DCGAN with spectral norm and hinge loss.")] = False
    perceptual: Annotated[float, Flag("VAE: weight of what the labelling CNN sees.", 0, 10_000)]
    every: Annotated[int, Flag("Steps between two pictures of how it goes.", 1, 1_000_000)] = 500
    seed: Annotated[int, Flag("Repeats the run.", 0, 2**32 - 1)] = 7

    def __post_init__(self) -> None:
        if self.kind not in get_args(Kind):
            raise ConfigError(f"The model must be one of {', '.join(get_args(Kind))}, not {self.kind!r}.")
        RunConfig.__post_init__(self)
        if self.augment and self.kind == "vae":
            raise ConfigError("--augment goes with dcgan and wgan-gp.")
        if self.hinge and self.kind != "dcgan":
            raise ConfigError("--hinge goes with dcgan.")
        if self.perceptual and self.kind != "vae":
            raise ConfigError("--perceptual goes with vae.")


def config_of(kind: Kind, settings: Mapping[str, Any]) -> FacesConfig:
    """Return the settings of a training of ``kind``, what is not given as it is usual for it.

    Raises:
        ConfigError: one is out of its bounds, or does not go with ``kind``.
    """
    usual = {"steps": STEPS[kind], "rate": RATES[kind], "perceptual": PERCEPTUAL[kind]}
    return FacesConfig(kind=kind, **{**usual, **settings})
