"""Weak labels to begin with: who smiles, by the expression network, and whose mouth is open, by the landmarks.

Where either is not sure there is none. They are right in 19 of 20 of hand-made ones (docs/experiments.md), which is
enough to learn from, and leaves an owner to correct. Knows nothing of what is learnt from them.
"""

from pathlib import Path

import numpy as np

from training.common.progress import Stages
from training.faces.attributes.expression import NEUTRAL, SMILING, Expression, happiness
from training.faces.data.dataset import Faces
from training.faces.data.labels import ATTRIBUTES, Labels
from training.faces.data.tensors import Floats
from training.faces.editor.landmarks import gaps, landmarks

_SHUT, _OPEN = 0.01, 0.025
"""How far a mouth is open, in shares of a crop's side: below the one and above the other it is sure."""


def weak_labels(faces: Faces, package: Path, stages: Stages) -> Labels:
    """Return ``[n, attributes]``: 1 or -1 for Smiling and Mouth_Slightly_Open where that is sure, else 0.

    Raises:
        FacesError: the ``package`` is not there, or holds other weights.
    """
    expression, crops = Expression(package), faces.recut()
    with stages.stage("who smiles") as progress:
        happy = happiness(expression, crops, progress)
    with stages.stage("whose mouth is open") as progress:
        opened = gaps(landmarks(crops, progress))
    labels = np.zeros((len(faces.names), len(ATTRIBUTES)), np.int8)
    labels[:, ATTRIBUTES.index("Smiling")] = _sure(happy, NEUTRAL, SMILING)
    labels[:, ATTRIBUTES.index("Mouth_Slightly_Open")] = _sure(opened, _SHUT, _OPEN)
    return labels


def _sure(values: Floats, low: float, high: float) -> Labels:
    return np.asarray((values > high).astype(np.int8) - (values < low))
