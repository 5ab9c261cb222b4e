"""Report pages, as HTML, with everything inside; and that of a run: its pictures, curves, metrics and directions."""

import base64
import html
from collections.abc import Mapping, Sequence
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
table { border-collapse: collapse; display: block; overflow-x: auto; }
td, th { padding: .2rem .8rem; text-align: right; }
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
    measures = table(["measure", ""], [[_METRICS.get(name, name), f"{value:.4g}"] for name, value in metrics.items()])
    return page(
        f"{config.kind}, {config.steps:,} steps of {config.batch}",
        f"{figures}<h2>Measures</h2>{measures}<h2>Directions</h2>{_directions(directions, refused)}",
    )


def page(title: str, content: str) -> str:
    """Return a page of one file; ``content`` is HTML."""
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{html.escape(title)}</title>'
        f"<style>{_STYLE}</style><h1>{html.escape(title)}</h1>{content}</html>\n"
    )


def picture(data: bytes, kind: str, caption: str) -> str:
    """Return a picture, whole inside the page, with its caption."""
    source = f"data:image/{kind};base64,{base64.b64encode(data).decode()}"
    return f'<figure><img src="{source}" alt=""><figcaption>{html.escape(caption)}</figcaption></figure>'


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table of texts."""

    def row(cells: Sequence[str], tag: str) -> str:
        return "<tr>" + "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in cells) + "</tr>"

    return f"<table>{row(heads, 'th')}{''.join(row(cells, 'td') for cells in rows)}</table>"


def _directions(directions: Directions, refused: Mapping[str, str]) -> str:
    keys = [key for key in _SCORES if any(key in direction.measured for direction in directions.by_attribute.values())]
    rows = [
        [name, *(f"{direction.measured[key]:.0%}" if key in direction.measured else "–" for key in keys)]
        for name, direction in directions.by_attribute.items()
    ]
    without = "".join(f"<p>{html.escape(name)}: none, {html.escape(why)}.</p>" for name, why in refused.items())
    return table(["attribute", *(_SCORES[key] for key in keys)], rows) + without


def _figure(path: Path, caption: str) -> str:
    if not path.is_file():
        return ""
    return picture(path.read_bytes(), path.suffix.removeprefix("."), caption)
