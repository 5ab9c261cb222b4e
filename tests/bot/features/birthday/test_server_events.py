"""Birthdays in the server's own list of events, by the real client against Discord's rules."""

from typing import Any

from playground.world.permissions import CREATE_EVENTS
from playground.world.scheduled_events import ScheduledEvents
from tests.bot.features.birthday.waiting import until


def _events(room: Any) -> list[dict[str, Any]]:
    world = room.playground.world
    return ScheduledEvents(world).of(world.guild)


def _may_make_events(room: Any, *, may: bool) -> None:
    guild = room.playground.world.guild
    for role in guild["roles"]:
        powers = int(role["permissions"])
        powers = powers | CREATE_EVENTS if may and powers else powers & ~CREATE_EVENTS
        room.playground.admin.change_role(role["id"], permissions=str(powers))


async def test_a_birthday_is_an_event_that_moves_with_it_and_goes_with_it(room: Any) -> None:
    await room("/생일 채널 생일")
    await room("/생일 등록 12월 1일")
    assert "서버 이벤트로 올리고" in (await room("/birthday events", options={"on": True})).content
    (event,) = await until(lambda: _events(room))
    assert (event["name"], event["entity_metadata"]) == ("🎂 윤혜 생일", {"location": "#생일"})
    assert event["scheduled_start_time"] == "2026-11-30T15:00:00+00:00"
    assert event["scheduled_end_time"] == "2026-12-01T15:00:00+00:00"
    assert "축하글" in event["description"]
    await room("/생일 등록 음력 10월 20일")  # 28 November 2026
    await until(lambda: _events(room)[0]["scheduled_start_time"] == "2026-11-27T15:00:00+00:00")
    assert [one["id"] for one in _events(room)] == [event["id"]]
    assert "✅ 생일을 서버 이벤트로" in (await room("/생일 점검")).content
    await room.playground.press(await room("/생일 지우기"), "지우기")
    await until(lambda: not _events(room))


async def test_without_create_events_it_says_so_at_once_and_in_check(room: Any) -> None:
    _may_make_events(room, may=False)
    refused = await room("/birthday events", options={"on": True})
    assert "‘이벤트 만들기’ 권한이 필요해요" in refused.content
    assert "➖ 생일 이벤트는" in (await room("/생일 점검")).content
    _may_make_events(room, may=True)
    await room("/birthday events", options={"on": True})
    _may_make_events(room, may=False)
    await room("/생일 등록 12월 1일")
    checked = (await room("/birthday check", locale="en-US")).content
    assert "❌ I need the permission Create Events" in checked
    assert _events(room) == []
    assert room.playground.messages("dm") == []


async def test_a_hundred_events_are_all_that_discord_takes(room: Any) -> None:
    world = room.playground.world
    body = {
        "name": "x",
        "privacy_level": 2,
        "entity_type": 3,
        "entity_metadata": {"location": "여기"},
        "scheduled_start_time": "2026-12-24T00:00:00+00:00",
        "scheduled_end_time": "2026-12-25T00:00:00+00:00",
    }
    for _ in range(100):
        ScheduledEvents(world).create(world.guild, world.me, body)
    await room("/생일 등록 12월 1일")
    await room("/birthday events", options={"on": True})
    routes = lambda: [one for one in room.playground.requests if one.route.endswith("scheduled-events")]  # noqa: E731
    await until(lambda: [one for one in routes() if one.status == 400])
    await until(lambda: "100개" in str(room.playground.world.events) or routes())
    assert len(_events(room)) == 100


async def test_who_is_forgotten_leaves_no_event_behind(room: Any) -> None:
    await room("/생일 등록 12월 1일")
    await room("/birthday events", options={"on": True})
    await until(lambda: _events(room))
    await room.playground.press(await room("/개인정보 지우기"), "모두 지우기")
    await until(lambda: not _events(room))
