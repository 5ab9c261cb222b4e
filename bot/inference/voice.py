"""The voice that serves now, opened from a bundle; a new one takes its place whole or not at all."""

from pathlib import Path

from bot.bundle import Bundle
from bot.inference.session import Provider, open_text
from bot.inference.speaker import Speaker


class Voice:
    """A bundle with its speaker."""

    def __init__(self, folder: Path, provider: Provider = "auto") -> None:
        """Open the bundle in ``folder``.

        Raises:
            BundleError: the bundle must not be served.
            ProviderError: the GPU was asked for by name and is not in use.
        """
        self.bundle = Bundle.open(folder)
        session = open_text(self.bundle, provider)
        self.provider = session.provider
        self.speaker = Speaker(session, session.tokenizer)
