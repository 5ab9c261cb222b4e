"""The editor's network: from the lower face and a strength to the four fields (two U-Nets, Ronneberger et al. 2015).

A strength of 1 is a grin, a half a smile with the mouth hardly open, 0 changes nothing, and below 0 a smile is taken
back. Each way has a U-Net of its own, of three quarters of a million weights at the usual width: in one for both, what
hides a smile came up as marks beside the mouths that were to smile. Knows nothing of how it is trained.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional

from bot.photos.editing import COARSE_SIDE, WINDOW_SIDE
from training.faces.editor.fields import Fields, drawable, movable

REACH = 0.11
"""The farthest that anything is moved, in shares of the window's side."""
MEAN_SIDE = 20
"""Pixels of the side of the mean flow, which the network's own comes on top of."""
_BRIGHTEST_SHADE, _STRONGEST_CHROMA = 0.25, 0.15
_AS_COLOURFUL = 0.08
"""The chroma of a photo, as a standard deviation from grey, from which on a mouth has its full colours."""
_GROUPS = 8
# Red and blue against the luma, after ITU-R BT.601: green follows.
_CHROMA = ((1.402, 0.0), (-0.714, -0.344), (0.0, 1.772))


def _convolution(channels_in: int, channels_out: int, stride: int = 1) -> nn.Conv2d:
    return nn.Conv2d(channels_in, channels_out, 3, stride, 1)


def _head(channels_in: int, channels_out: int) -> nn.Conv2d:
    """Return a last layer that says next to nothing at first."""
    head = _convolution(channels_in, channels_out)
    nn.init.normal_(head.weight, 0, 1e-3)
    if head.bias is not None:
        nn.init.zeros_(head.bias)
    return head


