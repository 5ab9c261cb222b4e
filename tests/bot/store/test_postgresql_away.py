"""A PostgreSQL server that goes away, hangs, is slow, or comes back as another: members are told to try again, in time.

Between the bot and the real server lies a socket of ours, which is shut, held, cut, or slow.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import parse_qs, urlsplit

import asyncpg
import pytest

from bot.features.access.choices import ChoiceRepository
from bot.i18n.ko import TEXTS
from bot.store.address import address
from bot.store.deadline import waited_for
from bot.store.errors import StoreBusy
from bot.store.store import _STATEMENT, Store
from playground import Playground
from tests.conftest import new_database
from tests.patience import PATIENCE

_SOCKET = ".s.PGSQL.5432"


class Line:
    """What lies between: it can be shut, held, and cut; it can be slow, and answer itself in the server's place."""

    def __init__(self, server: str) -> None:
        self._server = server
        self._pause = 0.0
        self._held_by: bytes | None = None
        self._refusal: bytes | None = None
        self._open = asyncio.Event()
        self._open.set()
        self._shut = False
        self._writers: set[asyncio.StreamWriter] = set()

    def hold(self) -> None:
        self._open.clear()

    def hold_at(self, word: bytes) -> None:
        """Hold all from the request on in which a word stands, as it does among what is to be kept."""
        self._held_by = word

    def slow(self, seconds: float) -> None:
        self._pause = seconds

    def refuse(self, sqlstate: str, message: str) -> None:
        """End every connection, and answer each other one by an error (PostgreSQL's protocol, ErrorResponse)."""
        fields = f"SFATAL\0VFATAL\0C{sqlstate}\0M{message}\0\0".encode()
        self._refusal = b"E" + (len(fields) + 4).to_bytes(4, "big") + fields
        self.cut(shut=False)

    def cut(self, *, shut: bool) -> None:
        """End every connection, and if it is ``shut`` take no other."""
        self._shut = shut
        for writer in self._writers:
            writer.transport.abort()

    def mend(self) -> None:
        self._shut, self._pause, self._held_by, self._refusal = False, 0.0, None, None
        self._open.set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._shut:
            writer.transport.abort()
            return
        if self._refusal is not None:
            await reader.read(65_536)
            writer.write(self._refusal)
            writer.close()
            return
        onward_reader, onward = await asyncio.open_unix_connection(self._server)
        self._writers |= {writer, onward}
        await asyncio.gather(self._passed(reader, onward, asks=True), self._passed(onward_reader, writer, asks=False))

    async def _passed(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, asks: bool) -> None:
        with suppress(OSError):
            while data := await reader.read(65_536):
                if asks and self._held_by is not None and self._held_by in data:
                    self.hold()
                await asyncio.sleep(0 if asks else self._pause)
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


SLOW = 0.7
"""Seconds for each answer of a slow server: of all that a command asks it would be ten."""


@pytest.mark.parametrize(
    "fault",
    {
        "slow": lambda line: line.slow(SLOW),
        "hanging in the middle of a change": lambda line: line.hold_at("윤혜".encode()),
        "starting": lambda line: line.refuse("57P03", "the database system is starting up"),
        "full": lambda line: line.refuse("53300", "sorry, too many clients already"),
    }.items(),
    ids=lambda fault: fault[0],
)
async def test_nobody_waits_for_a_server_that_is_unwell_and_nothing_is_done_later(
    fault: tuple[str, Callable[[Line], None]],
    line: tuple[Line, str],
    bundle: Path,
    tmp_path: Path,
    play: Callable[..., Any],
) -> None:
    (_, begin), (lying, url) = fault, line
    store = await Store.open(address(url, tmp_path))
    async with Playground(answer_within=PATIENCE) as playground, play(playground, bundle, store=store):
        assert (await playground.command("/birthday set 3/5")).content
        begin(lying)
        answer = await playground.command("/birthday set 4/6")
        assert answer.content == TEXTS.busy
        # Of the 60 seconds that a statement may take, or those that all of them would, these are a few.
        assert answer.latency < _STATEMENT / 3
        lying.mend()
        assert "3월 5일" in (await playground.command("/birthday show")).content
        assert "4월 6일" in (await playground.command("/birthday set 4/6")).content
    await store.close()


async def test_where_it_fails_over_members_are_told_to_try_again_until_the_standby_is_promoted(
    server_url: str, bundle: Path, tmp_path: Path, play: Callable[..., Any]
) -> None:
    database = urlsplit(server_url).path.lstrip("/")
    others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"

    async def switched(*, read_only: bool) -> None:
        owner = await asyncpg.connect(server_url, server_settings={"default_transaction_read_only": "off"})
        await owner.execute(f"ALTER DATABASE {database} SET default_transaction_read_only = {read_only}")
        await owner.execute(f"SELECT pg_terminate_backend(pid) {others}")
        await owner.close()

    store = await Store.open(address(server_url, tmp_path))
    async with Playground(answer_within=PATIENCE) as playground, play(playground, bundle, store=store):
        assert (await playground.command("/birthday set 3/5")).content
        await switched(read_only=True)
        assert (await playground.command("/birthday set 4/6")).content == TEXTS.busy
        assert "3월 5일" in (await playground.command("/birthday show")).content
        await switched(read_only=False)
        assert "4월 6일" in (await playground.command("/birthday set 4/6")).content
    await store.close()


async def test_what_was_kept_before_the_server_grew_slow_is_not_called_a_failure(
    line: tuple[Line, str], tmp_path: Path
) -> None:
    lying, url = line
    store = await Store.open(address(url, tmp_path))
    choices, waits = ChoiceRepository(store), [True]
    for changes in (False, True):
        with waited_for(lambda: waits[0]):
            if changes:
                await choices.choose(5, 7)
            lying.slow(SLOW)
            with pytest.raises(StoreBusy) as told:
                for _ in range(9):
                    await choices.of(5)
            assert told.value.after_change == changes
            lying.mend()
    # Who was told to wait waits as long as it takes.
    waits[0] = False
    lying.slow(SLOW)
    assert await choices.of(5) == 7
    lying.mend()
    await store.close()
