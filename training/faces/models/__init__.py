"""The generators, by the name that ``faces train`` takes: a new one is a file in this folder and a line in the table.

Importing this is light: torch comes in when a generator is built. Knows nothing of run folders, nor of what is
measured.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Any

from training.common.config import option_name
from training.common.errors import ConfigError
from training.faces.config import AppearanceConfig, DcganConfig, FacesConfig, GanConfig, VaeConfig, VaeGanConfig

if TYPE_CHECKING:
    from training.faces.models.module import FacesModule


@dataclass(frozen=True, slots=True)
class GeneratorSpec:
    """One generator of the table.

    ``module`` is ``module:name`` of its :class:`~training.faces.models.module.FacesModule`: its networks, its losses
    and how it is trained, whatever the size of a picture. ``steps`` and ``rate`` are taken where none are given, and
    ``config`` is the class of its settings: one of its own where it has flags that others have not.
    """

    module: str
    steps: int
    rate: float
    config: type[FacesConfig] = FacesConfig


# Adam's rates: for the GANs as in Radford et al. 2016 and Gulrajani et al. 2017.
GENERATORS: Mapping[str, GeneratorSpec] = {
    "vae": GeneratorSpec("training.faces.models.vae:Vae", 60_000, 1e-3, VaeConfig),
    "dcgan": GeneratorSpec("training.faces.models.gan:Dcgan", 30_000, 2e-4, DcganConfig),
    "wgan-gp": GeneratorSpec("training.faces.models.gan:WganGp", 10_000, 1e-4, GanConfig),
    "vae-gan": GeneratorSpec("training.faces.models.vae_gan:VaeGan", 20_000, 1e-3, VaeGanConfig),
    "aam": GeneratorSpec("training.faces.models.appearance:Appearance", 1_000, 1e-3, AppearanceConfig),
}


def build_generator(config: FacesConfig, size: int) -> "FacesModule":
    """Return the untrained model that ``config`` names, for pictures of ``size`` pixels."""
    module: FacesModule = resolve_name(GENERATORS[config.kind].module)(config, size)
    return module


def config_of(settings: Mapping[str, Any]) -> FacesConfig:
    """Return the settings of a training, of the class that its ``kind`` asks for, with its own steps and rate.

    Raises:
        ConfigError: there is no such model, it has no such setting, or one is out of its bounds.
        TypeError: one is missing or of another type.
    """
    kind = str(settings.get("kind"))
    if kind not in GENERATORS:
        raise ConfigError(f"The model must be one of {', '.join(GENERATORS)}, not {kind!r}.")
    spec = GENERATORS[kind]
    field_names = {field.name for field in fields(spec.config)}
    for name in settings.keys() - field_names:
        if settings[name]:  # a run of an earlier version has the other models' settings too, off
            raise ConfigError(f"{option_name(name)} goes with {_kinds_with(name) or 'no model'}.")
    given = {name: value for name, value in settings.items() if name in field_names}
    return spec.config(**{"steps": spec.steps, "rate": spec.rate, **given})


def _kinds_with(name: str) -> str:
    return " and ".join(
        kind for kind, spec in GENERATORS.items() if name in {field.name for field in fields(spec.config)}
    )
