"""What is written is there whole or not at all, whatever happens in between."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from bot.bundle.files import whole, write_whole


@pytest.mark.parametrize("durable", [True, False])
def test_what_fails_half_way_leaves_what_was_there_and_nothing_beside_it(tmp_path: Path, durable: bool) -> None:
    file = tmp_path / "run.json"
    file.write_text("old")
    with pytest.raises(ZeroDivisionError), whole(file, durable=durable) as beside:
        beside.write_text("half")
        raise ZeroDivisionError
    assert file.read_text() == "old"
    with whole(file, durable=durable) as beside:
        beside.write_text("new")
        assert file.read_text() == "old"
    assert file.read_text() == "new"
    assert list(tmp_path.iterdir()) == [file]


def test_a_kill_half_way_leaves_what_was_there_and_the_next_writer_is_not_disturbed(tmp_path: Path) -> None:
    file = tmp_path / "run.json"
    file.write_text("old")
    program = (
        "import os, sys; from pathlib import Path; from bot.bundle.files import whole\n"
        "with whole(Path(sys.argv[1])) as beside:\n"
        "    beside.write_text('half'); os._exit(9)\n"
    )
    killed = subprocess.run([sys.executable, "-c", program, str(file)], check=False)
    assert (killed.returncode, file.read_text()) == (9, "old")
    with whole(file) as beside:
        beside.write_text("new")
    assert [path.read_text() for path in tmp_path.iterdir()] == ["new"]


def test_a_private_text_is_its_owners_from_the_first_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    modes = []
    write_text = Path.write_text
    monkeypatch.setattr(
        Path, "write_text", lambda path, *given, **more: (modes.append(mode(path)), write_text(path, *given, **more))[1]
    )
    write_whole(tmp_path / "token", "secret", private=True)
    assert [*modes, mode(tmp_path / "token")] == [0o600, 0o600]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)
