"""The words of a message: without mentions and links."""

import pytest

from bot.features.calls.words import words_of


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
