"""Wishes written beforehand: a form, nobody reads them before the day, then page by page under the wish."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.features.birthday.delivery.retention import RetentionJob
from bot.store.address import address
from bot.store.store import Store
from playground import Answer, Playground
from tests.bot.features.birthday.waiting import NINE, said, until, wish

DAY = timedelta(days=1)


async def _written(room: Any, text: str, author: str = "정훈", to: str = "윤혜", **more: Any) -> Answer:
    form = await room("/birthday wish", options={"who": room.id_of(to)}, member=author, **more)
    return await room.playground.submit_modal(form, {"text": text})


async def _born(room: Any, day: str = "11월 20일", name: str = "윤혜", **options: Any) -> None:
    await room("/생일 채널 생일")
    await room("/birthday set", options={"date": day, **options}, member=name)


def _embed(answer: Answer) -> tuple[str, str]:
    (embed,) = answer.embeds
    return embed["author"]["name"], embed["description"]


async def test_what_was_written_beforehand_is_read_page_by_page_under_the_wish(room: Any) -> None:
    await _born(room)
    kept = await _written(room, "첫째 줄\n**굵게** @everyone <@1> https://example.com")
    assert kept.ephemeral
    assert "2026년 11월 20일(금)" in kept.content
    await _written(room, "Happy birthday!", "다빈", locale="en-US")
    await _written(room, "아니, 다시 쓸래", "다빈")
    assert len([one for one in said(room.playground, "생일") if "축하" in one["content"]]) == 0
    posted = await wish(room)
    join, read = posted["components"][0]["components"]
    assert read["label"] == "축하 글 읽기 · 2개"
    assert "첫째" not in posted["content"]
    first = await room.playground.press(posted, read["custom_id"], member="윤혜")
    assert first.ephemeral
    assert _embed(first) == ("정훈", "첫째 줄\n\\*\\*굵게\\*\\* \\@everyone \\<\\@1\\> https\\:\\/\\/example\\.com")
    assert first.message["mentions"] == []
    second = await room.playground.press(first, "▶️", member="윤혜")
    assert (second.message_id, _embed(second)) == (first.message_id, ("다빈", "아니, 다시 쓸래"))
    assert second.components[0]["components"][1]["disabled"]
    joined = await room.playground.press(posted, join["custom_id"], member="하람")
    assert [one["label"] for one in joined.components[0]["components"]] == ["같이 축하하기 · 1명", "축하 글 읽기 · 2개"]
    assert _embed(await room("/생일 받은축하"))[0] == "정훈"


async def test_only_of_what_is_written_already_the_form_says_how_to_take_it_back(room: Any) -> None:
    await _born(room)
    for label, is_required in (("축하 글", True), ("축하 글 (비우면 지워요)", False)):
        form = await room("/birthday wish", options={"who": room.id_of("윤혜")}, member="정훈")
        (field,) = form.modal["components"][0]["components"]
        assert (field["label"], field["required"]) == (label, is_required)
        await room.playground.submit_modal(form, {"text": "축하해"})


async def test_nobody_reads_it_before_and_a_manager_deletes_it_unread(room: Any) -> None:
    await _born(room)
    await _written(room, "비밀이야")
    assert "아직 받은 축하 글이 없어요" in (await room("/생일 받은축하")).content
    refused = await room("/birthday wishes", options={"who": room.id_of("윤혜")})
    assert "비밀이에요" in refused.content
    listed = await room("/birthday wishes", options={"who": room.id_of("윤혜")}, member="하람")
    assert f"<@{room.id_of('정훈')}>" in listed.content
    assert "비밀이야" not in str(listed.message)
    assert listed.message["mentions"] == []
    for said_then in ("지웠어요", "이제 없어요"):
        options = {"who": room.id_of("윤혜"), "author": room.id_of("정훈")}
        assert said_then in (await room("/birthday wishes", options=options, member="하람")).content
    assert len((await wish(room))["components"][0]["components"]) == 1


async def test_its_author_edits_and_deletes_it_and_long_ones_fit(room: Any) -> None:
    await _born(room)
    kept = await _written(room, "*" * 2000)
    form = await room.playground.press(kept, "고치기", member="정훈")
    assert "*" * 2000 in str(form.modal)
    kept = await room.playground.submit_modal(form, {"text": "한 줄\n\n\n\n두 줄  "})
    assert _embed(kept)[1] == "한 줄\n\n두 줄"
    assert "지웠어요" in (await room.playground.press(kept, "지우기", member="정훈")).content
    assert "적은 내용이 없어서" in (await _written(room, " \n ")).content
    await _written(room, "다시")
    form = await room("/birthday wish", options={"who": room.id_of("윤혜")}, member="정훈")
    assert "지웠어요" in (await room.playground.submit_modal(form, {"text": ""})).content
    await _written(room, "`" * 2000)
    posted = await wish(room)
    assert len(_embed(await room.playground.press(posted, "💌"))[1]) == 4000


async def test_to_whom_and_when_nothing_can_be_written_is_one_sentence(room: Any) -> None:
    ask = lambda who, **more: room("/birthday wish", options={"who": room.id_of(who)}, **more)  # noqa: E731
    bot = {"who": room.playground.world.bot["id"]}
    assert "생일까지 비밀" in (await ask("윤혜")).content
    assert "봇에게는" in (await room("/birthday wish", options=bot)).content
    assert "아직 그분의 생일을 몰라요" in (await ask("정훈")).content
    await room("/birthday set", options={"date": "2000-12-05", "hide-year": True}, member="정훈")
    assert "조용히" in (await ask("정훈")).content
    await room("/birthday set", options={"date": "2/29"}, member="다빈")
    kept = await _written(room, "윤년 축하", "윤혜", "다빈")
    assert "2027년 2월 28일(일)" in kept.content
    assert "축하할 채널이 없어요" in kept.content
    await room("/birthday set", options={"date": "2000-2-29", "hide-year": True}, member="다빈")
    await room("/birthday set", options={"date": "2000-2-29", "hide-year": False}, member="다빈")
    listed = await room("/birthday wishes", options={"who": room.id_of("다빈")})
    assert "아직 다빈 님에게 쓴 축하 글이 없어요" in listed.content
    await _born(room)
    await wish(room)
    assert "이미 나갔어요" in (await ask("윤혜", member="정훈")).content
    assert "already gone out" in (await ask("윤혜", member="정훈", locale="en-US")).content


async def test_under_the_wish_its_author_and_managers_delete_it_and_nobody_else(room: Any) -> None:
    await _born(room)
    for author in ("정훈", "다빈", "민서"):
        await _written(room, f"{author}이 썼어", author)
    posted = await wish(room)
    everybody = room.playground.world.guild["id"]
    room.playground.admin.change_role(everybody, permissions=str((1 << 50) - 1 & ~(1 << 3) & ~(1 << 5)))
    read = posted["components"][0]["components"][1]["custom_id"]
    of_other = await room.playground.press(posted, read, member="하람")
    assert [one.get("label") for one in of_other.components[0]["components"]] == [None, None]
    own = await room.playground.press(posted, read, member="정훈")
    forged = own.components
    room.playground.world.messages.find(of_other.message_id)["components"] = forged
    delete = next(one for one in forged[0]["components"] if one.get("label") == "지우기")
    refused = await room.playground.press(of_other.message_id, delete["custom_id"], member="하람")
    assert "서버 관리하기" in refused.content
    assert _embed(await _deleted(room, own, "정훈"))[0] == "다빈"
    asked = await room.playground.press(await room.playground.press(posted, read), "지우기")
    assert _embed(await room.playground.press(asked, "취소"))[0] == "다빈"
    assert _embed(await _deleted(room, await room.playground.press(posted, read)))[0] == "민서"
    assert "30일" in (await _deleted(room, await room.playground.press(posted, read))).content


async def _deleted(room: Any, page: Answer, member: str | None = None) -> Answer:
    asked = await room.playground.press(page, "지우기", member=member)
    assert "지울까요" in asked.content
    return await room.playground.press(asked, "지우기", member=member)


async def test_a_form_is_sent_and_pages_are_turned_after_a_restart_and_letters_go_after_a_month(
    bundle: Path, tmp_path: Path, play: Callable[..., Any], turned: Callable[..., Any]
) -> None:
    clock = turned()
    async with Playground(clock=clock) as playground:
        who = {"who": playground.world.person_called("윤혜")["id"]}
        store = await Store.open(address(None, tmp_path))
        async with play(playground, bundle, store=store, clock=clock):
            await playground.command("/생일 채널 생일")
            await playground.command("/생일 등록 11월20일")
            form = await playground.command("/birthday wish", options=who, member="정훈")
        await store.close()
        store = await Store.open(address(None, tmp_path))
        async with play(playground, bundle, store=store, clock=clock) as stage:
            assert "전할게요" in (await playground.submit_modal(form, {"text": "오래 쓴 글"})).content
            # Its answer is lost: it is tried again, and what was gathered comes along with it.
            playground.faults.error("/channels/*/messages", status=502, times=1)
            clock.turn(NINE)
            (posted,) = await until(lambda: said(playground, "생일"))
            assert _embed(await playground.press(posted, "💌"))[1] == "오래 쓴 글"
            (feature,) = [one for one in stage.client.features if type(one).__name__ == "BirthdayFeature"]
            repositories = feature._scheduler.repositories
            for days, there in ((29, True), (31, False)):
                await RetentionJob(repositories, feature._scheduler._sender._messenger).run(NINE + days * DAY)
                assert ("30일" not in (await playground.press(posted, "💌")).content) == there
        await store.close()
