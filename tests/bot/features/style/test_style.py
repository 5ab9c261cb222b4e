"""``/style``, “As a painting” and their buttons through the real client, with the styles that ship."""

import asyncio
import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from bot import photos
from bot.bundle import Bundle
from bot.features.style import rendering
from bot.features.style.request import StyleRequest
from bot.inference.painter import open_painter
from playground import Answer, Playground
from tests import styles_bundle
from tests.bot.conftest import Stage, played
from tests.bot.features.face.pictures import encoded, files, group, seen
from tests.styles_bundle import checks

PHOTO = checks(120, 90)


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return styles_bundle.make(tmp_path_factory.mktemp("styles") / "bundle")


async def asked(playground: Playground, photo: np.ndarray | bytes = PHOTO, **options: Any) -> Answer:
    data = photo if isinstance(photo, bytes) else encoded(photo)
    return await playground.command("/style", options={**options, "photo": playground.upload("p.png", data)})


def menus(answer: Answer) -> list[dict[str, Any]]:
    return [each for row in answer.components for each in row["components"] if each["type"] == 3]


async def picked(playground: Playground, answer: Answer, *values: str) -> Answer:
    (menu,) = [menu for menu in menus(answer) if values[0] in [option["value"] for option in menu["options"]]]
    return await playground.press(answer, menu["custom_id"], values=values)


async def test_without_a_style_all_are_shown_with_numbers_and_one_is_chosen_from_a_menu(stage: Stage) -> None:
    gallery = await asked(stage.playground)
    assert gallery.ephemeral
    assert "26가지" in gallery.content
    assert set(files(stage.playground, gallery)) == {"styles.jpg", "original.bin"}
    offered = [option for menu in menus(gallery) for option in menu["options"]]
    assert [offered[0]["label"], offered[-1]["label"]] == ["1 · 햇살 파스텔", "26 · 두꺼운 유화"]
    painting = await picked(stage.playground, gallery, "starry")
    assert painting.content.startswith("**별이 빛나는 밤** · 100%")
    assert set(files(stage.playground, painting)) == {"painting.jpg", "original.bin"}
    both = await picked(stage.playground, painting, "wave", "oils")
    assert both.content.startswith("**파도 판화 + 두꺼운 유화**")


async def test_a_painting_is_another_picture_and_its_buttons_outlive_a_restart(bundle: Path) -> None:
    async with Playground() as playground:
        async with played(playground, bundle):
            answer = await asked(playground, style="파도 판화", strength=75)
            painting = seen(playground, answer)["painting.jpg"]
        async with played(playground, bundle):
            more = await playground.press(answer, "더 진하게")
            assert "100%" in more.content
            assert seen(playground, more)["painting.jpg"].shape == painting.shape == (288, 384, 3)
            less = await playground.press(await playground.press(answer, "➖"), "➖")
            assert "50%" in less.content
            coloured = await playground.press(answer, "색은 그대로")
            assert "색은 그대로" in coloured.content
            assert "파도" not in (await playground.press(answer, "🎲")).content


async def test_any_picture_is_a_style_and_goes_along_for_the_buttons(stage: Stage) -> None:
    playground = stage.playground
    like = playground.upload("like.webp", encoded(checks(300, cells=30), "WEBP"))
    answer = await asked(playground, like=like)
    assert answer.content.startswith("**올린 그림처럼** · 100%")
    assert set(files(playground, answer)) == {"painting.jpg", "original.bin", "style.bin"}
    weaker = await playground.press(answer, "➖")
    assert weaker.content.startswith("**올린 그림처럼** · 75%")
    assert files(playground, weaker)["painting.jpg"] != files(playground, answer)["painting.jpg"]
    assert (await picked(playground, weaker, "wave")).content.startswith("**파도 판화** · 75%")


async def test_it_is_private_until_it_is_shown_and_then_the_painting_is_seen_and_not_the_photo(stage: Stage) -> None:
    playground = stage.playground
    like = playground.upload("like.png", encoded(checks(300, cells=30)))
    for answer in (await asked(playground, style="1"), await asked(playground, like=like)):
        shown = await playground.press(answer, "👀")
        assert (answer.ephemeral, shown.ephemeral) == (True, False)
        assert playground.world.me["id"] in shown.content
        assert (shown.content.splitlines()[0], shown.components) == (answer.content.splitlines()[0], [])
        assert files(playground, shown) == {"painting.jpg": files(playground, answer)["painting.jpg"]}


async def test_while_all_styles_are_painted_others_photos_come_in_between(stage: Stage, bundle: Path) -> None:
    painter = open_painter(Bundle.open(bundle), "cpu")
    assert painter is not None
    assert stage.workers is not None
    photo, _ = rendering.taken(encoded(PHOTO))
    gallery = stage.workers.pictures.run(rendering.painted(painter, photo, StyleRequest(), None), deferred=True)
    all_styles = asyncio.create_task(gallery)
    another = asyncio.create_task(stage.workers.pictures.run(lambda: "another", deferred=True))
    done, _ = await asyncio.wait([all_styles, another], return_when=asyncio.FIRST_COMPLETED)
    assert done == {another}
    assert (await all_styles).picture


