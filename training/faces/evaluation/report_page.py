"""The report page of a run, as HTML: its pictures, curves, metrics and directions. Everything is inside the page."""

import base64
import html
from collections.abc import Mapping
from pathlib import Path

from bot.bundle import Directions
from training.faces.config import FacesConfig

_PICTURES = {
    "fresh.png": "Fresh faces",
    "reconstructions.png": "Photos never learnt from, each with its reconstruction to the right",
    "strips.png": "One face, each attribute in turn from −3 to +3",
    "latents.png": "The latents of photos beside the standard normal",
    "curves.png": "How it learnt",
    "training.webp": "The same latents as training went on",
}
_METRICS = {
    "kid": "Kernel distance to held-out photos, in the judge's features; lower is better",
    "kid_low": "…95 of 100 draws lie above",
    "kid_high": "…and below",
    "kid_inception": "Kernel distance in Inception's features, as papers give it",
    "kid_inception_low": "…95 of 100 draws lie above",
    "kid_inception_high": "…and below",
    "swd": "Sliced Wasserstein distance of patches; lower is better",
    "nearest_ratio": "Nearest training photo, against the same for held-out photos; towards 0 it copies",
    "images_per_second": "Pictures a second on this machine",
}
_SCORES = {
    "flips_1": "seen at 1",
    "flips_2": "at 2",
    "flips_3": "at 3",
    "others_2": "most other change at 2",
    "identity_2": "identity",
    "recognised_2": "person recognised",
    "decode_flips_2": "photos decoded: seen",
    "decode_others_2": "other change",
    "decode_identity_2": "identity",
    "carry_flips_2": "photos carried: seen",
    "carry_others_2": "other change",
    "carry_identity_2": "identity",
}
"""Scores of the directions by the judge, in shares of faces that lacked the attribute; "identity" is a cosine."""
_STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
img { max-width: 100%; border-radius: .4rem; image-rendering: pixelated; min-width: min(100%, 40rem); }
table { border-collapse: collapse; } td, th { padding: .2rem .8rem; text-align: right; }
td:first-child, th:first-child { text-align: left; } tr:nth-child(even) { background: #8881; }
figure { margin: 2rem 0; } figcaption { opacity: .7; }
"""


def report_page(
    folder: Path,
    config: FacesConfig,
    metrics: Mapping[str, float],
    directions: Directions,
    refused: Mapping[str, str],
) -> str:
    """Return the page of the run whose pictures lie in ``folder``."""
    figures = "".join(_figure(folder / name, caption) for name, caption in _PICTURES.items())
    table = _table(["measure", ""], [[_METRICS.get(name, name), f"{value:.4g}"] for name, value in metrics.items()])
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{config.kind}</title><style>{_STYLE}</style>'
        f"<h1>{config.kind}, {config.steps:,} steps of {config.batch}</h1>{figures}"
        f"<h2>Measures</h2>{table}<h2>Directions</h2>{_directions(directions, refused)}</html>\n"
    )


def _directions(directions: Directions, refused: Mapping[str, str]) -> str:
    keys = [key for key in _SCORES if any(key in direction.measured for direction in directions.by_attribute.values())]
    rows = [
        [name, *(f"{direction.measured[key]:.0%}" if key in direction.measured else "–" for key in keys)]
        for name, direction in directions.by_attribute.items()
    ]
    without = "".join(f"<p>{html.escape(name)}: none, {html.escape(why)}.</p>" for name, why in refused.items())
    return _table(["attribute", *(_SCORES[key] for key in keys)], rows) + without


def _figure(path: Path, caption: str) -> str:
    if not path.is_file():
        return ""
    kind = path.suffix.removeprefix(".")
    data = base64.b64encode(path.read_bytes()).decode()
    return f'<figure><img src="data:image/{kind};base64,{data}" alt=""><figcaption>{caption}</figcaption></figure>'


def _table(heads: list[str], rows: list[list[str]]) -> str:
    def row(cells: list[str], tag: str) -> str:
        return "<tr>" + "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in cells) + "</tr>"

    return f"<table>{row(heads, 'th')}{''.join(row(cells, 'td') for cells in rows)}</table>"
