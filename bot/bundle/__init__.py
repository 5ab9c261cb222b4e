"""The contract between export and bot: what a bundle is and how its text is cut into pieces.

The bot owns it; training and export import it. Standard library only, so that importing it costs nothing.
"""

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
    "BEGIN",
    "END",
    "SCHEMA_VERSION",
    "SPECIALS",
    "START",
    "UNKNOWN",
    "Bundle",
    "BundleError",
    "File",
    "Manifest",
    "Model",
    "Piece",
    "Tensor",
    "Tokenizer",
    "VerbatimFilter",
    "normalise",
    "sha256_of",
    "text_signature",
]
