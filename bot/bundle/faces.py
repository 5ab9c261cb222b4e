"""The contract of a bundle's faces: the directions towards attributes. Knows nothing of how one was found."""

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from bot.bundle.manifest import BundleError, parsed

_WIDEST_SPREAD = 1000.0
"""Standard deviations of the prior for a strength of 1: real ones are below ten."""


@dataclass(frozen=True, slots=True)
class Direction:
    """The way towards an attribute: ``z + strength * spread * vector``.

    ``vector`` has length 1; ``spread`` is how far a strength of 1 goes, so that it feels the same for every attribute.
    ``measured`` holds what a judge saw of it, each as a share from 0 to 1; ``drawn`` and ``photos`` say whether that is
    good enough to be offered for drawn faces, and for photos onto which the change is carried.
    """

    vector: tuple[float, ...]
    spread: float
    measured: Mapping[str, float]
    drawn: bool = True
    photos: bool = True


@dataclass(frozen=True, slots=True)
class Directions:
    """The directions of one generator's latent space, by attribute."""

    latent: int
    by_attribute: Mapping[str, Direction]

    def to_json(self) -> str:
        """Return the text of a directions file."""
        return json.dumps(asdict(self)) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Parse the text of a directions file.

        Raises:
            BundleError: not such a file, or a vector of another width or length than 1.
        """
        try:
            content = parsed(text)
            latent = int(content["latent"])
            by_attribute = {
                str(name): Direction(
                    tuple(float(x) for x in entry["vector"]),
                    float(entry["spread"]),
                    {str(key): float(value) for key, value in entry["measured"].items()},
                    bool(entry.get("drawn", True)),  # an export of an earlier version says nothing of either
                    bool(entry.get("photos", True)),
                )
                for name, entry in content["by_attribute"].items()
            }
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
            raise BundleError(f"The directions are damaged ({error!r}): export the bundle again.") from error
        for name, direction in by_attribute.items():
            _check(name, direction, latent)
        return cls(latent, by_attribute)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Read a directions file.

        Raises:
            BundleError: it cannot be read, or is not one.
        """
        try:
            return cls.from_json(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise BundleError(f"{path.name} cannot be read ({error}): export the bundle again.") from error


def _check(name: str, direction: Direction, latent: int) -> None:
    length = math.hypot(*direction.vector)
    if len(direction.vector) != latent or not abs(length - 1) < 1e-3 or not 0 < direction.spread <= _WIDEST_SPREAD:
        raise BundleError(f"The bundle's direction towards {name} is damaged: export it again.")
