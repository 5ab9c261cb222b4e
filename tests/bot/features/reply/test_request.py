"""The text by which a button remembers what is to be answered."""

import pytest

from bot.features.reply.request import custom_id, of_button
from bot.i18n import UnknownButtonError


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
