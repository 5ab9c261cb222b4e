"""``/teach`` and ``/what`` as members use them: the real client, a real graph, real files."""

import io
import logging
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from bot.features.teach import views
from bot.features.teach.classifier import Guess
from bot.features.teach.names import checked_name
from bot.features.teach.taught_pictures import (
    MOST_PICTURES,
    MOST_THINGS,
    Outcome,
    TaughtPicture,
    TaughtPictureRepository,
    TooManyThingsError,
)
from bot.features.teach.things import labelled_rows, things_of
from bot.groups.group import Place
from bot.inference.features import open_features
from bot.store.address import address
from bot.store.store import Store
from playground import Playground
from playground.world.permissions import READ_HISTORY, SEND_MESSAGES, VIEW_CHANNEL
from tests.bot.conftest import Stage, write_bundle_to
from tests.bot.features.teach.conftest import Friends, encoded, picture_of
from tests.features_bundle import WIDTH, add_features, only_features
from training.faces.drawing import Identity, portrait

Start = Callable[..., AbstractAsyncContextManager[Stage]]
MINE, THEIRS = "우리 고양이", "옆집 고양이"


async def test_two_friends_teach_two_things_and_anybody_is_told_which_one_a_picture_shows(friends: Friends) -> None:
    first = await friends.teach(MINE, *(picture_of(MINE, day) for day in range(3)), member="윤혜")
    assert first.ephemeral
    assert "이제 사진 3장을 알아요" in first.content
    assert "다른 것도 하나 가르쳐 주세요" in first.content
    second = await friends.teach(THEIRS, *(picture_of(THEIRS, day) for day in range(3)), member="정훈")
    assert "6장 중 6장을 알아봤어요 (100%)" in second.content
    for name in (MINE, THEIRS):
        answer = await friends.ask(picture_of(name, 7), member="현지")
        assert answer.ephemeral
        assert answer.content.startswith(f"**{name}**\n")
    stranger = await friends.ask(picture_of("자전거"), member="현지", locale="en-US")
    assert stranger.content.startswith("**I don't know.**")


@pytest.mark.parametrize(
    ("likelihood", "said"), [(0.49, "**모르겠어요.**"), (0.5, "**아마도 "), (0.8, f"**{MINE}**\n")]
)
def test_what_is_not_clear_is_said_with_a_perhaps_and_no_per_cents(likelihood: float, said: str) -> None:
    answer = views.answered(Guess(0, likelihood), [MINE], "ko", on_server=True)
    assert answer.content.startswith(said)
    assert "%" not in answer.content


async def test_an_answer_is_shown_to_everybody_with_its_picture_by_a_press_also_after_a_restart(start: Start) -> None:
    async with Playground(finish_within=10) as playground:
        friends = Friends(playground)
        async with start(playground):
            await friends.teach_two()
            answer = await friends.ask(picture_of(MINE, 8), member="정훈")
        async with start(playground):
            public = await playground.press(answer, "👀", member="정훈")
        assert not public.ephemeral
        assert public.content.startswith(f"**{MINE}**\n")
        assert f"<@{playground.world.person_called('정훈')['id']}>" in public.content
        (file,) = public.attachments
        kept = playground.world.attachments.get(file["id"])
        assert kept
        asked = Image.open(io.BytesIO(picture_of(MINE, 8)))
        assert np.abs(np.asarray(Image.open(io.BytesIO(kept[1])), int) - np.asarray(asked)).mean() < 5


async def test_whoever_asks_too_early_hears_what_is_missing(friends: Friends) -> None:
    assert "아직 배운 게 없어요" in (await friends.ask(picture_of(MINE))).content
    assert "다른 것도 하나 가르쳐 주세요" in (await friends.teach(MINE, picture_of(MINE))).content
    assert "아직 한 가지밖에 몰라요" in (await friends.ask(picture_of(MINE))).content
    assert "두 장 이상" in (await friends.teach(THEIRS, picture_of(THEIRS))).content
    assert (await friends.ask(picture_of(THEIRS))).content.startswith(f"**{THEIRS}**")


async def test_the_same_picture_counts_once_whatever_file_and_name_it_comes_by(friends: Friends) -> None:
    picture = picture_of(MINE)
    pixels = np.asarray(Image.open(io.BytesIO(picture)))
    anew = encoded(pixels[::2, ::2], "JPEG", quality=85)
    answer = await friends.teach(MINE, picture, picture, anew)
    assert "이제 사진 1장을 알아요" in answer.content
    assert "2번째 사진: 이미 배운 사진" in answer.content
    assert "3번째 사진: 이미 배운 사진" in answer.content
    again = await friends.teach(MINE, anew)
    assert again.content.startswith(f"**{MINE}**: 새로 배운 사진이 없어요.\n이미 배운 사진")
    other = await friends.teach(THEIRS, picture)
    assert "다른 이름으로 이미 배운 사진" in other.content
    assert THEIRS not in (await friends.playground.command("/teach list")).content


