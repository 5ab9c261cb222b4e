"""The demo's invented group: there is a birthday to turn to, and somebody whom managers' commands refuse."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.demo import group
from bot.store.address import address
from bot.store.store import Store
from playground import Playground
from playground.world.clock import AdjustableClock
from tests.bot.conftest import Stage, played

NOBODYS = "은결"


@pytest.fixture
async def stage(bundle: Path, tmp_path: Path, turned: Callable[[], AdjustableClock]) -> AsyncIterator[Stage]:
    clock, store = turned(), await Store.open(address(None, tmp_path))
    async with Playground(clock=lambda: clock.now().timestamp()) as playground:
        await group.set_up(playground, store, clock)
        async with played(playground, bundle, store=store, clock=clock) as ready:
            yield ready
    await store.close()


async def test_friends_have_birthdays_by_both_calendars_and_the_newcomer_has_yet_to_set_one(stage: Stage) -> None:
    listed = (await stage.playground.command("/birthday list")).content
    assert listed.index("12월 3일") < listed.index("2027년 3월 5일")
    assert "음력" in listed
    newcomer = stage.playground.world.me["id"]
    assert newcomer not in listed
    assert "3월 5일" in (await stage.playground.command("/birthday set 3/5")).content


async def test_one_member_is_no_manager_and_is_told_so_alone(stage: Stage) -> None:
    for command in ("/birthday time 21:00", "/birthday check", "/when-called 끄기"):
        refused = await stage.playground.command(command, member=NOBODYS)
        assert refused.ephemeral
        assert "서버 관리하기 권한이 있는 사람만" in refused.content
        assert "권한이 있는 사람만" not in (await stage.playground.command(command, member="정훈")).content


async def test_who_is_no_manager_can_do_all_the_rest(stage: Stage) -> None:
    for command in ("/say 밥 3", "/birthday set 3/5", "/birthday list", "/about", "/privacy show"):
        answer = await stage.playground.command(command, member=NOBODYS)
        assert answer.content
        assert "권한" not in answer.content
