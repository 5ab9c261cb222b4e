"""A graph of a bundle: written from its network, named by its hash, opened by the bot's own reader, compared.

Knows no model: what a graph is for, and how far it may be off, say those who export one.
"""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from bot.bundle import Bundle, File, Manifest, Model, Signature, sha256_of
from bot.inference.session import Graph, open_graph
from export.convert import store_weights_as_fp16, to_onnx
from export.errors import ExportError

Array = NDArray[Any]


def file_of(path: Path) -> File:
    """Return the manifest's entry for a file."""
    return File(path.name, sha256_of(path))


def write_graph(
    network: nn.Module,
    example: torch.Tensor | tuple[torch.Tensor, ...],
    signature: Signature,
    path: Path,
    narrowed: Callable[[Path], None] = store_weights_as_fp16,
) -> File:
    """Write a network as the graph ``path``, its weights ``narrowed``, and return the file's entry.

    Raises:
        ExportError: the graph came out otherwise than promised.
    """
    to_onnx(network, example, *signature, path)
    narrowed(path)
    return file_of(path)


def opened(folder: Path, name: str, model: Model) -> Graph:
    """Open a graph as the bot will.

    Raises:
        BundleError: the bot's own reader refuses it.
    """
    return open_graph(Bundle(folder, Manifest({}, {name: model})), model, "cpu")


def largest(actual: Array, expected: Array) -> float:
    """Return the largest difference."""
    return float(np.abs(actual.astype(np.float64) - expected).max())


def largest_share(actual: Array, expected: Array) -> float:
    """Return the largest difference as a share of the largest number, where that is above 1."""
    return largest(actual, expected) / max(1.0, float(np.abs(expected).max()))


def compare(  # noqa: PLR0913 - two things that are compared, by what, and how
    name: str,
    graph: Graph,
    network: Callable[..., Any],
    examples: Iterable[Sequence[Array]],
    most: float | Sequence[float],
    *,
    off: Callable[[Array, Array], float] = largest,
) -> None:
    """Compare what a graph makes of examples with what its network makes; ``most`` is of all outputs, or of each.

    Raises:
        ExportError: an output is further ``off``.
    """
    for example in examples:
        with torch.inference_mode():
            expected = network(*map(torch.from_numpy, example))
        targets = expected if isinstance(expected, tuple) else (expected,)
        limits = [most] * len(targets) if isinstance(most, float | int) else most
        for actual, target, limit in zip(graph.run_all(*example), targets, limits, strict=True):
            difference = off(actual, target.numpy())
            if not difference <= limit:
                raise ExportError(f"{name} differs from its network by {difference:.2g}, more than {limit:g}.")
