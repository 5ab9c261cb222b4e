"""Turn pairs and lines: who answers whom, and what is nobody's alone."""

import random
from datetime import datetime, timedelta

from bot.bundle import normalise
from training.text.answers.lines import MOST, exchanges_of, lines_of
from training.text.answers.pairs import Pair, pairs_of
from training.text.message import UNDATED, Message

NOON = datetime(2026, 11, 19, 12)


def room(*said: tuple[float, str, str]) -> list[Message]:
    """Return messages: minutes after noon, who, what."""
    return [Message(NOON + timedelta(minutes=minutes), who, text) for minutes, who, text in said]


def test_an_answer_is_the_first_message_of_another_within_minutes() -> None:
    messages = room((0, "윤혜", "밥 먹자"), (1, "정훈", "뭐 먹지"), (1, "정훈", "치킨?"), (3, "다빈", "좋아"))
    assert pairs_of(messages) == [Pair("밥 먹자", "뭐 먹지"), Pair("뭐 먹지 치킨?", "좋아")]


def test_what_comes_later_is_no_answer_nor_what_comes_before() -> None:
    assert pairs_of(room((0, "윤혜", "밥 먹자"), (5.1, "정훈", "뭐"))) == []
    assert pairs_of(room((0, "윤혜", "밥 먹자"), (-1, "정훈", "뭐"))) == []
    assert len(pairs_of(room((0, "윤혜", "밥 먹자"), (5, "정훈", "뭐")))) == 1


def test_of_a_long_turn_the_last_and_recent_messages_count() -> None:
    messages = room(*((minutes, "윤혜", f"말{minutes}") for minutes in (0, 7, 8, 9, 10)), (11, "정훈", "응"))
    assert pairs_of(messages) == [Pair("말8 말9 말10", "응")]
    old = room((0, "윤혜", "옛말"), (8, "윤혜", "새말"), (9, "정훈", "응"))
    assert pairs_of(old) == [Pair("새말", "응")]


def test_without_names_or_times_there_are_no_pairs() -> None:
    assert pairs_of([Message(UNDATED, "", "밥"), Message(UNDATED, "", "국")]) == []
    assert pairs_of([Message(UNDATED, "윤혜", "밥"), Message(UNDATED, "정훈", "국")]) == []
    assert pairs_of(room((0, "", "밥"), (0, "윤혜", "국"))) == []
    assert pairs_of([]) == []


def test_who_writes_a_letter_writes_no_chat() -> None:
    assert pairs_of(room((0, "윤혜", "가" * 121), (0, "정훈", "응"))) == []


def answering(*lines: str) -> list[Pair]:
    """Return pairs in which each line answers two messages."""
    return [Pair(message, line) for line in lines for message in ("뭐해", "어디야")]


def test_a_line_is_what_three_people_said_letter_by_letter() -> None:
    people = {"ㅇㅈ": "가나다", "배고파": "가나", "밥": "가가가나"}
    said = [(0, who, text) for text, speakers in people.items() for who in speakers]
    assert lines_of(room(*said), answering(*people)) == ["ㅇㅈ"]


def test_nothing_that_fewer_than_three_people_said_is_a_line() -> None:
    rng = random.Random(1)
    texts = [f"말{rng.randrange(400)}" + "ㅋ" * rng.randrange(3) for _ in range(2000)]
    messages = room(*((0, rng.choice("가나다라마"), text) for text in texts))
    people = {text: {one.who for one in messages if normalise(one.text) == text} for text in set(texts)}
    lines = lines_of(messages, answering(*set(texts)))
    assert 0 < len(lines) < len(people)
    assert all(len(people[line]) >= 3 for line in lines)


def test_who_has_no_name_is_nobody() -> None:
    assert lines_of(room(*((0, "", "ㅇㅈ") for _ in range(9))), answering("ㅇㅈ")) == []


def test_a_line_that_names_somebody_of_the_room_is_theirs() -> None:
    people = ("홍길동", "이몽룡", "성춘향", "허생")
    said = [(0, who, text) for text in ("길동아 생일 축하해", "생일 축하해", "허생") for who in people]
    assert lines_of(room(*said), answering(*(text for _, _, text in said))) == ["생일 축하해"]


