"""The attribute classifier, a small residual CNN (He et al. 2016): the labelling helper, and the judge of generators.

Unknown labels count for nothing. Knows nothing of files but its own.
"""

import itertools
import math
import pickle
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from bot.bundle.files import whole
from training.common.progress import Progress
from training.common.trainer import cpu_has_bf16
from training.faces.attributes.resnet import ResNet18, from_torchvision
from training.faces.data.dataset import Faces
from training.faces.data.labels import ATTRIBUTES
from training.faces.data.tensors import as_tensor, to_floats

_WIDTHS = (24, 48, 96, 128)
_BATCH = 64
_RATE = 2e-3
_TIMES_EACH, _FEWEST_STEPS, _MOST_STEPS = 20, 60, 800


class _Residual(nn.Module):
    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(inputs, outputs, 3, stride=2, padding=1, bias=False),
            nn.BatchNorm2d(outputs),
            nn.ReLU(),
            nn.Conv2d(outputs, outputs, 3, padding=1, bias=False),
            nn.BatchNorm2d(outputs),
        )
        self.across = nn.Sequential(nn.AvgPool2d(2), nn.Conv2d(inputs, outputs, 1, bias=False))

    def forward(self, x: Tensor) -> Tensor:
        return functional.relu(self.body(x) + self.across(x))


