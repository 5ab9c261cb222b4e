"""What goes wrong around ``/face``: strangers who press, links that are gone, bundles that come and go."""

import asyncio
import io
import shutil
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import numpy as np
import pytest
from PIL import Image

from bot.bundle import Directions, sha256_of
from bot.client.client import Dantok
from bot.client.serving import running
from bot.features.face import rendering
from bot.features.face.terminal import changed
from bot.features.feature import Services
from bot.groups.group import OneGroup
from bot.groups.served_bundle import ServedBundle
from bot.groups.settings import GroupSettings
from bot.inference.worker import Worker, Workers
from playground import Playground, PlaygroundError
from tests import faces_bundle
from tests.patience import PATIENCE
from training.faces.drawing import Identity, portrait


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


def patient() -> Workers:
    """Return lanes on which nobody is told that many are asking, however busy this machine is."""
    return Workers(*(Worker(8, patience=PATIENCE) for _ in range(3)))


@asynccontextmanager
async def connected(
    playground: Playground, folder: Path, workers: Workers | None = None, guild: int | None = None, **settings: Any
) -> AsyncIterator[Dantok]:
    group = OneGroup(ServedBundle.open(folder), GroupSettings(**settings))
    services = Services(group, workers or patient())
    client = Dantok(services, guild=guild, ready_timeout=0.01)
    with playground.redirect():
        async with running(client, playground.TOKEN):
            await playground.wait_ready()
            await client.wait_until_ready()
            yield client


async def asked(playground: Playground, data: bytes) -> Any:
    return await playground.command("/face smile", options={"photo": playground.upload("p.png", data)})


async def test_where_only_the_asker_may_press_anybody_else_is_told(bundle: Path) -> None:
    async with Playground(answer_within=PATIENCE) as playground, connected(playground, bundle, face_buttons="asker"):
        answer = await playground.command("/face smile strength:1 seed:5")
        refused = await playground.press(answer, "😊", member="정훈")
        assert refused.ephemeral
        assert "명령을 쓴 사람만" in refused.content
        assert "+1.5" in (await playground.press(answer, "😊")).content


async def test_otherwise_everybody_may_press(bundle: Path) -> None:
    async with Playground(answer_within=PATIENCE) as playground, connected(playground, bundle):
        answer = await playground.command("/face smile strength:1 seed:5")
        assert "+1.5" in (await playground.press(answer, "😊", member="정훈")).content


async def test_a_photo_whose_link_has_expired_is_asked_for_again(bundle: Path, photo: bytes) -> None:
    async with Playground(answer_within=PATIENCE) as playground, connected(playground, bundle):
        answer = await asked(playground, photo)
        playground.world.attachments._kept.clear()
        refused = await playground.press(answer, "😊")
        assert refused.ephemeral
        assert "다시 올려 주세요" in refused.content
        assert (await asked(playground, photo)).attachments


