"""The bundle of the invented group that ships with the bot. Light to import."""

import json
from pathlib import Path

DEMO_BUNDLE = Path(__file__).parent / "demo_bundle"
INVENTED = "This is the voice of the demo's invented group, not of yours: export a bundle, or set DANTOK_BUNDLE."


def usual_bundle() -> Path:
    """Return ``bundle/`` in the current folder where there is one, else the bundle that ships."""
    own = Path("bundle")
    return own if own.is_dir() else DEMO_BUNDLE


def speaks_as_invented(bundle: Path) -> bool:
    """Say whether the words of ``bundle`` are the invented group's, wherever it lies."""
    return _words(bundle) == _words(DEMO_BUNDLE)


def _words(bundle: Path) -> object:
    """Return what stands for the text model in a bundle that was opened."""
    return json.loads((bundle / "manifest.json").read_text(encoding="utf-8"))["models"].get("text")