class AttributeNet(nn.Module):
    """Pictures ``[b, 3, s, s]`` in [-1, 1], s at least 32 and a multiple of 32 → logits ``[b, attributes]``."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, _WIDTHS[0], 3, stride=2, padding=1), nn.ReLU())
        self.blocks = nn.ModuleList(_Residual(a, b) for a, b in itertools.pairwise(_WIDTHS))
        self.last = nn.Linear(_WIDTHS[-1] * 4, len(ATTRIBUTES))
        self.dropout = nn.Dropout(0.2)

    def maps(self, x: Tensor) -> list[Tensor]:
        """Return what each level sees ``[b, channels, side, side]``, the finest first."""
        return list(itertools.accumulate((self.stem, *self.blocks), lambda maps, block: block(maps), initial=x))[1:]

    def features(self, x: Tensor) -> Tensor:
        """Return the penultimate layer ``[b, d]``: what of a face is where, roughly."""
        return functional.adaptive_avg_pool2d(self.maps(x)[-1], 2).flatten(1)

    def forward(self, x: Tensor) -> Tensor:
        """Return the logits."""
        logits: Tensor = self.last(self.dropout(self.features(x)))
        return logits


Network = AttributeNet | ResNet18


@dataclass(frozen=True, slots=True)
class TrainedClassifier:
    """A network in eval mode, and the share of held-out labels it gets right: NaN where there were none.

    ``knows [attributes]`` marks those that it has learnt from faces with and without; of the others it says anything.
    """

    network: Network
    accuracy: dict[str, float]
    knows: NDArray[np.bool_]

    def scores(self, pictures: Tensor) -> Tensor:
        """Return logits ``[n, attributes]`` of pictures, floats or bytes."""
        return self._in_batches(self.network, pictures)

    def features(self, pictures: Tensor) -> Tensor:
        """Return features ``[n, d]`` of pictures, floats or bytes."""
        return self._in_batches(self.network.features, pictures)

    @staticmethod
    def _in_batches(function: Callable[[Tensor], Tensor], pictures: Tensor) -> Tensor:
        """Go batch by batch: as floats, all photos of a data folder may not fit into memory."""
        with torch.inference_mode():
            batches = torch.split(pictures, 256)
            return torch.cat([function(to_floats(batch) if batch.dtype == torch.uint8 else batch) for batch in batches])


def fit(  # noqa: PLR0913 - what to learn and how, each by its name
    faces: Faces,
    learn: NDArray[np.intp],
    held_out: NDArray[np.intp],
    *,
    seed: int,
    progress: Progress,
    initial: Network | None = None,
) -> TrainedClassifier:
    """Train a classifier on the labels of ``learn``, and measure it on ``held_out``.

    It sees mirrored, shifted and lighter or darker pictures.
    ``initial`` has learnt something before: for a quarter of the steps only its last layer learns (transfer learning).
    """
    torch.manual_seed(seed)
    steps = min(_MOST_STEPS, max(_FEWEST_STEPS, _TIMES_EACH * len(learn) // _BATCH))
    network = initial or AttributeNet()
    network.to(memory_format=torch.channels_last).train()  # type: ignore[call-overload]
    thaw = steps // 4 if initial is not None else 0
    _freeze(network, frozen=thaw > 0)
    pictures, labels = as_tensor(faces.images, learn), torch.from_numpy(faces.labels[learn].astype(np.float32))
    positive_weights, sampling_weights = _positive_weights(labels), _sampling_weights(labels)
    optimizer = torch.optim.AdamW(network.parameters(), _RATE, weight_decay=0.05)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, _RATE, total_steps=steps)
    for step in range(steps):
        if step == thaw:
            _freeze(network, frozen=False)
        batch = torch.multinomial(sampling_weights, _BATCH, replacement=True)
        with torch.autocast("cpu", torch.bfloat16, enabled=cpu_has_bf16()):
            logits = network(_augmented(to_floats(pictures[batch])))
        loss = _masked_loss(logits.float(), labels[batch], positive_weights)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        schedule.step()
        progress(step + 1, steps)
    learnt = faces.labels[learn]
    knows = np.logical_and((learnt > 0).any(0), (learnt < 0).any(0))
    classifier = TrainedClassifier(network.eval(), {}, np.asarray(knows))
    return replace(classifier, accuracy=_accuracy(classifier, faces, held_out))


def save(classifier: TrainedClassifier, path: Path, fingerprint: str) -> None:
    """Write the network beside the data that it was learnt from."""
    content = {"network": classifier.network.state_dict(), "accuracy": classifier.accuracy, "fingerprint": fingerprint}
    content["knows"] = classifier.knows.tolist()
    with whole(path) as beside:
        torch.save(content, beside)


def load(path: Path, fingerprint: str) -> TrainedClassifier | None:
    """Return the network, or None where there is none or it was learnt from something else."""
    try:
        content = torch.load(path, map_location="cpu", weights_only=True)
        if content["fingerprint"] != fingerprint:
            return None
        network: Network = ResNet18() if "layer1.0.conv1.weight" in content["network"] else AttributeNet()
        network.load_state_dict(content["network"])
        return TrainedClassifier(network.eval(), dict(content["accuracy"]), np.array(content["knows"], np.bool_))
    except (OSError, RuntimeError, KeyError, ValueError, EOFError, pickle.UnpicklingError):
        return None


def initial_network(path: Path) -> Network:
    """Return the initial network of a transfer: an earlier labeller's, or torchvision's resnet18 from its state dict.

    Raises:
        FacesError: the file is neither.
    """
    try:
        content = torch.load(path, map_location="cpu", weights_only=True)
        network = AttributeNet()
        network.load_state_dict(content["network"])
        return network
    except (OSError, RuntimeError, KeyError, TypeError, ValueError, EOFError, pickle.UnpicklingError):
        return from_torchvision(path)


def _freeze(network: Network, *, frozen: bool) -> None:
    for name, weight in network.named_parameters():
        weight.requires_grad_(not frozen or name.startswith("last."))


def _positive_weights(labels: Tensor) -> Tensor:
    """Return the weight of a present attribute against an absent one: as much as it is rarer, within reason."""
    present, absent = (labels > 0).sum(0), (labels < 0).sum(0)
    return (absent / present.clamp(min=1)).clamp(0.2, 5)


def _sampling_weights(labels: Tensor) -> Tensor:
    """Return how often each face is looked at: so that an attribute with few labels is not drowned by one with many."""
    is_labelled = (labels != 0).float()
    return (is_labelled / is_labelled.sum(0).clamp(min=1)).sum(1)


def _masked_loss(logits: Tensor, labels: Tensor, weights: Tensor) -> Tensor:
    is_labelled = labels != 0
    loss = functional.binary_cross_entropy_with_logits(
        logits, (labels > 0).float(), pos_weight=weights, reduction="none"
    )
    return (loss * is_labelled).sum() / is_labelled.sum().clamp(min=1)


def _augmented(pictures: Tensor) -> Tensor:
    flip = torch.rand(len(pictures), 1, 1, 1) < 0.5
    pictures = torch.where(flip, pictures.flip(3), pictures)
    down, right = (int(shift) for shift in torch.randint(-2, 3, (2,)))
    pictures = pictures.roll((down, right), (2, 3))
    return pictures * (1 + 0.3 * (torch.rand(len(pictures), 1, 1, 1) - 0.5)) + 0.3 * (
        torch.rand(len(pictures), 1, 1, 1) - 0.5
    )


def _accuracy(classifier: TrainedClassifier, faces: Faces, positions: NDArray[np.intp]) -> dict[str, float]:
    labels = torch.from_numpy(faces.labels[positions])
    correct = (classifier.scores(as_tensor(faces.images, positions)) > 0) == (labels > 0)
    is_labelled = labels != 0
    shares = (correct & is_labelled).sum(0) / is_labelled.sum(0)
    return {
        name: math.nan if not has_labels else share
        for name, share, has_labels in zip(ATTRIBUTES, shares.tolist(), is_labelled.any(0).tolist(), strict=True)
    }
