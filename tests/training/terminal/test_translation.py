"""At a Korean terminal training and export speak Korean: every help, every error, what they say and their tables."""

from io import StringIO
from typing import Any

import pytest
import typer
from rich.table import Table
from rich.text import Text

import export.__main__
import export.aims
import training.__main__
from tests.bot.test_terminal import helps
from tests.sentences import name_of, returned_by, said_by, sentences_of, unsaid, untranslated
from training.common import errors
from training.terminal.ko import SENTENCES
from training.terminal.translation import LocalizedConsole, in_owners_language, language_of_terminal
from training.text.readers import unsupported

ODDITIES = {"_oddities", "_oddities_of", "_warning"}
"""Functions whose whole sentences are what is odd about an export."""
ERRORS = {name for name in vars(errors) if name.endswith("Error")} | {"LabelError", "ExportError"}
SPEAKS = {"print", "_say", "say_error", "stage", "status", "progress"}
"""What texts are given to that the owner sees."""
WORTH = {"sentence", "verdict", "_verdict", "_judged", "_untrainable", "_not_agreed", "_why_not", "_what_to_do"}
"""Functions whose text is such a sentence."""


@pytest.mark.parametrize("app", [training.__main__.app, export.__main__.app, export.aims.app])
def test_every_help_is_in_korean(app: typer.Typer) -> None:
    assert [
        text
        for text in helps(typer.main.get_command(app))
        if text not in SENTENCES and text != "Show this message and exit."
    ] == []


def test_every_error_is_in_korean() -> None:
    said = said_by(lambda call: name_of(call) in ERRORS, "training", "export")
    assert len(said) > 100
    assert [*untranslated(said, SENTENCES)] == []


def test_what_is_said_meanwhile_and_in_the_end_is_in_korean() -> None:
    said = said_by(lambda call: name_of(call) in SPEAKS, "training", "export")
    said |= returned_by(WORTH, "training", "export")
    assert len(said) > 50
    assert [*untranslated(said, SENTENCES)] == []


def test_what_is_odd_about_an_export_is_in_korean() -> None:
    said = sentences_of(ODDITIES, "training")
    assert len(said) > 10
    assert [*untranslated(said, SENTENCES)] == []


def test_what_files_are_called_that_are_no_chats_is_in_korean() -> None:
    kinds = {"picture", "database", "binary file"} | {kind for _, kind in unsupported.KNOWN}
    assert [*untranslated(kinds, SENTENCES)] == []


def test_no_sentence_is_kept_that_nobody_says_any_more() -> None:
    assert unsaid(SENTENCES, "training", "export") == set()


@pytest.fixture
def korean(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")


@pytest.mark.usefixtures("korean")
@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("No face was found in any of the 12 photos in /a b.", "사진 12장"),
        ("a is JSON of a form that is not known here: give something else.", "a: 모르는 모양의 JSON"),
        ("There is no run of songs in runs/x.", "runs/x에는 노래를 배운 것이(가) 없어요."),
        ('/x: the consent of \'윤혜\' must be "yes", "no" or "unknown"', "/x: '윤혜'의 consent는"),
        ("epoch  3  perplexity: training   42.10, held out   50.00    7 s", " 3바퀴  당혹도: 배운 것   42.10"),
        (
            "a.txt cannot be read: No such file or directory; check the path.",
            "읽을 수 없어요(그런 파일이나 폴더가 없음)",
        ),
        ("a.txt is a picture, not a text: give the .txt or .csv file that the chat's export made.", "(사진)"),
        ("Something new.", "Something new."),
    ],
)
def test_what_is_found_stays_and_the_rest_is_korean(said: str, read: str) -> None:
    assert read in in_owners_language(said)


@pytest.mark.usefixtures("korean")
def test_tables_are_in_korean_and_names_are_left_alone() -> None:
    table = Table("who", "messages", title="perplexity by speaker")
    table.add_row(Text("people"), "no")
    console = LocalizedConsole(file=StringIO(), width=80)
    console.print(table)
    shown: Any = console.file
    for word in ("사람마다의 당혹도", "누구", "메시지", "people", "아니요"):
        assert word in shown.getvalue()


def test_the_terminals_locale_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    assert language_of_terminal() == "en"
    assert in_owners_language("Going on") == "Going on"
    monkeypatch.setenv("LANG", "ko_KR.UTF-8")
    assert language_of_terminal() == "ko"
    assert in_owners_language("Going on") == "이어서 배우기"
