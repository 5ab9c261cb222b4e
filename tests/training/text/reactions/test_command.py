"""``python -m training reactions``, and what it leaves, on a room whose words tell the sign."""

import json
import random
from pathlib import Path

import pytest

from tests.training.commands import run
from tests.training.text.exports import in_turn, write_export
from tests.training.text.finished import finished_words
from training.common.run_folder import write_json
from training.text.config import TextConfig
from training.text.consent.agreement import EVERYONE
from training.text.corpus.corpus import read_corpus
from training.text.learning import fingerprint
from training.text.reactions.run import ReactionsRun
from training.text.run import TextRun

SIGNS = {"술": "ㅋㅋㅋ", "시험": "ㅠㅠ", "대박": "ㄷㄷ", "밥": "ㅇㅈ"}
OTHERS = ("우리", "오늘", "내일", "진짜", "이제", "다시", "아까", "지금")
SMALL = (
    "--embedding",
    8,
    "--hidden",
    8,
    "--epochs",
    6,
    "--batch",
    16,
    "--rate",
    0.03,
    "--dropout",
    0,
    "--word-dropout",
    0,
)


def _lines(count: int = 420) -> list[str]:
    rng = random.Random(1)
    words = [rng.choice([*SIGNS, "집"]) for _ in range(count)]
    return [" ".join([*rng.sample(OTHERS, 2), word, SIGNS.get(word, "")]).strip() for word in words]


def _export_of(path: Path, lines: list[str]) -> Path:
    return write_export(path, in_turn(lines, ("윤혜", "정훈", "다빈")))


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> TextRun:
    """Return a run of text as far as reactions need one: its words."""
    folder = tmp_path_factory.mktemp("runs")
    lines = [tuple(f"▁{word}" for word in line.split()) for line in _lines()]
    return finished_words(folder / "text", _export_of(folder / "KakaoTalk_Chat_room.csv", _lines()), lines)


def _learnt_from(words: TextRun, chat: Path) -> None:
    words.data.write_text(fingerprint(read_corpus([chat], agreement=EVERYONE)) + "\n")


@pytest.fixture(scope="module")
def learnt(words: TextRun, tmp_path_factory: pytest.TempPathFactory) -> tuple[TextRun, str]:
    """Return the run with reactions beside its words, and what was said."""
    chat = _export_of(tmp_path_factory.mktemp("chats") / "KakaoTalk_Chat_room.csv", _lines())
    code, _, said = run("training", "reactions", chat, "--text", words.folder, "--everyone-agreed", *SMALL)
    assert code == 0, said
    return words, " ".join(said.split())


def test_it_beats_what_is_most_frequent_and_says_so(learnt: tuple[TextRun, str]) -> None:
    words, said = learnt
    report = json.loads((words.folder / ReactionsRun.FOLDER / "report.json").read_text(encoding="utf-8"))
    assert report["is_better"]
    assert report["are_kinds"]
    measured = report["metrics"]
    assert measured["balanced"] > 0.8 > measured["chance"]
    assert measured["found"] - 2 * measured["found_error"] > measured["frequent"]
    assert "It reacts to" in said
    assert f"{measured['balanced']:.0%}" in said


def test_a_finished_one_is_not_trained_again_unless_forced(learnt: tuple[TextRun, str], tmp_path: Path) -> None:
    chat = _export_of(tmp_path / "KakaoTalk_Chat_room.csv", _lines())
    code, _, wrong = run("training", "reactions", chat, "--text", learnt[0].folder, "--everyone-agreed", *SMALL)
    assert code == 1
    assert "is finished" in " ".join(wrong.split())


def test_a_stopped_one_goes_on_and_ends_as_if_it_had_not_been(
    learnt: tuple[TextRun, str], words: TextRun, tmp_path: Path
) -> None:
    run_folder, other = ReactionsRun(words.folder / ReactionsRun.FOLDER), TextRun(tmp_path / "text")
    whole = run_folder.report.read_text(encoding="utf-8")
    other.begin(TextConfig())
    other.tokenizer.write_bytes(words.tokenizer.read_bytes())
    write_json(other.report, {"made": {}, "metrics": {}})
    chat = _export_of(tmp_path / "KakaoTalk_Chat_room.csv", _lines())
    _learnt_from(other, chat)
    asked = ("training", "reactions", chat, "--text", other.folder, "--everyone-agreed", *SMALL)
    assert run(*asked)[0] == 0
    stopped = ReactionsRun(other.folder / ReactionsRun.FOLDER)
    stopped.report.unlink()
    code, _, wrong = run(*asked)
    assert code == 0, wrong
    again, first = (json.loads(text) for text in (stopped.report.read_text(encoding="utf-8"), whole))
    assert again["metrics"] == first["metrics"]
    stopped.report.unlink()
    more = _export_of(tmp_path / "KakaoTalk_Chat_more.csv", [*_lines(), "오늘 술 ㅋㅋㅋ"])
    for sentence in ("The words in", "The stopped run in"):
        code, _, wrong = run("training", "reactions", more, *asked[3:])
        assert code == 1
        assert f"{sentence} {other.folder}" in " ".join(wrong.split())
        _learnt_from(other, more)  # the words may learn anew, and then it is these reactions that are of other messages


def test_a_room_without_signs_is_refused_in_one_sentence(words: TextRun, tmp_path: Path) -> None:
    bare = [line.rstrip("ㅋㅠㄷㅇㅈ ") for line in _lines(120)]
    chat = _export_of(tmp_path / "KakaoTalk_Chat_room.csv", bare)
    before = words.data.read_bytes()
    _learnt_from(words, chat)
    code, _, wrong = run("training", "reactions", chat, "--text", words.folder, "--everyone-agreed", "--force")
    assert code == 1
    assert "0 messages have an emoji, ㅋㅋ, ㅠㅠ or the like beside words" in " ".join(wrong.split())
    assert (words.folder / ReactionsRun.FOLDER / "report.json").is_file()  # what was there before stays
    words.data.write_bytes(before)
