"""``/dream`` as a member meets it: the real client on the real wire, a real graph, real files."""

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from playground import Answer, Playground
from playground.world.attachments import Upload
from tests import dreams_bundle, faces_bundle
from tests.bot.conftest import Stage, played, write_bundle_to

GREY = np.repeat(np.linspace(40, 200, 160).astype(np.uint8)[None, :, None], 3, 2).repeat(120, 0)


def encoded(pixels: np.ndarray, kind: str = "PNG", **options: Any) -> bytes:
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, kind, **options)
    return stream.getvalue()


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return dreams_bundle.add_to(faces_bundle.make(tmp_path_factory.mktemp("dreams") / "bundle"))


def picture(playground: Playground, answer: Answer, name: str = "dream.jpg") -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(file(playground, answer, name))).convert("RGB"))


def file(playground: Playground, answer: Answer, name: str) -> bytes:
    identity = next(each["id"] for each in answer.attachments if each["filename"] == name)
    kept = playground.world.attachments.get(identity)
    assert kept is not None
    return kept[1]


def labels(answer: Answer) -> dict[str, dict[str, Any]]:
    return {button["label"]: button for line in answer.components for button in line["components"]}


async def asked(playground: Playground, data: bytes, name: str = "p.png", **options: Any) -> Answer:
    return await playground.command("/꿈", options={"photo": playground.upload(name, data), **options})


async def test_a_photo_is_dreamt_of_for_the_asker_alone(stage: Stage) -> None:
    answer = await asked(stage.playground, encoded(GREY), depth="wave")
    assert answer.ephemeral
    assert "물결" in answer.content
    dream = picture(stage.playground, answer)
    assert dream.shape == (288, 384, 3)
    assert dream[:, :40].mean() < 30  # the dark side of the photo was 40 and more
    assert dream[:, -40:].mean() > 225
    assert labels(answer)["물결"]["style"] == 1
    original = Image.open(io.BytesIO(file(stage.playground, answer, "original.bin")))
    assert original.size == (160, 120)
    assert all(each["description"] for each in answer.attachments)


async def test_another_depth_and_strength_are_a_press_away_also_after_a_restart(bundle: Path) -> None:
    async with Playground() as playground:
        async with played(playground, bundle):
            answer = await asked(playground, encoded(GREY), depth="wave")
            wave = picture(playground, answer)
        async with played(playground, bundle):
            eye = await playground.press(answer, "눈")
            assert eye.message_id == answer.message_id
            assert picture(playground, eye)[:, :40].mean() > wave[:, :40].mean() + 50
            kept = [
                next(a["id"] for a in each.attachments if a["filename"] == "original.bin") for each in (answer, eye)
            ]
            assert kept[0] == kept[1]
            for strength in ("4단계", "5단계"):
                eye = await playground.press(eye, "더")
                assert strength in eye.content
            assert labels(eye)["더"]["disabled"]
            assert not labels(eye)["덜"].get("disabled")


async def test_the_fall_into_a_dream_moves_and_both_may_be_shown_without_the_photo(stage: Stage) -> None:
    playground = stage.playground
    answer = await asked(playground, encoded(GREY))
    fall = await playground.press(answer, "빠져들기")
    assert fall.ephemeral
    assert fall.message_id != answer.message_id
    moving = Image.open(io.BytesIO(file(playground, fall, "dream.gif")))
    assert getattr(moving, "n_frames", 1) > 20
    for private, name in ((fall, "dream.gif"), (answer, "dream.jpg")):
        shown = await playground.press(private, "👀")
        assert not shown.ephemeral
        assert [each["filename"] for each in shown.attachments] == [name]
        assert file(playground, shown, name) == file(playground, private, name)
        assert playground.world.me["id"] in shown.content


async def test_the_picture_of_any_message_is_dreamt_of_for_who_asks_alone(stage: Stage) -> None:
    playground = stage.playground
    said = playground.say("이거 봐", member="정훈")
    data = encoded(GREY)
    said["attachments"] = [
        playground.world.attachments.keep(Upload("file", name, content), said["channel_id"])
        for name, content in (("note.txt", b"hello"), ("p.png", data))
    ]
    answer = await playground.use_on_message(said, "꿈꾸게")
    assert answer.ephemeral
    assert picture(playground, answer).shape == (288, 384, 3)


async def test_a_drawn_face_is_dreamt_of_and_a_message_without_a_picture_is_told(stage: Stage) -> None:
    playground = stage.playground
    assert stage.workers is not None
    await stage.workers.pictures.run(lambda: None, deferred=True)  # faces get ready first, where the machine is busy
    face = await playground.command("/face new seed:5")
    answer = await playground.use_on_message(face, "Let it dream", locale="en-US")
    assert picture(playground, answer).shape == (384, 384, 3)
    assert "Eyes" in answer.content
    told = await playground.use_on_message(playground.say("안녕"), "꿈꾸게")
    assert told.ephemeral
    assert "사진이 없어요" in told.content


async def test_what_is_no_picture_is_told(stage: Stage) -> None:
    for data, told in {
        b"hello, I am a text": "사진이 아니에요",
        encoded(GREY)[:200]: "깨져",
        encoded(np.full((1, 4000, 3), 90, np.uint8)): "길쭉한",
        b"\x89PNG\r\n\x1a\n" + bytes(40): "사진",
        bytes(9 * 1024 * 1024): "너무 커요",
    }.items():
        answer = await asked(stage.playground, data)
        assert answer.ephemeral
        assert told in answer.content


async def test_a_button_from_before_a_bundle_without_dreams_says_so(bundle: Path, tmp_path: Path) -> None:
    async with Playground() as playground:
        async with played(playground, bundle):
            answer = await asked(playground, encoded(GREY))
        async with played(playground, write_bundle_to(tmp_path / "words")) as stage:
            told = await playground.press(answer, "물결")
            assert told.ephemeral
            assert "꿈을 못 꿔요" in told.content
            assert stage.client.tree.get_command("dream") is None
