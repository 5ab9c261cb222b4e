"""The picker: it learns what belongs together, says how well it does, and is not kept where that is chance."""

import json
import random
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import torch

from bot.bundle.hashed_ngrams import BUCKETS, ngrams
from training.common.errors import RunError
from training.text.answers.evaluate import Measured
from training.text.answers.pairs import Pair
from training.text.answers.picker import Picker
from training.text.answers.pipeline import FEWEST_PAIRS, learn, sentence, summary
from training.text.answers.run import AnswersRun
from training.text.answers.training import fit
from training.text.message import Message

TOPICS = {"배고파": "치킨", "시험": "도서관", "여행": "바다", "감기": "병원", "영화": "극장", "생일": "케이크"}
ENDS = ("가자", "어때", "최고", "그래", "진짜", "사자", "보자", "먹자")


def pairs(count: int, seed: int, *, at_random: bool = False) -> list[Pair]:
    """Return pairs whose answers belong to their messages, without a letter in common; or to any message."""
    rng = random.Random(seed)
    made = []
    for number in range(count):
        topic = rng.choice(list(TOPICS))
        answer = TOPICS[rng.choice(list(TOPICS)) if at_random else topic]
        made.append(Pair(f"{topic} {rng.choice(ENDS)}", f"{answer} {rng.choice(ENDS)}{rng.choice(ENDS)} {number}"))
    return made


@pytest.fixture(scope="module")
def learnt() -> tuple[Picker, Measured]:
    return fit(pairs(900, 1), pairs(160, 2), 7)


def test_it_learns_what_belongs_together(learnt: tuple[Picker, Measured]) -> None:
    picker, measured = learnt
    assert measured.right > 0.4
    assert measured.towers > measured.overlap
    assert measured.beats_chance
    assert measured.silent < measured.sure
    scores = {
        place: float(picker(torch.tensor(ngrams("배고파 죽겠다")), torch.tensor([ngrams(place)]))[0])
        for place in TOPICS.values()
    }
    assert max(scores, key=lambda place: scores[place]) == "치킨"


def test_where_answers_belong_to_nothing_it_says_so() -> None:
    _, measured = fit(pairs(900, 1, at_random=True), pairs(160, 2, at_random=True), 7)
    assert not measured.beats_chance


def test_what_both_have_in_common_counts_by_how_rare_it_is() -> None:
    rarity = torch.zeros(BUCKETS + 1)
    rarity[1], rarity[2] = 0.1, 3.0
    picker = Picker(rarity).eval()
    answers = torch.tensor([[1, 5], [2, 5], [5, 0]])
    often, rare, none = picker.in_common(torch.tensor([1, 2, 3]), answers).tolist()
    assert none == 0
    assert 0 < often <= rare


def test_chance_is_beaten_clearly_or_not_at_all() -> None:
    def worth(right: float, count: int) -> bool:
        return Measured(right, right, right, count, 1, 0).beats_chance

    assert worth(0.45, 300)
    assert worth(0.2, 300)
    assert not worth(0.2, 20)
    assert not worth(0.14, 100_000)
    assert not worth(0.0, 0)


def chat(count: int) -> list[Message]:
    noon = datetime(2026, 11, 19, 12)
    said = []
    for number, pair in enumerate(pairs(count, 3)):
        when = noon + timedelta(minutes=10 * number)
        said += [Message(when, "윤혜", pair.message), Message(when, "정훈", pair.answer)]
        said += [Message(when + timedelta(minutes=4), who, "ㅇㅈ") for who in ("윤혜", "정훈", "다빈")]
    return said


def told(messages: list[Message], run: AnswersRun) -> str:
    learn(messages, run, 7)
    return summary(messages, run)


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> tuple[AnswersRun, str]:
    """Return what a room left, and what was told of it."""
    run = AnswersRun(tmp_path_factory.mktemp("room") / "answers")
    return run, told(chat(700), run)


def test_a_room_leaves_a_picker_its_lines_and_a_sentence(room: tuple[AnswersRun, str]) -> None:
    run, text = room
    assert "the true answer among 10 is found in" in text
    assert "chance 10%" in text
    trained = run.load()
    assert trained is not None
    assert trained.lines == ("ㅇㅈ",)
    measured = trained.measured
    assert measured.sure_line is not None
    assert measured.surest_line is not None
    assert measured.sure_line <= measured.surest_line
    assert measured.metrics()["seldom"] > 0
    assert f"{trained.measured.right:.0%}" in text
    assert run.folder.stat().st_mode & 0o777 == 0o700


def test_learnt_anew_from_too_little_nothing_of_before_is_left(room: tuple[AnswersRun, str], tmp_path: Path) -> None:
    run = AnswersRun(tmp_path / "answers")
    shutil.copytree(room[0].folder, run.folder)
    assert run.load() is not None
    assert f"{FEWEST_PAIRS} are needed" in told(chat(20), run)
    assert run.load() is None


def test_a_picker_that_tells_nothing_is_not_kept(tmp_path: Path) -> None:
    run = AnswersRun(tmp_path)
    messages = chat(700)
    answers = [message for message in messages if message.who == "정훈" and message.text != "ㅇㅈ"]
    texts = [message.text for message in answers]
    random.Random(5).shuffle(texts)
    mixed = dict(zip(map(id, answers), texts, strict=True))
    shuffled = [Message(one.when, one.who, mixed.get(id(one), one.text)) for one in messages]
    assert "so the voice alone answers" in told(shuffled, run)
    assert run.load() is None


def test_the_sentence_says_how_sure_the_figure_is() -> None:
    assert "45% ± 6% of 275 held out" in sentence(Measured(0.45, 0.4, 0.3, 275, 9, 3), 1234, 56)


@pytest.mark.parametrize("file", ["picker.pt", "lines.json", "exchanges.json", "answers.json"])
def test_damage_is_named(room: tuple[AnswersRun, str], tmp_path: Path, file: str) -> None:
    run = AnswersRun(tmp_path / "answers")
    shutil.copytree(room[0].folder, run.folder)
    (run.folder / file).write_text(json.dumps(5), encoding="utf-8")
    with pytest.raises(RunError, match="damaged"):
        run.load()