class _Block(nn.Module):
    """Two convolutions whose result is added."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.norm = nn.GroupNorm(_GROUPS, channels)
        self.first, self.second = _convolution(channels, channels), _convolution(channels, channels)

    def forward(self, x: Tensor) -> Tensor:
        inner = functional.silu(self.first(functional.silu(self.norm(x))))
        result: Tensor = x + self.second(inner)
        return result


class EditorNetwork(nn.Module):
    """Windows ``[n, 3, 80, 80]`` in [0, 1] and strengths ``[n, 1]`` → :class:`Fields`."""

    def __init__(self, width: int, mean_flow: Tensor | None = None) -> None:
        """Take the channels of the widest layer, and the flow ``[2, 20, 20]`` of a smile to start from."""
        super().__init__()
        self.more, self.less = _OneWay(width, mean_flow), _OneWay(width, mean_flow)

    def forward(self, window: Tensor, strength: Tensor) -> Fields:
        """Return how the faces change."""
        more, less = self.more(window, strength.clamp(min=0)), self.less(window, strength.clamp(max=0))
        is_more = strength.view(-1, 1, 1, 1) >= 0
        return Fields(*(torch.where(is_more, one, other) for one, other in zip(more, less, strict=True)))

    def sorted_by_way(self, window: Tensor, strength: Tensor) -> Fields:
        """Return the same as :meth:`forward`, each face seen by one network alone: half of the work."""
        is_more = strength[:, 0] >= 0
        ways = [(self.more, is_more.nonzero()[:, 0]), (self.less, (~is_more).nonzero()[:, 0])]
        parts = [way(window[mine], strength[mine]) for way, mine in ways if len(mine)]
        back = torch.argsort(torch.cat([mine for _, mine in ways]))
        return Fields(*(torch.cat(fields)[back] for fields in zip(*parts, strict=True)))


class _OneWay(nn.Module):
    """The same for strengths of one sign."""

    movable: Tensor
    drawable: Tensor
    chroma: Tensor

    def __init__(self, width: int, mean_flow: Tensor | None = None) -> None:
        """Take the channels of the widest layer, and the flow ``[2, 20, 20]`` to start from."""
        super().__init__()
        wide, middle, deep = width, 2 * width, 4 * width
        self.stem = nn.Sequential(_convolution(17, wide), nn.SiLU(), _convolution(wide, wide), nn.SiLU())
        self.down = nn.Sequential(_convolution(wide, middle, 2), nn.SiLU(), _Block(middle))
        self.bottom = nn.Sequential(_convolution(middle, deep, 2), nn.SiLU(), *(_Block(deep) for _ in range(3)))
        self.up = nn.Sequential(_convolution(deep + middle, middle), nn.SiLU(), _Block(middle))
        self.top = nn.Sequential(_convolution(middle + wide, wide), nn.SiLU(), _Block(wide))
        self.flow, self.shade = _head(middle, 2), _head(wide, 3)
        self.fine, self.tint = _head(wide, 8), _head(wide, 2)
        start = torch.zeros(2, MEAN_SIDE, MEAN_SIDE) if mean_flow is None else mean_flow
        self.mean_flow = nn.Parameter(start[None].clone())
        self.register_buffer("movable", movable(COARSE_SIDE), persistent=False)
        self.register_buffer("drawable", drawable(WINDOW_SIDE), persistent=False)
        self.register_buffer("chroma", torch.tensor(_CHROMA), persistent=False)

    def forward(self, window: Tensor, strength: Tensor) -> Fields:
        """Return how the faces change."""
        amount = strength.view(-1, 1, 1, 1)
        mean, spread = window.mean((2, 3), keepdim=True), window.std((1, 2, 3), keepdim=True) + 0.05
        even = functional.pixel_unshuffle((window - mean) / spread, 2)
        whole = torch.cat([mean - 0.5, spread, amount], 1).expand(-1, -1, COARSE_SIDE, COARSE_SIDE)
        colourful = (window - window.mean(1, keepdim=True)).square().mean((1, 2, 3), keepdim=True).sqrt()
        vivid = (colourful / _AS_COLOURFUL).clamp(max=1)
        at_full = self.stem(torch.cat([even, whole], 1))
        at_half = self.down(at_full)
        coarse = self.up(torch.cat([_doubled(self.bottom(at_half)), at_half], 1))
        top = self.top(torch.cat([_doubled(coarse), at_full], 1))
        fine = functional.pixel_shuffle(self.fine(top), 2)
        # At a strength of 0 the photo stays; from a quarter on a mouth may hide what was there.
        seen = 1 - torch.exp(-6 * amount.abs())
        alpha = torch.sigmoid(8 * fine[:, :1] - 3) * self.drawable * seen
        colour = self._colour(mean, 4 * spread * fine[:, 1:], top, vivid)
        fields = (self._flow(coarse) * amount, self._shade(top, vivid) * amount, alpha, colour)
        return Fields(*(field.float() for field in fields))

    def _flow(self, coarse: Tensor) -> Tensor:
        flow = REACH * torch.tanh((self.mean_flow + self.flow(coarse)) / REACH)
        return functional.interpolate(flow, scale_factor=2, mode="bilinear") * self.movable

    def _shade(self, top: Tensor, vivid: Tensor) -> Tensor:
        shade = _BRIGHTEST_SHADE * torch.tanh(self.shade(top) / _BRIGHTEST_SHADE * 0.5) * self.movable
        return shade.mean(1, keepdim=True).lerp(shade, vivid)

    def _colour(self, mean: Tensor, luma: Tensor, top: Tensor, vivid: Tensor) -> Tensor:
        """Return what is drawn, around the skin's own colour: sharp in its light, and soft in its tint.

        Drawn as sharp as the light, colour frays at teeth. It is no more colourful than the photo, in a grey one grey.
        """
        chroma = _STRONGEST_CHROMA * vivid * torch.tanh(2 * self.tint(top))
        tint = torch.einsum("rc,ncyx->nryx", self.chroma, chroma)
        raw = mean + luma + functional.interpolate(tint, scale_factor=2, mode="bilinear")
        return torch.sigmoid(4 * raw - 2)  # nearly as it is in the middle, and never beyond white


def _doubled(x: Tensor) -> Tensor:
    return functional.interpolate(x, scale_factor=2, mode="nearest")