async def test_a_name_in_another_spelling_is_the_same_thing(friends: Friends) -> None:
    await friends.teach("Our Cat", picture_of(MINE, 1))
    more = await friends.teach(unicodedata.normalize("NFKD", "ｏｕｒ  ＣＡＴ"), picture_of(MINE, 2))
    assert "**Our Cat**: 이제 사진 2장을 알아요" in more.content
    choices = await friends.playground.autocomplete("/teach add", "name", "our")
    assert [choice["value"] for choice in choices] == ["Our Cat"]


async def test_markdown_in_a_name_is_shown_as_it_was_typed_and_calls_nobody(friends: Friends) -> None:
    answer = await friends.teach("**굵은** `고양이`", picture_of(MINE))
    assert answer.content.startswith(r"**\*\*굵은\*\* \`고양이\`**")
    refused = await friends.teach("@everyone", picture_of(MINE))
    assert "멘션이나 링크는 넣을 수 없어요" in refused.content


def _wide(face_side: int) -> bytes:
    """Return a scene with the drawn face of nobody in it."""
    scene = np.full((600, 800, 3), 200, np.uint8)
    scene[:300] = (120, 160, 220)
    scene[500:, ::40] = 90
    scene[200 : 200 + face_side, 300 : 300 + face_side] = portrait(Identity.of(15), {"Black_Hair": True}, face_side)
    return encoded(scene)


async def test_a_person_is_neither_learnt_nor_recognised(friends: Friends) -> None:
    answer = await friends.teach("윤혜", _wide(300), picture_of(MINE))
    assert "1번째 사진: 사람 얼굴이 크게 나온 사진이에요" in answer.content
    assert "이제 사진 1장을 알아요" in answer.content
    await friends.teach(THEIRS, picture_of(THEIRS))
    assert "저는 사람은 배우지도 알아보지도 않아요" in (await friends.ask(_wide(250))).content


async def test_a_first_lesson_of_a_person_alone_is_told_why_nothing_was_learnt(friends: Friends) -> None:
    answer = await friends.teach("윤혜", _wide(300))
    assert "사람 얼굴이 크게 나온 사진이에요" in answer.content
    assert "새로 배운 사진이 없어요" in answer.content
    assert "아직 배운 게 없어요" in (await friends.ask(picture_of(MINE))).content


async def test_somebody_small_in_the_background_is_no_reason_to_refuse(friends: Friends) -> None:
    assert "이제 사진 1장을 알아요" in (await friends.teach(MINE, _wide(60))).content


def _moving() -> bytes:
    frames = [Image.open(io.BytesIO(picture_of(MINE, day))).convert("P") for day in (1, 2)]
    stream = io.BytesIO()
    frames[0].save(stream, "GIF", save_all=True, append_images=frames[1:])
    return stream.getvalue()


async def test_what_cannot_be_seen_is_said_picture_by_picture_and_spoils_no_other(friends: Friends) -> None:
    blank = encoded(np.full((100, 100, 3), (200, 30, 30), np.uint8))
    broken = picture_of(THEIRS)[:200]
    huge = encoded(np.zeros((11_000, 11_000), np.uint8))
    answer = await friends.teach(MINE, blank, broken, huge, "노래".encode(), _moving(), locale="en-US")
    assert "pictures learned: 1" in answer.content
    assert "Picture 1: That picture is all one colour" in answer.content
    assert "Picture 2: That photo file is damaged" in answer.content
    assert "Picture 3: That photo has too many pixels" in answer.content
    assert "Picture 4: That file is not a picture" in answer.content
    assert "Picture 5" not in answer.content
    await friends.teach(THEIRS, picture_of(THEIRS))
    assert "한 가지 색뿐" in (await friends.ask(blank)).content
    assert "파일이" in (await friends.ask(broken)).content


