"""Rhymes as a Korean hears them, and how many syllables a line has."""

import pytest

from bot.inference.rhymes import rhyme, syllables


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("밥 먹자", "집에 가"),
        ("나도 가야", "너는 아나"),
        ("비가 온대", "그건 아닌데"),
        ("어디 있어", "문을 열어"),
        ("그거 알지", "밥이나 먹기"),
        ("전화 받음", "지금 가는 중 처음"),
        ("벌써 겨울 밭", "지나간 여름 낮"),
        ("여름 바다", "혼자 살다가 🎉"),
        ("love me tonight", "hold the light"),
    ],
)
def test_what_sounds_alike_rhymes(first: str, second: str) -> None:
    assert rhyme(first, second) > 0
    assert rhyme(second, first) == rhyme(first, second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("밥 먹자", "집에 간다면"),
        ("밥을 줘", "집에 감"),
        ("밥 먹자", "우리 밥 먹자"),
        ("산이 높아", "물이 깊은"),
        ("love me", "밥 먹자"),
        ("", "밥 먹자"),
        ("밥 먹자", ""),
        ("🎉", "ㅋㅋㅋ"),
    ],
)
def test_other_ends_and_the_same_word_are_no_rhyme(first: str, second: str) -> None:
    assert rhyme(first, second) == 0


def test_the_same_syllable_is_a_poorer_rhyme_and_two_vowels_a_richer_one() -> None:
    poor, plain, rich = (
        rhyme("학교에 가", "집으로 가나가"),
        rhyme("학교에 가", "이제 자"),
        rhyme("밥 먹자", "나는 걱 가"),
    )
    assert poor < plain
    assert rhyme("오늘은 쉬자", "여기는 위가") > rhyme("오늘은 쉬자", "여기는 너가")
    assert rich > 0


@pytest.mark.parametrize(
    ("line", "count"), [("밥 먹자", 3), ("ㅋㅋ 응", 1), ("hello 안녕", 4), ("3시에 봐", 4), ("🎉", 0)]
)
def test_syllables_are_those_that_are_sung(line: str, count: int) -> None:
    assert syllables(line) == count
