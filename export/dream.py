"""Dreams of a bundle: one graph with a picture and a weight a depth in, and the gradient of what is seen there out.

DeepDream (Mordvintsev et al. 2015) climbs the gradient of how strongly a network sees what it sees. The bot has no
autograd: the way back is written out, by the same weights, as a part of an ordinary graph.
"""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn

from bot.bundle import DEPTHS, Model, Role, dream_signature
from bot.inference.session import Graph
from export.convert import store_weights_as_fp16, store_weights_as_int8, to_onnx
from export.errors import ExportError
from export.graph import file_of, opened
from training.pictures.lite0 import Block, Conv, Lite0, load_lite0, normalized

NAME = "dream"
BLOCKS = {"wave": 4, "eye": 7, "dream": 10}
"""After how many blocks it is looked at what is seen, by the depths that the bot asks for."""
SAME, SAME_WHEN_NARROW = 1 - 1e-6, 0.97
"""The least cosine between a gradient of the graph and the network's. At the edge of a relu6 a last digit decides."""
_LARGE = 8192
"""Numbers of a weight that is stored in 8 bits; of the early layers, which all depends on, each bit counts."""
_SIZES = ((64, 96), (160, 32))
_SCALE = 255 / 128
"""Of what the network sees for a picture from 0 to 1."""
_MOST = 6.0
"""Of relu6: neither from here on nor below 0 does anything change with what comes in."""


class _Layer(nn.Module):
    """A convolution that its normalization is folded into, and the way back through it."""

    weight: Tensor
    bias: Tensor

    def __init__(self, conv: Conv, norm: nn.BatchNorm2d) -> None:
        super().__init__()
        mean, variance = norm.get_buffer("running_mean"), norm.get_buffer("running_var")
        scale = norm.weight / torch.sqrt(variance + norm.eps)
        self.register_buffer("weight", (conv.weight * scale.view(-1, 1, 1, 1)).detach())
        self.register_buffer("bias", (norm.bias - mean * scale).detach())
        self.stride, self.groups, self.around = conv.stride[0], conv.groups, conv.around

    def forward(self, x: Tensor) -> Tensor:
        x = nn.functional.pad(x, self.around) if any(self.around) else x
        return nn.functional.conv2d(x, self.weight, self.bias, self.stride, groups=self.groups)

    def back(self, gradient: Tensor) -> Tensor:
        """Return the gradient of what came in, by that of what went out."""
        if self.stride == 1:
            # The kernel turned round, from each output to each input: faster than a transposed convolution.
            weight = self.weight.flip(2, 3) if self.weight.shape[2] > 1 else self.weight
            weight = weight if self.groups > 1 else weight.transpose(0, 1)
            return nn.functional.conv2d(gradient, weight, padding=self.around[0], groups=self.groups)
        padded = nn.functional.conv_transpose2d(
            gradient, self.weight, stride=self.stride, padding=self.around[0], groups=self.groups
        )
        beyond = self.around[1] - self.around[0]  # what the padding had more of below and to the right
        return padded[:, :, :-beyond, :-beyond] if beyond else padded


class _Passed(NamedTuple):
    """What the way back through a block has to know: what came out of each layer before it was cut off."""

    expanded: Tensor | None
    deep: Tensor


class _Block(nn.Module):
    def __init__(self, block: Block) -> None:
        super().__init__()
        self.expand = _Layer(block.expand_conv, block.bn0) if block.expand_conv and block.bn0 else None
        self.depthwise = _Layer(block.depthwise_conv, block.bn1)
        self.project = _Layer(block.project_conv, block.bn2)
        self.is_added = block.is_added

    def forward(self, x: Tensor) -> tuple[Tensor, _Passed]:
        expanded = self.expand(x) if self.expand else None
        deep = self.depthwise(x if expanded is None else _cut(expanded))
        out = self.project(_cut(deep))
        return x + out if self.is_added else out, _Passed(expanded, deep)

    def back(self, gradient: Tensor, passed: _Passed) -> Tensor:
        before = self.depthwise.back(_where_open(self.project.back(gradient), passed.deep))
        if self.expand is not None and passed.expanded is not None:
            before = self.expand.back(_where_open(before, passed.expanded))
        return before + gradient if self.is_added else before


