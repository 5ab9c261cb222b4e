"""Losses of the editor, each term weighted as it was found to work (see docs/experiments.md).

Knows nothing of optimisers and of where the faces come from.
"""

from collections.abc import Callable

import torch
from torch import Tensor
from torch.nn import functional

from training.faces.attributes.expression import USUAL_ROOM, Expression
from training.faces.editor.critic import Critic, jittered
from training.faces.editor.fields import Fields, apply, drawable, put_back
from training.faces.editor.network import EditorNetwork
from training.faces.editor.sampling import GRIN, NEUTRAL, Batch

_WEIGHTS = {
    "critic": 0.4,
    "teacher": 0.3,
    "expression": 0.3,
    "pixels": 12.0,
    "features": 0.5,
    "pairs": 1.0,
    "kept": 8.0,
    "outside": 2.0,
    "smooth": 1.0,
    "folds": 30.0,
    "alpha": 0.3,
    "closed": 8.0,
    "shade": 0.8,
    "even": 2.5,
}
_MOUTH_MORE = 3.0
_GRIN_ODDS, _SMILE_ODDS, _NEUTRAL_ODDS = 2.0, 0.5, -1.0
"""Log odds of the teacher that are enough, of a grin, of a smile with closed lips, and of none."""
_STRETCH = 0.5
"""How much longer or shorter a flow may make what it moves, for nothing."""
_WIDEST_ROOM = 0.94


def editor_loss(  # noqa: PLR0913, PLR0917 - the editor and all who judge it
    network: EditorNetwork,
    critic: Critic,
    adversarial: Callable[[Tensor], Tensor],
    teacher: Critic,
    expression: Expression,
    batch: Batch,
) -> tuple[Tensor, dict[str, Tensor]]:
    """Return the loss of the editor on a batch, and its unweighted terms by name."""
    count, compared = len(batch.crops), len(batch.sort)
    window = batch.windows
    fields = network.sorted_by_way(window, batch.strength)
    changed = apply(window, fields)
    neutral, drawn, less, pairs, kept = batch.parted(changed)
    made, wanted = torch.cat([drawn, less]), torch.cat([batch.wanted, batch.less])
    terms = {
        "critic": adversarial(critic(jittered(changed[:compared]), batch.sort)),
        "teacher": _teacher(teacher, changed[:compared], batch),
        "expression": _expression(expression, batch, neutral),
        "pixels": _difference(made, wanted).mean(),
        "features": _apart(teacher, made, wanted, slice(3)),
        "pairs": _pairs(teacher, pairs, batch.wanted_pairs),
        "kept": (_difference(kept, batch.kept).mean((1, 2, 3)) * batch.weight).sum() / max(len(kept), 1),
        "outside": ((neutral - window[:count]).abs() * (1 - drawable(neutral.shape[-1]))).mean(),
        "closed": (fields.alpha[:count] * (batch.strength[:count] < GRIN).view(-1, 1, 1, 1)).mean(),
        **_plainness(fields),
    }
    return torch.stack([_WEIGHTS[name] * term for name, term in terms.items()]).sum(), terms


def _difference(changed: Tensor, wanted: Tensor) -> Tensor:
    """Return how far each pixel is off, one of the mouth several times."""
    return (changed - wanted).abs() * (1 + _MOUTH_MORE * drawable(changed.shape[-1]))


def _teacher(teacher: Critic, changed: Tensor, batch: Batch) -> Tensor:
    """Return how far neutral faces are from smiling enough, and those that should smile no more from that."""
    count, first_grin = len(batch.crops), len(batch.crops) + len(batch.before)
    no_more = batch.strength[first_grin : first_grin + len(batch.grins), 0] < NEUTRAL
    odds = teacher.smiling(jittered(torch.cat([changed[:count], changed[first_grin:]])))
    more = functional.softplus(_enough(batch.strength[:count]) - odds[:count]).mean()
    less = (functional.softplus(odds[count:] - _NEUTRAL_ODDS) * no_more).mean()
    return more + 0.5 * less


def _enough(strength: Tensor) -> Tensor:
    return torch.where(strength[:, 0] >= GRIN, _GRIN_ODDS, _SMILE_ODDS)


def _expression(expression: Expression, batch: Batch, neutral: Tensor) -> Tensor:
    """Return how far the whole face is from smiling as much as it should: never more than that."""
    room = USUAL_ROOM + (_WIDEST_ROOM - USUAL_ROOM) * float(torch.rand(()))
    wanted = 4 * batch.strength[: len(neutral), 0] - 2
    return functional.softplus(wanted - expression(put_back(batch.crops, neutral), room)).mean()


def _apart(teacher: Critic, one: Tensor, other: Tensor, layers: slice) -> Tensor:
    """Return how differently the teacher sees two lists of windows."""
    seen = zip(teacher.features(one)[layers], teacher.features(other)[layers], strict=True)
    return torch.stack([(first - second).abs().mean() for first, second in seen]).sum()


def _pairs(teacher: Critic, changed: Tensor, wanted: Tensor) -> Tensor:
    """Return how far the first of each pair is from the second: coarsely, for nobody holds still for two photos."""
    if not len(changed):
        return changed.new_zeros(())
    coarse = (functional.avg_pool2d(changed, 4) - functional.avg_pool2d(wanted, 4)).abs().mean()
    return 4 * coarse + 0.3 * _apart(teacher, changed, wanted, slice(1, 3))


def _plainness(fields: Fields) -> dict[str, Tensor]:
    """Return what keeps the fields smooth, sparse and grey, and as even on both sides as faces are."""
    flow, shade, alpha, colour = fields
    grey, across = shade.mean(1, keepdim=True), torch.tensor([-1.0, 1.0]).view(1, 2, 1, 1)
    return {
        "folds": _folds(flow),
        "smooth": 500 * _steepness(flow) + 20 * _steepness(shade) + 0.1 * _steepness(alpha),
        "alpha": alpha.mean(),
        "shade": 4 * shade.abs().mean() + 8 * (shade - grey).abs().mean() + 8 * shade.mean((2, 3)).abs().mean(),
        "even": 100 * _lopsided(flow, flow.flip(3) * across)
        + 4 * _lopsided(alpha, alpha.flip(3))
        + 8 * _lopsided(alpha * colour, (alpha * colour).flip(3)),
    }


def _lopsided(field: Tensor, mirrored: Tensor) -> Tensor:
    return (field - mirrored).square().mean()


def _folds(flow: Tensor) -> Tensor:
    """Return how far the flow stretches beyond what a face does: there a corner of the mouth is seen twice."""
    across, down = (flow.shape[-1] * flow.diff(dim=axis).abs() for axis in (3, 2))
    return functional.relu(across - _STRETCH).square().mean() + functional.relu(down - _STRETCH).square().mean()


def _steepness(field: Tensor) -> Tensor:
    across, down = field.diff(dim=3), field.diff(dim=2)
    return across.square().mean() + down.square().mean()
