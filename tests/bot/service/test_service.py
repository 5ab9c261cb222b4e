"""The service: each system's file says what it must, and what it starts is the bot, in a folder of any name."""

import asyncio
import configparser
import os
import plistlib
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bot.service import launchd, systemd, task_scheduler
from bot.service.service import SUPERVISORS
from bot.service.supervisor import Program
from playground import Playground
from tests.bot import processes
from tests.bot.processes import REDIRECTED, bot
from tests.patience import PATIENCE

SECRET = "MTIzNDU2Nzg5MDEyMzQ1Njc4" + ".Gabcde." + "no-bot-of-anybody-" * 2
ODD = "우리 방 100% $HOME"
"""A name of a folder with everything that these files write in their own way."""


@pytest.fixture
def program(tmp_path: Path) -> Program:
    folder = tmp_path / ODD
    folder.mkdir()
    return Program(folder / "venv" / "bin" / "python.exe", folder, folder / "data" / "dantok.log")


def _unit(program: Program) -> configparser.ConfigParser:
    unit = configparser.ConfigParser(interpolation=None)
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read_string(systemd.text(program).decode())
    return unit


def _command(program: Program) -> list[str]:
    """Return the command of the unit as systemd reads it: quotes, then ``%%``, and ``$$`` but in the first word."""
    first, *words = (word.replace("%%", "%") for word in shlex.split(_unit(program)["Service"]["ExecStart"]))
    return [first, *(word.replace("$$", "$") for word in words)]


def test_the_unit_runs_the_bot_in_its_folder_and_again_after_a_fault_with_longer_and_longer_pauses(
    program: Program,
) -> None:
    service = _unit(program)["Service"]
    assert _command(program) == [str(program.python), "-m", "bot", "run"]
    assert service["WorkingDirectory"].replace("%%", "%") == str(program.folder)
    assert service["Restart"] == "on-failure"
    assert service["RestartPreventExitStatus"].split() == ["1", "2"]
    assert int(service["RestartSec"]) < int(service["RestartMaxDelaySec"])
    assert int(service["RestartSteps"]) > 0
    assert _unit(program)["Unit"]["StartLimitIntervalSec"] == "0"
    assert _unit(program)["Install"]["WantedBy"] == "default.target"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
