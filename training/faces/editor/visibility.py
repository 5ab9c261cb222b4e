"""Whether a person's mouth can be seen: what is covered, and what is drawn, an editor has to leave as it is.

A small classifier of its own beside the editor: taught to hold still, the editor itself still tinted a microphone and
veiled a drawing. It learns from the photos as they are, and from the same with something before the mouth, or drawn.
Knows nothing of the editor.
"""

from itertools import pairwise

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from bot.photos.editing import CROP_SIDE
from training.common.progress import Progress
from training.faces.editor.critic import jittered
from training.faces.editor.fields import windows
from training.faces.editor.occlusion import behind_microphone, drawn_like, occluded, sketched

_BATCH, _RATE, _FEWEST_STEPS = 48, 2e-3, 4
_DRAWN, _SKETCHED, _SPOKEN_INTO = 0.25, 0.12, 0.2
"""Of those that cannot be seen, the shares that are drawn, drawn in a few lines, and behind a microphone; before the
others lies something else."""
_GREY, _BLURRED, _GRAINY = 0.15, 0.4, 0.3
_LEFT_ALONE, _FEWEST_KEPT_OUT = 0.005, 8
"""The share of photos that may be left as they are for nothing, told from those that are kept out: every tenth."""
_SOFT, _NOTHING = 1.0, 1e-4
"""Log odds from where nothing is changed to where all is; and a share that changes no pixel."""
_SHIFT, _TURN = 4.0, 6.0
"""Standard deviations of how wrong a finder may be: pixels of a crop, degrees."""
_GROUPS = 8

Crops = NDArray[np.uint8]


class Visibility(nn.Module):
    """Windows ``[n, 3, 80, 80]`` in [0, 1] → how much of a change may be seen ``[n]``, none where no mouth is."""

    threshold: Tensor

    def __init__(self) -> None:
        super().__init__()
        widths = (3, 16, 32, 48)
        layers: list[nn.Module] = []
        for before, after in pairwise(widths):
            layers += [nn.Conv2d(before, after, 3, 2, 1), nn.GroupNorm(_GROUPS, after), nn.ReLU()]
        self.layers = nn.Sequential(*layers, nn.Conv2d(48, 48, 3, 1, 1), nn.ReLU())
        self.odds = nn.Linear(5 * 5 * 48, 1)
        self.register_buffer("threshold", torch.zeros(1))

    def log_odds(self, window: Tensor) -> Tensor:
        """Return the log odds ``[n]`` that a mouth is seen."""
        odds: Tensor = self.odds(self.layers(functional.avg_pool2d(window, 2) * 4 - 2).flatten(1))[:, 0]
        return odds

    def forward(self, window: Tensor) -> Tensor:
        """Return the share of a change, from next to nothing to 1: a graph that says 0 of noise seems damaged."""
        share: Tensor = (1 + (self.log_odds(window) - self.threshold) / _SOFT).clamp(min=_NOTHING, max=1.0)
        return share


def learn_visibility(crops: Crops, drawings: Crops, seed: int, steps: int, progress: Progress) -> Visibility:
    """Learn it from photos and drawings ``[n, 128, 128, 3]``; hardly any other photo is then left alone."""
    torch.manual_seed(seed)
    steps = max(steps, _FEWEST_STEPS)
    network, random = Visibility(), np.random.default_rng(seed)
    crops, kept_out = _parted(crops)
    optimizer = torch.optim.AdamW(network.parameters(), _RATE, weight_decay=1e-2)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, _RATE, total_steps=steps)
    seen = torch.cat([torch.ones(_BATCH // 2), torch.zeros(_BATCH // 2)])
    for step in range(steps):
        plain = [_moved(crops[random.integers(len(crops))], random) for _ in range(_BATCH // 2)]
        hidden = [_hidden(crops, drawings, random) for _ in range(_BATCH // 2)]
        pictures = np.stack([_taken(crop, random) for crop in (*plain, *hidden)])
        odds = network.log_odds(jittered(windows(pictures)))
        optimizer.zero_grad()
        torch.autograd.backward(functional.binary_cross_entropy_with_logits(odds, seen))
        optimizer.step()
        schedule.step()
        progress(step + 1, steps)
    network.eval()
    with torch.inference_mode():
        odds = network.log_odds(windows(kept_out))
    network.threshold.copy_(torch.quantile(odds, _LEFT_ALONE).clamp(max=0))
    return network


def _parted(crops: Crops) -> tuple[Crops, Crops]:
    """Return the photos to learn from and those that are kept out; of few, all are both."""
    if len(crops) < 10 * _FEWEST_KEPT_OUT:
        return crops, crops
    return np.delete(crops, np.s_[::10], 0), crops[::10]


def _hidden(crops: Crops, drawings: Crops, random: np.random.Generator) -> NDArray[np.uint8]:
    """Return a face whose mouth cannot be seen, or that is none."""
    crop, kind = _moved(crops[random.integers(len(crops))], random), random.random()
    if kind < _SKETCHED:
        return sketched(CROP_SIDE, random)
    if kind < _SKETCHED + _SPOKEN_INTO:
        return behind_microphone(crop, random)
    if kind >= _SKETCHED + _SPOKEN_INTO + _DRAWN:
        return occluded(crop, crops[random.integers(len(crops))], random)
    if len(drawings) and random.random() < 0.5:
        return _moved(drawings[random.integers(len(drawings))], random)
    return drawn_like(crop, random)


def _moved(crop: NDArray[np.uint8], random: np.random.Generator) -> NDArray[np.uint8]:
    """Return a crop as a finder might have cut it, mirrored or not."""
    matrix = cv2.getRotationMatrix2D(
        (CROP_SIDE / 2, CROP_SIDE / 2), random.normal(0, _TURN), random.uniform(0.85, 1.15)
    )
    matrix[:, 2] += random.normal(0, _SHIFT, 2)
    moved = cv2.warpAffine(crop, matrix, (CROP_SIDE, CROP_SIDE), borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(moved[:, ::-1] if random.random() < 0.5 else moved, np.uint8)


def _taken(crop: NDArray[np.uint8], random: np.random.Generator) -> NDArray[np.uint8]:
    """Return a crop as a better or a worse camera shows it: neither may tell what is laid before a mouth."""
    taken: NDArray[np.floating] = np.asarray(crop, np.float32)
    if random.random() < _GREY:
        taken = np.repeat(taken.mean(2, keepdims=True), 3, 2)
    if random.random() < _BLURRED:
        taken = cv2.GaussianBlur(taken, (0, 0), random.uniform(0.4, 1.6))
    if random.random() < _GRAINY:
        taken = taken + random.normal(0, random.uniform(1, 9), taken.shape[:2])[..., None]
    return np.asarray(np.clip(np.rint(taken), 0, 255), np.uint8)
