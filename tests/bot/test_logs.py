"""Whatever nobody catches is written by its type and its places, and not by what it quotes."""

import asyncio
import json
from pathlib import Path

import pytest

from playground import Playground
from tests.bot.processes import begin, running
from tests.patience import PATIENCE

MARK = "비밀표식말"

_BEGIN = f"""
import asyncio, gc, logging, threading
from bot import logs
logs.configure("DEBUG")
word = "{MARK}"
def fail():
    raise ValueError(word)
class Unraisable:
    def __del__(self):
        fail()
async def coroutine():
    fail()
async def loop():
    asyncio.get_running_loop().set_exception_handler(logs.in_outline)
    asyncio.create_task(coroutine(), name=word)
    asyncio.get_running_loop().call_soon(fail)
    await asyncio.sleep(0.05)
    gc.collect()
"""
_DOORS = {
    "at the end": "fail()",
    "with a cause": "try:\n    fail()\nexcept ValueError as error:\n    raise KeyError(word) from error",
    "in a thread": "thread = threading.Thread(target=fail); thread.start(); thread.join()",
    "where nothing can be raised": "Unraisable()",
    "in tasks and callbacks": "asyncio.run(loop())",
    "in a library's logger": "try:\n    fail()\nexcept ValueError:\n    logging.getLogger('discord').exception('x')",
}
_UNWRITABLE = "logging.getLogger('discord').error('%d', word)"


async def _wrote(code: str, cwd: Path) -> tuple[int | None, str]:
    process = await begin("-c", code, cwd=cwd)
    out, err = await process.communicate()
    return process.returncode, (out + err).decode()


@pytest.mark.parametrize("door", _DOORS)
async def test_an_uncaught_error_is_an_outline(tmp_path: Path, door: str) -> None:
    _, written = await _wrote(_BEGIN + _DOORS[door], tmp_path)
    assert "builtins.ValueError" in written
    assert " in fail" in written
    assert MARK not in written
    assert "Traceback" not in written


async def test_a_line_that_cannot_be_written_is_left_out(tmp_path: Path) -> None:
    assert await _wrote(_BEGIN + _UNWRITABLE, tmp_path) == (0, "")


async def test_a_command_that_fails_in_a_way_nobody_foresaw_is_an_outline_and_70(tmp_path: Path) -> None:
    code = f"""
import sys
import bot.features.face.terminal as terminal
from bot.__main__ import main
def changed(*_):
    raise ValueError("{MARK}")
terminal.changed = changed
sys.argv = ["bot", "face", "smile", "--out", "x.png"]
main()
"""
    status, written = await _wrote(code, tmp_path)
    assert status == 70
    assert "builtins.ValueError" in written
    assert MARK not in written


async def test_as_json_each_line_is_an_object_and_holds_nobodys_words(tmp_path: Path, bundle: Path) -> None:
    settings = {"log_format": "json", "log_level": "DEBUG"}
    async with Playground() as playground, running(playground, tmp_path, bundle, **settings) as process:
        await playground.wait_ready()
        assert (await playground.command(f"/say {MARK} 5")).content.startswith(MARK)
        await playground.command(f"/생일 등록 {MARK}")
        process.terminate()
        _, err = await asyncio.wait_for(process.communicate(), PATIENCE)
    lines = [json.loads(line) for line in err.decode().splitlines()]
    assert all(list(line) == ["time", "level", "logger", "message"] for line in lines)
    assert any(line["logger"] == "discord.gateway" for line in lines)
    assert MARK not in err.decode()
    assert MARK not in json.dumps(lines, ensure_ascii=False)


async def test_an_error_is_one_line_of_json_too(tmp_path: Path) -> None:
    begin_as_json = _BEGIN.replace('logs.configure("DEBUG")', 'logs.configure("DEBUG", as_json=True)')
    _, written = await _wrote(begin_as_json + _DOORS["with a cause"], tmp_path)
    (line,) = written.splitlines()
    assert "builtins.ValueError" in json.loads(line)["message"]
    assert MARK not in written


async def test_a_log_file_is_written_in_its_place(tmp_path: Path) -> None:
    to_file = _BEGIN.replace(
        'logs.configure("DEBUG")', 'from pathlib import Path; logs.configure("DEBUG", Path("logs/x.log"))'
    )
    assert await _wrote(to_file + "fail()", tmp_path) == (1, "")
    assert "builtins.ValueError" in (tmp_path / "logs" / "x.log").read_text(encoding="utf-8")
