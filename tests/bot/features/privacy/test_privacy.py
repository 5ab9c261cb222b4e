"""``/privacy`` as members use it: what is kept, theirs as a file, everything forgotten; through the real client."""

import asyncio
import json
import logging
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest

from bot.default_bundle import DEMO_BUNDLE
from bot.features.about.feature import AboutFeature
from bot.features.birthday.feature import BirthdayFeature
from bot.features.blocklist.feature import BlocklistFeature
from bot.features.privacy.feature import PrivacyFeature
from bot.features.registry import FEATURES
from bot.features.reply.feature import ReplyFeature
from bot.features.say.feature import SayFeature
from bot.i18n import LANGUAGES, texts_for
from bot.store.address import address
from bot.store.store import Store
from playground import Answer, Playground
from playground.world.messages import EPHEMERAL

WITHOUT_MORE = {SayFeature, ReplyFeature, AboutFeature, BirthdayFeature, BlocklistFeature, PrivacyFeature}
"""What is there with words alone in the bundle."""
Start = Callable[[Playground], AbstractAsyncContextManager[Any]]


def file_of(playground: Playground, answer: Answer) -> Any:
    (file,) = answer.attachments
    kept = playground.world.attachments.get(file["id"])
    assert kept
    return json.loads(kept[1])


async def export(playground: Playground, **who: Any) -> Any:
    return file_of(playground, await playground.command("/privacy export", **who))


@pytest.mark.parametrize("locale", ["ko", "en-US"])
@pytest.mark.parametrize("channel", [None, "dm"])
async def test_every_feature_says_in_its_own_words_what_it_keeps(room: Any, channel: str | None, locale: str) -> None:
    answer = await room("/privacy show", locale=locale, channel=channel)
    assert answer.ephemeral
    for feature in FEATURES:
        # The one bundle of this room has words alone: of what else there may be nobody need read, nor of a choice.
        is_here = feature in WITHOUT_MORE
        assert (f"- {texts_for(feature.texts, locale).what_is_kept}" in answer.content.splitlines()) is is_here
    assert "{" not in answer.content
    assert "imitates" not in answer.content


@pytest.mark.parametrize(("locale", "asked"), [("ko", "방장에게 보여 달라고"), ("en-US", "ask the owner")])
async def test_members_are_led_to_the_owners_page_on_privacy_or_to_the_owner(
    play: Callable[..., Any], tmp_path: Path, bundle: Path, locale: str, asked: str
) -> None:
    store = await Store.open(address(None, tmp_path))
    for url in (None, "https://our.example/privacy"):
        async with Playground() as playground, play(playground, bundle, store=store, privacy_url=url):
            content = (await playground.command("/privacy show", locale=locale)).content
            assert (asked in content, "<https://our.example/privacy>" in content) == (url is None, url is not None)
    await store.close()


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("ko", ("윤혜, 정훈", "그래도 좋다고 한", "`/개인정보 지우기`", "다시 학습")),
        ("en-US", ("윤혜, 정훈", "agreed to it", "`/privacy forget`", "trains me again")),
    ],
)
async def test_whom_the_voice_imitates_is_said_and_how_it_ends(
    play: Callable[..., Any], tmp_path: Path, write_bundle: Callable[..., Path], locale: str, words: tuple[str, ...]
) -> None:
    folder = write_bundle(tmp_path / "bundle", speakers=("윤혜", "정훈"))
    store = await Store.open(address(None, tmp_path))
    async with Playground() as playground, play(playground, folder, store=store):
        content = (await playground.command("/privacy show", locale=locale)).content
        (line,) = [line for line in content.splitlines() if "윤혜" in line]
        assert all(each in line for each in words)
    await store.close()


async def test_all_that_the_demos_bundle_can_do_is_told_in_as_many_messages_as_it_takes(
    play: Callable[..., Any], tmp_path: Path
) -> None:
    store = await Store.open(address(None, tmp_path))
    async with Playground() as playground, play(playground, DEMO_BUNDLE, store=store):
        for locale in ("ko", "en-US"):
            before = len(playground.messages())
            await playground.command("/privacy show", locale=locale)
            while "-#" not in (told := playground.messages()[before:])[-1]["content"]:  # noqa: ASYNC110
                await asyncio.sleep(0.005)
            assert all(message["flags"] & EPHEMERAL for message in told)
            # A heading, two sentences of the model, and one a feature but of the choice among groups.
            assert sum(len(message["content"].splitlines()) for message in told) == len(FEATURES) + 2
    await store.close()


def test_what_is_kept_is_said_in_every_language_and_by_the_commands_name() -> None:
    for language in LANGUAGES:
        said = [texts_for(feature.texts, language).what_is_kept for feature in FEATURES]
        assert len(set(said)) == len(FEATURES)
        assert all(sentence.startswith("`") for sentence in said)
    assert texts_for(FEATURES[0].texts, "ko").what_is_kept.startswith("`/말해`")


