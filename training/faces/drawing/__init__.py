"""The renderer of invented faces: portraits of nobody, drawn as vectors, with labels that are exactly true.

They are the demo's faces and the ground truth of the tests. Nobody's photo is in them.
"""

from training.faces.drawing.identity import Identity
from training.faces.drawing.invention import attributes_of, invent
from training.faces.drawing.portrait import portrait

__all__ = ["Identity", "attributes_of", "invent", "portrait"]
