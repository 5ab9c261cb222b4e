"""``python -m training answers`` as its owner meets it, and who stays out."""

from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.training.text.exports import NOON, write_export
from training.text.answers.lines import lines_of
from training.text.answers.pairs import Pair, pairs_of
from training.text.cli import app
from training.text.consent.agreement import Agreement
from training.text.consent.people import Consent, People, Person
from training.text.corpus.corpus import read_corpus


@pytest.fixture
def chat(tmp_path: Path) -> Path:
    """Return an export of KakaoTalk for macOS: three people in turn, a minute apart, 40 times."""
    said = [
        (who, text) for _ in range(40) for who, text in (("윤혜", "밥 먹자"), ("정훈", "나는 국"), ("다빈", "밥 먹자"))
    ]
    every = enumerate([*said, ("현지", "밥 먹자")])
    messages = ((NOON + timedelta(minutes=number), who, text) for number, (who, text) in every)
    return write_export(tmp_path / "KakaoTalk_Chat_room.csv", messages)


def test_a_room_with_too_few_turns_is_told_so(chat: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["answers", str(chat), "--out", str(tmp_path / "answers"), "--everyone-agreed"])
    assert result.exit_code == 0, result.output
    told = " ".join(result.output.split())
    assert "120 times somebody answered another within minutes, and 400 are needed" in told
    assert not (tmp_path / "answers" / "picker.pt").exists()


def test_who_is_left_out_is_in_no_pair_and_counts_for_no_line(chat: Path) -> None:
    stay_out = People((Person("현지", consent=Consent.NO), Person("정훈", consent=Consent.NO)))
    everybody, without = read_corpus([chat]), read_corpus([chat], agreement=Agreement(stay_out, everyone=True))
    assert any("나는 국" in pair for pair in pairs_of(everybody.messages))
    assert not any("나는 국" in side for pair in pairs_of(without.messages) for side in pair)
    answered = [Pair("배고파", "밥 먹자"), Pair("뭐해", "밥 먹자")]
    assert lines_of(everybody.messages, answered) == ["밥 먹자"]
    assert lines_of(without.messages, answered) == []
