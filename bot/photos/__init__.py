"""Photos: read with care, faces found, aligned and cut out, and laid back. Knows pixels alone.

Training prepares its data with the same code: what the encoder saw in training is what it sees in the bot. Pillow and
OpenCV are imported by the first photo, not by whoever imports this.
"""

from bot.photos.aligning import EYES, Located, crop, lay_back, natural_size, soft_mask, standard
from bot.photos.carrying import carry
from bot.photos.finding import find
from bot.photos.reading import MOST_BYTES, PhotoError, PhotoProblem, read

__all__ = [
    "EYES",
    "MOST_BYTES",
    "Located",
    "PhotoError",
    "PhotoProblem",
    "carry",
    "crop",
    "find",
    "lay_back",
    "natural_size",
    "read",
    "soft_mask",
    "standard",
]