async def test_a_face_stays_one_in_a_style_that_hides_it(stage: Stage) -> None:
    photo = group(1, side=300, wide=500)
    painting = seen(stage.playground, await asked(stage.playground, photo, style="Red grid"))["painting.jpg"]
    (top, bottom), (left, right) = (120, 300), (120, 280)
    both = [each[top:bottom, left:right].mean(-1).ravel() for each in (painting, photo)]
    assert np.corrcoef(*both)[0, 1] > 0.35


async def test_a_picture_in_a_message_is_painted_for_whoever_asks_alone(stage: Stage) -> None:
    playground = stage.playground
    shown = await playground.press(await asked(playground, style="1"), "👀")
    gallery = await playground.use_on_message(shown, "그림으로", member="정훈")
    assert gallery.ephemeral
    assert "26가지" in gallery.content
    nothing = await playground.use_on_message(playground.say("안녕"), "As a painting", locale="en-US")
    assert "no picture in that message" in nothing.content


async def test_typing_finds_a_style_in_either_language(stage: Stage) -> None:
    photo = stage.playground.upload("p.png", encoded(PHOTO))
    options = {"photo": photo}
    korean = await stage.playground.autocomplete("/style", "style", "밤", options=options)
    assert [choice["name"] for choice in korean] == ["한밤의 물방울", "별이 빛나는 밤"]
    english = await stage.playground.autocomplete("/style", "blend", "night", options=options, locale="en-US")
    assert "Starry night" in [choice["name"] for choice in english]
    assert len(await stage.playground.autocomplete("/style", "style", "", options=options)) == 25


def moving() -> bytes:
    stream, frames = io.BytesIO(), [Image.fromarray(checks(64, cells=cells)) for cells in (4, 8)]
    frames[0].save(stream, "GIF", save_all=True, append_images=frames[1:])
    return stream.getvalue()


def see_through() -> bytes:
    picture = Image.fromarray(checks(64)).convert("RGBA")
    picture.putalpha(Image.linear_gradient("L").resize((64, 64)))
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    return stream.getvalue()


async def test_strange_photos_are_painted_too(stage: Stage) -> None:
    one_colour = encoded(np.full((50, 50, 3), 90, np.uint8))
    for photo in (encoded(checks(20)), encoded(checks(1)), one_colour, moving(), see_through()):
        answer = await asked(stage.playground, photo, style="starry")
        assert max(seen(stage.playground, answer)["painting.jpg"].shape) == 384


async def test_a_large_photo_is_painted_smaller_and_that_is_said(stage: Stage) -> None:
    answer = await asked(stage.playground, checks(1600, 400), style="starry")
    assert "1024×256" in answer.content
    assert seen(stage.playground, answer)["painting.jpg"].shape == (256, 1024, 3)


async def test_of_a_photo_so_many_pixels_are_painted_that_it_has_room_beside_all_else(stage: Stage) -> None:
    answer = await asked(stage.playground, checks(1600, 1200), style="starry")
    assert "800×600" in answer.content
    assert seen(stage.playground, answer)["painting.jpg"].shape == (600, 800, 3)
    # What was kept with an answer from before there was an end to them is painted so, too.
    older = rendering.kept(photos.with_faces(photos.jpeg(checks(1024, 1024)), ()))
    assert older.pixels.shape[0] * older.pixels.shape[1] <= 800 * 600


async def test_the_same_picture_may_be_photo_and_style(stage: Stage) -> None:
    like = stage.playground.upload("p.png", encoded(PHOTO))
    assert "painting.jpg" in files(stage.playground, await asked(stage.playground, like=like))


async def test_a_picture_that_is_no_style_is_refused_in_a_sentence(stage: Stage) -> None:
    red = encoded(np.full((64, 64, 3), (200, 10, 10), np.uint8))
    refusals = {
        red: "한 가지 색뿐인 그림",
        encoded(checks(1)): "한 가지 색뿐인 그림",
        b"not a picture": "사진이 아니에요",
        encoded(checks(64))[:200]: "깨져 있어서",
    }
    for like, sentence in refusals.items():
        answer = await asked(stage.playground, like=stage.playground.upload("like.png", like))
        assert answer.ephemeral
        assert sentence in answer.content


async def test_a_style_that_is_not_there_is_answered_with_those_that_are(stage: Stage) -> None:
    refused = await asked(stage.playground, style="유화물감")
    assert "그런 그림체는 없어요" in refused.content
    assert "별이 빛나는 밤" in refused.content
    like = stage.playground.upload("like.png", encoded(checks(64)))
    assert "하나만" in (await asked(stage.playground, style="1", like=like)).content


async def test_where_the_bundle_has_no_styles_any_more_old_buttons_say_so(bundle: Path, tmp_path: Path) -> None:
    async with Playground() as playground:
        async with played(playground, bundle):
            answer = await asked(playground, style="starry")
        async with played(playground, styles_bundle.make(tmp_path / "bare", ())):
            assert "style" not in [command["name"] for command in playground.world.commands.all()]
            assert "아직 그림을 못 그려요" in (await playground.press(answer, "➖")).content
