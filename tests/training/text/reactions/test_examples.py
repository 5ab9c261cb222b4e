"""What a room's own signs label, and what is told apart by them."""

from datetime import datetime, timedelta

import pytest

from training.text.message import UNDATED, Message
from training.text.reactions.examples import Example, classes_of, examples_of, label_of

NOON = datetime(2026, 11, 19, 12)


def chat(*said: tuple[str, str], apart: timedelta = timedelta(minutes=1)) -> list[Message]:
    return [Message(NOON + number * apart, who, text) for number, (who, text) in enumerate(said)]


@pytest.mark.parametrize(
    ("text", "emoji"),
    [
        ("시험 망했다 ㅠㅠ", "😭"),
        ("ㅋㅋㅋ 시험 망했다 ㅠㅠ!", "😭"),
        ("ㅋㅋㅋ 시험 망했다", "😂"),
        ("헐 진짜 ㅋㅋ 왜", "😮"),
        ("생일 💕 축하해", "💕"),
        ("좋아 👍🏽~", "👍"),
        ("우리 가족 👨‍👩‍👧", None),
        ("밥 먹자", None),
        ("", None),
    ],
)
def test_the_sign_at_the_end_labels_what_was_said(text: str, emoji: str | None) -> None:
    assert label_of(text) == emoji


def test_a_sign_alone_labels_what_another_said_just_before() -> None:
    said = chat(
        ("윤혜", "밥 먹자"),
        ("정훈", "ㅇㅈ"),
        ("윤혜", "배고파 ㅠㅠ"),
        ("정훈", "ㅋㅋㅋ"),
        ("윤혜", "집"),
        ("윤혜", "🎉"),
    )
    assert examples_of(said) == [Example("밥 먹자", "👍"), Example("배고파", "😭")]
    assert examples_of(chat(("윤혜", "밥 먹자"), ("정훈", "ㅇㅈ"), apart=timedelta(minutes=9))) == []
    undated = [Message(UNDATED, who, text) for who, text in (("윤혜", "밥 먹자"), ("정훈", "ㅇㅈ"))]
    assert examples_of(undated) == []


def test_a_room_with_many_emoji_is_told_apart_by_them_and_one_with_few_by_kind() -> None:
    many = [Example("말", emoji) for emoji in "😂😭💕✨🥹🙌" for _ in range(30)] + [Example("말", "🌧")] * 3
    assert sorted(classes_of(many).emoji) == sorted("😂😭💕✨🥹🙌")
    few = [Example("말", emoji) for emoji in "🤣🤣😂😭😭" for _ in range(20)] + [Example("말", "👍")] * 3
    classes = classes_of(few)
    assert classes.are_kinds
    assert classes.emoji == ("🤣", "😭")
    assert [classes.of(Example("말", emoji)) for emoji in "😂😅😢👍🌧"] == [0, 0, 1, None, None]
    assert classes_of([]).emoji == ()
