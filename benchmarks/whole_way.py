"""From the export that KakaoTalk wrote to the bundle that the bot loads: 53,000 messages, by the ordinary commands.

The messages are the varied sample's, as for reading; every stage is timed by the commands themselves.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from benchmarks.figure import Figure, at_most
from benchmarks.reading import MESSAGES, varied
from training.samples.room import sample_room

MINUTE = 60


def measure() -> Iterator[Figure]:
    """Yield the minutes of every stage, and of the whole way."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        chat, run = folder / "chat.txt", folder / "run"
        chat.write_text(varied(sample_room().decode(), MESSAGES), encoding="utf-8", newline="\r\n")
        training = _seconds("training", "text", chat, "--everyone-agreed", "--out", run, "--cache", folder / "cache")
        exporting = _seconds("export", "--text", run, "--out", folder / "bundle")
        stages = json.loads((run / "report.json").read_text(encoding="utf-8"))["seconds"]
    for stage, seconds in stages.items():
        yield Figure(f"{stage}, {MESSAGES:,} messages", seconds / MINUTE, "min")
    yield Figure("exporting", exporting / MINUTE, "min")
    whole = (training + exporting) / MINUTE
    yield Figure(f"from export to bundle, {MESSAGES:,} messages", whole, "min", "< 12 min", at_most(12))


def _seconds(module: str, *arguments: str | Path) -> float:
    """Run a command of ours to its end and return how long it took."""
    began = perf_counter()
    subprocess.run([sys.executable, "-m", module, *arguments], check=True, stdout=sys.stderr)
    return perf_counter() - began
