"""The losses of style transfer: what is seen in a painting beside what is seen in the photo and in the style's picture.

Gatys et al. 2016, https://openaccess.thecvf.com/content_cvpr_2016/papers/Gatys_Image_Style_Transfer_CVPR_2016_paper.pdf:
content is what one layer sees where, style is which channels of several layers are seen together (Gram matrices). The
layers are those of EfficientNet-Lite0 and not of VGG-19, which is 30 times as much work; of each layer the loss is a
share of what is to be met, so that none outweighs the others. Knows nothing of who paints.
"""

from typing import NamedTuple, cast

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.pictures.lite0 import Block, Lite0, normalized

_EXPANSIONS = (1, 2, 4, 6, 8)
"""Blocks of whose widened channels a style is made: texture is clearer there than in what they are narrowed to."""
_CONTENT = 4
"""The block after which things are told apart and not yet named: an eighth of the photo's size."""


class Losses(NamedTuple):
    """Of each painting ``[n]``."""

    content: Tensor
    style: Tensor
    roughness: Tensor

    def total(self, style_weight: float, smoothness: float) -> Tensor:
        """Return what is to become less."""
        return (self.content + style_weight * self.style + smoothness * self.roughness).mean()


class StyleLoss(nn.Module):
    """Paintings and photos ``[n, 3, h, w]``, from 0 to 1 → :class:`Losses` beside one picture ``[3, h, w]``."""

    def __init__(self, lite0: Lite0, picture: Tensor) -> None:
        super().__init__()
        self._lite0 = lite0
        with torch.no_grad():
            self._style = [_gram(layer) for layer in self._seen(picture[None])[0]]

    def forward(self, paintings: Tensor, photos: Tensor) -> Losses:
        """Return the losses of each painting, of which each is of one photo."""
        layers, content = self._seen(paintings)
        with torch.no_grad():
            _, wanted = self._seen(photos)
        style = [_share_off(_gram(layer), own) for layer, own in zip(layers, self._style, strict=True)]
        return Losses(_share_off(content, wanted), torch.stack(style).mean(0), _roughness(paintings))

    def _seen(self, pictures: Tensor) -> tuple[list[Tensor], Tensor]:
        """Return the layers of style, and that of content."""
        network = self._lite0
        x = functional.relu6(network.bn0(network.conv_stem(normalized(pictures))))
        layers, content = [x], x
        for index in range(max(_EXPANSIONS) + 1):
            block = cast(Block, network.blocks[index])
            if index in _EXPANSIONS and block.expand_conv is not None and block.bn0 is not None:
                layers.append(functional.relu6(block.bn0(block.expand_conv(x))))
            x = block(x)
            content = x if index == _CONTENT else content
        return layers, content


def _gram(layer: Tensor) -> Tensor:
    """Return ``[n, c, c]``: how often two channels are seen at one place."""
    flat = layer.float().flatten(2)
    return flat @ flat.transpose(1, 2) / flat.shape[2]


def _share_off(actual: Tensor, wanted: Tensor) -> Tensor:
    """Return the mean squared error of each as a share of what is wanted."""
    wanted = wanted.float()
    error = (actual.float() - wanted).square().flatten(1).mean(1)
    return error / wanted.square().flatten(1).mean(1)


def _roughness(pictures: Tensor) -> Tensor:
    """Return the total variation of each picture a pixel."""
    down = (pictures[:, :, 1:] - pictures[:, :, :-1]).abs().flatten(1).mean(1)
    across = (pictures[..., 1:] - pictures[..., :-1]).abs().flatten(1).mean(1)
    return down + across
