"""start.command and start.bat: a double click makes what is missing once, and opens Dantok."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BATCH = (ROOT / "start.bat").read_bytes().decode()
ON_POSIX = pytest.mark.skipif(os.name != "posix", reason="a script of POSIX's shell")
ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere PyPI's torch is the small one")

UV = """#!/bin/sh
echo "uv $*" >> calls
[ "$1" = venv ] && mkdir -p .venv-train/bin && cp dantok .venv-train/bin/dantok
[ ! -e broken ]
"""
# One that does not know, or cannot reach, where torch's other builds are.
PLAIN_UV = UV + 'case "$*" in *--torch-backend=*) exit 2 ;; esac\n'
INSTALL = "uv pip install --python .venv-train --constraint requirements/train.txt "
ASKED = INSTALL + "--dry-run --quiet --reinstall-package torch --torch-backend=auto torch"
DANTOK = '#!/bin/sh\necho "dantok $*" >> calls\n'
# Any Python will do to fetch uv with: pip puts it into .uv.
PYTHON = """#!/bin/sh
echo "python $*" >> calls
[ "$3" = --version ] || { mkdir -p .uv/bin && cp fetched .uv/bin/uv; }
"""


def program(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
    file.chmod(0o700)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a checkout with nothing installed, and a path on which there is only what any system has."""
    checkout = tmp_path / "단톡 main"
    (checkout / "requirements").mkdir(parents=True)
    for name in ("pyproject.toml", "requirements/train.txt", "requirements/dev.txt", "start.command"):
        shutil.copy(ROOT / name, checkout / name)
    (tmp_path / "path").mkdir()
    for name in ("dirname", "find", "touch", "mkdir", "cp", "sh", "uname"):
        (tmp_path / "path" / name).symlink_to(shutil.which(name) or name)
    program(checkout / "dantok", DANTOK)
    return checkout


def start(folder: Path, *words: str, language: str = "C") -> tuple[int, str]:
    """Start as a double click does, and return the exit code and what was said; the calls are in the file `calls`."""
    done = subprocess.run(
        ["/bin/sh", folder / "start.command", *words],
        cwd="/",
        env={"PATH": str(folder.parent / "path"), "LANG": language},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def calls(folder: Path) -> list[str]:
    return (folder / "calls").read_text(encoding="utf-8").splitlines() if (folder / "calls").exists() else []


@ON_LINUX
def test_the_first_start_makes_the_environment_from_the_pins_and_the_second_only_opens(folder: Path) -> None:
    program(folder.parent / "path" / "uv", UV)
    assert start(folder, "all", "--chat", "a b.txt")[0] == 0
    assert calls(folder) == [
        "uv venv --quiet --allow-existing --python >=3.11,<3.14 .venv-train",
        ASKED,
        INSTALL + "--editable .[train] --torch-backend=auto",
        "dantok all --chat a b.txt",
    ]
    assert start(folder)[0] == 0
    assert calls(folder)[4:] == ["dantok "]


@ON_LINUX
def test_where_the_small_build_of_torch_cannot_be_had_pypis_is(folder: Path) -> None:
    program(folder.parent / "path" / "uv", PLAIN_UV)
    assert start(folder)[0] == 0
    assert calls(folder)[1:] == [ASKED, INSTALL + "--editable .[train]", "dantok "]


@ON_POSIX
def test_new_pins_are_installed(folder: Path) -> None:
    program(folder.parent / "path" / "uv", UV)
    start(folder)
    os.utime(folder / ".venv-train" / "ready", (1, 1))
    start(folder)
    assert len([call for call in calls(folder) if "--editable" in call]) == 2


@ON_POSIX
def test_without_uv_any_python_fetches_it_as_it_is_pinned(folder: Path) -> None:
    program(folder / "fetched", UV)
    program(folder.parent / "path" / "python3", PYTHON)
    assert start(folder)[0] == 0
    (fetched,) = [call for call in calls(folder) if "install" in call and call.startswith("python")]
    assert "--target .uv" in fetched
    assert "--constraint requirements/dev.txt uv" in fetched
    assert calls(folder)[-1] == "dantok "


@ON_POSIX
def test_without_a_python_one_sentence_says_what_to_install(folder: Path) -> None:
    code, said = start(folder, language="ko_KR.UTF-8")
    assert (code, calls(folder)) == (1, [])
    assert said.splitlines()[-1].startswith("파이썬이 없어요.")


@ON_POSIX
def test_what_could_not_be_installed_is_tried_again_at_the_next_start(folder: Path) -> None:
    program(folder.parent / "path" / "uv", UV)
    (folder / "broken").touch()
    code, said = start(folder)
    assert code == 1
    assert said.splitlines()[-1].startswith("It could not be installed")
    (folder / "broken").unlink()
    assert start(folder)[0] == 0
    assert calls(folder)[-1] == "dantok "


def test_the_batch_file_goes_only_where_there_is_something() -> None:
    labels = set(re.findall(r"^:(\w+)\r$", BATCH, re.MULTILINE))
    assert set(re.findall(r"(?:goto|call) :?(\w+)", BATCH)) == labels
    assert BATCH.count("\n") == BATCH.count("\r\n")
    named = re.findall(r"(?:requirements\\[\w.]+|pyproject\.toml)", BATCH)
    assert all((ROOT / name.replace("\\", "/")).is_file() for name in named)


def test_both_scripts_install_the_same() -> None:
    script = (ROOT / "start.command").read_text(encoding="utf-8")
    assert os.access(ROOT / "start.command", os.X_OK)
    for piece in (">=3.11,<3.14", "--allow-existing", ".[train]", "--target .uv"):
        assert piece in script
        assert piece in BATCH
    assert "://" not in script + BATCH
