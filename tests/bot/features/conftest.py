"""A bot that keeps things, on either database."""

import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.store.address import address
from bot.store.store import Store
from playground import Playground
from tests.conftest import new_database

Start = Callable[[Playground], AbstractAsyncContextManager[Any]]


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the URL of a database with every table and nothing in it: the same test runs on both kinds."""
    if request.param == "postgresql":
        template = request.getfixturevalue("postgresql_tables")
        return new_database(request.getfixturevalue("postgresql"), template)
    file = tmp_path / "data" / "dantok.sqlite3"
    file.parent.mkdir(mode=0o700)
    shutil.copy(request.getfixturevalue("tables"), file)
    return f"sqlite:///{file}"


@pytest.fixture
def start(bundle: Path, database_url: str, play: Callable[..., Any], turned: Callable[..., Any]) -> Start:
    """Start a bot on this test's database; again, it is the same bot after a restart."""

    @asynccontextmanager
    async def started(playground: Playground) -> AsyncIterator[Any]:
        store = await Store.open(address(database_url, Path()))
        async with play(playground, bundle, store=store, clock=turned()) as stage:
            yield stage
        await store.close()

    return started


@pytest.fixture
async def playground(start: Start) -> AsyncIterator[Playground]:
    """Yield a playground with a bot that keeps things."""
    async with Playground(finish_within=10) as ready, start(ready):
        yield ready
        assert ready.unknown_routes == []
