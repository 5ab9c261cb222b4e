"""``python -m benchmarks [topic …]``: measure and print; with ``--write PAGE`` put tables there, and JSON beside it.

What other topics had there stays, each with its date. ``--compare`` prints two commits' JSON beside each other.
"""

import argparse
import importlib
import pkgutil
from collections.abc import Sequence
from pathlib import Path

import benchmarks
from benchmarks import results
from benchmarks.figure import Figure

NOT_TOPICS = {"__main__", "figure", "results", "soak", "things", "watched"}


def main() -> None:
    """Measure the topics that were asked for, or all."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("topics", nargs="*", metavar="topic", help=", ".join(topics()))
    parser.add_argument("--write", type=Path, metavar="PAGE", help="also put them into this page, and JSON beside it")
    parser.add_argument("--compare", type=Path, nargs=2, metavar=("BEFORE", "NOW"), help="only compare two such files")
    arguments = parser.parse_args()
    if arguments.compare:
        print("\n".join(results.compared(*map(results.read, arguments.compare))))
        return
    print("\n".join(results.head()), flush=True)
    for topic in arguments.topics or topics():
        on = results.machine()
        figures = [results.kept_of(figure) for figure in _shown(topic)]
        if arguments.write:
            # At once: what is measured is kept where a later topic breaks off.
            kept = results.read(arguments.write.with_suffix(".json"))
            results.write(arguments.write, kept | {topic: on | {"figures": figures}})


def topics() -> Sequence[str]:
    """Return the name of every benchmark module."""
    return sorted(module.name for module in pkgutil.iter_modules(benchmarks.__path__) if module.name not in NOT_TOPICS)


def _shown(topic: str) -> Sequence[Figure]:
    """Return the figures of a topic, each printed as it comes."""
    figures = list[Figure]()
    for figure in importlib.import_module(f"benchmarks.{topic}").measure():
        print(results.row_of(figure), flush=True)
        figures.append(figure)
    return figures


if __name__ == "__main__":
    main()
