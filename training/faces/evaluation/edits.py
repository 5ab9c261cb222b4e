"""Scores of edits: how well a direction works, by a judge that had no part in finding it.

Whether an edit keeps the person is known exactly only of invented people: whoever can tell them apart is given as an
:class:`IdentityCheck`. Knows nothing of files, nor of how anybody is drawn.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
import torch
from numpy.typing import NDArray

from bot.bundle import Direction, Directions
from bot.photos import Eyes, carry
from training.common.progress import Stages
from training.faces.attributes.classifier import TrainedClassifier
from training.faces.data.labels import ATTRIBUTES
from training.faces.data.tensors import Floats, as_tensor, to_bytes
from training.faces.directions.class_difference import USUAL_STRENGTH, other_attributes, shifted
from training.faces.models.trained import TrainedGenerator

Generate = Callable[[Floats], torch.Tensor]
"""Takes latents ``[n, d]`` to float pictures ``[n, 3, s, s]``."""

_STRENGTHS = (1, USUAL_STRENGTH, 3)
OFTEN_ENOUGH = 0.5
"""Share of faces in which a judge must see an edit, for it to be offered."""
_SAMPLES = 200
_LINE_UP, _IN_LINE_UPS = 20, 20


class IdentityCheck(Protocol):
    """Recognition of an edited portrait among people who are known exactly."""

    def __call__(
        self, picture: NDArray[np.uint8], labels: NDArray[np.int8], attribute: str, people: Sequence[int]
    ) -> int:
        """Return who of ``people`` is on ``picture [s, s, 3]``.

        It is a portrait of somebody with ``labels [attributes]`` that was edited towards ``attribute``.
        """


def score_directions(
    trained: TrainedGenerator,
    judge: TrainedClassifier,
    directions: Directions,
    identity_check: IdentityCheck | None,
    stages: Stages,
) -> Directions:
    """Return the directions, each with its scores; without ``identity_check`` none says who is recognised."""
    by_attribute = {}
    with stages.stage("judging them") as progress:
        for done, (name, direction) in enumerate(directions.by_attribute.items(), 1):
            scores = _scores(trained, judge, name, direction, identity_check)
            by_attribute[name] = replace(
                direction, measured=scores, drawn=works_on("", scores), photos=works_on("carry_", scores)
            )
            progress(done, len(directions.by_attribute))
    return replace(directions, by_attribute=by_attribute)


def works_on(way: str, scores: Mapping[str, float]) -> bool:
    """Return whether an edit is good enough to be offered, by the scores whose names begin with ``way``.

    At the usual strength it comes more often than not, and nothing else does. Where too little is labelled to measure
    it, nothing speaks against it.
    """
    seen, others = (scores.get(f"{way}{figure}_{USUAL_STRENGTH}") for figure in ("flips", "others"))
    return seen is None or others is None or (seen >= OFTEN_ENOUGH and others <= 1 - OFTEN_ENOUGH)


def _scores(
    trained: TrainedGenerator,
    judge: TrainedClassifier,
    name: str,
    direction: Direction,
    identity_check: IdentityCheck | None,
) -> dict[str, float]:
    if not judge.knows[ATTRIBUTES.index(name)]:
        return {}
    if not trained.has_encoder:
        latents = trained.latents_without(name, judge)[:_SAMPLES]
        return score_edits(judge, trained.generate, latents, name, direction)
    positions = trained.held_out_without(name)[:_SAMPLES]
    if not len(positions):
        return {}
    latents = trained.encode(positions)
    photos = as_tensor(trained.faces.images, positions)
    scores = score_edits(judge, trained.generate, latents, name, direction)
    scores |= score_photo_edits(judge, trained.generate, photos, latents, name, direction, trained.faces.crop.eyes)
    if identity_check is not None:
        scores["recognised_2"] = _recognised_share(trained, positions[:_IN_LINE_UPS], name, direction, identity_check)
    return scores


@dataclass(frozen=True, slots=True)
class AttributeScores:
    """What a judge sees in pictures: what each ``has [n, attributes]``, where it ``knows``, and ``features [n, d]``."""

    knows: NDArray[np.bool_]
    has: NDArray[np.bool_]
    features: Floats

    @classmethod
    def of(cls, judge: TrainedClassifier, pictures: torch.Tensor) -> "AttributeScores":
        """Score pictures, floats or bytes."""
        features = judge.features(pictures)
        with torch.inference_mode():
            return cls(judge.knows, (judge.network.last(features) > 0).numpy(), features.numpy())

    def since(self, before: "AttributeScores", name: str) -> dict[str, float]:
        """Return what an edit towards ``name`` did.

        ``flips``: the share in which the attribute is seen now. ``others``: the largest share in which any other one
        changed. ``identity``: the mean cosine of the features before and after.
        """
        return {
            "flips": float(self.has[:, ATTRIBUTES.index(name)].mean()),
            "others": float((before.has != self.has)[:, other_attributes(name) & self.knows].mean(0).max(initial=0)),
            "identity": mean_cosine(before.features, self.features),
        }


def score_edits(
    judge: TrainedClassifier, generate: Generate, latents: Floats, name: str, direction: Direction
) -> dict[str, float]:
    """Return what becomes of generated faces ``latents`` that lack the attribute ``name``.

    ``flips_1`` to ``flips_3``: the share in which the judge sees it at that strength; ``others_2`` and ``identity_2``
    of :meth:`AttributeScores.since`, at the usual strength.
    """
    if not len(latents):
        return {}
    before = AttributeScores.of(judge, generate(latents))
    after = {
        strength: AttributeScores.of(judge, generate(shifted(latents, direction, strength))).since(before, name)
        for strength in _STRENGTHS
    }
    flips = {f"flips_{strength}": figures["flips"] for strength, figures in after.items()}
    usual = after[USUAL_STRENGTH]
    return flips | {f"{figure}_{USUAL_STRENGTH}": usual[figure] for figure in ("others", "identity")}


def score_photo_edits(  # noqa: PLR0913, PLR0917 - who judges, what generates, and the photos with all that is known
    judge: TrainedClassifier,
    generate: Generate,
    photos: torch.Tensor,
    latents: Floats,
    name: str,
    direction: Direction,
    eyes: Eyes,
) -> dict[str, float]:
    """Return what becomes of ``photos [n, s, s, 3]`` that lack the attribute ``name``, in either way of changing one.

    ``eyes`` are where they lie in the photos. ``decode_…`` of what the decoder draws, ``carry_…`` of the change carried
    onto the photo (:func:`bot.photos.carry`): the figures of :meth:`AttributeScores.since` the photo itself, at the
    usual strength.
    """
    photo = AttributeScores.of(judge, photos)
    before, after = generate(latents), generate(shifted(latents, direction, USUAL_STRENGTH))
    carried = [carry(*three, eyes) for three in zip(photos.numpy(), to_bytes(before), to_bytes(after), strict=True)]
    ways = {"decode": after, "carry": torch.from_numpy(np.stack(carried))}
    return {
        f"{way}_{figure}_{USUAL_STRENGTH}": value
        for way, pictures in ways.items()
        for figure, value in AttributeScores.of(judge, pictures).since(photo, name).items()
    }


def _recognised_share(
    trained: TrainedGenerator,
    positions: NDArray[np.intp],
    name: str,
    direction: Direction,
    identity_check: IdentityCheck,
) -> float:
    """Return the share of people whom an edit leaves nearest to themselves, in a line-up of 20 people."""
    faces = trained.faces
    edited = to_bytes(trained.generate(shifted(trained.encode(positions), direction, USUAL_STRENGTH)))
    everybody = np.unique(faces.people[trained.held_out]).tolist()
    correct = 0
    for picture, position in zip(edited, positions, strict=True):
        person = int(faces.people[position])
        line_up = [person, *[other for other in everybody if other != person][: _LINE_UP - 1]]
        correct += identity_check(picture, faces.labels[position], name, line_up) == person
    return correct / len(positions)


def mean_cosine(one: Floats, other: Floats) -> float:
    """Return the mean cosine of the rows."""
    lengths = np.linalg.norm(one, axis=1) * np.linalg.norm(other, axis=1)
    return float(((one * other).sum(1) / np.maximum(lengths, 1e-9)).mean())
