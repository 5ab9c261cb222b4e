"""Pixels to floats and back, in the one place that does it."""

import numpy as np
import torch

from training.faces.data.tensors import as_tensor, quantised, scaled, to_bytes, to_floats


def test_every_byte_comes_back_and_lies_where_networks_want_it() -> None:
    pictures = np.arange(256, dtype=np.uint8).repeat(12).reshape(-1, 2, 2, 3)
    floats = to_floats(as_tensor(pictures))
    assert floats.shape == (256, 3, 2, 2)
    assert (floats.min(), floats.max()) == (-1, 1)
    np.testing.assert_array_equal(to_bytes(floats), pictures)


def test_what_lies_outside_is_clipped_and_what_lies_between_is_rounded() -> None:
    levels = torch.tensor([-7.0, -1.0, 0.5 / 127.5 - 1 + 1e-4, 0.0, 1.0, 7.0]).reshape(6, 1, 1, 1).expand(6, 3, 1, 1)
    assert quantised(levels)[:, 0, 0, 0].tolist() == [0, 0, 1, 128, 255, 255]


def test_bytes_are_scaled_whatever_their_layout() -> None:
    bytes_first = torch.randint(0, 256, (2, 3, 4, 4), dtype=torch.uint8)
    torch.testing.assert_close(scaled(bytes_first), to_floats(bytes_first.permute(0, 2, 3, 1)))
