"""The Discord bot: serves a bundle, and knows nothing of how one is trained or exported."""

__version__ = "0.2.0"
