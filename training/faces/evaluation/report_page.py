"""Report pages of measurements, as HTML, with everything inside. Knows nothing of what was measured."""

import base64
import html
from collections.abc import Sequence

_STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
img { max-width: 100%; border-radius: .4rem; image-rendering: pixelated; min-width: min(100%, 40rem); }
table { border-collapse: collapse; display: block; overflow-x: auto; }
td, th { padding: .2rem .8rem; text-align: right; }
td:first-child, th:first-child { text-align: left; } tr:nth-child(even) { background: #8881; }
figure { margin: 2rem 0; } figcaption { opacity: .7; }
"""


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
