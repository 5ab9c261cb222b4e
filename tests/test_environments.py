"""Whoever clones this has some Python: ``make`` finds one that fits, or says in a sentence what it found."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

FIND = Path(__file__).parents[1] / ".ci" / "find-python"
pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows has neither make nor sh")

FITTING = f'#!/bin/sh\nexec {sys.executable} "$@"\n'
LEFT_BY_A_VERSION_MANAGER = "#!/bin/sh\necho 'command not found' >&2; exit 127\n"


def of(version: str) -> str:
    """Return a Python of another version: it does not fit, and says what it is."""
    return f'#!/bin/sh\ncase "$2" in *platform*) echo {version};; *) exit 1;; esac\n'


def found(folder: Path, pythons: dict[str, str], *named: str) -> tuple[int, str, str]:
    """Look for a Python where nothing but ``pythons`` is on the path."""
    for name, script in pythons.items():
        (folder / name).write_text(script, encoding="utf-8")
        (folder / name).chmod(0o700)
    finished = subprocess.run(
        ["/bin/sh", FIND, *named], env={"PATH": str(folder)}, capture_output=True, text=True, check=False
    )
    return finished.returncode, finished.stdout.strip(), finished.stderr.strip()


@pytest.mark.parametrize(
    ("pythons", "taken"),
    [
        ({"python3.11": FITTING}, "python3.11"),
        ({"python3.11": FITTING, "python3.13": FITTING}, "python3.13"),
        ({"python3.11": FITTING, "python3.12": LEFT_BY_A_VERSION_MANAGER}, "python3.11"),
        ({"python3": of("3.10.12"), "python": FITTING}, "python"),
    ],
)
def test_the_newest_that_starts_and_fits_is_taken(tmp_path: Path, pythons: dict[str, str], taken: str) -> None:
    assert found(tmp_path, pythons) == (0, taken, "")


def test_a_named_one_is_taken_before_all_others(tmp_path: Path) -> None:
    assert found(tmp_path, {"python3.13": FITTING, "mine": FITTING}, "mine") == (0, "mine", "")


@pytest.mark.parametrize(
    ("pythons", "named", "what"),
    [
        ({}, (), "found none:"),
        ({"python3": of("3.9.6"), "python": of("2.7.18")}, (), "found python3 (3.9.6), python (2.7.18):"),
        ({"python3.13": LEFT_BY_A_VERSION_MANAGER, "python3": of("3.14.1")}, (), "found python3 (3.14.1):"),
        ({"python3.12": FITTING, "python3.8": of("3.8.20")}, ("python3.8",), "found python3.8 (3.8.20):"),
    ],
)
def test_where_none_fits_one_sentence_says_what_was_found(
    tmp_path: Path, pythons: dict[str, str], named: tuple[str, ...], what: str
) -> None:
    code, printed, sentence = found(tmp_path, pythons, *named)
    assert (code, printed) == (1, "")
    assert what in sentence
    assert "Python 3.11, 3.12 or 3.13" in sentence
    assert len(sentence.splitlines()) == 1
