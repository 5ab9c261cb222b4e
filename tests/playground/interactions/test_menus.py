"""Commands in the context menus of messages and of people, through the real client."""

import discord
import pytest

from playground import TypedError


async def test_a_command_is_chosen_on_a_message_in_any_language(playground, guest):
    message = playground.say("밥 먹으러 가자", member="다빈")
    for name, locale in (("Quote this", "en-US"), ("인용하기", "ko")):
        answer = await playground.use_on_message(message, name, member="정훈", locale=locale)
        assert answer.content == "> 다빈: 밥 먹으러 가자"
        assert answer.ephemeral
    assert answer.message["type"] == 23
    assert answer.message["interaction_metadata"]["target_message_id"] == message["id"]
    assert answer.message["interaction"]["name"] == "Quote this"


async def test_a_command_is_chosen_on_an_answer_of_the_bot(playground, guest):
    said = await playground.command("/say 윤혜 n:2")
    assert (await playground.use_on_message(said, "인용하기")).content.endswith("윤혜 윤혜")
    private = await playground.command("/say 윤혜 n:1", channel="dm")
    assert (await playground.use_on_message(private, "인용하기")).content.endswith("윤혜")


async def test_a_command_is_chosen_on_a_person(playground, guest):
    answer = await playground.use_on_person("정훈", "Wave")
    assert answer.content == "정훈 안녕"
    assert answer.message["interaction_metadata"]["target_user"]["id"] == playground.world.person_called("정훈")["id"]


async def test_what_discords_client_would_not_offer_is_refused(playground, guest):
    message = playground.say("가자")
    with pytest.raises(TypedError, match="인용하기"):
        await playground.use_on_message(message, "say")
    with pytest.raises(TypedError, match="여기서 쓸 수 없어요"):
        await playground.use_on_person("정훈", "Wave", channel="dm")
    secret = await playground.use_on_message(message, "인용하기", member="정훈")
    with pytest.raises(TypedError):
        await playground.use_on_message(secret, "인용하기", member="다빈")


@pytest.mark.parametrize(
    "more",
    [
        {"description": "말"},
        {"options": [{"type": 3, "name": "word", "description": "a"}]},
        {"name": ""},
        {"name": "가" * 33},
        {"name_localizations": {"ko": "가" * 33}},
        {"name_localizations": {"xx": "가"}},
    ],
)
async def test_a_command_of_a_menu_has_a_name_and_nothing_else(playground, guest, more):
    body = {"type": 3, "name": "A Name With Spaces"}
    assert await guest.http.upsert_global_command(guest.application_id, body)
    with pytest.raises(discord.HTTPException) as refused:
        await guest.http.upsert_global_command(guest.application_id, body | more)
    assert refused.value.code == 50035
