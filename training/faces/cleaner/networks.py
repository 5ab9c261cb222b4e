"""The two autoencoders of a cleaner, both learnt from spoilt faces to the good ones (Vincent et al. 2008).

The one is convolutional, takes a face of any size and gives it back clean; the other is deep, sees a face at 20 × 20
pixels through a neck of 20 numbers, and what it cannot give back is of no kind that it knows. Neither knows training.
"""

from torch import Tensor, nn

SEEN = 20
"""Pixels of the side at which a face is looked at to see whether it is of a known kind."""
SMALL = 2 * SEEN
"""Pixels of the side of what is given for that."""
_NECK, _HIDDEN = 20, 160
_LEAK, _SMALL_START = 0.1, 0.1
"""Of what is below zero so much is passed on: with none, all that cleans was dead after some hundred steps."""
_FLATTEST = 0.03
"""The least standard deviation of light, as a share of all, by which a face is brought to one contrast."""


def _convolved(before: int, after: int, step: int = 1) -> nn.Sequential:
    return nn.Sequential(nn.Conv2d(before, after, 3, step, 1), nn.LeakyReLU(_LEAK))


def _enlarged(before: int, after: int) -> nn.Sequential:
    return nn.Sequential(nn.Conv2d(before, 4 * after, 1), nn.PixelShuffle(2))


class Denoiser(nn.Module):
    """A convolutional autoencoder with what is fine passed by its neck; it learns what is to be taken off.

    Its faces are ``[n, 3, height, width]`` in [0, 1], either side a multiple of 4.
    """

    def __init__(self, width: int) -> None:
        """Take the channels of its narrowest layer."""
        super().__init__()
        self.fine = nn.Sequential(_convolved(3, width), _convolved(width, width))
        self.middle = nn.Sequential(_convolved(width, 2 * width, 2), _convolved(2 * width, 2 * width))
        self.coarse = nn.Sequential(_convolved(2 * width, 4 * width, 2), _convolved(4 * width, 4 * width))
        self.to_middle, self.of_middle = _enlarged(4 * width, 2 * width), _convolved(2 * width, 2 * width)
        self.to_fine, self.of_fine = _enlarged(2 * width, width), _convolved(width, width)
        self.out = nn.Conv2d(width, 3, 3, 1, 1)
        self.out.weight.data *= _SMALL_START

    def forward(self, faces: Tensor) -> Tensor:
        """Return the faces clean; what lies outside [0, 1] is not cut off."""
        fine = self.fine(faces)
        middle = self.middle(fine)
        middle = self.of_middle(middle + self.to_middle(self.coarse(middle)))
        taken: Tensor = self.out(self.of_fine(fine + self.to_fine(middle)))
        return faces + taken


class Familiarity(nn.Module):
    """A deep autoencoder of small grey faces (Hinton & Salakhutdinov 2006), each brought to one light and contrast."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = nn.Sequential(nn.Linear(SEEN * SEEN, _HIDDEN), nn.ReLU(), nn.Linear(_HIDDEN, _NECK))
        self.decoder = nn.Sequential(nn.Linear(_NECK, _HIDDEN), nn.ReLU(), nn.Linear(_HIDDEN, SEEN * SEEN))

    def forward(self, faces: Tensor) -> Tensor:
        """Return how far each of faces ``[n, 3, 40, 40]`` in [0, 1] is from what is given back: 1 is all of it."""
        seen = self.seen(faces)
        return (self.given_back(seen) - seen).square().mean(dim=1).sqrt()

    def given_back(self, seen: Tensor) -> Tensor:
        """Return what comes through the neck of what is seen."""
        back: Tensor = self.decoder(self.encoder(seen))
        return back

    def seen(self, faces: Tensor) -> Tensor:
        """Return faces as it sees them, ``[n, 400]``: grey, of mean 0 and deviation 1."""
        grey = nn.functional.avg_pool2d(faces.mean(dim=1, keepdim=True), 2).flatten(1)
        centred = grey - grey.mean(dim=1, keepdim=True)
        return centred / centred.square().mean(dim=1, keepdim=True).sqrt().clamp(min=_FLATTEST)


class Cleaner(nn.Module):
    """Both, as a bundle has them: bytes in, bytes and numbers out, channels last."""

    def __init__(self, width: int) -> None:
        """Take the channels of the narrowest layer of what cleans."""
        super().__init__()
        self.denoiser, self.familiarity = Denoiser(width), Familiarity()

    def forward(self, face: Tensor, small: Tensor) -> tuple[Tensor, Tensor]:
        """Return the faces clean, and how strange each is as seen in ``small``."""
        clean = self.denoiser(_floats(face)).permute(0, 2, 3, 1)
        return (clean * 255).round().clamp(0, 255).byte(), self.familiarity(_floats(small))


def _floats(pictures: Tensor) -> Tensor:
    return pictures.permute(0, 3, 1, 2).float() / 255
