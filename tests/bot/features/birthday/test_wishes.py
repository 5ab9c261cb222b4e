"""A wish as the group sees it: the scheduler, the real client, the real wire and a real SQLite, on a clock we turn."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.markdown import unescaped
from bot.store.address import address
from bot.store.store import Store
from playground import Playground
from playground.world.permissions import SEND_MESSAGES

# 20 November 2026, nine in the morning in Seoul.
NINE = datetime(2026, 11, 20, 0, 0, tzinfo=UTC)
DAY = timedelta(days=1)


async def _until(holds: Callable[[], Any], seconds: float = 8) -> Any:
    for _ in range(int(seconds / 0.02)):
        if found := holds():
            return found
        await asyncio.sleep(0.02)
    raise AssertionError("it never came to be")


def _wishes(playground: Playground, channel: str = "생일") -> list[dict[str, Any]]:
    bot = playground.world.bot["id"]
    return [one for one in playground.messages(channel) if one["author"]["id"] == bot and one["type"] == 0]


async def _wish(room: Any, moment: datetime = NINE, count: int = 1) -> dict[str, Any]:
    room.clock.turn(moment)
    await _until(lambda: len(_wishes(room.playground)) >= count)
    return _wishes(room.playground)[-1]


async def _born(room: Any, day: str, *names: str) -> None:
    await room("/생일 채널 생일")
    for name in names:
        await room("/birthday set", options={"date": day}, member=name)


def _mentioned(message: dict[str, Any]) -> list[str]:
    return [user["global_name"] for user in message["mentions"]]


async def test_a_wish_comes_at_the_hour_calls_its_person_and_goes_on_in_the_groups_voice(room: Any) -> None:
    await _born(room, "11월 20일", "윤혜")
    room.clock.turn(NINE - timedelta(minutes=1))
    await asyncio.sleep(0.3)
    assert _wishes(room.playground) == []
    wish = await _wish(room)
    head, said, note = wish["content"].splitlines()
    assert head == f"🎂 <@{room.id_of('윤혜')}>"
    assert said.startswith("윤혜야 생일 축하해")
    assert len(said) > len("윤혜야 생일 축하해")
    assert "AI 모델" in note
    assert _mentioned(wish) == ["윤혜"]
    assert not wish["mention_everyone"]
    await asyncio.sleep(0.3)
    assert len(_wishes(room.playground)) == 1


async def test_the_particle_fits_the_name_of_the_moment_and_the_name_does_nothing(room: Any) -> None:
    await _born(room, "11월 20일", "정훈")
    room.playground.world.members[room.id_of("정훈")]["nick"] = "**다빈** @everyone 🎂 한결"
    wish = await _wish(room)
    assert unescaped(wish["content"]).splitlines()[1].startswith("**다빈** @everyone 🎂 한결아 생일 축하해")
    assert _mentioned(wish) == ["정훈"]
    assert not wish["mention_everyone"]


async def test_two_on_one_day_are_named_in_one_message(room: Any) -> None:
    await _born(room, "11월 20일", "윤혜", "정훈")
    wish = await _wish(room)
    assert "윤혜야, 정훈아 생일 축하해" in wish["content"]
    assert sorted(_mentioned(wish)) == ["윤혜", "정훈"]
    await asyncio.sleep(0.3)
    assert len(_wishes(room.playground)) == 1


async def test_a_lunar_birthday_is_wished_on_its_solar_day(room: Any) -> None:
    # The 12th of the 10th lunar month of 2026.
    await _born(room, "음력 10월 12일", "윤혜")
    assert "2026년 11월 20일" in (await room("/생일 보기")).content
    assert "윤혜야 생일 축하해" in (await _wish(room))["content"]


async def test_a_late_wish_says_so(room: Any) -> None:
    await _born(room, "11월 20일", "윤혜")
    wish = await _wish(room, NINE + 2 * DAY)
    assert "2일 늦었어요" in wish["content"]


async def test_what_is_too_late_is_told_to_the_owner_and_not_dropped(room: Any) -> None:
    await _born(room, "11월 20일", "정훈")
    room.clock.turn(NINE + 10 * DAY)
    told = await _until(lambda: room.playground.messages("dm"))
    assert "정훈" in told[-1]["content"]
    assert "너무 늦어서" in told[-1]["content"]
    assert _wishes(room.playground) == []


async def test_the_groups_own_words_take_the_place_of_the_voice(room: Any) -> None:
    await _born(room, "2000-11-20", "정훈")
    form = await room("/생일 문구")
    preview = await room.playground.submit_modal(form, {"text": "{이름:은/는} {나이}! <@1> @everyone {멘션} 축하"})
    await room.playground.press(preview, "저장")
    wish = await _wish(room)
    assert wish["content"] == f"정훈은 26살! <@1> @everyone <@{room.id_of('정훈')}> 축하"
    assert _mentioned(wish) == ["정훈"]
    assert not wish["mention_everyone"]


async def test_who_presses_is_counted_in_once_also_after_a_restart(
    bundle: Path, tmp_path: Path, play: Callable[..., Any], turned: Callable[..., Any]
) -> None:
    clock = turned()
    async with Playground(clock=clock) as playground:
        store = await Store.open(address(None, tmp_path))
        async with play(playground, bundle, store=store, clock=clock):
            await playground.command("/생일 채널 생일")
            await playground.command("/생일 등록 11월20일")
            clock.turn(NINE)
            (wish,) = await _until(lambda: _wishes(playground))
            assert wish["components"][0]["components"][0]["label"] == "같이 축하하기"
            joined = await playground.press(wish, "🎂", member="정훈")
            assert joined.message_id == wish["id"]
            assert joined.components[0]["components"][0]["label"] == "같이 축하하기 · 1명"
            again = await playground.press(wish, "🎂", member="정훈")
            assert again.ephemeral
            assert "이미" in again.content
        await store.close()
        store = await Store.open(address(None, tmp_path))
        async with play(playground, bundle, store=store, clock=clock):
            joined = await playground.press(wish, "🎂", member="다빈")
            assert joined.components[0]["components"][0]["label"] == "같이 축하하기 · 2명"
            assert len(_wishes(playground)) == 1
        await store.close()


async def test_a_bot_that_was_off_at_the_hour_wishes_when_it_is_back(
    bundle: Path, tmp_path: Path, play: Callable[..., Any], turned: Callable[..., Any]
) -> None:
    clock = turned()
    async with Playground(clock=clock) as playground:
        for moment in (clock.now(), NINE + timedelta(hours=3), NINE + timedelta(hours=4)):
            clock.turn(moment)
            store = await Store.open(address(None, tmp_path))
            async with play(playground, bundle, store=store, clock=clock):
                if moment < NINE:
                    await playground.command("/생일 채널 생일")
                    await playground.command("/생일 등록 11월20일")
                else:
                    await _until(lambda: _wishes(playground))
                    await asyncio.sleep(0.2)
            await store.close()
        assert len(_wishes(playground)) == 1
        assert "늦었어요" not in _wishes(playground)[0]["content"]


async def test_a_wish_whose_answer_was_lost_is_found_and_not_sent_again(room: Any) -> None:
    await _born(room, "11월 20일", "윤혜")
    room.playground.faults.lose("/channels/*/messages", method="POST", after=True)
    await _wish(room)
    await asyncio.sleep(1)
    assert len(_wishes(room.playground)) == 1


async def test_a_channel_that_closes_keeps_the_wish_and_the_owner_is_told_once(room: Any) -> None:
    await _born(room, "11월 20일", "윤혜")
    channel, bot = room.playground.world.channel_called("생일")["id"], room.playground.world.bot["id"]
    room.playground.admin.rule(channel, bot, deny=SEND_MESSAGES)
    room.clock.turn(NINE)
    told = await _until(lambda: room.playground.messages("dm"))
    assert "아직 못 보냈어요 (윤혜" in told[-1]["content"]
    assert "⚠️" in (await room("/생일 점검")).content
    room.clock.turn(NINE + timedelta(minutes=5))
    await asyncio.sleep(0.5)
    assert len(room.playground.messages("dm")) == 1
    room.playground.admin.remove_channel(channel)
    await room("/생일 채널 일상")
    room.clock.turn(NINE + timedelta(hours=1))  # a try of before that was on its way may say once more to wait
    await _until(lambda: _wishes(room.playground, "일상"))


async def test_an_owner_who_takes_no_private_messages_is_told_on_the_server(room: Any) -> None:
    await _born(room, "11월 20일", "정훈")
    room.playground.faults.error("/channels/*/messages", status=403, times=1)
    room.clock.turn(NINE + 10 * DAY)
    told = await _until(lambda: _wishes(room.playground, "일상"))
    assert "정훈" in told[-1]["content"]
    assert told[-1]["mentions"] == []


async def test_the_role_is_given_for_the_day_and_taken_back(room: Any) -> None:
    await _born(room, "11월 20일", "정훈")
    role = room.playground.world.role_called("오늘의 주인공")["id"]
    await room("/birthday role", options={"role": role})
    member = room.playground.world.members[room.id_of("정훈")]
    await _wish(room)
    await _until(lambda: role in member["roles"])
    room.clock.turn(NINE + timedelta(hours=15))
    await _until(lambda: role not in member["roles"])


async def test_who_left_is_not_congratulated_and_finds_the_birthday_on_return(room: Any) -> None:
    await _born(room, "11월 20일", "정훈", "윤혜")
    gone = room.playground.admin.leave(room.id_of("정훈"))
    wish = await _wish(room)
    assert _mentioned(wish) == ["윤혜"]
    assert "정훈" not in wish["content"]
    assert "정훈" not in (await room("/생일 일정")).content
    room.playground.admin.join(gone)
    assert "11월 20일" in (await room("/생일 보기", member="정훈")).content


async def test_the_digest_lists_the_week_and_calls_nobody(room: Any) -> None:
    await _born(room, "11월 25일", "윤혜")
    await room("/생일 모아보기 월요일마다")
    room.clock.turn(datetime(2026, 11, 23, 0, 0, tzinfo=UTC))
    (digest,) = await _until(lambda: _wishes(room.playground))
    assert "이번 주 생일" in digest["content"]
    assert "2026년 11월 25일(수) 윤혜" in digest["content"]
    assert digest["mentions"] == []
    pressed = await room.playground.press(digest, "📅", member="정훈")
    assert pressed.ephemeral
    assert "다가오는 생일" in pressed.content


async def test_a_wish_that_is_tried_again_says_the_same(room: Any) -> None:
    await _born(room, "11월 20일", "윤혜")
    room.playground.faults.error("/channels/*/messages", status=502, times=1)
    await _wish(room)
    sent = [
        exchange.json["content"]
        for exchange in room.playground.requests
        if exchange.method == "POST" and exchange.route == "/channels/{channel_id}/messages"
    ]
    assert len(set(sent)) == 1


async def test_the_voice_failing_does_not_cost_the_wish(room: Any, monkeypatch: Any) -> None:
    await _born(room, "11월 20일", "윤혜")

    def broken(*given: object, **more: object) -> None:
        raise RuntimeError("no voice")

    monkeypatch.setattr(type(room.client.models.speaker), "saying", broken)
    assert "윤혜야 생일 축하해 🎉" in (await _wish(room))["content"]


async def test_a_day_that_is_left_out_after_a_wish_is_in_no_answer(room: Any) -> None:
    await _born(room, "11월 20일", "윤혜")
    await _wish(room)
    said = (await room("/birthday set", options={"date": "12월 5일"}, member="윤혜")).content
    assert "2026년 12월 5일(토)은 건너뛸게요" in said
    assert "2027년 12월 5일(일)" in (await room("/생일 목록")).content
    assert "이 열두 달에는 보낼 축하가 없어요." in (await room("/생일 일정")).content
    assert "No wishes in these 12 months." in (await room("/birthday plan", locale="en-US")).content
