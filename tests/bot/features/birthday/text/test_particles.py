"""Particles by how a name is read, and names as friends call them."""

import pytest

from bot.features.birthday.errors import Reason
from bot.features.birthday.text.particles import PAIRS, ParticleError, called, particle
from bot.pronunciation import Ending, ending


@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("윤혜", "윤혜야"),
        ("다빈", "다빈아"),
        ("한결", "한결아"),
        ("값", "값아"),
        # Latin words by how they are read.
        ("Tom", "Tom아"),
        ("Anna", "Anna야"),
        ("Jane", "Jane아"),
        ("Kate", "Kate야"),
        ("Nicole", "Nicole아"),
        ("Eric", "Eric아"),
        ("Mark", "Mark야"),
        ("Scott", "Scott아"),
        ("Robert", "Robert야"),
        ("Jack", "Jack아"),
        ("David", "David야"),
        ("Peter", "Peter야"),
        ("Joseph", "Joseph아"),
        ("Elizabeth", "Elizabeth야"),
        ("Ann", "Ann아"),
        ("René", "René야"),
        ("minji", "minji야"),
        ("Jimin", "Jimin아"),
        ("yunhye", "yunhye야"),
        ("Hyunseok", "Hyunseok아"),
        ("Seungyeol", "Seungyeol아"),
        ("Ｔｏｍ", "Ｔｏｍ아"),
        # Initials are spelled.
        ("BTS", "BTS야"),
        ("kdh", "kdh야"),
        ("R", "R아"),
        ("JM", "JM아"),
        # Numbers as they are counted.
        ("민수1", "민수1아"),
        ("민수2", "민수2야"),
        ("1004", "1004야"),
        ("player10", "player10아"),
        # Kana.
        ("さくら", "さくら야"),
        ("けん", "けん아"),
        ("ユー", "ユー야"),
        # What is not read is passed over, and stays.
        ("윤혜🎂", "윤혜🎂야"),
        ("다빈👩‍👩‍👧", "다빈👩‍👩‍👧아"),
        ("다빈!!", "다빈!!아"),
        ("윤혜ㅋㅋ", "윤혜ㅋㅋ야"),
        ("다빈 ♡", "다빈 ♡아"),
        ("윤혜(다빈)", "윤혜(다빈)야"),
        ("다빈 [휴가] 🌴", "다빈 [휴가] 🌴아"),
        ("(윤혜)", "(윤혜)야"),
        # Nobody can tell.
        ("★", "★님"),
        ("🎂🎂", "🎂🎂님"),
        ("ㅇㅇ", "ㅇㅇ님"),
        ("金", "金님"),
        ("Иван", "Иван님"),
        # Titles are called as they are.
        ("엄마", "엄마"),
        ("윤혜님", "윤혜님"),
        ("지은 언니", "지은 언니"),
        ("쌤🎂", "쌤🎂"),
        # A given name that looks like a title is not one.
        ("태형", "태형아"),
    ],
)
def test_a_name_is_called_as_a_friend_would(name: str, call: str) -> None:
    assert called(name) == call


def test_hangul_typed_in_letters_is_read_as_the_syllables_it_makes() -> None:
    apart = "\u1103\u1161\u1107\u1175\u11ab"
    assert called(apart) == apart + "아"


@pytest.mark.parametrize(
    ("pair", "after"),
    [
        ("은/는", "윤혜는 다빈은 한결은 ★은(는)"),
        ("이/가", "윤혜가 다빈이 한결이 ★이(가)"),
        ("을/를", "윤혜를 다빈을 한결을 ★을(를)"),
        ("와/과", "윤혜와 다빈과 한결과 ★와(과)"),
        ("으로/로", "윤혜로 다빈으로 한결로 ★(으)로"),
        ("이랑/랑", "윤혜랑 다빈이랑 한결이랑 ★(이)랑"),
        ("이에요/예요", "윤혜예요 다빈이에요 한결이에요 ★이에요"),
        ("야/아", "윤혜야 다빈아 한결아 ★님"),
    ],
)
def test_each_pair_follows_vowels_consonants_rieul_and_the_unreadable(pair: str, after: str) -> None:
    assert " ".join(name + particle(name, pair) for name in ("윤혜", "다빈", "한결", "★")) == after


@pytest.mark.parametrize("pair", PAIRS)
def test_both_orders_mean_the_same(pair: str) -> None:
    one, other = pair.split("/")
    assert particle("다빈", pair) == particle("다빈", f"{other}/{one}") == one
    assert particle("윤혜", pair) == particle("윤혜", f"{other}/{one}") == other


@pytest.mark.parametrize("pair", ["은", "", "은는", "at/in"])
def test_an_unknown_pair_is_refused_by_name(pair: str) -> None:
    with pytest.raises(ParticleError) as refused:
        particle("윤혜", pair)
    assert (refused.value.reason, refused.value.values) == (Reason.UNKNOWN_PARTICLE, {"particle": pair})


def test_every_digit_has_the_ending_of_its_reading() -> None:
    readings = "영일이삼사오육칠팔구"
    assert [ending(str(digit)) for digit in range(10)] == [ending(reading) for reading in readings]


def test_nothing_at_all_cannot_be_read() -> None:
    assert ending("") is Ending.UNKNOWN
