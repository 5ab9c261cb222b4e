"""Where the bundle of the invented group lies that ships with the bot. Light to import."""

from pathlib import Path

DEMO_BUNDLE = Path(__file__).parent / "demo"


def usual_bundle() -> Path:
    """Return ``bundle/`` in the current folder where there is one, else the bundle that ships."""
    own = Path("bundle")
    return own if own.is_dir() else DEMO_BUNDLE