class Ascent(nn.Module):
    """A picture and how much each depth counts → the gradient of how strongly it is seen there, in mean squares.

    ``picture`` is ``[height, width, 3]`` from 0 to 1, red first, sides divisible by 16; ``depths`` is
    one number a depth; the gradient is as large as the picture.
    """

    def __init__(self, network: Lite0) -> None:
        """Take the network, whose weights are the graph's."""
        super().__init__()
        self.stem = _Layer(network.conv_stem, network.bn0)
        self.blocks = nn.ModuleList(
            _Block(block) for block in network.blocks[: max(BLOCKS.values())] if isinstance(block, Block)
        )

    def forward(self, picture: Tensor, depths: Tensor) -> Tensor:
        """Return the gradient."""
        stem = self.stem(normalized(picture.permute(2, 0, 1).unsqueeze(0)))
        x, passed, seen = _cut(stem), list[_Passed](), list[Tensor]()
        blocks = [block for block in self.blocks if isinstance(block, _Block)]
        for block in blocks:
            x, of_block = block(x)
            passed.append(of_block)
            seen.append(x)
        gradient = torch.zeros_like(x)
        for number in range(len(blocks), 0, -1):
            for depth, after in enumerate(BLOCKS.values()):
                if number == after:
                    gradient = gradient + depths[depth] * _of_mean_square(seen[number - 1])
            gradient = blocks[number - 1].back(gradient, passed[number - 1])
        gradient = self.stem.back(_where_open(gradient, stem))
        return gradient[0].permute(1, 2, 0) * _SCALE


def _of_mean_square(x: Tensor) -> Tensor:
    return 2 * x / (x.shape[1] * x.shape[2] * x.shape[3])


def _cut(x: Tensor) -> Tensor:
    return x.clamp(0.0, _MOST)


def _where_open(gradient: Tensor, before: Tensor) -> Tensor:
    """Return the gradient of what came into relu6, ``before`` it was cut off."""
    return gradient * ((before > 0) & (before < _MOST))


def export_dream(folder: Path, progress: Callable[[str], None]) -> dict[str, Model]:
    """Write the graph into ``folder``, prove it equal to the network, and return its entry.

    Raises:
        ExportError: the graph is not the network, or in 8 bits leads elsewhere.
        BundleError: the bot's own reader refuses the graph.
    """
    progress("dreams: writing the graph")
    ascent, path = Ascent(load_lite0()).eval(), folder / f"{NAME}.onnx"
    to_onnx(ascent, (torch.rand(64, 96, 3), torch.ones(len(DEPTHS))), *dream_signature(), path)
    progress("dreams: comparing it with the network")
    _check(opened(folder, NAME, _entry(path, {})), ascent, SAME)
    store_weights_as_int8(path, _LARGE)
    store_weights_as_fp16(path, except_for=(".scale",))
    cosine = _check(opened(folder, NAME, _entry(path, {})), ascent, SAME_WHEN_NARROW)
    return {NAME: _entry(path, {"cosine": cosine})}


def _entry(path: Path, metrics: dict[str, float]) -> Model:
    return Model(Role.DREAM, file_of(path), *dream_signature(), metrics)


def _check(graph: Graph, ascent: Ascent, least: float) -> float:
    """Return the least cosine between a gradient of the graph and the network's, over sizes and depths.

    Raises:
        ExportError: it is below ``least``.
    """
    cosine = min(_cosine(graph, ascent, size, depth) for size in _SIZES for depth in range(len(DEPTHS)))
    if not cosine >= least:
        raise ExportError(f"{NAME} leads elsewhere than its network: a cosine is {cosine:.4f}, less than {least:g}.")
    return cosine


def _cosine(graph: Graph, ascent: Ascent, size: tuple[int, int], depth: int) -> float:
    picture = np.random.default_rng(depth).random((*size, 3), np.float32)
    depths = np.eye(len(DEPTHS), dtype=np.float32)[depth]
    (actual,) = graph.run_all(picture, depths)
    with torch.inference_mode():
        expected = ascent(torch.from_numpy(picture), torch.from_numpy(depths)).numpy()
    return float((actual * expected).sum() / np.linalg.norm(actual) / np.linalg.norm(expected))
