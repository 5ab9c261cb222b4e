"""``/birthday`` as members use it: the real client, the real wire, a real SQLite file, in a playground."""

import re
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import discord
import pytest

from bot.store.address import FILE, address
from bot.store.store import Store
from playground import Playground, TypedError


async def test_every_name_and_description_has_its_korean_and_fits_discord(room: Any) -> None:
    def untranslated(thing: dict[str, Any]) -> list[str]:
        own = [
            thing["name"]
            for part in ("name", "description")
            if part in thing and "ko" not in (thing.get(f"{part}_localizations") or {})
        ]
        below = [*(thing.get("options") or []), *(thing.get("choices") or [])]
        return own + [name for each in below for name in untranslated(each)]

    (command,) = [one for one in room.playground.world.commands.all() if one["name"] == "birthday"]
    assert untranslated(command) == []
    assert command["contexts"] == [0]
    names = {option["name"] for option in command["options"]}
    assert names == {
        *("set", "show", "remove", "list", "import", "export", "channel", "time", "zone", "role", "template"),
        *("test", "check", "plan", "set-for", "digest", "age"),
        *("wish", "wishes", "remind", "reminder-days", "events", "songs", "photo"),
    }


async def test_no_privileged_intent_is_asked_for(room: Any) -> None:
    assert room.client.intents == discord.Intents(guilds=True, guild_messages=True, dm_messages=True)


@pytest.mark.parametrize(
    ("typed", "korean", "english"),
    [
        ("3월 5일", "2027년 3월 5일(금)", "Fri, March 5, 2027"),
        ("2000-03-05", "2000년 3월 5일", "March 5, 2000"),
        ("음력 5월 3일", "음력 5월 3일", "day 3 of lunar month 5"),
        ("음력 윤6월 3일", "그해에는 윤달이 없어 평달에", "no leap month that year"),
    ],
)
async def test_a_birthday_is_set_in_either_language(room: Any, typed: str, korean: str, english: str) -> None:
    for locale, said in (("ko", korean), ("en-US", english)):
        answer = await room("/birthday set", options={"date": typed}, locale=locale)
        assert answer.ephemeral
        assert said in answer.content


@pytest.mark.parametrize(
    ("typed", "korean", "english"),
    [
        ("4월 31일", "4월 31일은 없어요. 4월은 30일까지예요.", "Month 4 has no day 31: it has 30 days."),
        ("2월 30일", "2월은 29일까지예요", "it has 29 days"),
        ("음력 13월 1일", "13월은 없어요", "There is no month 13"),
        ("음력 2001 윤5월 3일", "음력 2001년에는 윤5월이 없어요", "lunar year 2001 has no leap month 5"),
        ("3000-03-05", "3000년은 쓸 수 없어요. 1900년부터 2026년까지만", "cannot use the year 3000"),
        ("내년 봄", "날짜로 읽지 못했어요", "cannot read"),
        ("2026-12-01", "아직 오지 않았어요", "in the future"),
        ("양력 윤5월 3일", "맞지 않아요", "contradicts"),
    ],
)
async def test_a_date_that_cannot_be_is_one_sentence_and_keeps_nothing(
    room: Any, typed: str, korean: str, english: str
) -> None:
    for locale, said in (("ko", korean), ("en-US", english)):
        answer = await room("/birthday set", options={"date": typed}, locale=locale)
        assert answer.ephemeral
        assert said in answer.content
        assert "{" not in answer.content
    assert "아직 생일을 몰라요" in (await room("/생일 보기")).content


async def test_hostile_words_in_a_date_do_nothing(room: Any) -> None:
    answer = await room("/birthday set", options={"date": "@everyone **<@1>**"})
    assert "\\@everyone" in answer.content
    assert not answer.message["mention_everyone"]


async def test_29_february_falls_where_its_owner_chose(room: Any) -> None:
    first = await room("/birthday set", options={"date": "2000-02-29"})
    assert "2027년 2월 28일" in first.content
    assert "평년이라" in first.content
    second = await room("/birthday set", options={"date": "2000-02-29", "leap-day": "mar-1"})
    assert "2027년 3월 1일" in second.content


async def test_a_date_of_several_words_is_typed_without_quotes(room: Any) -> None:
    assert "음력 윤5월 3일" in (await room("/생일 등록 음력 윤5월 3일")).content
    answer = await room("/birthday set 2월 29일 leap-day:3월 1일 연도숨김:예")
    assert "2027년 3월 1일" in answer.content


