"""``python -m tests.fuzz [target …] --seconds 600``: atheris looks for bytes that are neither taken nor refused.

Each target is a process of its own, guided by the lines of our code that its inputs reach. A find ends it, is kept in
the folder of ``--corpus``, and becomes a test beside the code that it was found in.
"""

import argparse
import subprocess
import sys
from pathlib import Path

OURS = ["bot", "training", "playground", "owner"]


def main() -> int:
    """Fuzz the targets one after another; return 1 if anything was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="target")
    parser.add_argument("--seconds", type=int, default=600, help="for each target")
    parser.add_argument("--corpus", type=Path, default=Path(".fuzz"), help="where inputs are kept from run to run")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.inside:
        _fuzz(asked.targets[0], asked.seconds, asked.corpus)
    from tests.fuzz.targets import TARGETS

    well = [_in_a_process(name, asked.seconds, asked.corpus) for name in asked.targets or TARGETS]
    return 0 if all(well) else 1


def _in_a_process(name: str, seconds: int, corpus: Path) -> bool:
    command = [sys.executable, "-m", "tests.fuzz", name, "--inside", "--seconds", str(seconds), "--corpus", str(corpus)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, errors="replace")
    last = [line for line in done.stderr.splitlines() if "cov:" in line or "Exception" in line or "Error" in line]
    print(f"{name}: {'nothing found' if done.returncode == 0 else 'A FIND'} · {last[-1] if last else ''}", flush=True)
    if done.returncode:
        print(done.stdout[-3000:], done.stderr[-3000:], flush=True)
    return done.returncode == 0


def _fuzz(name: str, seconds: int, corpus: Path) -> None:
    import atheris

    with atheris.instrument_imports(include=OURS):
        from tests.fuzz.targets import TARGETS
    folder = corpus / name
    folder.mkdir(parents=True, exist_ok=True)
    for number, example in enumerate(TARGETS[name].examples()):
        (folder / f"example-{number}").write_bytes(example)
    given = [f"-max_total_time={seconds}", "-timeout=20", "-rss_limit_mb=4096"]
    atheris.Setup([name, *given, f"-artifact_prefix={folder}/find-", str(folder)], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    raise SystemExit(main())
