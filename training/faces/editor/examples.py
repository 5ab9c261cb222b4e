"""Training examples of an editor: neutral faces, smiling ones with a neutral face each, and pairs of one person.

No labels are needed: who smiles is asked of the expression network. Knows nothing of the editor's network.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from bot.bundle.files import whole
from bot.photos.editing import CROP_SIDE, WINDOW_LEFT, WINDOW_SIDE, WINDOW_TOP
from training.common.errors import FacesError
from training.common.progress import Stages
from training.faces.attributes.expression import NEUTRAL, SMILING, Expression, happiness
from training.faces.data.dataset import Faces
from training.faces.data.labels import ATTRIBUTES
from training.faces.editor.landmarks import Points, gaps, landmarks, mean_smile, spread
from training.faces.editor.network import MEAN_SIDE
from training.faces.editor.neutralise import neutralised

CLOSED_SMILE, LEAST_GRIN, WIDEST_GRIN = 0.5, 0.7, 1.5
"""Strengths: of a smile with closed lips, of the grin that opens least, and of the one that opens most."""
_OPEN = 0.02
"""From here on teeth are seen, in shares of a crop's side."""
_STARTED_AT = 1.3
"""The mean flow at a strength of 1, in mean smiles: those who smile in photos smile more than their mean landmark."""
_REACH = 0.06
_FEWEST = 8
KEPT_OUT = 3
"""Of the pairs every third person is kept out, so that somebody can be looked at."""
_NEUTRAL_NAME, _SMILING_NAME = "neutral", "smiling"

Crops = NDArray[np.uint8]
Positions = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Examples:
    """``crops [n, 128, 128, 3]`` with ``sex [n]`` (0 woman, 1 not known, 2 man), and which of them are what.

    Of the face at ``smiling[i]`` there is ``before[i]``, its neutral face, ``softer[i]`` with half of its smile, and
    ``strength[i]``, how much it smiles. ``posed`` are the neutral faces of all the pairs, and ``drawings`` are drawn.
    ``pairs [p, 2, 128, 128, 3]`` are neutral and smiling photos of one person each, ``pair_strength [p]`` how much that
    one smiles. ``mean_flow`` is ``[2, 20, 20]``.
    """

    crops: Crops
    sex: NDArray[np.int64]
    posed: Positions
    drawings: Crops
    neutral: Positions
    smiling: Positions
    before: Crops
    softer: Crops
    strength: NDArray[np.float32]
    pairs: Crops
    pair_strength: NDArray[np.float32]
    mean_flow: NDArray[np.float32]


def gathered(  # noqa: PLR0913, PLR0917 - where from, by whom, and where it is kept
    faces: Faces,
    pairs: Faces | None,
    drawings: Sequence[NDArray[np.uint8]],
    expression: Expression,
    cache: Path,
    seed: int,
    stages: Stages,
) -> Examples:
    """Return the examples of those ``faces`` that are learnt from; what took long is kept in the file ``cache``.

    Raises:
        FacesError: the crops are of another size, or too few faces smile or do not.
    """
    if faces.size != CROP_SIDE or (pairs is not None and pairs.size != CROP_SIDE):
        raise FacesError(f"An editor learns from faces of {CROP_SIDE} pixels: prepare them with --size {CROP_SIDE}.")
    learn, _ = faces.split()
    crops = np.array(faces.images[learn])
    sex = 1 + faces.labels[learn, ATTRIBUTES.index("Male")].astype(np.int64)
    both = np.empty((0, 2, *crops.shape[1:]), np.uint8) if pairs is None else people_in_pairs(pairs)[0]
    if not cache.is_file():
        arrays = _examples_in(crops, both, expression, seed, stages)
        with whole(cache) as beside, beside.open("wb") as stream:
            np.savez(stream, allow_pickle=False, **arrays)
    posed = len(crops) + np.arange(len(both))
    crops, sex = np.concatenate([crops, both[:, 0]]), np.concatenate([sex, np.ones(len(both), np.int64)])
    with np.load(cache) as arrays:
        return Examples(
            crops, sex, posed, np.array(drawings, np.uint8), **{name: arrays[name] for name in arrays.files}
        )


