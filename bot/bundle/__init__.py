"""The contract between export and bot: what a bundle is, how its text is cut into pieces, what its faces can do.

The bot owns it; training and export import it. Standard library only, so that importing it costs nothing.
"""

from bot.bundle.dreams import COARSEST, DEPTHS, dream_signature
from bot.bundle.faces import (
    Direction,
    Directions,
    editor_signature,
    encoder_signature,
    generator_signature,
)
from bot.bundle.manifest import (
    LETTERS,
    PHOTO,
    SCHEMA_VERSION,
    Bundle,
    BundleError,
    Crop,
    File,
    LearntFrom,
    Manifest,
    Model,
    Role,
    Tensor,
    check_generator_name,
    features_signature,
    fill_signature,
    picker_signature,
    reactions_signature,
    scene_signature,
    sha256_of,
    text_signature,
)
from bot.bundle.parts import ALPHABET, BEGIN, GOES_ON
from bot.bundle.tokenizer import END, SPECIALS, START, UNKNOWN, Piece, Rare, Tokenizer, normalise
from bot.bundle.verbatim import VerbatimFilter

__all__ = [
    "ALPHABET",
    "BEGIN",
    "COARSEST",
    "DEPTHS",
    "END",
    "GOES_ON",
    "LETTERS",
    "PHOTO",
    "SCHEMA_VERSION",
    "SPECIALS",
    "START",
    "UNKNOWN",
    "Bundle",
    "BundleError",
    "Crop",
    "Direction",
    "Directions",
    "File",
    "LearntFrom",
    "Manifest",
    "Model",
    "Piece",
    "Rare",
    "Role",
    "Tensor",
    "Tokenizer",
    "VerbatimFilter",
    "check_generator_name",
    "dream_signature",
    "editor_signature",
    "encoder_signature",
    "features_signature",
    "fill_signature",
    "generator_signature",
    "normalise",
    "picker_signature",
    "reactions_signature",
    "scene_signature",
    "sha256_of",
    "text_signature",
]
