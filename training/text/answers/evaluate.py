"""What a picker is worth: how often it finds the true answer among ten. Knows nothing of networks."""

import math
from dataclasses import dataclass

AMONG = 10
"""Answers of which one is the true one."""
CHANCE = 1 / AMONG
_CLEARLY = 1.5 * CHANCE
SELDOM = 0.7
"""What a nat of its place costs a line: towers learn what goes with a message alone, and rare lines go with few."""


@dataclass(frozen=True, slots=True)
class Measured:
    """How often the true answer is found among ten: by both, by the towers and by what is in common; of how many pairs.

    ``sure`` is the score that five wrong answers in a thousand reach, ``silent`` every second one. ``sure_line`` and
    ``surest_line`` are what five of a thousand lines reach, and one, less what their places cost.
    """

    right: float
    towers: float
    overlap: float
    pairs: int
    sure: float
    silent: float
    sure_line: float | None = None
    surest_line: float | None = None

    @property
    def error(self) -> float:
        """The standard error of ``right``."""
        return math.sqrt(self.right * (1 - self.right) / max(self.pairs, 1))

    @property
    def beats_chance(self) -> bool:
        """Whether the true answer is found clearly more often than by chance: by a half, and by two errors."""
        return self.right >= _CLEARLY and self.right - 2 * self.error > CHANCE

    def metrics(self) -> dict[str, float]:
        """Return the numbers as a bundle has them."""
        return {
            "right_of_ten": self.right,
            "right_of_ten_error": self.error,
            "right_of_ten_by_towers": self.towers,
            "right_of_ten_by_words_in_common": self.overlap,
            "pairs": float(self.pairs),
            "sure": self.sure,
            "silent": self.silent,
        } | self._of_lines()

    def _of_lines(self) -> dict[str, float]:
        if self.sure_line is None or self.surest_line is None:
            return {}
        return {"sure_line": self.sure_line, "surest_line": self.surest_line, "seldom": SELDOM}
