"""A server that is not served hears how it may come in, and nothing else; with a code it comes in, once."""

import asyncio
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from bot.__main__ import app
from bot.groups.admissions import INVITATIONS, AdmissionRepository
from bot.groups.departures import KEPT_AFTER_LEAVING, Departures
from bot.store.address import address
from bot.store.store import Store
from playground import NoAnswer
from tests.bot.groups.conftest import STAND_IN, Host, Hosted, Setting, heard

NOW = datetime(2026, 11, 26, tzinfo=UTC)
CLOSED = Setting(allowed=frozenset())
COMMANDS = ("/say 1", "/reply 1", "/fill ___ 1", "/about", "/face new", "/birthday list", "/privacy show", "/group")


async def _told(hosted: Hosted, text: str, member: str = "서진", channel: str = "일상") -> str:
    return (await hosted.playground.command(text, member=member, channel=channel)).content


async def _code(hosted: Hosted, **more: Any) -> str:
    given = {"uses": 1, "lasting": timedelta(days=1), "now": datetime.now(UTC)} | more
    return await AdmissionRepository(hosted.store).invite(**given)


async def test_until_it_is_let_in_a_server_hears_one_sentence_and_others_go_on(host: Host) -> None:
    async with host(CLOSED) as hosted:
        playground = hosted.playground
        told = {await _told(hosted, text) for text in COMMANDS}
        assert len(told) == 1
        assert "`/초대`" in told.pop()
        assert await playground.autocomplete("/face change", "attribute", "", channel="일상", member="서진") == []
        with pytest.raises(NoAnswer):
            await playground.reply_to(playground.say("@단톡 달빛", channel="일상", member="서진"), within=0.2)
        # A button of theirs from before, of a server that is served, and in private.
        answer = await playground.command("/say 1 8", channel="사과밭", member="윤혜")
        assert heard(answer.content) == {"apple"}
        message = playground.world.messages.find(answer.message_id) | {
            "channel_id": playground.world.channel_called("일상")["id"]
        }
        assert "`/초대`" in (await playground.press(message, "🔁", member="서진")).content
        assert heard(await _told(hosted, "/say 1 8", "윤혜", "dm")) == {"apple"}
        assert "멤버와만" in await _told(hosted, "/say 1 8", "서진", "dm")


async def test_a_code_lets_one_server_in_by_a_manager_of_it_and_is_kept_nowhere(host: Host) -> None:
    async with host(CLOSED) as hosted:
        playground, world = hosted.playground, hosted.playground.world
        code = await _code(hosted)
        assert re.fullmatch(r"(?:[a-z2-7]{4}-){3}[a-z2-7]{4}", code)
        async with hosted.store.reading() as connection:
            kept = str((await connection.execute(select(INVITATIONS))).all())
        assert not any(part in kept for part in code.split("-"))
        assert "쓸 수 없는 코드" in await _told(hosted, "/초대 aaaa-bbbb-cccc-dddd")
        everyone = world.guild["roles"][0]["id"]
        playground.admin.change_role(everyone, permissions=str(1 << 10 | 1 << 11 | 1 << 31))
        assert "서버 관리하기" in await _told(hosted, f"/초대 {code}", "서진")
        # The owner of the server, and typed as people type.
        assert "어서 오세요" in await _told(hosted, f"/초대 {code.upper().replace('-', ' ')}", "윤혜")
        assert heard(await _told(hosted, "/say 1 8")) == {STAND_IN}
        assert "이미" in await _told(hosted, f"/초대 {code}", "윤혜")
        assert heard(await _told(hosted, "/say 1 8", "서진", "dm")) == {STAND_IN}


