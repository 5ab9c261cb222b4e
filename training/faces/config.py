"""The settings of a training of faces: frozen, checked once, and passed; every complaint names the flag."""

from dataclasses import dataclass
from typing import Literal, get_args

from training.common.config import RunConfig
from training.common.errors import ConfigError

Kind = Literal["vae", "dcgan", "wgan-gp"]

_BOUNDS: dict[str, tuple[float, float]] = {
    "latent": (2, 1_024),
    "width": (4, 512),
    "steps": (1, 10_000_000),
    "batch": (2, 4_096),
    "rate": (1e-6, 1),
    "perceptual": (0, 10_000),
    "every": (1, 1_000_000),
    "seed": (0, 2**32 - 1),
}
RATES: dict[Kind, float] = {"vae": 1e-3, "dcgan": 2e-4, "wgan-gp": 1e-4}
"""Of Adam: for the GANs as in Radford et al. 2016 and Gulrajani et al. 2017."""
PERCEPTUAL: dict[Kind, float] = {"vae": 300, "dcgan": 0, "wgan-gp": 0}
STEPS: dict[Kind, int] = {"vae": 60_000, "dcgan": 30_000, "wgan-gp": 10_000}


@dataclass(frozen=True, slots=True, kw_only=True)
class FacesConfig(RunConfig):
    """How a generator is trained. Every field is a flag of ``python -m training faces train``.

    ``width`` is the channels of the widest picture, ``batch`` counts pictures, ``every`` the steps between two looks at
    how it goes. A step is one of the generator's; WGAN-GP's critic takes five to each.
    """

    kind: Kind
    latent: int = 100
    width: int = 64
    steps: int
    batch: int = 64
    rate: float
    augment: bool = False
    hinge: bool = False
    perceptual: float = 0.0
    every: int = 500
    seed: int = 7

    def __post_init__(self) -> None:
        if self.kind not in get_args(Kind):
            raise ConfigError(f"The model must be one of {', '.join(get_args(Kind))}, not {self.kind!r}.")
        self.check(_BOUNDS)
        if self.augment and self.kind == "vae":
            raise ConfigError("--augment goes with dcgan and wgan-gp.")
        if self.hinge and self.kind != "dcgan":
            raise ConfigError("--hinge goes with dcgan.")
        if self.perceptual and self.kind != "vae":
            raise ConfigError("--perceptual goes with vae.")
