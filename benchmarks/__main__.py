"""``python -m benchmarks [topic …]``: measure and print the table; all of it is written with ``--write FILE``."""

import argparse
import importlib
import os
import pkgutil
import platform
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import benchmarks
from benchmarks.figure import Figure

NOT_TOPICS = {"__main__", "figure", "soak", "watched"}
BEGIN, END = "<!-- measured -->\n", "<!-- end of what was measured -->\n"


def main() -> None:
    """Measure the topics that were asked for, or all."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("topics", nargs="*", metavar="topic", help=", ".join(topics()))
    parser.add_argument("--write", type=Path, metavar="FILE", help="also put the table into this page")
    arguments = parser.parse_args()
    if arguments.write and arguments.topics:
        parser.error("--write replaces the whole table: it goes with all topics")
    rows: list[str] = [_row("figure", "measured", "asked for", "reached", "note"), _row(*["---"] * 5)]
    print("\n".join(rows), flush=True)
    for figure in measure(arguments.topics or topics()):
        rows.append(row_of(figure))
        print(rows[-1], flush=True)
    if arguments.write:
        put(arguments.write, f"{machine()}\n\n" + "\n".join(rows) + "\n")


def put(page: Path, measured: str) -> None:
    """Replace what stands between the two marks of ``page``."""
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    page.write_text(f"{before}{BEGIN}{measured}{END}{after}", encoding="utf-8")


def topics() -> list[str]:
    """Return the name of every benchmark module."""
    return sorted(module.name for module in pkgutil.iter_modules(benchmarks.__path__) if module.name not in NOT_TOPICS)


def measure(names: Sequence[str]) -> Iterator[Figure]:
    """Yield the figures of the named topics as they are measured."""
    for name in names:
        yield from importlib.import_module(f"benchmarks.{name}").measure()


def row_of(figure: Figure) -> str:
    """Return a figure as a row of a Markdown table."""
    value = "not measured" if figure.value is None else f"{figure.value:,.3g} {figure.unit}".rstrip()
    if figure.value is not None and abs(figure.value) >= 1000:
        value = f"{figure.value:,.0f} {figure.unit}".rstrip()
    return _row(figure.name, value, figure.target or "–", figure.verdict(), figure.note or "")


def machine() -> str:
    """Return what the figures were measured on."""
    return (
        f"Measured on {date.today().isoformat()}: {os.cpu_count()} cores ({platform.machine()}), "
        f"{platform.system()}, Python {platform.python_version()}."
    )


def _row(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |"


if __name__ == "__main__":
    main()
