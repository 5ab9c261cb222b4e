"""What is to be answered: words without mentions and links, and the text by which a button remembers them."""

import pytest

from bot.features.reply.request import custom_id, of_button, words_of
from bot.i18n import UnknownButtonError


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("<@1234> 오늘 뭐 먹지", "오늘 뭐 먹지"),
        ("<@!1234> <@&99> <#5> </말해:77> @everyone @here 밥", "밥"),
        ("<a:party:123> <:ok:4> 좋아 <t:1700000000:R>", "좋아"),
        ("이거 봐 https://example.com/a?b=c 웃겨", "이거 봐 웃겨"),
        ("밥 먹으러 가자\n-# AI 모델이 지어낸 말이에요", "밥 먹으러 가자"),
        ("a@everyone.kr 한테 보내", "a .kr 한테 보내"),
        ("<@1>", ""),
        ("", ""),
        ("\u200b\n ", ""),
        ("1 < 2 > 0", "1 < 2 > 0"),
    ],
)
def test_of_a_message_the_words_are_left(markdown: str, words: str) -> None:
    assert words_of(markdown) == words


def test_a_button_remembers_what_is_answered() -> None:
    for words in ("오늘 뭐 먹지", "", "reply:reply:", "😂" * 10):
        remembered = custom_id(words)
        assert remembered is not None
        assert of_button(remembered) == words


def test_what_is_too_long_for_a_button_is_not_remembered_by_halves() -> None:
    assert custom_id("가" * 94) is not None
    assert custom_id("가" * 95) is None
    assert custom_id("😂" * 48) is None


@pytest.mark.parametrize("forged", ["reply: 밥", "reply:밥\n\n국", "reply:밥\u200b"])
def test_a_button_that_no_version_made_is_refused(forged: str) -> None:
    with pytest.raises(UnknownButtonError):
        of_button(forged)
