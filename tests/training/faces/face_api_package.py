"""A package in the form of npm's @vladmandic/face-api whose networks have learnt nothing."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from training.faces.data import convert_face_api

Shape = tuple[int, ...]


def expression_shapes() -> dict[str, Shape]:
    """Return the shapes of the expression network's weights."""
    shapes: dict[str, Shape] = {}
    before = 3
    for block, channels in enumerate((32, 64, 128, 256)):
        for index in range(4):
            name, into = f"dense{block}/conv{index}", before if index == 0 else channels
            if block or index:
                shapes[f"{name}/depthwise_filter"] = (3, 3, into, 1)
                shapes[f"{name}/pointwise_filter"] = (1, 1, into, channels)
            else:
                shapes[f"{name}/filters"] = (3, 3, 3, channels)
            shapes[f"{name}/bias"] = (channels,)
        before = channels
    return shapes | {"fc/weights": (256, 7), "fc/bias": (7,)}


def recognition_shapes() -> dict[str, Shape]:
    """Return the shapes of the recognition network's weights."""
    shapes: dict[str, Shape] = {}

    def convolution(name: str, side: int, inputs: int, outputs: int) -> None:
        shapes[f"{name}/conv/filters"] = (side, side, inputs, outputs)
        shapes.update({f"{name}/{part}": (outputs,) for part in ("conv/bias", "scale/weights", "scale/biases")})

    convolution("conv32_down", 7, 3, 32)
    before = 32
    for channels, down, plain in ((32, 0, 3), (64, 1, 3), (128, 1, 2), (256, 1, 2)):
        names = [f"conv{channels}_down"] * down + [f"conv{channels}_{index}" for index in range(1, plain + 1)]
        for name in names + (["conv256_down_out"] if channels == 256 else []):
            convolution(f"{name}/conv1", 3, before, channels)
            convolution(f"{name}/conv2", 3, channels, channels)
            before = channels
    return shapes | {"fc": (256, 128)}


def write_network(package: Path, name: str, shapes: Mapping[str, Shape]) -> None:
    """Write random weights: those of ``fc/`` wide, all others as bytes with a scale and a least value."""
    random, entries, data = np.random.default_rng(0), [], b""
    for weight, shape in shapes.items():
        values = random.normal(0, 1 / np.sqrt(max(np.prod(shape[:-1]), 1)), shape)
        entry: dict[str, object] = {"name": weight, "shape": shape}
        if weight.startswith("fc/"):
            data += values.astype(np.float32).tobytes()
        else:
            scale, least = float(np.ptp(values)) / 255 or 1.0, float(values.min())
            entry["quantization"] = {"dtype": "uint8", "scale": scale, "min": least}
            data += np.round((values - least) / scale).astype(np.uint8).tobytes()
        entries.append(entry)
    (package / "model").mkdir(exist_ok=True)
    (package / "model" / f"{name}.bin").write_bytes(data)
    (package / "model" / f"{name}-weights_manifest.json").write_text(json.dumps([{"weights": entries}]))


def trust(monkeypatch: pytest.MonkeyPatch, package: Path, *names: str) -> None:
    """Let the package pass for the real one."""
    for name in names:
        digest = hashlib.sha256((package / "model" / f"{name}.bin").read_bytes()).hexdigest()
        monkeypatch.setitem(convert_face_api._SHA256, name, digest)
