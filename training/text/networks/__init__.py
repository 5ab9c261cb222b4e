"""The text networks, by the name that ``--network`` takes: a new one is a file in this folder and a line in the table.

Importing this is light: torch comes in when a network is built. Knows nothing of what a network computes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Any

from training.common.config import option_name
from training.common.errors import ConfigError
from training.text.config import TextConfig
from training.text.networks.configs import TransformerConfig

if TYPE_CHECKING:
    from training.text.networks.network import TextNetwork


@dataclass(frozen=True, slots=True)
class NetworkSpec:
    """One network of the table.

    ``factory`` is ``module:name`` of what makes it, untrained, from the size of the vocabulary and its settings;
    ``config`` the class of those settings: one of its own where it has flags that others have not. ``speaks_as``:
    whether it knows start marks of single speakers.
    """

    factory: str
    config: type[TextConfig] = TextConfig
    speaks_as: bool = False


NETWORKS: Mapping[str, NetworkSpec] = {
    "bigru": NetworkSpec("training.text.networks.recurrent:bigru", speaks_as=True),
    "bilstm": NetworkSpec("training.text.networks.recurrent:bilstm", speaks_as=True),
    "gru": NetworkSpec("training.text.networks.recurrent:gru", speaks_as=True),
    "lstm": NetworkSpec("training.text.networks.recurrent:lstm", speaks_as=True),
    "lstm-2": NetworkSpec("training.text.networks.stacked:lstm_2"),
    "gru-2": NetworkSpec("training.text.networks.stacked:gru_2"),
    "transformer": NetworkSpec("training.text.networks.transformer:transformer", TransformerConfig),
}


def build_network(config: TextConfig, vocabulary: int) -> "TextNetwork":
    """Return the untrained network that ``config`` names, for ``vocabulary`` pieces."""
    network: TextNetwork = resolve_name(NETWORKS[config.network].factory)(vocabulary, config)
    return network


def config_of(settings: Mapping[str, Any]) -> TextConfig:
    """Return the settings of a training, of the class that the network asks for.

    Raises:
        ConfigError: there is no such network, it has no such setting, or one is out of its bounds.
        TypeError: one is of another type.
    """
    name = settings.get("network", TextConfig().network)
    if name not in NETWORKS:
        raise ConfigError(f"--network must be one of {', '.join(NETWORKS)}, not {name!r}.")
    config = NETWORKS[name].config
    if strangers := settings.keys() - {field.name for field in fields(config)}:
        raise ConfigError(f"{', '.join(map(option_name, sorted(strangers)))} does not go with --network {name}.")
    if settings.get("speakers") and not NETWORKS[name].speaks_as:
        raise ConfigError(f"--as does not go with --network {name}.")
    return config(**{**settings, "speakers": tuple(settings.get("speakers", ()))})
