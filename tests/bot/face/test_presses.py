"""What goes wrong around ``/face``: strangers who press, links that are gone, bundles that come and go."""

import io
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from bot.client import Dantok
from bot.inference.voice import open_voice
from bot.inference.worker import Worker
from bot.playground import Playground
from bot.serving import running
from tests import faces_bundle
from tests.bot.conftest import played
from training.faces.drawing import Identity, portrait

MINE, THEIRS = "서연", "도윤"


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return faces_bundle.make(tmp_path_factory.mktemp("faces") / "bundle")


@pytest.fixture(scope="module")
def photo() -> bytes:
    wide = np.full((500, 800, 3), 200, np.uint8)
    wide[100:400, 300:600] = portrait(Identity.of(15), {"Black_Hair": True}, 300)
    stream = io.BytesIO()
    Image.fromarray(wide).save(stream, "PNG")
    return stream.getvalue()


@asynccontextmanager
async def connected(playground: Playground, folder: Path, **settings: Any) -> AsyncIterator[Dantok]:
    client = Dantok(open_voice(folder), Worker(8), temperature=0.8, ready_timeout=0.01, **settings)
    with playground.redirect():
        async with running(client, playground.TOKEN):
            await playground.wait_ready()
            await client.wait_until_ready()
            yield client


def two_people(playground: Playground) -> tuple[str, str]:
    world = playground.world
    names = [member["user"]["global_name"] for member in world.members_of(world.guild) if not member["user"].get("bot")]
    return names[0], names[1]


def commands(playground: Playground) -> set[str]:
    return {command["name"] for command in playground.world.commands}
