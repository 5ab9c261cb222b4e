"""Directions of a generator: found with the labelling CNN, and tried out on faces of other people before the judge."""

import numpy as np
import torch
from numpy.typing import NDArray

from bot.bundle import ATTRIBUTES, Direction, Directions
from training.common.progress import Stages
from training.faces.attributes.classifier import Fitted
from training.faces.attributes.judges import learnt_by_labeller
from training.faces.data.tensors import as_tensor, to_bytes
from training.faces.directions import class_difference
from training.faces.directions.class_difference import Floats, Found
from training.faces.directions.refine import refined
from training.faces.drawing.recognition import recognised, with_attribute
from training.faces.evaluation import edits
from training.faces.models.trained import Looked

_DRAWN, _REFINED_ON = 4_000, 2_000
_TRIED = 200
_LINE_UP, _IN_LINE_UPS = 20, 40
_SURE = 1.0
"""A logit nearer to 0 counts as not knowing."""


def find(looked: Looked, labeller: Fitted, stages: Stages) -> Found:
    """Return directions by what is known of photos, where there is a way from them to latents, or of drawn faces."""
    if looked.module.reader is not None:
        seen = np.intersect1d(looked.learnt, learnt_by_labeller(looked.faces))
        pictures, known = as_tensor(looked.faces.images, seen), looked.faces.labels[seen]
        latents = looked.encode(seen)
    else:
        latents = looked.fresh(_DRAWN, 1)
        pictures, known = looked.draw(latents), np.zeros((_DRAWN, len(ATTRIBUTES)), np.int8)
    found = class_difference.find(latents, np.where(known == 0, _read(labeller, pictures), known))
    with stages.stage("directions") as tell:
        some = torch.from_numpy(latents[:_REFINED_ON])
        network = labeller.network.requires_grad_(requires_grad=False)
        return Found(refined(found.directions, looked.module.sampler, network, some, tell), found.refused)


def tried(looked: Looked, judge: Fitted, found: Directions, stages: Stages) -> Directions:
    """Return the directions, each with what the judge saw of it (:mod:`training.faces.evaluation.edits`)."""
    with stages.stage("judging them") as tell:
        for done, (name, direction) in enumerate(found.by_attribute.items(), 1):
            found = class_difference.measured(found, name, _tried(looked, judge, name, direction))
            tell(done, len(found.by_attribute))
    return found


def _read(labeller: Fitted, pictures: torch.Tensor) -> NDArray[np.int8]:
    """Return labels as the CNN sees them: 0 where it is unsure, or has never learnt to tell."""
    scores = labeller.scores(pictures).numpy()
    return np.asarray(np.sign(scores) * (np.abs(scores) > _SURE) * labeller.knows, np.int8)


def _tried(looked: Looked, judge: Fitted, name: str, direction: Direction) -> dict[str, float]:
    if not judge.knows[ATTRIBUTES.index(name)]:
        return {}
    if looked.module.reader is None:
        return edits.judged(judge, looked.draw, looked.fresh_lacking(name, judge)[:_TRIED], name, direction)
    lacking = looked.lacking(name)[:_TRIED]
    if not len(lacking):
        return {}
    latents: Floats = looked.encode(lacking)
    photos = as_tensor(looked.faces.images, lacking)
    seen = edits.judged(judge, looked.draw, latents, name, direction)
    seen |= edits.on_photos(judge, looked.draw, photos, latents, name, direction)
    if looked.faces.drawn:
        seen["recognised_2"] = _recognised(looked, lacking[:_IN_LINE_UPS], name, direction)
    return seen


def _recognised(looked: Looked, positions: NDArray[np.intp], name: str, direction: Direction) -> float:
    """Return the share of drawn people whom an edit leaves nearest to themselves, in a line-up of 20 people."""
    faces = looked.faces
    edited = to_bytes(looked.draw(class_difference.moved(looked.encode(positions), direction, edits.USUAL)))
    everybody = np.unique(faces.people[looked.held_out]).tolist()
    right = 0
    for picture, position in zip(edited, positions, strict=True):
        person = int(faces.people[position])
        line_up = [person, *[other for other in everybody if other != person][: _LINE_UP - 1]]
        right += recognised(picture, with_attribute(faces.labels[position], name), line_up) == person
    return right / len(positions)
