"""What a voice learns from: of what one person says again in the same words, the first alone."""

from training.text.learning import said_once
from training.text.message import UNDATED, Message


def messages(*said: tuple[str, str]) -> list[Message]:
    return [Message(UNDATED, who, text) for who, text in said]


def test_what_one_person_says_again_in_the_same_words_is_learnt_once() -> None:
    room = messages(("지민", "비번 여섯"), ("소연", "비번 여섯"), ("지민", "비번  여섯"), ("지민", "비번 일곱"))
    assert said_once(room) == [0, 1, 3]


def test_where_no_name_is_told_everything_counts() -> None:
    assert said_once(messages(("", "ㅋㅋ"), ("", "ㅋㅋ"))) == [0, 1]