async def test_the_list_says_who_taught_what_and_only_they_and_managers_delete_it(friends: Friends) -> None:
    playground = friends.playground
    everyone = playground.world.guild["roles"][0]
    playground.admin.change_role(everyone["id"], permissions=str(VIEW_CHANNEL | SEND_MESSAGES | READ_HISTORY))
    await friends.teach(MINE, picture_of(MINE, 1), member="정훈")
    await friends.teach(MINE, picture_of(MINE, 2), picture_of(MINE, 3), member="현지")
    await friends.teach(THEIRS, picture_of(THEIRS, 1), member="현지")
    listed = await playground.command("/가르치기 목록", member="정훈")
    ids = {name: playground.world.person_called(name)["id"] for name in ("정훈", "현지")}
    assert f"**1** {MINE} · 사진 3장 · <@{ids['정훈']}>, <@{ids['현지']}>" in listed.content
    assert f"**2** {THEIRS} · 사진 1장 · <@{ids['현지']}>" in listed.content
    buttons = [button["disabled"] for button in listed.components[0]["components"]]
    assert buttons == [False, True]
    # A press that Discord's client would not offer.
    forged = playground.world.messages.find(listed.message_id)
    forged["components"][0]["components"][1]["disabled"] = False
    assert "가르친 사람이나 관리자만" in (await playground.press(listed, "🗑️ 2", member="정훈")).content
    asked = await playground.press(listed, "🗑️ 1", member="정훈")
    assert "사진 1장. 잊어버릴까요?" in asked.content
    after = await playground.press(asked, "지우기", member="정훈")
    assert f"**1** {MINE} · 사진 2장 · <@{ids['현지']}>" in after.content
    by_manager = await playground.press(await playground.command("/teach list"), "🗑️ 1")
    kept = await playground.press(by_manager, "취소")
    assert MINE in kept.content
    gone = await playground.press(await playground.press(kept, "🗑️ 1"), "지우기")
    assert MINE not in gone.content
    assert THEIRS in gone.content


async def test_a_button_that_no_version_made_is_refused(friends: Friends) -> None:
    await friends.teach(MINE, picture_of(MINE))
    listed = await friends.playground.command("/teach list")
    message = friends.playground.world.messages.find(listed.message_id)
    for custom_id in ("teach:", "teach:x", "teach:0:drop:short", "teach:0:sing:" + "0" * 32):
        message["components"][0]["components"][0]["custom_id"] = custom_id
        assert "너무 오래됐거나" in (await friends.playground.press(message, custom_id)).content
    assert MINE in (await friends.playground.command("/teach list")).content


async def test_each_server_and_each_persons_private_messages_know_their_own_things_alone(start: Start) -> None:
    async with Playground(finish_within=10) as playground:
        playground.world.add_guild("강가", ["윤혜", "현지"])
        async with start(playground):
            friends = Friends(playground)
            await friends.teach_two()
            for elsewhere in ({"channel": "dm"}, {"channel": "강가"}, {"channel": "dm", "member": "정훈"}):
                assert "아직 배운 게 없어요" in (await friends.ask(picture_of(MINE), **elsewhere)).content
                assert "아직 배운 게 없어요" in (await playground.command("/teach list", **elsewhere)).content
                assert await playground.autocomplete("/teach add", "name", "", **elsewhere) == []
            await friends.teach_two(channel="dm")
            mine = await friends.ask(picture_of(MINE), channel="dm")
            assert mine.content.startswith(f"**{MINE}**")
            assert mine.components == []


async def test_what_was_taught_for_another_network_is_not_compared_but_taught_again(
    start: Start, seeing: Path, tmp_path: Path
) -> None:
    other = add_features(write_bundle_to(tmp_path / "other"), middle=100)
    async with Playground(finish_within=10) as playground:
        friends = Friends(playground)
        async with start(playground):
            await friends.teach_two()
        async with start(playground, other):
            assert "모델이 바뀌어서" in (await friends.ask(picture_of(MINE))).content
            listed = await playground.command("/teach list")
            assert listed.content.count("다시 가르쳐 주셔야 해요") == 2
            again = await friends.teach(MINE, picture_of(MINE))
            assert "이제 사진 1장을 알아요" in again.content
            await friends.teach(THEIRS, picture_of(THEIRS))
            assert (await friends.ask(picture_of(MINE, 5))).content.startswith(f"**{MINE}**")
        async with start(playground):
            assert "모델이 바뀌어서" in (await friends.ask(picture_of(MINE))).content


async def test_a_name_that_was_refused_since_is_neither_said_nor_listed(friends: Friends) -> None:
    playground = friends.playground
    await friends.teach_two()
    await friends.teach("오늘 밥", picture_of("밥"), picture_of("밥", 1))
    said = await playground.command("/say word:오늘 n:1 temperature:0")
    line = said.content.splitlines()[0]
    await friends.teach(line, picture_of("새"), picture_of("새", 1))
    await playground.use_on_message(said, "다시는 하지 마")
    assert line not in (await friends.ask(picture_of("새"))).content
    listed = await playground.command("/teach list")
    assert line not in listed.content
    assert "(안 하기로 한 말)" in listed.content
    assert "다른 이름으로 해 주세요" in (await friends.teach(line, picture_of("새", 2))).content


