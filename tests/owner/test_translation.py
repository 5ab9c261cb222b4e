"""What training, export and the bot say of the owner's files is read in Korean, with what was found left as it is."""

import pytest

from bot.i18n import texts_for
from owner.texts import OwnerTexts
from owner.translation import translated
from tests.sentences import unsaid


def test_no_sentence_is_kept_that_nobody_says_any_more() -> None:
    assert unsaid(texts_for(OwnerTexts, "ko").of_commands, "training", "export", "owner") == set()


@pytest.mark.parametrize(
    ("said", "read"),
    [
        (
            "chat.txt is empty: copy it again, or export the chat again if it was empty from the start.",
            "chat.txt: 빈 파일",
        ),
        ("No face was found in any of the 12 photos in /a b.", "사진 12장"),
        ("a is JSON of a form that is not known here: give something else.", "a: 모르는 모양의 JSON"),
        (
            "This cannot be trained on. Only one person writes here, so the voice will be that person's alone.",
            "이 대화로는 배울 수 없어요. 한 사람만 쓴 대화라서",
        ),
    ],
)
def test_a_sentence_of_a_command_is_read_in_korean(said: str, read: str) -> None:
    assert read in translated(said, "ko_KR.UTF-8")
    assert translated(said, "en_GB.UTF-8") == said


def test_what_no_table_has_stays() -> None:
    assert translated("Something new.", "ko") == "Something new."
