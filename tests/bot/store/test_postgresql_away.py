"""A PostgreSQL server that goes away, hangs, or comes back as another: members are told to try again, and all goes on.

Between the bot and the real server lies a socket of ours, which is shut, held, or cut.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.i18n.ko import TEXTS
from bot.store.address import address
from bot.store.store import Store
from playground import Playground
from tests.conftest import new_database
from tests.patience import PATIENCE

_SOCKET = ".s.PGSQL.5432"


class Line:
    """What lies between: it can be shut, held, and cut."""

    def __init__(self, server: str) -> None:
        self._server = server
        self._open = asyncio.Event()
        self._open.set()
        self._shut = False
        self._writers: set[asyncio.StreamWriter] = set()

    def hold(self) -> None:
        self._open.clear()

    def cut(self, *, shut: bool) -> None:
        """End every connection, and if it is ``shut`` take no other."""
        self._shut = shut
        for writer in self._writers:
            writer.transport.abort()

    def mend(self) -> None:
        self._shut = False
        self._open.set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._shut:
            writer.transport.abort()
            return
        onward_reader, onward = await asyncio.open_unix_connection(self._server)
        self._writers |= {writer, onward}
        await asyncio.gather(self._passed(reader, onward), self._passed(onward_reader, writer))

    async def _passed(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await reader.read(65_536):
                await self._open.wait()
                writer.write(data)
        writer.close()


@pytest.fixture
def server_url(postgresql: str) -> str:
    return new_database(postgresql)


@pytest.fixture
async def line(server_url: str) -> AsyncIterator[tuple[Line, str]]:
    url = server_url
    (folder,) = parse_qs(urlsplit(url).query)["host"]
    # A socket's path is short.
    with TemporaryDirectory(prefix="dantok-pg-") as between:
        lying = Line(f"{folder}/{_SOCKET}")
        server = await asyncio.start_unix_server(lying.serve, f"{between}/{_SOCKET}")
        yield lying, url.replace(folder, between)
        lying.mend()
        lying.cut(shut=True)
        server.close()


@pytest.mark.parametrize("fault", ["away", "hanging", "another"])
async def test_members_are_told_to_try_again_words_go_on_and_birthdays_when_it_is_back(
    fault: str, line: tuple[Line, str], bundle: Path, tmp_path: Path, play: Callable[..., Any]
) -> None:
    lying, url = line
    store = await Store.open(address(url, tmp_path))
    async with Playground(answer_within=PATIENCE) as playground, play(playground, bundle, store=store):
        assert (await playground.command("/birthday set 3/5")).content
        assert (await playground.command("/say 윤혜 3")).content.startswith("윤혜")
        lying.hold() if fault == "hanging" else lying.cut(shut=fault == "away")
        answer = await playground.command("/birthday set 4/6")
        if fault == "another":
            assert "4월 6일" in answer.content
        else:
            assert answer.content == TEXTS.busy
            assert (await playground.command("/say 윤혜 3")).content.startswith("윤혜")
        lying.mend()
        assert ("4월 6일" if fault == "another" else "3월 5일") in (await playground.command("/birthday show")).content
    await store.close()
