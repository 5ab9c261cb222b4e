"""The two classifiers beside a data folder: the labelling helper, and a judge by other people and another seed.

Neither learns from the people who are held out: what becomes of their faces is what the judge is asked. Each is kept in
the data folder and learnt again where the data or its labels changed.
"""

import hashlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.common.errors import FacesError
from training.common.progress import Stages
from training.faces.attributes.classifier import TrainedClassifier, fit, initial_network, load, save
from training.faces.data.dataset import Faces

LABELLER, JUDGE = "labeller.pt", "judge.pt"
_HALVES = 11


def labeller_of(data: Path, faces: Faces, stages: Stages, init: Path | None = None) -> TrainedClassifier:
    """Return the helper: learnt from the one half of the people, beginning with ``init`` where that is given.

    Raises:
        FacesError: nothing is labelled, or ``init`` is neither a labeller nor a state dict of torchvision's resnet18.
    """
    return open_or_fit(data / LABELLER, faces, _half(faces, 0), 1, stages, init)


def judge_of(data: Path, faces: Faces, stages: Stages) -> TrainedClassifier:
    """Return the judge: learnt from the other half of the people, so that it agrees with no mistake of the helper."""
    return open_or_fit(data / JUDGE, faces, _half(faces, 1), 2, stages)


def labeller_positions(faces: Faces) -> NDArray[np.intp]:
    """Return the positions of the people whom the judge has never seen."""
    return np.flatnonzero(_half(faces, 0))


def _half(faces: Faces, which: int) -> NDArray[np.bool_]:
    everybody = np.unique(faces.people)
    half = np.random.default_rng(_HALVES).permutation(everybody)[which::2]
    return np.isin(faces.people, half)


def open_or_fit(  # noqa: PLR0913, PLR0917 - what to learn, from what, and where to
    path: Path, faces: Faces, mine: NDArray[np.bool_], seed: int, stages: Stages, init: Path | None = None
) -> TrainedClassifier:
    """Return the classifier kept at ``path``, learnt again from those marked as ``mine`` where anything has changed.

    Raises:
        FacesError: nothing is labelled, or ``init`` is neither a labeller nor a state dict of torchvision's resnet18.
    """
    fingerprint = hashlib.sha256(f"{faces.fingerprint} {seed}".encode() + faces.labels.tobytes()).hexdigest()[:16]
    saved = load(path, fingerprint)
    if saved is not None and init is None:
        return saved
    labelled = np.flatnonzero((faces.labels != 0).any(1))
    learn = np.intersect1d(labelled, np.intersect1d(np.flatnonzero(mine), faces.split()[0]))
    held_out = np.setdiff1d(labelled, np.flatnonzero(mine))
    if not len(learn) or not len(held_out):
        raise FacesError(
            f"Of {len(labelled)} labelled faces {len(learn)} are there for the {path.stem} to learn from and "
            f"{len(held_out)} to test it: fill in some more rows of labels.csv."
        )
    initial = None if init is None else initial_network(init)
    with stages.stage(path.stem) as progress:
        classifier = fit(faces, learn, held_out, seed=seed, progress=progress, initial=initial)
    save(classifier, path, fingerprint)
    return classifier
