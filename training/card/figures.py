"""Figures of the card: plots of HTML and inline SVG, tables, lines and pictures. Knows nothing of what they show.

A plot stretches to the width there is while its words stay as large as the text around it, which a picture's do not.
"""

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import chain, cycle

_MEDIA = {"png": "png", "jpg": "jpeg"}
"""Media types of pictures, by the endings of their names."""
_STROKES = ("solid", "dashed", "dotted")
"""Curves differ by these as well as by colour."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: its name, its length, and the value as it is to be read; ``is_ours`` sets it off from the others."""

    name: str
    value: float
    shown: str
    is_ours: bool = True


@dataclass(frozen=True, slots=True)
class Bars:
    """Lying bars under a caption, from nought on."""

    caption: str
    bars: Sequence[Bar]
    note: str = ""

    def html(self) -> str:
        """Return it as HTML."""
        longest = max((bar.value for bar in self.bars), default=0) or 1
        rows = "".join(
            f'<div class="{"ours" if bar.is_ours else "other"}"><span>{escape(bar.name)}</span>'
            f'<i style="--share:{bar.value / longest:.4f}"></i><b>{escape(bar.shown)}</b></div>'
            for bar in self.bars
        )
        return _figure(self.caption, f'<div class="bars">{rows}</div>', self.note)


@dataclass(frozen=True, slots=True)
class Columns:
    """Standing columns, one a step of time; the step's name stands under those whose index is in ``named``."""

    caption: str
    values: Sequence[tuple[str, float]]
    named: Sequence[int]
    unit: str

    def html(self) -> str:
        """Return it as HTML."""
        highest = max((value for _, value in self.values), default=0) or 1
        columns = "".join(
            f'<i style="--share:{value / highest:.4f}" title="{escape(name)}: {value:,.0f}{escape(self.unit)}"></i>'
            for name, value in self.values
        )
        count = len(self.values)
        names = "".join(
            f'<span style="--at:{(index + 0.5) / count:.4f}"{_edge(index, count)}>{escape(name)}</span>'
            for index, (name, _) in enumerate(self.values)
            if index in self.named
        )
        top = f'<span class="top">{highest:,.0f}{escape(self.unit)}</span>'
        return _figure(self.caption, f'{top}<div class="columns">{columns}</div><div class="under">{names}</div>')


@dataclass(frozen=True, slots=True)
class Curves:
    """Curves over even ``steps``; ``mark`` is the place of one of them, where a line stands, with what it says.

    ``shown`` is how a height is to be read, where that is not the value itself.
    """

    caption: str
    by_name: Mapping[str, Sequence[float]]
    steps: Sequence[float]
    unit: str
    mark: tuple[int, str] | None = None
    shown: Callable[[float], str] = "{:,.3g}".format
    note: str = ""

    def html(self) -> str:
        """Return it as HTML."""
        low, high = self._bounds()
        width = len(self.steps) - 1 or 1
        lines = "".join(
            f'<polyline class="{stroke}" points="{_points(values, width, low, high)}"/>'
            for stroke, values in zip(cycle(_STROKES), self.by_name.values())
        )
        legend = "".join(
            f'<span class="{stroke}">{escape(name)}</span>' for stroke, name in zip(cycle(_STROKES), self.by_name)
        )
        if self.mark:
            at = f"{100 * self.mark[0] / width:.2f}"
            lines += f'<line x1="{at}" x2="{at}" y1="0" y2="100"/>'
            legend += f'<span class="mark">{escape(self.mark[1])}</span>'
        return _figure(
            self.caption,
            f'<div class="legend">{legend}</div><div class="curves"><span>{escape(self.shown(high))}</span>'
            f'<svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">{lines}</svg>'
            f'<span>{escape(self.shown(low))}</span></div><div class="under"><span class="first">'
            f'{self.steps[0]:,.0f}</span><span class="last">{self.steps[-1]:,.0f} {escape(self.unit)}</span></div>',
            self.note,
        )

    def _bounds(self) -> tuple[float, float]:
        values = [*chain.from_iterable(self.by_name.values())] or [0.0]
        low, high = min(values), max(values)
        return (low, high) if high > low else (low - 1, high + 1)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of texts; the first of each row is what the row is about."""

    caption: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""

    def html(self) -> str:
        """Return it as HTML."""
        head = f"<tr>{''.join(f'<th>{escape(cell)}</th>' for cell in self.heads)}</tr>" if self.heads else ""
        rows = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in self.rows)
        return _figure(self.caption, f'<div class="wide"><table>{head}{rows}</table></div>', self.note)


@dataclass(frozen=True, slots=True)
class Lines:
    """What was said, in groups under a heading each."""

    groups: Mapping[str, Sequence[str]]

    def html(self) -> str:
        """Return it as HTML."""
        groups = (
            f"<dt>{escape(name)}</dt>{''.join(f'<dd>{escape(line)}</dd>' for line in lines)}"
            for name, lines in self.groups.items()
        )
        return f"<dl>{''.join(groups)}</dl>"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, whole inside the page; ``kind`` is the ending of its file's name."""

    data: bytes
    kind: str
    caption: str
    note: str = ""

    def html(self) -> str:
        """Return it as HTML."""
        source = f"data:image/{_MEDIA[self.kind]};base64,{base64.b64encode(self.data).decode()}"
        return _figure(self.caption, f'<img src="{source}" alt="{escape(self.caption)}">', self.note)


def _figure(caption: str, content: str, note: str = "") -> str:
    head = f"<figcaption>{escape(caption)}</figcaption>" if caption else ""
    explained = f"<p>{escape(note)}</p>" if note else ""
    return f"<figure>{head}{explained}{content}</figure>"


def _points(values: Sequence[float], width: int, low: float, high: float) -> str:
    """Return the points of a polyline in a square of 100."""
    scaled = ((100 * step / width, 100 * (high - value) / (high - low)) for step, value in enumerate(values))
    return " ".join(f"{x:.2f},{y:.2f}" for x, y in scaled)


def _edge(index: int, count: int) -> str:
    """Return the class of a name that would stand out over the edge if it were centred."""
    return ' class="first"' if index == 0 else ' class="last"' if index == count - 1 else ""
