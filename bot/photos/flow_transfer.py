"""Flow transfer: carries a change of a small drawn face onto the photo that it was drawn from.

A face that a network draws is blurred, and no longer the friend. So only the change is taken from it: the optical flow
from the face before to the face after (Kroeger et al. 2016) bends the photo itself, and what the bending does not
explain of the difference is added under a soft mask. Knows nothing of networks.
"""

import numpy as np
from numpy.typing import NDArray

from bot.photos.alignment import EYES, Eyes, resized, soft_mask

_FLOW_AT = 128
"""Pixels of the side at which the flow is looked for: smaller, a mouth is too few pixels for it."""
_SMOOTH = 4.0
_FACE = 0.5
_UNEXPLAINED = 0.8
"""How much of the difference in colour is taken over: all of it would bring the blur along."""


def carry(
    photo: NDArray[np.uint8],
    before: NDArray[np.uint8],
    after: NDArray[np.uint8],
    eyes: Eyes = EYES,
    unexplained: float = _UNEXPLAINED,
) -> NDArray[np.uint8]:
    """Return the crop ``photo [n, n, 3]`` changed as ``before [s, s, 3]`` changed to ``after``; all are aligned."""
    import cv2

    size = len(photo)
    small_before, small_after = (
        cv2.resize(face, (_FLOW_AT, _FLOW_AT), interpolation=cv2.INTER_CUBIC) for face in (before, after)
    )
    flow = _flow(small_after, small_before, eyes)
    left_over = small_after.astype(np.float32) - _bent(small_before, flow)
    left_over = _toned(cv2.GaussianBlur(left_over, (0, 0), 1.0), resized(photo, _FLOW_AT), small_before, eyes)
    scale = size / _FLOW_AT
    large_flow = cv2.resize(flow, (size, size), interpolation=cv2.INTER_CUBIC) * scale
    bent = _bent(photo, large_flow).astype(np.float32)
    added = cv2.resize(left_over, (size, size), interpolation=cv2.INTER_CUBIC) * unexplained
    mask = soft_mask(size, eyes)[..., None]
    changed = bent + added
    return np.asarray(np.clip(np.rint(photo + (changed - photo) * mask), 0, 255), dtype=np.uint8)


def _flow(target: NDArray[np.uint8], source: NDArray[np.uint8], eyes: Eyes) -> NDArray[np.float32]:
    """Return, for each pixel of ``target``, how far away in ``source`` it comes from, smooth and 0 at the border."""
    import cv2

    dis = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)
    greys = [cv2.cvtColor(face, cv2.COLOR_RGB2GRAY) for face in (target, source)]
    flow = dis.calc(greys[0], greys[1], None)
    smooth = cv2.GaussianBlur(flow, (0, 0), _SMOOTH)
    return np.asarray(smooth * soft_mask(len(target), eyes)[..., None], dtype=np.float32)


def _toned(
    added: NDArray[np.float32], photo: NDArray[np.uint8], drawn: NDArray[np.uint8], eyes: Eyes
) -> NDArray[np.float32]:
    """Return what is ``added``, of no more contrast and no more colourful than the ``photo`` is beside what is drawn.

    In a grey photo it is grey, and in a dark one it does not glow.
    """
    face = soft_mask(len(photo), eyes) > _FACE
    (contrast, colour), (drawn_contrast, drawn_colour) = (_tone(picture[face]) for picture in (photo, drawn))
    luma = added.mean(2, keepdims=True)
    kept = min(1.0, contrast / drawn_contrast), min(1.0, colour / drawn_colour)
    return np.asarray(kept[0] * luma + min(kept) * (added - luma), np.float32)


def _tone(pixels: NDArray[np.uint8]) -> tuple[float, float]:
    """Return the contrast of pixels ``[n, 3]`` and how colourful they are, as standard deviations."""
    luma = pixels.mean(1, keepdims=True)
    return float(luma.std()) + 1.0, float(np.sqrt(np.square(pixels - luma).mean())) + 1e-6


def _bent(picture: NDArray[np.uint8], flow: NDArray[np.float32]) -> NDArray[np.uint8]:
    import cv2

    across = np.arange(len(picture), dtype=np.float32)
    x, y = across[None, :] + flow[..., 0], across[:, None] + flow[..., 1]
    bent = cv2.remap(picture, x, y, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(bent, dtype=np.uint8)