@pytest.mark.parametrize("lost", [aiohttp.ServerDisconnectedError(), aiohttp.ClientPayloadError(), TimeoutError()])
async def test_a_photo_whose_download_breaks_off_is_asked_for_again(
    lost: Exception, bundle: Path, photo: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def breaks_off(*_: Any) -> bytes:
        raise lost

    monkeypatch.setattr("bot.photo_intake.download._read", breaks_off)
    async with Playground(answer_within=PATIENCE) as playground, connected(playground, bundle):
        assert "다시 올려 주세요" in (await asked(playground, photo)).content


@pytest.mark.parametrize("in_one_server", [False, True])
async def test_the_commands_come_with_the_first_bundle_that_has_faces_and_stay(
    in_one_server: bool, tmp_path: Path, write_bundle: Callable[..., Path]
) -> None:
    folder = write_bundle(tmp_path / "bundle")
    async with Playground(answer_within=PATIENCE) as playground:
        guild = int(playground.world.guild["id"]) if in_one_server else None
        async with connected(playground, folder, guild=guild) as client:
            with pytest.raises(PlaygroundError):
                await playground.command("/face smile")
            shutil.rmtree(folder)
            faces_bundle.make(folder)
            assert await client.reload()
            answer = await playground.command("/face smile seed:5")
            assert answer.attachments
            assert (await playground.command("/say 윤혜 3")).content
            write_bundle(folder)
            assert await client.reload()
            assert "아직 얼굴을 못 그려요" in (await playground.press(answer, "😊")).content
            assert "아직 얼굴을 못 그려요" in (await playground.command("/face smile")).content
            assert playground.unknown_routes == []


async def test_commands_that_discord_does_not_take_leave_the_new_bundle_serving(
    tmp_path: Path, write_bundle: Callable[..., Path], caplog: pytest.LogCaptureFixture
) -> None:
    folder = write_bundle(tmp_path / "bundle")
    async with Playground(answer_within=PATIENCE) as playground, connected(playground, folder) as client:
        shutil.rmtree(folder)
        faces_bundle.make(folder)
        playground.faults.error("*/commands", method="PUT", status=403)
        assert await client.reload()
        assert "Discord did not take the commands" in caplog.text
        assert client.models.artist is not None


async def test_a_button_for_what_a_new_bundle_cannot_change_says_so(tmp_path: Path, photo: bytes) -> None:
    folder = faces_bundle.make(tmp_path / "bundle")
    async with Playground(answer_within=PATIENCE) as playground, connected(playground, folder) as client:
        answer = await asked(playground, photo)
        directions = folder / "vae.directions.json"
        opened = Directions.open(directions)
        left = {name: each for name, each in opened.by_attribute.items() if name != "Smiling"}
        directions.write_text(Directions(opened.latent, left).to_json(), encoding="utf-8")

        def change(content: Any) -> None:
            content["models"]["vae"]["directions"]["sha256"] = sha256_of(directions)

        faces_bundle.change_manifest(folder, change)
        assert await client.reload()
        assert "너무 오래됐거나" in (await playground.press(answer, "😊")).content


async def test_each_picture_of_a_photo_says_what_it_shows(bundle: Path, photo: bytes) -> None:
    async with Playground(answer_within=PATIENCE) as playground, connected(playground, bundle):
        answer = await asked(playground, photo)
    alt = {each["filename"]: each["description"] for each in answer.attachments}
    assert alt == {"before-after.jpg": "원래 얼굴과 바뀐 얼굴: 웃음 +1.5", "original.bin": "원래 사진"}
    assert "+1.5" in answer.embeds[0]["image"]["description"]


async def test_in_the_terminal_a_photo_comes_back_whole_as_a_png(bundle: Path, photo: bytes) -> None:
    picture, _ = changed(bundle, "cpu", "smile", photo, 3, None)
    with Image.open(io.BytesIO(picture)) as opened:
        assert (opened.format, opened.size) == ("PNG", (800, 500))
    decoded, _ = changed(bundle, "cpu", "smile", photo, 3, None, "decode")
    assert decoded != picture


async def test_a_photo_that_is_shown_says_who_showed_it_and_that_a_model_changed_it(bundle: Path, photo: bytes) -> None:
    async with Playground(answer_within=PATIENCE) as playground, connected(playground, bundle):
        private = await asked(playground, photo)
        assert "나만 볼 수 있어요" in private.content
        shown = await playground.press(private, "👀")
        assert not shown.ephemeral
        assert f"<@{playground.world.person_called('윤혜')['id']}>" in shown.content
        assert "AI 모델이 바꾼 사진" in shown.content
        assert "나만" not in shown.content
        changed = await playground.press(shown, "😊")
        assert "보여 줬어요" in changed.content
        assert "+2" in changed.content


async def test_the_buttons_of_a_shown_photo_obey_its_asker_alone_until_they_say_otherwise(
    bundle: Path, photo: bytes
) -> None:
    async with Playground(answer_within=PATIENCE) as playground:
        async with connected(playground, bundle):
            shown = await playground.press(await asked(playground, photo), "👀")
            for button in ("😊", "😐", "🙌"):
                refused = await playground.press(shown, button, member="정훈")
                assert refused.ephemeral
                assert "명령을 쓴 사람만" in refused.content
        async with connected(playground, bundle):  # and after a restart
            assert "명령을 쓴 사람만" in (await playground.press(shown, "😊", member="정훈")).content
            opened = await playground.press(shown, "🙌")
            assert "+2" in (await playground.press(opened, "😊", member="정훈")).content
            assert "보여 줬어요" in opened.content


async def test_pictures_that_are_shown_without_a_button_of_their_own_say_so_too(bundle: Path, photo: bytes) -> None:
    async with Playground(answer_within=PATIENCE) as playground, connected(playground, bundle):
        given = {"photo": playground.upload("p.png", photo), "attribute": "Smiling"}
        shown = await playground.press(await playground.command("/face sweep", options=given), "👀")
        assert "보여 줬어요 · AI 모델이 바꾼 사진" in shown.content
        assert len(shown.attachments) == 1


async def test_a_bundle_that_has_seen_drawn_faces_only_says_so_under_a_photo_and_not_under_a_drawn_face(
    tmp_path: Path, photo: bytes
) -> None:
    folder = faces_bundle.make(tmp_path / "bundle")
    faces_bundle.change_manifest(folder, lambda content: content["models"]["vae"].update(learnt_from="drawn"))
    async with Playground(answer_within=PATIENCE) as playground, connected(playground, folder):
        assert "그린 얼굴만 보고 배워서" in (await asked(playground, photo)).content
        assert "그린 얼굴만" not in (await playground.command("/face smile seed:5")).content


async def test_what_the_editor_makes_of_a_photo_is_not_excused_with_what_the_generators_have_seen(
    tmp_path: Path, photo: bytes
) -> None:
    folder = faces_bundle.make(tmp_path / "bundle", edits=True)
    faces_bundle.change_manifest(folder, lambda content: content["models"]["vae"].update(learnt_from="drawn"))
    async with Playground(answer_within=PATIENCE) as playground, connected(playground, folder):
        for strength, said in ((2, False), (-2, True)):
            given = {"photo": playground.upload("p.png", photo), "strength": strength}
            answer = await playground.command("/face smile", options=given)
            assert ("그린 얼굴만 보고 배워서" in answer.content) is said
            assert f"웃음 {'+2' if strength > 0 else '−2'}" in answer.content


@pytest.mark.parametrize("learnt_from", ["photos", None])
async def test_any_other_bundle_says_no_such_thing(learnt_from: str | None, tmp_path: Path, photo: bytes) -> None:
    folder = faces_bundle.make(tmp_path / "bundle")

    def change(content: Any) -> None:
        content["models"]["vae"]["learnt_from"] = learnt_from

    faces_bundle.change_manifest(folder, change)
    async with Playground(answer_within=PATIENCE) as playground, connected(playground, folder):
        assert "그린 얼굴만" not in (await asked(playground, photo)).content


async def test_the_first_photo_is_answered_however_long_it_takes_and_nobody_is_told_that_many_are_asking(
    bundle: Path, photo: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    edited = rendering.edited

    def slow(*given: Any, **named: Any) -> Any:
        time.sleep(0.3)
        return edited(*given, **named)

    monkeypatch.setattr(rendering, "edited", slow)
    workers = Workers(Worker(8, patience=PATIENCE), Worker(8, patience=0.1), Worker(8, patience=PATIENCE))
    async with Playground(answer_within=PATIENCE) as playground, connected(playground, bundle, workers=workers):
        pictured = asyncio.ensure_future(asked(playground, photo))
        assert (await playground.command("/say 윤혜 3")).content.startswith("윤혜")
        assert (await pictured).attachments


async def test_an_answered_photo_leaves_nothing_behind_that_waits_for_its_buttons(bundle: Path, photo: bytes) -> None:
    async with Playground(answer_within=PATIENCE) as playground, connected(playground, bundle):
        assert (await asked(playground, photo)).components
        waiting = [getattr(task.get_coro(), "__qualname__", "") for task in asyncio.all_tasks()]
    assert not [name for name in waiting if "View" in name]


async def test_a_second_photo_of_the_same_person_waits_for_the_first_in_words_of_its_own(
    bundle: Path, photo: bytes
) -> None:
    async with Playground(answer_within=PATIENCE) as playground, connected(playground, bundle):
        given = {"photo": playground.upload("p.png", photo)}
        answers = await asyncio.gather(*(playground.command("/face smile", options=given) for _ in range(3)))
        assert sorted(len(answer.attachments) for answer in answers) == [0, 0, 2]
        assert sum("아직 보고 있어요" in answer.content for answer in answers) == 2
        assert (await asked(playground, photo)).attachments
