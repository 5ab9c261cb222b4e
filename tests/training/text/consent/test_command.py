"""Consent on the command line: the list is made, nothing is learnt without it, and who withdrew is left out."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from training.common.errors import ChatError
from training.text.cli import app
from training.text.consent.agreement import refuse_withdrawn
from training.text.consent.people import People, Person
from training.text.consent.people_file import read_people
from training.text.consent.withdrawals import Withdrawals, read_withdrawals

NAMES = ("윤혜", "정훈", "다빈", "현지")


@pytest.fixture
def chat(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    rows = [f'2025-03-01 12:00:{at:02},"{NAMES[at % 4]}","벌써 {at}번째"' for at in range(60)]
    path = tmp_path / "chat.csv"
    path.write_text("\n".join(["Date,User,Message", *rows]), encoding="utf-8")
    return path


def command(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [*map(str, arguments)])


def left_out(*arguments: str | Path) -> dict[str, int]:
    result = command("text", *arguments, "--dry-run", "--json")
    assert result.exit_code == 0, result.output
    counts: dict[str, int] = json.loads(result.stdout)["left_out_why"]
    return counts


def test_the_list_is_written_shown_and_comes_with_what_to_paste_into_the_room(chat: Path) -> None:
    result = command("people", chat, "--out", "people.toml")
    assert result.exit_code == 0, result.output
    assert all(word in result.stdout for word in (*NAMES, "unknown", "말투로 말하는 디스코드 봇", "learn from our old"))
    assert {person.name: person.messages for person in read_people(Path("people.toml"))} == dict.fromkeys(NAMES, 15)
    assert left_out(chat, "--people", "people.toml") == {"not_asked": 60}
    decided = Path("people.toml").read_text(encoding="utf-8").replace('"unknown"', '"yes"', 3)
    Path("people.toml").write_text(decided, encoding="utf-8")
    assert left_out(chat, "--people", "people.toml") == {"not_asked": 15}
    assert command("people", chat, "--out", "people.toml").exit_code == 0
    assert Path("people.toml").read_text(encoding="utf-8") == decided
    assert left_out(chat, "--people", "people.toml", "--everyone-agreed") == {}


@pytest.mark.parametrize("what", ["text", "answers"])
def test_nothing_is_learnt_where_nobody_said_who_agreed(what: str, chat: Path) -> None:
    result = command(what, chat, "--out", "run")
    assert result.exit_code == 1
    assert "Training uses only who agreed" in result.output
    assert "--everyone-agreed if all of them did" in result.output
    assert not Path("run").exists()


def test_who_withdrew_from_the_bot_of_this_folder_is_left_out_unasked(chat: Path) -> None:
    command("people", chat, "--out", "people.toml")
    text = Path("people.toml").read_text(encoding="utf-8").replace('"unknown"', '"yes"')
    tied = text.replace('name = "다빈"', 'name = "다빈"\ndiscord = "4000000000000000001"')
    Path("people.toml").write_text(tied, encoding="utf-8")
    Path("data").mkdir()
    Path("data/withdrawals.tsv").write_text("4000000000000000001\t2026-03-01T12:00:00+00:00\n", encoding="utf-8")
    assert left_out(chat, "--people", "people.toml") == {"withdrew": 15}
    Path("other.tsv").write_text("5000000000000000001\t?\t현지\n정훈\n", encoding="utf-8")
    assert left_out(chat, "--people", "people.toml", "--withdrawals", "other.tsv") == {"withdrew": 30}
    assert left_out(chat, "--everyone-agreed", "--withdrawals", "other.tsv") == {"withdrew": 30}


def test_a_list_of_withdrawals_is_read_however_it_is_written(tmp_path: Path) -> None:
    file = tmp_path / "withdrawals.tsv"
    file.write_text("4000000000000000001\t?\t윤혜\n\n정훈\n4000000000000000002\t?\n1004\n", encoding="utf-8")
    assert read_withdrawals(file) == Withdrawals(frozenset({4000000000000000002}), frozenset({"윤혜", "정훈", "1004"}))
    with pytest.raises(ChatError, match="cannot be read as a list of withdrawals"):
        read_withdrawals(tmp_path)


def test_what_was_learnt_from_somebody_who_withdrew_since_is_refused() -> None:
    people = People((Person("윤혜", ("김윤혜",)), Person("정훈", discord=4000000000000000001)))
    refuse_withdrawn(people, Withdrawals(frozenset({4000000000000000002}), frozenset({"다빈"})))
    for withdrawals, who in (
        (Withdrawals(names=frozenset({"김윤혜"})), "윤혜"),
        (Withdrawals(frozenset({4000000000000000001})), "정훈"),
    ):
        with pytest.raises(ChatError, match=f"^{who} withdrew after this was learnt: train the words again"):
            refuse_withdrawn(people, withdrawals)
