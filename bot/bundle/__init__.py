"""The contract between export and bot: what a bundle is, how its text is cut into pieces, what its faces can do.

The bot owns it; training and export import it. Standard library only, so that importing it costs nothing.
"""

from bot.bundle.faces import (
    ATTRIBUTES,
    ENCODER,
    GENERATORS,
    Direction,
    Directions,
    encoder_signature,
    generator_signature,
)
from bot.bundle.manifest import (
    SCHEMA_VERSION,
    Bundle,
    BundleError,
    File,
    Manifest,
    Model,
    Tensor,
    sha256_of,
    text_signature,
)
from bot.bundle.tokenizer import BEGIN, END, SPECIALS, START, UNKNOWN, Piece, Tokenizer, normalise
from bot.bundle.verbatim import VerbatimFilter

__all__ = [
    "ATTRIBUTES",
    "BEGIN",
    "ENCODER",
    "END",
    "GENERATORS",
    "SCHEMA_VERSION",
    "SPECIALS",
    "START",
    "UNKNOWN",
    "Bundle",
    "BundleError",
    "Direction",
    "Directions",
    "File",
    "Manifest",
    "Model",
    "Piece",
    "Tensor",
    "Tokenizer",
    "VerbatimFilter",
    "encoder_signature",
    "generator_signature",
    "normalise",
    "sha256_of",
    "text_signature",
]
