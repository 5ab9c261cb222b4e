"""Who is on which server: believed for a while, and nobody is taken for a member because Discord did not say."""

import asyncio

from bot.groups.memberships import FRESH, Memberships
from tests.bot.groups.conftest import Clock

PERSON = 7


async def test_discord_is_asked_once_in_a_while_and_who_left_is_a_stranger_then() -> None:
    asked: list[int] = []
    on = {1}
    clock = Clock()

    async def ask(server: int, person: int) -> bool:
        asked.append(server)
        return server in on

    memberships = Memberships(ask, clock)
    for _ in range(3):
        assert await memberships.among([1, 2], PERSON) == {1}
    assert sorted(asked) == [1, 2]
    on.clear()
    clock.now = FRESH - 1
    assert await memberships.among([1], PERSON) == {1}
    clock.now = FRESH
    assert await memberships.among([1], PERSON) == frozenset()
    on.add(2)
    assert await memberships.among([2], PERSON) == {2}


async def test_who_cannot_be_asked_after_in_time_is_a_stranger_and_asked_after_again() -> None:
    answers = iter([OSError(), None, True])

    async def ask(server: int, person: int) -> bool:
        answer = next(answers)
        if isinstance(answer, OSError):
            raise answer
        if answer is None:
            await asyncio.sleep(60)
        return bool(answer)

    memberships = Memberships(ask)
    assert [await memberships.among([1], PERSON) for _ in range(3)] == [frozenset(), frozenset(), {1}]


async def test_of_thousands_of_servers_few_are_asked_about_one_person_and_those_first_where_they_were_seen() -> None:
    asked: list[int] = []
    clock = Clock()

    async def ask(server: int, person: int) -> bool:
        asked.append(server)
        return server == 9_000

    memberships = Memberships(ask, clock)
    memberships.note(9_000, PERSON)
    assert await memberships.among(range(10_000), PERSON) == {9_000}
    assert 9_000 not in asked
    once = len(asked)
    assert once < 1_000
    clock.now = FRESH - 1
    assert await memberships.among(range(10_000), PERSON) == {9_000}
    asked.clear()
    # What they were seen on is not believed for ever, and is asked after first.
    clock.now = 2 * FRESH
    assert await memberships.among(range(10_000), PERSON) == {9_000}
    assert asked[0] == 9_000
    assert len(asked) <= once
    # Nobody else pays for them.
    assert await memberships.among([9_000], PERSON + 1) == {9_000}


async def test_of_thousands_of_servers_there_is_no_task_for_each() -> None:
    tasks = 0

    async def ask(server: int, person: int) -> bool:
        nonlocal tasks
        tasks = max(tasks, len(asyncio.all_tasks()))
        return server == 3

    memberships = Memberships(ask)
    for _ in range(2):
        assert await memberships.among(range(10_000), PERSON) == {3}
    assert tasks < 300
