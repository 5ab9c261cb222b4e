"""`python -m training.samples` writes the invented room again, the same bytes every time; standard library only."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from training.samples.room import sample_room

COMMITTED = Path(__file__).parent / "KakaoTalk_Chats.txt"


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the sample group's export to the committed file or to --out."""
    parser = argparse.ArgumentParser(prog="python -m training.samples", description=__doc__)
    parser.add_argument("--out", type=Path, default=COMMITTED, help="where to write (default: the committed file)")
    out: Path = parser.parse_args(arguments).out
    content = sample_room()
    out.write_bytes(content)
    sys.stdout.write(f"{out}: {len(content):,} bytes\n")


if __name__ == "__main__":
    main()