async def test_a_hidden_year_is_shown_to_its_owner_alone_and_in_no_file(room: Any) -> None:
    await room("/birthday set", options={"date": "2000-03-05", "hide-year": True})
    assert "2000년" in (await room("/생일 보기")).content
    others = [
        await room("/birthday show", options={"who": room.id_of("윤혜")}, member="정훈"),
        await room("/생일 목록", member="정훈"),
    ]
    for answer in others:
        assert "3월 5일" in answer.content
        assert "2000" not in re.sub(r"\d{15,}", "", answer.content)
        assert "살" not in answer.content
    exported = await room("/birthday export csv", member="정훈")
    assert "2000-" not in room.downloaded(exported, "birthdays.csv").decode("utf-8-sig")
    assert "숨긴 연도는 빠져" in exported.content
    # Set again without a word about it, it stays hidden.
    await room("/birthday set", options={"date": "2001-03-05"})
    assert "2001" not in (await room("/birthday show", options={"who": room.id_of("윤혜")}, member="정훈")).content


async def test_in_a_private_message_it_is_not_offered_and_says_where_it_works(room: Any) -> None:
    with pytest.raises(TypedError):
        await room("/birthday set 3/5", channel="dm")
    (command,) = (one for one in room.playground.world.commands.all() if one["name"] == "birthday")
    command |= {
        "contexts": None,
        "dm_permission": True,
    }  # as a client has it that knows the commands of an older version
    assert "서버 안에서만" in (await room("/birthday set", options={"date": "3/5"}, channel="dm")).content
    assert "only works on a server" in (await room("/birthday list", channel="dm", locale="en-US")).content


async def test_removing_asks_first(room: Any) -> None:
    assert "지울 생일이 없어요" in (await room("/생일 지우기")).content
    await room("/생일 등록 3월5일")
    asked = await room("/생일 지우기")
    assert asked.ephemeral
    assert "지울까요" in asked.content
    assert "그대로" in (await room.playground.press(asked, "취소")).content
    assert "3월 5일" in (await room("/생일 보기")).content
    asked = await room("/생일 지우기")
    assert (await room.playground.press(asked, "지우기")).content == "지웠어요."
    assert "아직 생일을 몰라요" in (await room("/생일 보기")).content


async def test_the_list_shows_the_nearest_first_and_calls_nobody(room: Any) -> None:
    for name, day in (("윤혜", "12월 1일"), ("정훈", "11월 19일"), ("다빈", "11월 18일")):
        await room("/birthday set", options={"date": day}, member=name)
    answer = await room("/생일 목록")
    assert not answer.ephemeral
    order = [answer.content.index(f"<@{room.id_of(name)}>") for name in ("정훈", "윤혜", "다빈")]
    assert order == sorted(order)
    assert "**오늘**" in answer.content
    assert answer.message["mentions"] == []


async def test_pages_turn_also_after_a_restart(
    bundle: Path, tmp_path: Path, play: Callable[..., Any], turned: Callable[..., Any]
) -> None:
    from playground.world import seed

    async with Playground() as playground:
        for number in range(15):
            person = seed.user(playground.world.ids, f"친구{number}", f"friend{number}", 0)
            playground.world.members[person["id"]] = seed.member(person)
        store = await Store.open(address(None, tmp_path))
        async with play(playground, bundle, store=store, clock=turned()):
            for number in range(15):
                await playground.command("/birthday set", options={"date": f"1/{number + 1}"}, member=f"친구{number}")
            first = await playground.command("/생일 목록")
            assert "1/2쪽 · 모두 15명" in first.content
            second = await playground.press(first, "▶️", member="정훈")
            assert second.message_id == first.message_id
            assert "2/2쪽" in second.content
            assert second.components[0]["components"][1]["disabled"]
        await store.close()
        store = await Store.open(address(None, tmp_path))
        async with play(playground, bundle, store=store, clock=turned()):
            assert "1/2쪽" in (await playground.press(first, "◀️")).content
        await store.close()


async def test_what_a_locked_database_does_not_take_is_told_in_time_and_not_kept_later(
    room: Any, tmp_path: Path
) -> None:
    other = sqlite3.connect(tmp_path / FILE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    refused = await room("/birthday set", options={"date": "3/5"}, locale="en-US")
    assert "Try again in a moment" in refused.content
    other.execute("ROLLBACK")
    other.close()
    assert "I do not know your birthday" in (await room("/birthday show", locale="en-US")).content
    assert "March 5" in (await room("/birthday set", options={"date": "3/5"}, locale="en-US")).content
