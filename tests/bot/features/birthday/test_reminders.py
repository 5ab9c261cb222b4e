"""Reminders as members get them: asked for, in private messages of the real client, with buttons that go on."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.store.address import address
from bot.store.store import Store
from playground import Playground
from tests.bot.features.birthday.waiting import NINE, said, until

DAY = timedelta(days=1)


async def test_who_asks_gets_a_note_three_days_before_and_writes_a_wish_from_there_also_after_a_restart(
    bundle: Path, tmp_path: Path, play: Callable[..., Any], turned: Callable[..., Any]
) -> None:
    clock = turned()
    async with Playground(clock=clock) as playground:
        notes = lambda member: said(playground, "dm", member)  # noqa: E731
        store = await Store.open(address(None, tmp_path))
        async with play(playground, bundle, store=store, clock=clock):
            await playground.command("/생일 등록 11월23일")
            assert "3일 전에" in (await playground.command("/생일 알림날짜 3")).content
            for member in ("윤혜", "정훈"):
                asked = await playground.command("/생일 알림받기", member=member)
                assert asked.ephemeral
                assert "켰어요" in asked.content
                assert "3일 전" in asked.content
            assert "받는 사람 2명" in (await playground.command("/생일 점검")).content
            clock.turn(NINE)
            note = (await until(lambda: len(found := notes("정훈")) == 2 and found))[-1]
            assert "3일 뒤 2026년 11월 23일(월)은 윤혜 님의 생일이에요" in note["content"]
            assert note["mentions"] == []
            assert len(notes("윤혜")) == 1  # that they turned it on, and nothing of their own
        await store.close()
        store = await Store.open(address(None, tmp_path))
        async with play(playground, bundle, store=store, clock=clock):
            form = await playground.press(note, "✍️", member="정훈")
            kept = await playground.submit_modal(form, {"text": "몰래 쓴다"})
            assert "2026년 11월 23일(월), 윤혜 님의 생일에 전할게요" in kept.content
            assert "그만" in note["components"][0]["components"][1]["label"]
            stopped = await playground.press(note, "🔕", member="정훈")
            assert "미리 알리지 않을게요" in stopped.content
            assert "받는 사람 1명" in (await playground.command("/생일 점검")).content
            assert (
                "won't send reminders"
                in (await playground.command("/birthday reminder-days 0", locale="en-US")).content
            )
        await store.close()


async def test_who_cannot_be_written_to_is_told_and_the_server_says_when_it_sends_none(room: Any) -> None:
    room.playground.faults.error("/channels/*/messages", status=403, times=1)
    assert "DM을 보낼 수 없어요" in (await room("/생일 알림받기")).content
    on = await room("/생일 알림받기")
    assert "아직 알림이 꺼져 있어요" in on.content
    again = await room("/생일 알림받기")
    assert "알려 드리고 있어요" in again.content
    await room.playground.press(again, "🔕")
    assert "켰어요" in (await room("/생일 알림받기")).content
    assert "관리하기 권한" in (await _as_ordinary(room, "/birthday reminder-days", {"days": 3})).content


async def _as_ordinary(room: Any, command: str, options: dict[str, Any]) -> Any:
    everybody = room.playground.world.guild["id"]
    room.playground.admin.change_role(everybody, permissions=str((1 << 50) - 1 & ~(1 << 3) & ~(1 << 5)))
    return await room(command, options=options, member="정훈")


async def test_a_note_of_a_server_that_was_left_opens_no_form(room: Any) -> None:
    await room("/birthday set", options={"date": "11월 21일"}, member="윤혜")
    await room("/생일 알림날짜 3")
    await room("/생일 알림받기", member="정훈")
    note = (await until(lambda: len(found := said(room.playground, "dm", "정훈")) == 2 and found))[-1]
    assert "2일 뒤" in note["content"]
    channel = room.playground.world.channel(note["channel_id"])
    gone = room.playground.admin.leave(room.id_of("정훈"))
    data = {**note["components"][0]["components"][0]}
    press = {"custom_id": data["custom_id"], "component_type": 2}
    interaction = room.playground._interactions.open(3, press, gone["user"], channel, "ko", message=note)
    outcome = await interaction.outcome
    assert "이제 그 서버에 없어서" in outcome.message["content"]
