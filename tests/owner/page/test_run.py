"""``dantok`` without a command: the page is served until Ctrl-C, and its address is told to nobody else."""

import asyncio
import os
import re
import signal
import sys
from pathlib import Path

import aiohttp
import pytest

from tests.patience import PATIENCE

BROWSER = """
import pathlib, sys, urllib.request
door = pathlib.Path(urllib.request.url2pathname(sys.argv[1].removeprefix("file://")))
seen = pathlib.Path(__file__).with_name("seen")
seen.with_suffix(".part").write_text(f"{door.stat().st_mode & 0o777:o} {door.read_text()}")
seen.with_suffix(".part").replace(seen)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes of files")
async def test_the_browser_is_led_to_the_page_by_a_file_that_only_its_owner_reads(tmp_path: Path) -> None:
    browser = tmp_path / "browser.py"
    browser.write_text(BROWSER, encoding="utf-8")
    words = ("-m", "owner", "--project", tmp_path / "our room", "--port", "0")
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, *words),
        stdout=asyncio.subprocess.PIPE,
        env=os.environ | {"BROWSER": f"{sys.executable} {browser} %s", "LC_ALL": "en_US.UTF-8"},
    )
    assert process.stdout is not None
    line = (await asyncio.wait_for(process.stdout.readline(), PATIENCE)).decode()
    url = re.search(r"http://\S+", line)[0]
    async with asyncio.timeout(PATIENCE), aiohttp.ClientSession() as session:
        while not (tmp_path / "seen").exists():  # noqa: ASYNC110 - a file system has no event
            await asyncio.sleep(0.05)
        async with session.get(url) as answer:
            assert answer.status == 200
    mode, _, page = (tmp_path / "seen").read_text(encoding="utf-8").partition(" ")
    assert mode == "600"
    assert url in page
    process.send_signal(signal.SIGINT)
    assert await asyncio.wait_for(process.wait(), PATIENCE) == 0
    assert not (tmp_path / "our room" / "open.html").exists()