def test_of_lines_that_differ_by_a_row_of_letters_the_usual_one_is_kept_and_the_usual_ones_come_first() -> None:
    texts = ("ㅋㅋㅋ", "ㅋㅋㅋㅋㅋ", "그래")
    messages = room(*((0, who, text) for text in texts for who in "가나다"))
    pairs = [*answering("ㅋㅋㅋㅋㅋ", "그래", "ㅋㅋㅋ"), Pair("누구", "ㅋㅋㅋㅋㅋ")]
    assert lines_of(messages, pairs) == ["ㅋㅋㅋㅋㅋ", "그래"]


def test_what_never_answered_or_only_one_message_is_no_line_however_many_say_it() -> None:
    """What opens a talk, and the punchline of one: to anything else both are beside the point."""
    messages = room(*((0, who, text) for text in ("나 소개팅한다", "이거 내 뒤통수네", "진짜?") for who in "가나다라"))
    pairs = [*answering("진짜?"), *[Pair("사진 봐", "이거 내 뒤통수네")] * 4]
    assert lines_of(messages, pairs) == ["진짜?"]


def test_there_are_only_so_many_lines() -> None:
    texts = [f"말 {chr(0xAC00 + number)}" for number in range(MOST + 50)]
    messages = room(*((0, who, text) for text in texts for who in "가나다"))
    assert len(lines_of(messages, answering(*texts))) == MOST


def answered(question: str, answer: str, *who: str) -> list[tuple[float, str, str]]:
    """Return an exchange a pair of names, the first of whom asks; nothing of it answers what stood before."""
    return [
        entry
        for number, (asks, answers) in enumerate(who)
        for entry in ((60.0 * number, asks, question), (60.0 * number + 1, answers, answer))
    ]


TEXTS = ("밥 먹자", "좋아 가자", "배고파")
"""Lines of everybody, each an hour apart from all else."""


def exchanges(*said: tuple[float, str, str]) -> tuple[set[str], set[tuple[str, str]]]:
    """Return the lines, and the lines that were answered with their answers."""
    everybody = [
        (60.0 * number, who, text) for number, (text, who) in enumerate((t, w) for t in TEXTS for w in "가나다")
    ]
    found = exchanges_of(room(*everybody, *((9_000 + minutes, who, text) for minutes, who, text in said)), ["배고파"])
    lines = ["배고파", *found.more]
    return set(found.more), {(lines[one], lines[other]) for one, other in found.answers}


def test_what_three_people_say_is_among_the_lines_once() -> None:
    more, answers = exchanges((0, "가", "나만의 말"), (1, "가", "나만의 말"), (2, "나", "나만의 말"))
    assert more == {"밥 먹자", "좋아 가자"}
    assert answers == set()


def test_what_two_answered_among_three_people_is_an_answer() -> None:
    pair = ("밥 먹자", "좋아 가자")
    assert exchanges(*answered(*pair, "가나", "나다"))[1] == {pair}
    assert exchanges(*answered("밥 먹자", "배고파", "가나", "가다"))[1] == {("밥 먹자", "배고파")}
    between = [(9.0, "가", "밥 먹자"), (9.5, "다", "나만의 말"), (10.0, "나", "좋아 가자")]
    assert exchanges(*between, *((minutes + 60, *rest) for minutes, *rest in answered(*pair, "나다")))[1] == {pair}
    assert exchanges(*answered(*pair, "가나"))[1] == set(), "once"
    assert exchanges(*answered(*pair, "가나", "나가"))[1] == set(), "two people among themselves"
    assert exchanges(*answered(*pair, "가나", "다나"))[1] == set(), "one who always says so"


def test_a_line_that_names_somebody_begins_with_the_name_and_answers_nothing() -> None:
    people = ("윤혜", "정훈", "다빈")
    texts = ("윤혜야 밥 먹자", "오늘 윤혜 뭐 해", "윤혜랑 정훈이 어디야", "응 가자")
    said = [(60.0 * number, who, text) for number, (text, who) in enumerate((t, w) for t in texts for w in people)]
    pairs = [("윤혜야 밥 먹자", "응 가자"), ("응 가자", "윤혜야 밥 먹자")]
    answers = [
        entry
        for hour, (one, other) in enumerate(pairs, start=100)
        for turn, (asks, replies) in enumerate((("정훈", "윤혜"), ("윤혜", "다빈")))
        for entry in ((60.0 * hour + 20 * turn, asks, one), (60.0 * hour + 20 * turn + 1, replies, other))
    ]
    found = exchanges_of(room(*said, *answers), [])
    assert set(found.more) == {"윤혜야 밥 먹자", "응 가자"}
    assert [(found.more[one], found.more[other]) for one, other in found.answers] == [("윤혜야 밥 먹자", "응 가자")]
