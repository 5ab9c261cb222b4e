"""Seeds that people read: under an answer stands the number that repeats it. Knows nothing of what is drawn."""

import random
import secrets

SEEDS = 2**32
"""A seed is a whole number below this."""
LARGEST_SEED = SEEDS - 1


def fresh_seed() -> int:
    """Return one of five digits: short enough to type, and nobody asks for the same so often that they are few."""
    return random.randrange(100_000)


def seed_or_any(seed: int | None) -> int:
    """Return ``seed``, or any one where none is given."""
    return secrets.randbelow(SEEDS) if seed is None else seed
