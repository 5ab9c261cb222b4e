"""Whatever nobody catches is written by its type and its places, and not by what it quotes."""

from pathlib import Path

import pytest

from tests.bot.processes import begin

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