def people_in_pairs(pairs: Faces) -> tuple[Crops, Crops]:
    """Return ``[p, 2, s, s, 3]`` of those to learn from, and of those kept out.

    The photos are called ``somebody_neutral.jpg`` and ``somebody_smiling.jpg``.

    Raises:
        FacesError: there is nobody of whom there are both.
    """
    at = {name: index for index, name in enumerate(pairs.names)}
    images = [pairs.images[[at[neutral], at[smiling]]] for neutral, smiling in pairs_of(pairs.names)]
    if len(images) < 2:
        raise FacesError("There are no pairs: call the photos somebody_neutral.jpg and somebody_smiling.jpg.")
    stacked, order = np.stack(images), np.arange(len(images))
    return stacked[order % KEPT_OUT != 0], stacked[order % KEPT_OUT == 0]


def pairs_of(names: Sequence[str]) -> list[tuple[str, str]]:
    """Return the neutral and the smiling photo of everybody of whom there are both, in the order of their names."""
    by_stem = {Path(name).stem: name for name in names}
    people = sorted({stem.rpartition("_")[0] for stem in by_stem})
    both = [(by_stem.get(f"{who}_{_NEUTRAL_NAME}"), by_stem.get(f"{who}_{_SMILING_NAME}")) for who in people]
    return [(neutral, smiling) for neutral, smiling in both if neutral is not None and smiling is not None]


def _examples_in(
    crops: Crops, both: Crops, expression: Expression, seed: int, stages: Stages
) -> dict[str, NDArray[Any]]:
    with stages.stage("who smiles") as progress:
        happy = happiness(expression, crops, progress)
    smiling, neutral = np.flatnonzero(happy > SMILING), np.flatnonzero(happy < NEUTRAL)
    if min(len(smiling), len(neutral)) < _FEWEST:
        raise FacesError(
            f"Of {len(crops)} faces {len(smiling)} smile and {len(neutral)} do not: at least {_FEWEST} of either are "
            "needed."
        )
    with stages.stage("landmarks") as progress:
        points = landmarks(crops[smiling], progress)
    with stages.stage("landmarks of neutral faces") as progress:
        neutral_points = landmarks(crops[neutral], progress)
    open_mouths = gaps(points) > _OPEN
    move = mean_smile(points[open_mouths] if open_mouths.any() else points, neutral_points)
    with stages.stage("neutral faces of smiling ones") as progress:
        before = neutralised(crops[smiling], points, move, 1.0, seed, progress)
    with stages.stage("smiling ones that smile less") as progress:
        softer = neutralised(crops[smiling], points, move, 0.5, seed, progress)
    return {
        "neutral": neutral,
        "smiling": smiling,
        "before": before,
        "softer": softer,
        "strength": _strengths(gaps(points), gaps(points)),
        **_smiling_pairs(both, expression, gaps(points), stages),
        "mean_flow": _mean_flow(points.mean(0), move),
    }


def _smiling_pairs(
    both: Crops, expression: Expression, opened: NDArray[np.floating], stages: Stages
) -> dict[str, NDArray[Any]]:
    """Return those pairs whose smile is one to see, with its strength: many people hardly smile when asked to."""
    if not len(both):
        return {"pairs": both, "pair_strength": np.empty(0, np.float32)}
    with stages.stage("who smiles of the pairs") as progress:
        clear = both[happiness(expression, both[:, 1], progress) > SMILING]
    if not len(clear):
        return {"pairs": clear, "pair_strength": np.empty(0, np.float32)}
    with stages.stage("landmarks of the pairs") as progress:
        strength = _strengths(gaps(landmarks(clear[:, 1], progress)), opened)
    return {"pairs": clear, "pair_strength": strength}


def _strengths(opened: NDArray[np.floating], among: NDArray[np.floating]) -> NDArray[np.float32]:
    """Return how much each smiles, by how far its mouth is open ``among`` those of many that are."""
    grins = np.sort(among[among > _OPEN])
    ranks = np.searchsorted(grins, opened) / max(len(grins), 1)
    strengths = np.where(opened > _OPEN, LEAST_GRIN + (WIDEST_GRIN - LEAST_GRIN) * ranks, CLOSED_SMILE)
    return strengths.astype(np.float32)


def _mean_flow(points: Points, move: Points) -> NDArray[np.float32]:
    """Return where each place of the window comes from when the mean face begins to smile, in its side's shares."""
    over_crop = spread(points, -move, CROP_SIDE, _REACH)
    window = over_crop[WINDOW_TOP : WINDOW_TOP + WINDOW_SIDE, WINDOW_LEFT : WINDOW_LEFT + WINDOW_SIDE]
    small = cv2.resize(window, (MEAN_SIDE, MEAN_SIDE), interpolation=cv2.INTER_AREA)
    return np.ascontiguousarray(small.transpose(2, 0, 1) * (_STARTED_AT * CROP_SIDE / WINDOW_SIDE), np.float32)
