"""Photos: read with care, faces found, aligned and cut out, laid back, and shown. Knows pixels alone.

Training prepares its data with the same code: what the encoder saw in training is what it sees in the bot. Pillow,
OpenCV and ONNX Runtime are imported by the first photo, not by whoever imports this.
"""

from bot.photos.alignment import (
    EYES,
    VERSION,
    Eyes,
    Located,
    beyond,
    crop,
    lay_back,
    natural_size,
    resized,
    soft_mask,
    standard,
)
from bot.photos.decoding import MOST_BYTES, PhotoError, PhotoProblem, read, size
from bot.photos.detection import find, has_large_face
from bot.photos.editing import lit
from bot.photos.flow_transfer import carry
from bot.photos.formats import SHOWN, animation, enlarged, jpeg, png, row, shrunk
from bot.photos.marking import Box, box, compared, gallery, numbered, steps
from bot.photos.notes import faces_of, with_faces
from bot.photos.painting import mixed, with_colours_kept, with_faces_kept

__all__ = [
    "EYES",
    "MOST_BYTES",
    "SHOWN",
    "VERSION",
    "Box",
    "Eyes",
    "Located",
    "PhotoError",
    "PhotoProblem",
    "animation",
    "beyond",
    "box",
    "carry",
    "compared",
    "crop",
    "enlarged",
    "faces_of",
    "find",
    "gallery",
    "has_large_face",
    "jpeg",
    "lay_back",
    "lit",
    "mixed",
    "natural_size",
    "numbered",
    "png",
    "read",
    "resized",
    "row",
    "shrunk",
    "size",
    "soft_mask",
    "standard",
    "steps",
    "with_colours_kept",
    "with_faces",
    "with_faces_kept",
]
