"""A scene is played by members who are there, with wordings that answer one another."""

from datetime import date
from pathlib import Path
from random import Random

import pytest

from training.samples.notation import Scene, WordList, read_scenes
from training.samples.staging import Decks, Stage, can_play

_DAY = date(2025, 9, 10)
_WORDS = {"food": WordList(("김밥", "떡볶이", "국밥"), fresh=False), "lol": WordList(("ㅋ", "ㅎ"), fresh=True)}


def _scene(tmp_path: Path, text: str) -> Scene:
    file = tmp_path / "scene.txt"
    file.write_text(text, encoding="utf-8")
    return read_scenes(file)[0]


def _stage(seed: int) -> Stage:
    random = Random(seed)
    return Stage(_WORDS, random, Decks(random))


def test_each_option_comes_once_before_any_comes_again() -> None:
    decks = Decks(Random(3))
    assert sorted(decks.deal("abc") for _ in range(6)) == list("aabbcc")


def test_a_slot_keeps_its_word_and_a_numbered_one_is_another(tmp_path: Path) -> None:
    scene = _scene(tmp_path, "## 밥\n서진: {food}\n서진: {food}\n서진: {food2}\n")
    for seed in range(20):
        first, again, other = (spoken.text for spoken in _stage(seed).play(scene, _DAY))
        assert first == again != other


def test_an_answer_keeps_step_with_its_question(tmp_path: Path) -> None:
    scene = _scene(tmp_path, "## 답\n! 서진: 하나\n| 둘\n민서: 음\n| 글쎄\n& 서진: 일\n| 이\n")
    pairs = {(said[0].text, said[2].text) for said in (_stage(seed).play(scene, _DAY) for seed in range(20))}
    assert pairs == {("하나", "일"), ("둘", "이")}


def test_roles_are_played_by_different_people_and_by_none_who_is_named(tmp_path: Path) -> None:
    scene = _scene(tmp_path, "## 넷\n서진: 자\nA: 응\nB: 응\nC: {정훈이} 왔어\n")
    for seed in range(30):
        people = [spoken.who for spoken in _stage(seed).play(scene, _DAY)]
        assert len(set(people)) == 4
        assert "정훈" not in people


def test_everybody_who_is_not_quiet_has_said_it_before_anybody_says_it_again(tmp_path: Path) -> None:
    scene, stage = _scene(tmp_path, "## 밥\nA: 밥 먹자\n"), _stage(1)
    people = [spoken.who for _ in range(8) for spoken in stage.play(scene, _DAY)]
    assert len(set(people)) == 8
    assert "서진" not in people


def test_nobody_plays_before_joining_or_while_away(tmp_path: Path) -> None:
    late = _scene(tmp_path, "## 하람\n하람: 배고파\n")
    assert not can_play(late, date(2025, 3, 5))
    assert can_play(late, date(2025, 3, 11))
    assert not can_play(_scene(tmp_path, "## 태오\n태오: 왔어\n"), date(2025, 5, 11))


def test_a_friend_says_you_to_friends_of_the_same_age_alone(tmp_path: Path) -> None:
    scene = _scene(tmp_path, "## 너\nA: 너 뭐 해\nB: 나 자\n")
    people = {spoken.who for seed in range(60) for spoken in _stage(seed).play(scene, _DAY)}
    assert people.isdisjoint({"정훈", "다빈"})


def test_a_slot_without_words_is_an_error_and_not_a_hole(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        _stage(1).play(_scene(tmp_path, "## 빈칸\n서진: {nothing}\n"), _DAY)
