"""At a Korean terminal the owner reads Korean: every help, every setting, what check finds and what goes wrong."""

import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

import bot.__main__
from bot.i18n import texts_for
from bot.settings import Settings
from bot.terminal.ko import OF_THE_SYSTEM
from bot.terminal.texts import TerminalTexts
from bot.terminal.translation import in_owners_language, translated
from tests.bot import processes
from tests.sentences import name_of, said_by, unsaid, untranslated

ERRORS = {"OwnerError", "BundleError", "SettingsError", "ProviderError", "ServiceError", "StoreError", "BackupError"}
KOREAN = texts_for(TerminalTexts, "ko").sentences


def helps(command: Any) -> Iterator[str]:
    """Yield every paragraph of ``--help``, as one line."""
    for each in (command, *command.params):
        if getattr(each, "help", None):
            yield from (" ".join(part.split()) for part in each.help.split("\n\n"))
    for inner in getattr(command, "commands", {}).values():
        yield from helps(inner)


def test_every_help_and_what_every_setting_must_be_is_in_korean() -> None:
    texts = [*helps(typer.main.get_command(bot.__main__.app))]
    texts += [str(field.description) for field in Settings.model_fields.values()]
    assert [text for text in texts if text not in KOREAN and text != "Show this message and exit."] == []


def test_every_error_and_all_that_a_command_says_is_in_korean() -> None:
    said = said_by(lambda call: name_of(call) in ERRORS | {"_owners", "in_owners_language"}, "bot")
    assert len(said) > 70
    assert [*untranslated(said, KOREAN)] == []
    raw = said_by(lambda call: name_of(call) in {"print", "echo", "confirm"}, "bot")
    assert [*untranslated(raw, {})] == []


def test_no_sentence_is_kept_that_nobody_says_any_more() -> None:
    assert unsaid(KOREAN.keys() - OF_THE_SYSTEM.keys(), "bot") == set()


def test_what_the_system_says_of_a_file_is_what_it_says() -> None:
    assert OF_THE_SYSTEM.keys() <= {os.strerror(code) for code in errno.errorcode}


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("set", "있음"),
        (
            "There is no bundle in /x y: manifest.json cannot be read (No such file or directory).",
            "/x y에 번들이 없어요. manifest.json 파일을 읽을 수 없어요(그런 파일이나 폴더가 없음).",
        ),
        ("DANTOK_GUILD is wrong: it must be the id of a server, a long number.", "서버의 번호(긴 숫자)"),
        ("What no table has.\nset", "What no table has.\n있음"),
    ],
)
def test_what_is_filled_in_stays_or_is_translated_too(said: str, read: str) -> None:
    assert read in translated(said, KOREAN)


def test_the_terminals_locale_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    assert in_owners_language("set") == "set"
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")
    assert in_owners_language("set") == "있음"


async def test_a_whole_command_speaks_korean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(processes._HERE, "LC_ALL", "ko_KR.UTF-8")
    code, shown, _ = await processes.bot("check", cwd=tmp_path)
    assert code == 1
    assert "DANTOK_TOKEN 설정이 없어요" in shown
    _, shown, _ = await processes.bot("--help", cwd=tmp_path)
    assert "설정과 번들을 확인하고" in shown


async def test_no_word_of_a_help_is_cut_off_where_a_line_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A letter of Korean is two cells wide; of `training text --help` eight lines lost a word."""
    monkeypatch.setitem(processes._HERE, "LC_ALL", "ko_KR.UTF-8")
    for columns in ("80", "90"):
        monkeypatch.setitem(processes._HERE, "COLUMNS", columns)
        _, shown, _ = await processes.bot("say", "--help", cwd=tmp_path)
        assert "쓸" in shown
        assert "…" not in shown
