"""The detector and the landmark network: where faces may be, and where their eyes, nose and mouth are.

Both are face-api's (MIT, see NOTICE), made into ONNX by ``python -m training faces convert``. They know no photo: they
see the pictures that they are given, and each answers in shares of a picture.
"""

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import onnxruntime

POINTS_SIDE = 112
"""Pixels of the side of the pictures whose points are asked for; the detector takes any size."""
CELL = 32
"""Pixels of the side of each of the detector's cells: its pictures are made of whole ones."""

_USUAL_SIZES = np.array(
    ((1.603231, 2.094468), (6.041143, 7.080126), (2.882459, 3.518061), (4.266906, 5.178857), (9.041765, 10.66308)),
    np.float32,
)
"""The widths and heights in cells that the detector's boxes start from (Redmon & Farhadi 2017: anchors)."""
# Of the 68 points, as the iBUG 300-W challenge numbers them.
_LEFT_EYE, _RIGHT_EYE = slice(36, 42), slice(42, 48)
_NOSE, _MOUTH_LEFT, _MOUTH_RIGHT = 30, 48, 54

Picture = NDArray[np.uint8]


def boxes(pictures: Picture) -> NDArray[np.float32]:
    """Return for RGB ``[batch, height, width, 3]`` what may be faces: ``[batch, boxes, 5]``.

    Each is the middle's x and y, width and height, as shares of the picture's, and how sure it is, 0 to 1.
    """
    (cells,) = _session("detector.onnx").run(["cells"], {"pictures": pictures})
    batch, rows, columns, _ = cells.shape
    x, y, width, height, score = np.moveaxis(cells.reshape(batch, rows, columns, len(_USUAL_SIZES), 5), -1, 0)
    across, down = np.arange(columns)[None, :, None], np.arange(rows)[:, None, None]
    coordinates = (
        (across + _sigmoid(x)) / columns,
        (down + _sigmoid(y)) / rows,
        np.exp(width) * _USUAL_SIZES[:, 0] / columns,
        np.exp(height) * _USUAL_SIZES[:, 1] / rows,
        _sigmoid(score),
    )
    return np.stack(coordinates, -1).reshape(batch, -1, 5).astype(np.float32)


def points(pictures: Picture) -> NDArray[np.float32]:
    """Return the 68 points ``[batch, 68, 2]`` of the face that fills each picture, whether there is one or not."""
    (landmarks,) = _session("landmarks.onnx").run(["points"], {"pictures": pictures})
    return np.asarray(landmarks, np.float32)


def five(landmarks: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return of 68 points ``[…, 68, 2]`` five: both eyes' middles, the nose's tip, both corners of the mouth."""
    eyes = (landmarks[..., _LEFT_EYE, :].mean(-2), landmarks[..., _RIGHT_EYE, :].mean(-2))
    return np.stack([*eyes, *(landmarks[..., point, :] for point in (_NOSE, _MOUTH_LEFT, _MOUTH_RIGHT))], -2)


def _sigmoid(value: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray((1 + np.tanh(value / 2)) / 2, np.float32)


@cache
def _session(name: str) -> "onnxruntime.InferenceSession":
    """One thread that sleeps between photos: whoever calls this has a thread of its own."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.enable_cpu_mem_arena = False  # an arena keeps what the largest photo needed, for ever
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 4
    weights = (files("bot.photos") / "weights" / name).read_bytes()
    return onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])
