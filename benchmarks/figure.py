"""One measured figure, and whether it reaches what was asked of it."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A row of the benchmark table; ``value`` is None where it could not be measured, and ``note`` says why."""

    name: str
    value: float | None
    unit: str
    target: str = ""
    reached: Callable[[float], bool] | None = None
    note: str = ""

    def verdict(self) -> str:
        """Return yes, no, or a dash where there is nothing to judge."""
        if self.value is None or self.reached is None:
            return "–"
        return "yes" if self.reached(self.value) else "no"


def at_least(bound: float) -> Callable[[float], bool]:
    """Return the test for a figure that should be large."""
    return lambda value: value >= bound


def at_most(bound: float) -> Callable[[float], bool]:
    """Return the test for a figure that should be small."""
    return lambda value: value <= bound
