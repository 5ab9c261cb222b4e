"""Seeds that people read: under an answer stands the number that repeats it. Knows nothing of what is drawn."""

import random


def fresh_seed() -> int:
    """Return one of five digits: short enough to type, and nobody asks for the same so often that they are few."""
    return random.randrange(100_000)
