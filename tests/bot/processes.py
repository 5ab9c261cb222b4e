"""The bot as people start it: real processes, pointed at a playground."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playground import Playground
from tests.patience import PATIENCE

# `python -m bot`, but for where Discord is.
REDIRECTED = """
import sys
from bot.__main__ import main
from playground.redirect import redirected
with redirected(sys.argv.pop(1)):
    main()
"""
_HERE = {name: value for name, value in os.environ.items() if not name.startswith("DANTOK_")}
_HERE["PYTHONPATH"] = str(Path(__file__).parents[2])


async def begin(*words: str, cwd: Path, **settings: str) -> Process:
    """Begin a process of Python, with these settings and no others."""
    environment = _HERE | {f"DANTOK_{name.upper()}": value for name, value in settings.items()}
    return await asyncio.create_subprocess_exec(
        sys.executable, *words, cwd=cwd, env=environment, stdout=PIPE, stderr=PIPE
    )


async def bot(*words: str, cwd: Path, **settings: str) -> tuple[int, str, str]:
    """Run a command to its end; return its exit code and what it wrote."""
    process = await begin("-m", "bot", *words, cwd=cwd, **settings)
    out, err = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert process.returncode is not None
    return process.returncode, out.decode(), err.decode()


@asynccontextmanager
async def running(playground: Playground, cwd: Path, bundle: Path, **settings: str) -> AsyncIterator[Process]:
    """Yield a bot that talks to ``playground``; it is killed at the end if it still runs."""
    given = {"token": playground.TOKEN, "bundle": str(bundle)} | settings
    process = await begin("-c", REDIRECTED, playground.url, "run", cwd=cwd, **given)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def until(stream: asyncio.StreamReader, words: bytes) -> None:
    """Wait until a line holds ``words``."""
    async with asyncio.timeout(PATIENCE):
        while words not in (line := await stream.readline()):
            assert line, f"the log ended without {words!r}"
