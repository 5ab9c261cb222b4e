"""A bundle that is open: it speaks, and draws where it has faces. Knows nothing of who asks."""

from dataclasses import dataclass
from pathlib import Path

from bot.bundle import Bundle, VerbatimFilter
from bot.inference.artist import Artist, open_artist
from bot.inference.session import Provider, open_text
from bot.inference.speaker import Speaker


@dataclass(frozen=True, slots=True)
class Voice:
    """A bundle, its speaker, its artist if it has faces, what they were asked to run on, and what they really run on.

    That is ``CUDA`` or ``CPU``.
    """

    bundle: Bundle
    speaker: Speaker
    asked: Provider
    provider: str
    artist: Artist | None = None


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
    speaker = Speaker(session, session.tokenizer, verbatim)
    return Voice(bundle, speaker, provider, session.provider, open_artist(bundle, provider))
