"""DiffAugment (Zhao et al. 2020): the discriminator never sees a picture as it is, and the gradient passes through.

For small sets, which a discriminator would learn by heart. Randomness is torch's own.
"""

import torch
from torch import Tensor
from torch.nn import functional


def diffaugment(pictures: Tensor) -> Tensor:
    """Return ``pictures [b, 3, s, s]``, each with other colours, shifted, and with a hole cut out."""
    return cut_out(shift(colour(pictures)))


def colour(pictures: Tensor) -> Tensor:
    """Change brightness (±0.5), saturation (0 to 2 times) and contrast (0.5 to 1.5 times)."""
    light, vivid, strong = (torch.rand(len(pictures), 1, 1, 1, device=pictures.device) for _ in range(3))
    pictures = pictures + (light - 0.5)
    grey = pictures.mean(1, keepdim=True)
    pictures = grey + (pictures - grey) * (2 * vivid)
    middle = pictures.mean((1, 2, 3), keepdim=True)
    return middle + (pictures - middle) * (0.5 + strong)


def shift(pictures: Tensor) -> Tensor:
    """Move each picture by up to an eighth of its side; what comes in is 0."""
    count, _, height, width = pictures.shape
    reach = round(height / 8)
    padded = functional.pad(pictures, [reach] * 4)
    down, right = (torch.randint(0, 2 * reach + 1, (count, 1), device=pictures.device) for _ in range(2))
    rows = (down + torch.arange(height, device=pictures.device))[:, None, :, None]
    columns = (right + torch.arange(width, device=pictures.device))[:, None, None, :]
    which = torch.arange(count, device=pictures.device)[:, None, None, None]
    channels = torch.arange(pictures.shape[1], device=pictures.device)[None, :, None, None]
    return padded[which, channels, rows, columns]


def cut_out(pictures: Tensor) -> Tensor:
    """Set a square of half the side, anywhere, to 0."""
    count, _, height, width = pictures.shape
    half = round(height / 2) // 2
    middle_y = torch.randint(0, height, (count, 1, 1, 1), device=pictures.device)
    middle_x = torch.randint(0, width, (count, 1, 1, 1), device=pictures.device)
    y = torch.arange(height, device=pictures.device)[None, None, :, None]
    x = torch.arange(width, device=pictures.device)[None, None, None, :]
    inside = ((y - middle_y).abs() < half) & ((x - middle_x).abs() < half)
    return pictures * ~inside
