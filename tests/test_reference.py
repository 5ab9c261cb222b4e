"""The pages of commands and settings are what the code says now; where this fails: make reference."""

from functools import cache

import pytest

from bot.settings import PREFIX, Settings
from reference.__main__ import DOCS, pages

FILES = ("reference.md", "reference.ko.md")


@cache
def _fresh() -> dict[str, str]:
    return pages()


@pytest.mark.parametrize("name", FILES)
def test_the_page_is_not_stale(name: str) -> None:
    assert set(_fresh()) == set(FILES)
    assert (DOCS / name).read_text(encoding="utf-8") == _fresh()[name], "make reference"


@pytest.mark.parametrize("name", FILES)
def test_every_setting_has_a_row(name: str) -> None:
    for field in Settings.model_fields:
        assert f"| `{PREFIX}{field.upper()}` | " in _fresh()[name]


def test_each_language_has_its_own_names_of_commands() -> None:
    assert "| `/birthday set` | " in _fresh()["reference.md"]
    assert "| `/생일 등록` | " in _fresh()["reference.ko.md"]
    assert "**다시는 하지 마**" in _fresh()["reference.ko.md"]
    for page in _fresh().values():
        for command in ("bot service install", "training text", "export"):
            assert f"| `python -m {command}` | " in page