def test_systemd_understands_the_unit(program: Program) -> None:
    program.python.parent.mkdir(parents=True)
    program.python.symlink_to(sys.executable)
    unit = program.folder.parent / "dantok.service"
    unit.write_bytes(systemd.text(program))
    done = subprocess.run(["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False)
    # Older ones pass over what they do not know of the pauses.
    complaints = [line for line in done.stderr.splitlines() if unit.name in line and "Unknown key" not in line]
    assert (done.returncode, complaints) == (0, [])


def test_the_agent_runs_the_bot_in_its_folder_and_again_after_a_fault(program: Program) -> None:
    agent = plistlib.loads(launchd.text(program))
    assert agent["ProgramArguments"] == [str(program.python), "-m", "bot", "run", "--log-file", str(program.log)]
    assert agent["WorkingDirectory"] == str(program.folder)
    assert agent["RunAtLoad"] is True
    assert agent["KeepAlive"] == {"SuccessfulExit": False}
    assert agent["ThrottleInterval"] >= 10


def test_the_task_runs_the_bot_in_its_folder_at_log_on_and_again_after_a_fault(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("USERDOMAIN", "방")
    monkeypatch.setenv("USERNAME", "R&D")
    written = task_scheduler.text(program)
    assert written.startswith((b"\xff\xfe", b"\xfe\xff"))
    task = ElementTree.fromstring(written)
    found = {element.tag.partition("}")[2]: element.text for element in task.iter()}
    assert found["Command"] == str(program.python.with_name("pythonw.exe"))
    assert found["Arguments"] == f'-m bot run --log-file "{program.log}"'
    assert found["WorkingDirectory"] == str(program.folder)
    users = [element.text for element in task.iter() if element.tag.endswith("UserId")]
    assert users == ["방\\R&D"] * 2
    assert found["MultipleInstancesPolicy"] == "IgnoreNew"
    assert found["ExecutionTimeLimit"] == "PT0S"
    trigger = next(element for element in task.iter() if element.tag.endswith("LogonTrigger"))
    assert any(element.tag.endswith("Repetition") for element in trigger)


@pytest.mark.parametrize("system", SUPERVISORS)
def test_no_secret_is_in_any_file_and_every_path_is_absolute(
    system: str, program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DANTOK_TOKEN", SECRET)
    (program.folder / ".env").write_text(f"DANTOK_TOKEN={SECRET}\n", encoding="utf-8")
    keeper = SUPERVISORS[system](tmp_path)
    written = keeper.text(program)
    for encoding in ("utf-8", "utf-16"):
        assert SECRET not in written.decode(encoding, errors="ignore")
    assert keeper.file.is_absolute()
    assert keeper.file.is_relative_to(tmp_path) or os.environ.get("XDG_CONFIG_HOME")


async def test_what_the_unit_starts_is_the_bot_and_it_reads_the_env_file_beside_it(
    tmp_path: Path, bundle: Path, program: Program
) -> None:
    async with Playground() as playground:
        (program.folder / ".env").write_text(
            f"DANTOK_TOKEN={playground.TOKEN}\nDANTOK_BUNDLE={bundle}\n", encoding="utf-8"
        )
        code = tmp_path / "redirected.py"
        code.write_text(REDIRECTED, encoding="utf-8")
        program.python.parent.mkdir(parents=True)
        # Takes `-m bot` for the bot on the local Discord.
        program.python.write_text(
            f'#!/bin/sh\nshift 2\nexec "{sys.executable}" "{code}" "{playground.url}" "$@"\n', encoding="utf-8"
        )
        program.python.chmod(0o700)
        process = await asyncio.create_subprocess_exec(
            *_command(program), cwd=program.folder, env=processes._HERE, stderr=asyncio.subprocess.PIPE
        )
        await playground.wait_ready()
        assert (await playground.command("/say 오늘 5")).content.startswith("오늘")
        process.terminate()
        await asyncio.wait_for(process.communicate(), PATIENCE)
    assert process.returncode == 0
    assert (program.folder / "data" / "dantok.sqlite3").is_file()


@pytest.fixture
def systemctl(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a systemctl and a loginctl on the path that note what they are asked, and fail if a file says so."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("systemctl", "loginctl"):
        script = f'#!/bin/sh\necho {name} "$@" >> {tmp_path}/asked\nif [ -e {tmp_path}/away ]; then\n'
        script += "echo 'Failed to connect to bus: No medium found' >&2; exit 1; fi\necho active\n"
        (folder / name).write_text(script, encoding="utf-8")
        (folder / name).chmod(0o700)
    for name, value in (("PATH", f"{folder}:{os.environ['PATH']}"), ("XDG_CONFIG_HOME", str(tmp_path / "config"))):
        monkeypatch.setitem(processes._HERE, name, value)
    monkeypatch.setitem(processes._HERE, "LC_ALL", "C.UTF-8")
    return tmp_path


@pytest.mark.skipif(sys.platform != "linux", reason="systemd is Linux's")
async def test_it_is_installed_shown_and_removed_in_a_command_each(systemctl: Path, bundle: Path) -> None:
    file = systemctl / "config" / "systemd" / "user" / "dantok.service"
    room = systemctl / "room"
    room.mkdir()
    code, _, err = await bot("service", "status", cwd=room)
    assert (code, len(err.splitlines())) == (1, 1)
    assert "service install" in err
    (room / ".env").write_text(f"DANTOK_TOKEN={SECRET}\nDANTOK_BUNDLE={bundle}\n", encoding="utf-8")
    code, out, err = await bot("service", "install", cwd=room)
    assert (code, err) == (0, "")
    assert str(room) in out
    assert SECRET not in file.read_text(encoding="utf-8") + out
    code, out, _ = await bot("service", "status", cwd=room)
    assert (code, out) == (0, "active\n")
    code, out, _ = await bot("service", "remove", cwd=room)
    assert (code, file.exists()) == (0, False)
    asked = (systemctl / "asked").read_text(encoding="utf-8").splitlines()
    assert [line for line in asked if "dantok.service" in line] == [
        "systemctl --user enable dantok.service",
        "systemctl --user restart dantok.service",
        "systemctl --user status --no-pager --lines=5 dantok.service",
        "systemctl --user disable --now dantok.service",
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="systemd is Linux's")
async def test_where_nothing_starts_services_one_sentence_says_so_and_nothing_is_left(
    systemctl: Path, bundle: Path
) -> None:
    (systemctl / "away").touch()
    (systemctl / ".env").write_text(f"DANTOK_TOKEN={SECRET}\nDANTOK_BUNDLE={bundle}\n", encoding="utf-8")
    code, out, err = await bot("service", "install", cwd=systemctl)
    assert (code, out, len(err.splitlines())) == (1, "", 1)
    assert "No medium found" in err
    assert "Docker" in err
    assert not list((systemctl / "config").rglob("*.service"))


async def test_what_only_this_terminal_knows_is_named_for_a_service_would_not_see_it(
    tmp_path: Path, bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(processes._HERE, "LC_ALL", "ko_KR.UTF-8")
    code, _, err = await bot("service", "install", cwd=tmp_path, token=SECRET, bundle=str(bundle))
    assert (code, len(err.splitlines())) == (1, 1)
    assert "DANTOK_BUNDLE, DANTOK_TOKEN" in err
    assert "적어 주세요" in err
    assert SECRET not in err
