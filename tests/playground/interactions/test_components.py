"""Buttons and forms through the real client."""

import asyncio

import pytest

from playground import NoAnswer, TypedError


async def test_a_button_changes_its_message(playground, guest):
    answer = await playground.command("/say word:윤혜 n:3")
    pressed = await playground.press(answer, "3")
    assert (pressed.content, pressed.message_id) == ("4번", answer.message_id)
    assert (await playground.press(pressed.message_id, "count:4", member="다빈")).content == "5번"
    assert answer.content == "윤혜 윤혜 윤혜"


async def test_a_button_works_after_the_bot_was_replaced(playground, connect):
    async with connect(playground):
        answer = await playground.command("/say word:윤혜 n:1")
    async with connect(playground):
        assert (await playground.press(answer, "1")).content == "2번"


async def test_a_button_that_is_not_there_cannot_be_pressed(playground, guest):
    answer = await playground.command("/say word:윤혜 n:1")
    with pytest.raises(TypedError):
        await playground.press(answer, "nothing")


async def test_a_button_without_a_bot_fails(playground, connect):
    async with connect(playground):
        answer = await playground.command("/say word:윤혜 n:1")
    with pytest.raises(NoAnswer):
        await playground.press(answer, "1")


async def test_a_form_is_filled_in_and_answered(playground, guest):
    form = await playground.command("/form")
    assert form.modal["title"] == "한마디"
    answer = await playground.submit_modal(form, {"제목": "인사", "long": "안녕"})
    assert answer.content == "인사: 안녕"
    assert answer.ephemeral


async def test_a_form_is_checked_as_discords_client_does(playground, guest):
    form = await playground.command("/form")
    with pytest.raises(TypedError, match="제목"):
        await playground.submit_modal(form, {"long": "안녕"})


async def test_many_at_once(playground, guest):
    answers = await asyncio.gather(*(playground.command(f"/say word:{n} n:1") for n in range(50)))
    assert [answer.content for answer in answers] == [str(n) for n in range(50)]
