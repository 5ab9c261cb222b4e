"""Rooms as they should not be, from the export file to an answer of their bundle or a sentence that says why not."""

import json
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.inference.batching import alone
from bot.inference.models import LoadedModels, open_models
from export.__main__ import app as export
from training.text.base import voice
from training.text.cli import app

PEOPLE = ("윤혜", "정훈", "다빈", "현지")
SMALL = ["--epochs", "1", "--embedding", "8", "--hidden", "8", "--batch", "32", "--everyone-agreed"]
RNG = random.Random(4)


def sentence() -> str:
    return f"{RNG.choice(['밥', '커피', '영화', '시험'])} {RNG.choice(['먹자', '어때', '망했다 ㅠㅠ', '가자!'])}"


def jamo() -> str:
    return RNG.choice(["ㅋㅋㅋ", "ㅇㅇ", "ㄱㄱ", "ㄴㄴ ㅋㅋ", "ㅇㅈ", "ㅎㅇ", "ㅈㅅ ㅠㅠ"])


def kakaotalk(said: list[tuple[str, str]]) -> str:
    """Return an export in which somebody says something each minute of an evening, and of the next."""
    lines = ["우리 방 님과 카카오톡 대화", "저장한 날짜 : 2026-11-20 10:00:00", ""]
    when = datetime(2026, 3, 2, 20, 0)
    for number, (who, text) in enumerate(said):
        if number % 50 == 0:
            when = datetime(2026, 3, 2 + number // 50, 20, 0)
            lines.append(f"--------------- {when.year}년 {when.month}월 {when.day}일 월요일 ---------------")
        when += timedelta(minutes=1)
        lines.append(f"[{who}] [오후 {when.hour - 12}:{when.minute:02}] {text}")
    return "\n".join(lines)


def room(count: int, says: Callable[[], str], people: tuple[str, ...] = PEOPLE) -> str:
    return kakaotalk([(RNG.choice(people), says()) for _ in range(count)])


def train(folder: Path, chat: str, *more: str) -> tuple[int, str]:
    """Train on an export; return the exit code and what the owner read."""
    (folder / "chat.txt").write_text(chat, encoding="utf-8")
    command = ["text", str(folder / "chat.txt"), "--out", str(folder / "run"), "--cache", str(folder / "cache")]
    result = CliRunner().invoke(app, [*command, *SMALL, *more])
    return result.exit_code, " ".join(result.output.split())


def served(folder: Path, chat: str, *more: str) -> tuple[LoadedModels, str]:
    """Train on an export, export the bundle and open it as the bot does; return it, and what the owner read."""
    code, told = train(folder, chat, *more)
    assert code == 0, told
    result = CliRunner().invoke(
        export, ["--text", str(folder / "run"), "--out", str(folder / "bundle"), "--leak-lines", "40"]
    )
    assert result.exit_code == 0, result.output
    return open_models(folder / "bundle", "cpu"), told


def test_fifty_messages_are_a_voice_and_the_owner_reads_that_they_are_few(tmp_path: Path) -> None:
    models, told = served(tmp_path, room(50, sentence))
    assert "The room was too small" in told
    assert "the voice alone answers" in told
    assert models.speaker.say("밥", 3, seed=1).text.startswith("밥 ")
    answer = alone(models.answerer.answering("나 시험 망했다", "윤혜", 0.8, 1))
    assert answer is None or answer.text
    strange = "뷁" * 200
    assert models.speaker.say(strange, 3, seed=1).text.startswith(strange)
    assert alone(models.answerer.answering(strange, "모르는 사람", 0.8, 1)) is None


@pytest.mark.parametrize(("says", "people"), [(sentence, PEOPLE[:1]), (jamo, PEOPLE)], ids=["one person", "half jamo"])
def test_one_person_or_half_jamo_alone_is_a_voice_too(
    tmp_path: Path, says: Callable[[], str], people: tuple[str, ...]
) -> None:
    models, _ = served(tmp_path, room(120, says, people), "--no-fill")
    begin = says().split()[0]
    said = models.speaker.say(begin, None, seed=1)
    assert said.text.startswith(begin)
    assert not said.unknown
    if len(people) == 1:
        # What one person says is nobody's to repeat: no line of theirs comes out whole.
        lines = {line.split("] ", 2)[2] for line in (tmp_path / "chat.txt").read_text().splitlines() if "] " in line}
        drawn = {models.speaker.say(begin, None, seed=seed).text for seed in range(20)}
        assert not {text for text in drawn if len(text.split()) > 2} & lines


@pytest.mark.parametrize(
    ("says", "sentence"),
    [
        (lambda: "이모티콘", "it holds only notes such as photos and joinings"),
        (lambda: RNG.choice(["😂😂", "❤️", "👍👍"]), "Hardly any of the 120 messages is in Korean (0 are)"),
        (lambda: RNG.choice(["let's eat", "lol", "movie tonight?"]), "Hardly any of the 120 messages is in Korean"),
    ],
    ids=["stickers", "emoji", "English"],
)
def test_without_korean_words_a_room_is_refused_in_a_sentence(
    tmp_path: Path, says: Callable[[], str], sentence: str
) -> None:
    code, told = train(tmp_path, room(120, says))
    assert code == 1
    assert sentence in told
    assert not (tmp_path / "run").exists()


def test_a_base_voice_of_another_version_is_a_sentence_and_the_same_command_goes_on_from_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    about = json.loads((voice.SHIPPED / "base.json").read_text(encoding="utf-8"))
    (tmp_path / "base.json").write_text(json.dumps({**about, "version": about["version"] + 1}), encoding="utf-8")
    monkeypatch.setattr(voice.BaseVoice.open.__func__, "__defaults__", (tmp_path,))
    code, told = train(tmp_path, room(60, sentence), "--no-fill")
    assert code == 1
    assert "is of version 2 and this is for version 1: install Dantok whole, or give --from-nothing." in told
    code, told = train(tmp_path, room(60, sentence), "--no-fill", "--from-nothing", "--force")
    assert code == 0, told
