"""What was measured: kept as JSON beside the page, topic by topic, shown in tables, compared with another commit's."""

import json
import os
import platform
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.figure import Figure

BEGIN, END = "<!-- measured -->\n", "<!-- end of what was measured -->\n"

Results = Mapping[str, Mapping[str, Any]]
"""By topic: its ``figures``, when and on what they were measured, and how ``busy`` that was before (a load average)."""

_HEAD = ("figure", "measured", "asked for", "reached", "note")


def machine() -> dict[str, Any]:
    """Return what is measured on, and how busy it is with other work at the moment."""
    return {
        "measured": date.today().isoformat(),
        "machine": f"{os.cpu_count()} cores ({platform.machine()}), {platform.system()}, "
        f"Python {platform.python_version()}",
        "busy": round(os.getloadavg()[0], 1),
    }


def read(path: Path) -> dict[str, Any]:
    """Return what was measured before, nothing where there is no such file."""
    results: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return results


def write(page: Path, results: Results) -> None:
    """Put the figures into ``page``, and beside it as JSON."""
    ordered = {topic: results[topic] for topic in sorted(results)}
    text = json.dumps(ordered, ensure_ascii=False, indent=1) + "\n"
    page.with_suffix(".json").write_text(text, encoding="utf-8")
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    page.write_text(f"{before}{BEGIN}{tables(ordered)}{END}{after}", encoding="utf-8")


def tables(results: Results) -> str:
    """Return a table for each topic, and above it when and where it was measured."""
    return "\n".join("\n".join(_table(topic, result)) + "\n" for topic, result in results.items())


def _table(topic: str, result: Mapping[str, Any]) -> Iterator[str]:
    yield f"### {topic}\n\n{described(result)}\n"
    yield _row(*_HEAD)
    yield _row(*["---"] * len(_HEAD))
    for figure in result["figures"]:
        yield _row(figure["name"], _shown(figure), figure["target"] or "–", figure["reached"], figure["note"])


def described(on: Mapping[str, Any]) -> str:
    """Return in words when and on what something was measured, and how busy that was."""
    busy = f" Load before it: {on['busy']:g}." if on["busy"] is not None else ""
    return f"Measured on {on['measured']}: {on['machine']}.{busy}"


def head() -> list[str]:
    """Return the first rows of a table."""
    return [_row(*_HEAD), _row(*["---"] * len(_HEAD))]


def row_of(figure: Figure) -> str:
    """Return a figure as a row of a table."""
    kept = kept_of(figure)
    return _row(kept["name"], _shown(kept), kept["target"] or "–", kept["reached"], kept["note"])


def kept_of(figure: Figure) -> dict[str, Any]:
    """Return a figure as it is kept."""
    return {
        "name": figure.name,
        "value": figure.value,
        "unit": figure.unit,
        "target": figure.target,
        "reached": figure.verdict(),
        "note": figure.note,
    }


def compared(before: Results, now: Results) -> Iterator[str]:
    """Yield a table of the figures that both have, and how many times the first the second is."""
    yield _row("figure", "before", "now", "times")
    yield _row(*["---"] * 4)
    for topic in sorted(before.keys() & now.keys()):
        old = {figure["name"]: figure for figure in before[topic]["figures"]}
        for figure in now[topic]["figures"]:
            was = old.get(figure["name"])
            if was is not None and was["value"] and figure["value"] is not None:
                ratio = f"{figure['value'] / was['value']:.2f}"
                yield _row(f"{topic}: {figure['name']}", _shown(was), _shown(figure), ratio)


def _shown(figure: Mapping[str, Any]) -> str:
    value: float | None = figure["value"]
    if value is None:
        return "not measured"
    number = f"{value:,.0f}" if abs(value) >= 1000 else f"{value:,.3g}"
    return f"{number} {figure['unit']}".rstrip()


def _row(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |"