async def test_what_somebody_taught_is_in_their_file_and_goes_with_them(friends: Friends) -> None:
    playground = friends.playground
    await friends.teach(MINE, picture_of(MINE), member="정훈")
    await friends.teach(THEIRS, picture_of(THEIRS), member="현지")
    answer = await playground.command("/개인정보 내보내기", member="정훈")
    (file,) = answer.attachments
    kept = playground.world.attachments.get(file["id"])
    assert kept
    assert MINE in kept[1].decode()
    asked = await playground.command("/개인정보 지우기", member="정훈")
    await playground.press(asked, "모두 지우기", member="정훈")
    listed = await playground.command("/teach list")
    assert MINE not in listed.content
    assert THEIRS in listed.content


async def test_without_a_network_there_is_nothing_to_teach(room: Any) -> None:
    names = {command.name for command in room.client.tree.get_commands()}
    assert "say" in names
    assert not {"teach", "what"} & names


async def test_whoever_types_where_nothing_can_be_taught_any_more_is_offered_nothing_and_no_error_is_logged(
    start: Start, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    changing = add_features(write_bundle_to(tmp_path / "changing"))
    async with Playground() as playground, start(playground, changing) as stage:
        write_bundle_to(changing)
        assert await stage.client.reload()
        assert await playground.autocomplete("/teach add", "name", "our") == []
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


async def test_a_place_and_a_thing_have_an_end_on_either_database(database_url: str, tmp_path: Path) -> None:
    network = open_features(only_features(tmp_path / "bundle"), "cpu")
    assert network
    store = await Store.open(address(database_url, tmp_path))
    pictures, place, now = TaughtPictureRepository(store), Place(5, 7), datetime(2026, 11, 26, tzinfo=UTC)
    rng = np.random.default_rng(1)

    def rows(count: int) -> list[np.ndarray]:
        drawn = rng.normal(0, 1, (count, WIDTH)).astype(np.float32)
        return list(drawn / np.linalg.norm(drawn, axis=1, keepdims=True))

    given = rows(500)
    outcomes = await pictures.add(place, checked_name("cat", set()), given, network, now)
    assert outcomes.count(Outcome.NEW) == MOST_PICTURES
    assert outcomes.count(Outcome.FULL) == 500 - MOST_PICTURES
    for number in range(1, MOST_THINGS):
        await pictures.add(place, checked_name(f"thing {number}", set()), rows(1), network, now)
    with pytest.raises(TooManyThingsError):
        await pictures.add(place, checked_name("one more", set()), rows(1), network, now)
    stored = await pictures.of(place.id)
    assert len(stored) == MOST_PICTURES + MOST_THINGS - 1
    read = {row.tobytes(): row for lesson in stored if (row := lesson.row(network)) is not None}
    assert len(read) == len(stored)
    assert max(min(float(1 - given[0] @ row) for row in read.values()), 0) < 1e-4
    assert await pictures.of(6) == []
    # The same numbers by another network, such as the same one saved anew.
    network.key = "b" * 64
    assert await pictures.add(place, checked_name("cat", set()), given[:1], network, now) == [Outcome.NEW]
    cats = [picture for picture in await pictures.of(place.id) if picture.name == "cat"]
    assert [picture.network for picture in cats] == [network.key]
    await store.close()


@pytest.mark.parametrize(
    "features", [b"", b"\x00" * (2 * WIDTH - 1), b"\x00" * (2 * WIDTH), np.full(WIDTH, np.nan, "<f2").tobytes()]
)
def test_a_row_that_is_damaged_is_left_out(tmp_path: Path, features: bytes) -> None:
    network = open_features(only_features(tmp_path / "bundle"), "cpu")
    assert network
    whole = TaughtPicture("key", "cat", 7, network.key, np.full(WIDTH, 0.25, "<f2").tobytes())
    damaged = whole._replace(features=features)
    assert damaged.row(network) is None
    known = labelled_rows([damaged, whole], network, frozenset())
    assert known.names == ("cat",)
    assert len(known.rows) == 1
    assert [(thing.pictures, thing.usable) for thing in things_of([damaged, whole], network)] == [(2, 1)]


def test_refused_lines_are_gone_through_once_for_all_pictures_of_a_place(tmp_path: Path) -> None:
    """A server may have hundreds of lines and a thousand pictures, and is suggested names at every letter typed."""
    network = open_features(only_features(tmp_path / "bundle"), "cpu")
    assert network

    class Lines(frozenset[str]):
        looked = 0

        def __iter__(self) -> Iterator[str]:
            Lines.looked += 1
            return super().__iter__()

    row = np.full(WIDTH, 0.25, "<f2").tobytes()
    pictures = [
        TaughtPicture(name, name, 7, network.key, row) for name in ("cat", "바보 고양이", "dog") for _ in range(9)
    ]
    known = labelled_rows(pictures, network, Lines({"바보", "the other"}))
    assert known.names == ("cat", "dog")
    assert len(known.rows) == 18
    assert Lines.looked == 1
