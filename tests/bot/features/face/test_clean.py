"""``/face clean`` as members use it, and the warning that a face is of no known kind."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bot.bundle import Bundle, BundleError
from bot.inference.cleaner import open_cleaner
from playground import Answer, Playground
from tests import faces_bundle
from tests.bot.features.face.pictures import encoded, group, seen
from tests.cleaners import add_cleaner

Start = Callable[[float], AbstractAsyncContextManager[Playground]]
STRANGE = "처음 보는 종류예요"


@pytest.fixture
def started(tmp_path: Path, play: Callable[..., Any]) -> Start:
    """Start a bot to whose cleaner every face is strange that is so far from white."""

    @asynccontextmanager
    async def start(strange: float) -> AsyncIterator[Playground]:
        folder = add_cleaner(faces_bundle.make(tmp_path / "bundle", edits=1), strange)
        async with Playground() as playground, play(playground, folder):
            yield playground
            assert playground.unknown_routes == []

    return start


async def clean(playground: Playground, photo: np.ndarray, command: str = "/face clean", **options: Any) -> Answer:
    return await playground.command(command, options={**options, "photo": playground.upload("us.png", encoded(photo))})


async def test_small_faces_are_cleaned_and_all_around_them_stays(started: Start) -> None:
    async with started(255) as playground:
        photo = group(2, side=120, wide=400, ground=90)
        answer = await clean(playground, photo)
        assert answer.ephemeral
        assert answer.content.startswith("작은 얼굴 2개에서 잡음과 흐림을 걷어 냈어요")
        assert STRANGE not in answer.content
        pictures = seen(playground, answer)
        assert set(pictures) == {"before-after.jpg", "photo.jpg"}
        after = pictures["photo.jpg"]
        assert after.shape == photo.shape
        whiter = (after.astype(int) - photo > 40).any(axis=2)
        assert whiter[60:120, 60:110].mean() > 0.5
        assert not whiter[:25].any()
        shown = await playground.press(answer, "👀")
        assert not shown.ephemeral


async def test_a_large_face_is_left_alone_and_that_is_said(started: Start) -> None:
    async with started(255) as playground:
        large = await clean(playground, group(1, side=600, wide=1000))
        assert large.ephemeral
        assert large.content == "이 얼굴은 커서 걷어 낼 것이 적어요. 얼굴이 작게 나온 사진을 올려 주세요."
        assert not large.attachments


async def test_a_face_of_no_known_kind_is_said_to_be_so(started: Start) -> None:
    photo = group(1, side=120, wide=300)
    async with started(1) as playground:
        assert STRANGE in (await clean(playground, photo)).content
        drawn = await playground.command(
            "/face change", options={"attribute": "Bangs", "photo": playground.upload("me.png", encoded(photo))}
        )
        assert STRANGE in drawn.content
        swept = await clean(playground, photo, "/face sweep", attribute="Smiling")
        assert STRANGE in swept.content
        other = playground.upload("you.png", encoded(photo))
        assert STRANGE in (await clean(playground, photo, "/face mix", **{"other-photo": other})).content
        smiling = await clean(playground, photo, "/face smile")
        assert STRANGE not in smiling.content


async def test_a_bundle_without_a_cleaner_says_so(tmp_path: Path, play: Callable[..., Any]) -> None:
    folder = faces_bundle.make(tmp_path / "bundle")
    async with Playground() as playground, play(playground, folder):
        answer = await clean(playground, group(1, side=120, wide=300))
        assert answer.content == "저는 아직 사진을 깨끗하게 할 줄 몰라요."


async def test_nobody_in_a_photo_is_told_as_always(started: Start) -> None:
    async with started(255) as playground:
        answer = await clean(playground, np.full((200, 200, 3), 128, np.uint8))
        assert answer.ephemeral
        assert not answer.attachments


def test_a_cleaner_of_another_way_of_cutting_is_refused(tmp_path: Path) -> None:
    folder = add_cleaner(faces_bundle.make(tmp_path / "bundle"))
    faces_bundle.change_manifest(folder, lambda content: content["models"]["cleaner"]["crop"].update(version=2))
    with pytest.raises(BundleError, match="cut out in another way"):
        open_cleaner(Bundle.open(folder))
