"""The search for a generator's directions: by class differences, then refined with the labelling CNN.

Knows nothing of the judge, who must have had no part in it.
"""

import numpy as np
import torch
from numpy.typing import NDArray

from training.common.progress import Stages
from training.faces.attributes.classifier import TrainedClassifier
from training.faces.attributes.judges import labeller_positions
from training.faces.data.labels import ATTRIBUTES
from training.faces.data.tensors import as_tensor
from training.faces.directions.class_difference import SearchResult, find_directions
from training.faces.directions.refine import refine
from training.faces.models.trained import TrainedGenerator

_SAMPLES, _REFINED_ON = 4_000, 2_000
_SURE = 1.0
"""A logit nearer to 0 counts as not knowing."""


def search(trained: TrainedGenerator, labeller: TrainedClassifier, stages: Stages) -> SearchResult:
    """Return directions by what is known of photos, where there is a way from them to latents, or of drawn faces."""
    if trained.has_encoder:
        positions = np.intersect1d(trained.learnt, labeller_positions(trained.faces))
        pictures, labels = as_tensor(trained.faces.images, positions), trained.faces.labels[positions]
        latents = trained.encode(positions)
    else:
        latents = trained.sample_latents(_SAMPLES, 1)
        pictures, labels = trained.generate(latents), np.zeros((_SAMPLES, len(ATTRIBUTES)), np.int8)
    result = find_directions(latents, np.where(labels == 0, _labels_by(labeller, pictures), labels))
    with stages.stage("directions") as progress:
        sample = torch.from_numpy(latents[:_REFINED_ON])
        classifier = labeller.network.requires_grad_(requires_grad=False)
        refined = refine(result.directions, trained.module.ema_generator, classifier, sample, progress)
        return SearchResult(refined, result.refused)


def _labels_by(labeller: TrainedClassifier, pictures: torch.Tensor) -> NDArray[np.int8]:
    """Return labels as the CNN sees them: 0 where it is unsure, or has never learnt to tell."""
    scores = labeller.scores(pictures).numpy()
    return np.asarray(np.sign(scores) * (np.abs(scores) > _SURE) * labeller.knows, np.int8)