async def test_a_code_is_good_for_so_many_servers_and_so_long_also_when_all_come_at_once(tmp_path: Path) -> None:
    store = await Store.open(address(None, tmp_path))
    admissions = AdmissionRepository(store)
    code = await admissions.invite(2, timedelta(days=7), NOW)
    let_in = await asyncio.gather(*(admissions.redeem(code, server, NOW) for server in range(1, 9)))
    assert sum(let_in) == len(await admissions.servers()) == 2
    late = await admissions.invite(1, timedelta(days=7), NOW)
    assert not await admissions.redeem(late, 20, NOW + timedelta(days=7))
    assert await admissions.redeem(late, 20, NOW + timedelta(days=6))
    assert await admissions.dismiss(20)
    assert not await admissions.dismiss(20)
    await store.close()


def test_the_owner_makes_and_takes_back_by_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DANTOK_DATA", str(tmp_path / "data"))
    code = CliRunner().invoke(app, ["invite", "--uses", "2", "--days", "3"]).stdout.strip()

    async def redeemed() -> bool:
        store = await Store.open(address(None, tmp_path / "data"))
        try:
            return await AdmissionRepository(store).redeem(code, 77, datetime.now(UTC))
        finally:
            await store.close()

    assert asyncio.run(redeemed())
    assert CliRunner().invoke(app, ["dismiss", "77"]).exit_code == 0
    refused = CliRunner().invoke(app, ["dismiss", "77"])
    assert refused.exit_code == 1
    assert "77" in refused.output


class _Keeper:
    """Keeps something about two servers."""

    def __init__(self) -> None:
        self.kept = {1, 2}

    async def servers(self) -> set[int]:
        return self.kept

    async def forget_server(self, server: int) -> None:
        self.kept.discard(server)


async def test_a_month_after_it_was_left_a_server_is_forgotten_unless_the_bot_came_back(tmp_path: Path) -> None:
    store, keeper = await Store.open(address(None, tmp_path)), _Keeper()
    here: dict[int, bool | None] = {1: False, 2: True}

    async def is_here(server: int) -> bool | None:
        return here[server]

    departures = Departures(store, [keeper], is_here)
    await departures.run(NOW)
    await departures.run(NOW + KEPT_AFTER_LEAVING - timedelta(seconds=1))
    here[1] = None  # Discord does not say
    await departures.run(NOW + 2 * KEPT_AFTER_LEAVING)
    assert keeper.kept == {1, 2}
    here[1] = True
    await departures.run(NOW + 2 * KEPT_AFTER_LEAVING)
    here[1] = False
    await departures.run(NOW + 2 * KEPT_AFTER_LEAVING)
    assert keeper.kept == {1, 2}
    await departures.run(NOW + 3 * KEPT_AFTER_LEAVING)
    assert keeper.kept == {2}
    await store.close()


async def test_who_is_gone_is_asked_of_discord_itself_and_what_was_kept_goes(host: Host, turned: Any) -> None:
    from bot.client.servers import keep_forgetting

    clock = turned()
    async with host(Setting(clock=clock)) as hosted:
        playground, apple = hosted.playground, str(hosted.guild("사과밭"))
        for channel, member in (("사과밭", "윤혜"), ("강가", "현지")):
            await hosted.playground.command(
                "/birthday set", options={"date": "3월 5일"}, channel=channel, member=member
            )
            await _told(hosted, "/부르면 켜기", member, channel)
        playground.admin.leave_guild(apple, playground.world.bot["id"])

        async def kept() -> set[str]:
            return {str(server) for feature in hosted.client.features for server in await feature.servers()}

        assert await kept() == {apple, str(hosted.guild("강가"))}
        forgetting = asyncio.create_task(keep_forgetting(hosted.client, hosted.store, 0.02))
        await asyncio.sleep(0.3)
        assert apple in await kept()
        clock.turn(clock.now() + KEPT_AFTER_LEAVING)
        async with asyncio.timeout(20):
            while apple in await kept():  # noqa: ASYNC110 - nobody tells when it is forgotten
                await asyncio.sleep(0.02)
        forgetting.cancel()
        assert await kept() == {str(hosted.guild("강가"))}
