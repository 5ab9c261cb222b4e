"""``/reply``, its 🔁 and “Answer in our voice” through the real client."""

import re
from typing import Any

import pytest

from bot.features.blocklist.generated import generated_text
from bot.markdown import unescaped

MENU = "우리말로 답하기"


def said(answer: Any) -> str:
    """Return what the model made up in an answer."""
    return generated_text(answer.content)


async def test_a_sentence_is_answered_and_quoted_above_with_who_said_it_in_small(stage: Any) -> None:
    answer = await stage.playground.command("/답해 오늘 밥 먹으러 가자")
    first, words, last = answer.content.splitlines()
    assert unescaped(first) == "-# ↪ 오늘 밥 먹으러 가자"
    assert last == "-# AI 모델이 지어낸 말이에요"
    assert unescaped(words) == said(answer)
    assert said(answer).startswith(("오늘", "밥", "먹으러", "가자", "윤혜"))
    assert said(answer) not in {"오늘", "밥", "먹으러", "가자", "윤혜"}


async def test_in_english_the_command_has_its_english_name(stage: Any) -> None:
    answer = await stage.playground.command("/reply 오늘", locale="en-US")
    assert "model" in answer.content.splitlines()[-1]
    assert said(answer)


async def test_the_button_answers_the_same_anew(stage: Any) -> None:
    first = await stage.playground.command("/답해 진짜 대박")
    texts = {said(first)}
    for _ in range(4):
        again = await stage.playground.press(first, "🔁", member="정훈")
        assert unescaped(again.content.splitlines()[0]) == "-# ↪ 진짜 대박"
        assert again.message_id != first.message_id
        assert said(again) != said(first)
        texts.add(said(again))
    assert len(texts) > 1


async def test_a_message_is_answered_by_its_menu_with_a_way_to_it(stage: Any) -> None:
    message = stage.playground.say("내일 시험 망했다", member="정훈")
    answer = await stage.playground.use_on_message(message, MENU)
    assert re.fullmatch(rf"-# ↪ \[이 메시지\]\(https://\S+/{message['id']}\)", answer.content.splitlines()[0])
    assert said(answer)
    assert "망했다" not in answer.content.splitlines()[0]
    english = await stage.playground.use_on_message(message, "Answer in our voice", locale="en-US")
    assert said(english)
    assert english.content.startswith("-# ↪ [this message](https://")


async def test_an_answer_can_be_answered_and_its_small_print_is_none_of_it(stage: Any) -> None:
    answer = await stage.playground.command("/답해 오늘")
    reply = await stage.playground.use_on_message(answer, MENU)
    assert said(reply)
    assert said(reply) != said(answer)


async def test_a_message_without_words_is_refused_in_a_sentence(stage: Any) -> None:
    for content in ("<@123456789012345678>", "https://example.com/x", "😀😀", "?!"):
        message = stage.playground.say(content, member="정훈")
        answer = await stage.playground.use_on_message(message, MENU)
        assert answer.ephemeral
        assert "답할 글이 없어요" in answer.content


@pytest.mark.parametrize("sentence", ["\u200b \u200d", "😀😀😀", "___", "@everyone", "?!", "<@1> https://example.com"])
async def test_where_nothing_is_said_it_says_that_there_is_nothing_to_answer(stage: Any, sentence: str) -> None:
    answer = await stage.playground.command("/reply", options={"sentence": sentence})
    assert answer.ephemeral
    assert "답할 말이 없어요" in answer.content


@pytest.mark.parametrize(
    "sentence", ["@everyone 밥 먹자", "<@&1> **밥** `먹자`", "밥 " * 600, "ㅋ" * 2000, "밥 " + "😂" * 900]
)
async def test_whatever_is_typed_nothing_pings_or_acts_and_it_fits(stage: Any, sentence: str) -> None:
    answer = await stage.playground.command("/reply", options={"sentence": sentence})
    assert not answer.ephemeral, answer.content
    assert len(answer.content) <= 2000
    assert not answer.message["mention_everyone"]
    assert answer.message["mentions"] == answer.message["mention_roles"] == []
    assert not re.search(r"(?<!\\)@everyone", answer.content)


async def test_a_sentence_too_long_for_a_button_has_none(stage: Any) -> None:
    assert (await stage.playground.command("/reply", options={"sentence": "밥 먹자 " * 30})).components == []


async def test_a_stranger_in_the_words_is_answered_in_the_name_of_who_asks(stage: Any) -> None:
    answer = await stage.playground.command("/reply", options={"sentence": "쀍쀍"})
    assert said(answer).startswith("윤혜")
    # The voice knows neither the word nor who asks.
    nobody = await stage.playground.command("/reply", options={"sentence": "쀍쀍"}, member="정훈")
    assert nobody.ephemeral
    assert "마땅한 답이 떠오르지 않아요" in nobody.content


async def test_what_was_refused_is_no_answer_any_more(room: Any) -> None:
    for _ in range(3):
        answer = await room("/답해 오늘")
        told = await room.playground.use_on_message(answer, "다시는 하지 마")
        assert told.content.startswith("알겠어요")
        for _ in range(3):
            assert said(await room("/답해 오늘")) != said(answer)
