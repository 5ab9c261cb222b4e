"""`python -m training.samples` writes the invented room, the same bytes every time; standard library only."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from training.samples.room import sample_room


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the sample group's export to --out."""
    parser = argparse.ArgumentParser(prog="python -m training.samples", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="where to write")
    out: Path = parser.parse_args(arguments).out
    content = sample_room()
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(content)
    sys.stdout.write(f"{out}: {len(content):,} bytes\n")


if __name__ == "__main__":
    main()
