"""The contract of dreams: what is looked for in a picture, and the signature of the graph that finds more of it."""

from bot.bundle.manifest import Tensor

DEPTHS = ("wave", "eye", "dream")
"""How deep in the network it is looked at what is seen, the nearest first: edges, things that are round, animals."""
COARSEST = 16
"""What divides both sides of a picture that is dreamt of."""


def dream_signature() -> tuple[tuple[Tensor, ...], tuple[Tensor, ...]]:
    """Return the inputs and outputs of a dream: a picture from 0 to 1 and how much each depth counts, a gradient out.

    It is that of how strongly the picture is seen at these depths, and as large as the picture.
    """
    picture, depths = Tensor("picture", "float32", ("height", "width", 3)), Tensor("depths", "float32", (len(DEPTHS),))
    return (picture, depths), (Tensor("gradient", "float32", ("height", "width", 3)),)
