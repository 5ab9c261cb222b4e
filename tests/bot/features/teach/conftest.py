"""A bot that sees pictures, and things to show it."""

import io
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from bot.store.address import FILE, address
from bot.store.store import Store
from playground import Answer, Playground
from tests.bot.conftest import Stage, played, write_bundle_to
from tests.features_bundle import add_features

Start = Callable[..., AbstractAsyncContextManager[Stage]]
_SIDE, _PARTS = 160, 4


def encoded(pixels: np.ndarray, kind: str = "PNG", **options: Any) -> bytes:
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, kind, **options)
    return stream.getvalue()


def picture_of(thing: str, number: int = 0) -> bytes:
    """Return a picture of a thing, which has colours of its own; each number is another day's."""
    own = np.random.default_rng([*thing.encode()]).integers(0, 256, (_PARTS, _PARTS, 3))
    day = np.random.default_rng([*thing.encode(), number]).normal(0, 12, own.shape)
    each = _SIDE // _PARTS
    return encoded((own + day).clip(0, 255).astype(np.uint8).repeat(each, 0).repeat(each, 1))


@dataclass(frozen=True, slots=True)
class Friends:
    """Friends who teach the bot."""

    playground: Playground

    async def teach(self, name: str, *pictures: bytes, kind: str = "png", **more: Any) -> Answer:
        """Teach up to five pictures of a thing."""
        names = ("photo", *(f"photo-{number}" for number in range(2, 6)))
        photos = {
            option: self.playground.upload(f"{option}.{kind}", data)
            for option, data in zip(names, pictures, strict=False)
        }
        return await self.playground.command("/teach add", options={"name": name, **photos}, **more)

    async def ask(self, picture: bytes, **more: Any) -> Answer:
        """Ask what is in a picture."""
        return await self.playground.command(
            "/what", options={"photo": self.playground.upload("what.png", picture)}, **more
        )

    async def teach_two(self, **more: Any) -> None:
        """Teach two things by two pictures each."""
        for name in ("우리 고양이", "옆집 고양이"):
            await self.teach(name, *(picture_of(name, number) for number in range(2)), **more)


@pytest.fixture(scope="session")
def seeing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a bundle with a feature network, which no test changes."""
    return add_features(write_bundle_to(tmp_path_factory.mktemp("seeing") / "bundle"))


@pytest.fixture
def start(seeing: Path, tmp_path: Path, tables: Path) -> Start:
    """Start a bot that sees, on this test's database; again, it is the same after a restart."""
    shutil.copy(tables, tmp_path / FILE)

    @asynccontextmanager
    async def started(playground: Playground, bundle: Path = seeing) -> AsyncIterator[Stage]:
        store = await Store.open(address(None, tmp_path))
        async with played(playground, bundle, store=store) as stage:
            yield stage
        await store.close()

    return started


@pytest.fixture
async def friends(start: Start) -> AsyncIterator[Friends]:
    """Yield friends in a room with the bot."""
    async with Playground(finish_within=10) as playground, start(playground):
        yield Friends(playground)
        assert playground.unknown_routes == []
