"""A bundle that is open and speaks. Knows nothing of who asks."""

from dataclasses import dataclass
from pathlib import Path

from bot.bundle import Bundle, VerbatimFilter
from bot.inference.session import Provider, open_text
from bot.inference.speaker import Speaker


@dataclass(frozen=True, slots=True)
class Voice:
    """A bundle, its speaker, what the speaker was asked to run on, and what it really runs on: ``CUDA`` or ``CPU``."""

    bundle: Bundle
    speaker: Speaker
    asked: Provider
    provider: str


def open_voice(folder: Path, provider: Provider = "auto") -> Voice:
    """Open the bundle in ``folder``.

    Raises:
        BundleError: the bundle must not be served.
        ProviderError: the GPU was asked for by name and is not in use.
    """
    bundle = Bundle.open(folder)
    session = open_text(bundle, provider)
    file = bundle.model("text").verbatim
    verbatim = VerbatimFilter.open(bundle.path(file)) if file else None
    return Voice(bundle, Speaker(session, session.tokenizer, verbatim), provider, session.provider)