@pytest.mark.parametrize("channel", [None, "dm"])
async def test_what_is_kept_of_me_comes_as_one_file_to_me_alone(playground: Playground, channel: str | None) -> None:
    await playground.command("/생일 등록 3월 5일")
    await playground.command("/생일 등록 음력 6월 15일", member="정훈")
    answer = await playground.command("/개인정보 내보내기", channel=channel)
    assert answer.ephemeral
    exported, me, guild = file_of(playground, answer), playground.world.me, playground.world.guild
    assert exported["user_id"] == me["id"]
    assert exported["servers"] == {guild["id"]: guild["name"]}
    (birthday,) = exported["kept"]["birthdays"]
    assert (birthday["user_id"], birthday["guild_id"]) == (me["id"], guild["id"])
    assert birthday["rule"] == "solar-03-05"
    assert str(playground.world.person_called("정훈")["id"]) not in json.dumps(exported)
    (file,) = answer.attachments
    kept = playground.world.attachments.get(file["id"])
    assert kept
    assert birthday["name"].encode() in kept[1], "names are letters, not \\u escapes"


async def test_of_whom_nothing_is_kept_no_file_comes(room: Any) -> None:
    answer = await room("/privacy export")
    assert answer.content == "적어 둔 것이 없어요."
    assert answer.attachments == []


async def test_everything_is_forgotten_but_that_i_withdrew(
    playground: Playground, caplog: pytest.LogCaptureFixture
) -> None:
    await playground.command("/생일 등록 3월 5일")
    await playground.command("/생일 등록 5월 5일", member="정훈")
    asked = await playground.command("/개인정보 지우기")
    assert asked.ephemeral
    assert "birthdays" in (await export(playground))["kept"], "asking forgets nothing"
    with caplog.at_level(logging.WARNING):
        told = await playground.press(asked, "모두 지우기")
    assert told.message_id == asked.message_id
    assert told.components == []
    assert "다시 학습" in told.content
    me = playground.world.me["id"]
    assert [record.getMessage() for record in caplog.records if me in record.getMessage()] == [
        f"User {me} withdrew: leave them out of the next training (python -m bot withdrawals)."
    ]
    assert "3월" not in caplog.text
    kept = (await export(playground))["kept"]
    assert set(kept) == {"withdrawals"}
    (withdrawal,) = kept["withdrawals"]
    assert withdrawal["user_id"] == me
    assert withdrawal["at"].startswith("2026-11-19T03:0")
    assert "5월 5일" in (await playground.command("/생일 보기", member="정훈")).content


async def test_forgetting_again_is_harmless_and_keeps_the_first_time(
    playground: Playground, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(2):
        asked = await playground.command("/privacy forget", channel="dm", locale="en-US")
        assert "deleted" in (await playground.press(asked, "Delete everything", locale="en-US")).content
    assert len((await export(playground))["kept"]["withdrawals"]) == 1
    assert caplog.text.count("withdrew") == 1


async def test_whoever_keeps_it_keeps_it(playground: Playground) -> None:
    await playground.command("/생일 등록 3월 5일")
    told = await playground.press(await playground.command("/개인정보 지우기"), "그대로 두기")
    assert told.content == "그대로 두었어요."
    assert "birthdays" in (await export(playground))["kept"]


async def test_the_question_can_be_answered_after_a_restart(start: Start) -> None:
    async with Playground(finish_within=10) as playground:
        async with start(playground):
            await playground.command("/생일 등록 3월 5일")
            asked = await playground.command("/개인정보 지우기")
        async with start(playground):
            await playground.press(asked, "모두 지우기")
            assert set((await export(playground))["kept"]) == {"withdrawals"}


async def test_a_question_to_another_member_cannot_be_answered(room: Any) -> None:
    await room("/생일 등록 3월 5일")
    asked = await room("/개인정보 지우기", member="정훈")
    forged = f"privacy:forget:{room.playground.world.me['id']}"
    message = room.playground.world.messages.find(asked.message_id)
    message["components"][0]["components"][0]["custom_id"] = forged
    told = await room.playground.press(message, forged, member="정훈")
    assert "너무 오래됐거나" in told.content
    assert "birthdays" in file_of(room.playground, await room("/privacy export"))["kept"]
    assert (await room("/privacy export", member="정훈")).content == "적어 둔 것이 없어요."


async def test_one_feature_that_fails_does_not_keep_the_others_from_forgetting(
    room: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(user_id: int) -> None:
        raise OSError

    await room("/생일 등록 3월 5일")
    asked = await room("/개인정보 지우기")
    monkeypatch.setattr(room.client.features[0], "forget_user", fail)
    told = await room.playground.press(asked, "모두 지우기")
    assert "문제가 생겼어요" in told.content
    assert set(file_of(room.playground, await room("/privacy export"))["kept"]) == {"withdrawals"}
