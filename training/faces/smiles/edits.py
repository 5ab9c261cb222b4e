"""What a method does to the smiles in photos: seen by judges, still the same person, and nothing else changed.

Knows nothing of files and pages.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from bot.photos import EYES, Eyes, crop, standard
from bot.photos.alignment import placed
from training.common.progress import Progress
from training.faces.attributes.classifier import TrainedClassifier
from training.faces.data.labels import ATTRIBUTES
from training.faces.directions.class_difference import other_attributes
from training.faces.evaluation.edits import AttributeScores
from training.faces.smiles.judges import Crops, SmileJudge
from training.faces.smiles.methods import Method, Picture
from training.faces.smiles.photos import JUDGED_AT, Photo, PhotoSet
from training.faces.smiles.recognition import Recognition, identities

SAME_PERSON = 0.45
"""The distance below which nobody is taken for somebody else."""
_ABOVE_EYES = round(0.4 * JUDGED_AT)
_SMILE = "Smiling"


@dataclass(frozen=True, slots=True)
class AttributeJudge:
    """A classifier of all attributes, and how the faces were cut out that it learnt from: their side and their eyes."""

    classifier: TrainedClassifier
    size: int
    eyes: Eyes = EYES

    def scores(self, crops: Crops) -> AttributeScores:
        """Return what it sees in crops as :meth:`Photo.crop` cuts them."""
        here = standard(JUDGED_AT)
        small = np.stack([crop(each, here, self.size, self.eyes) for each in crops])
        return AttributeScores.of(self.classifier, torch.from_numpy(small))


@dataclass(frozen=True, slots=True)
class Panel:
    """Who looks at what became of the photos."""

    judges: Sequence[SmileJudge]
    recognition: Recognition
    attributes: AttributeJudge | None = None


@dataclass(frozen=True, slots=True)
class EditFigures:
    """What became of photos at one strength: ``crops`` and, face by face, who sees a smile and how far it has gone.

    ``above`` is the mean change above the eyes in levels of 255, ``outside`` the share of the pixels around a face's
    crop that changed, NaN where there are none; ``other`` the attribute that changed most beside the smile, and in
    which share.
    """

    strength: float
    crops: Crops
    seen: Mapping[str, NDArray[np.bool_]]
    distance: NDArray[np.floating]
    above: float
    outside: float
    other: tuple[str, float] | None

    def seen_by(self, judge: SmileJudge) -> float:
        """Return the share that a judge sees smiling."""
        return float(self.seen[judge.name].mean())

    @property
    def same_person(self) -> float:
        """The share of faces that nobody would take for somebody else's."""
        return float((self.distance < SAME_PERSON).mean())


def edit_figures(method: Method, photos: PhotoSet, strength: float, panel: Panel, progress: Progress) -> EditFigures:
    """Change every photo, and look at what became of it."""
    crops, outside = [], []
    for done, photo in enumerate(photos.photos, 1):
        changed = method.change(photo.pixels, photo.face, strength)
        crops.append(photo.crop(changed))
        outside.append(_changed_outside(photo, changed))
        progress(done, len(photos.photos))
    after, before = np.stack(crops), photos.crops
    apart = identities(panel.recognition, after) - identities(panel.recognition, before)
    change = np.abs(after[:, :_ABOVE_EYES].astype(np.int16) - before[:, :_ABOVE_EYES])
    return EditFigures(
        strength,
        after,
        {judge.name: judge.sees(after) for judge in panel.judges},
        np.linalg.norm(apart, axis=1),
        float(change.mean()),
        float(np.mean(there)) if (there := [share for share in outside if not np.isnan(share)]) else np.nan,
        None if panel.attributes is None else _most_changed(panel.attributes, before, after),
    )


def _changed_outside(photo: Photo, changed: Picture) -> float:
    """Return the share of the pixels around the face's crop that are not what they were."""
    import cv2

    height, width, _ = photo.pixels.shape
    inside = np.ones((JUDGED_AT, JUDGED_AT), np.uint8)
    outside = cv2.warpAffine(inside, placed(photo.face, JUDGED_AT), (width, height), flags=cv2.INTER_LINEAR) == 0
    if not outside.any():
        return float("nan")
    return float((changed != photo.pixels).any(2)[outside].mean())


def _most_changed(judge: AttributeJudge, before: Crops, after: Crops) -> tuple[str, float]:
    first, second = judge.scores(before), judge.scores(after)
    others = other_attributes(_SMILE) & first.knows
    shares = np.where(others, (first.has != second.has).mean(0), -1.0)
    most = int(shares.argmax())
    return (ATTRIBUTES[most], float(shares[most])) if others.any() else ("–", 0.0)
