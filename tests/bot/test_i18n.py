"""Languages: one is a file a feature and one entry, all say the same, and nothing else knows which there are."""

import dataclasses
import re
import string
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from bot.features.face.texts import FaceTexts
from bot.features.registry import FEATURES
from bot.features.say.texts import SayTexts
from bot.i18n import LANGUAGES, CoreTexts, Named, UserFacingError, languages, texts_for
from playground import Playground

BOT = Path(__file__).parents[2] / "bot"
KINDS: list[type] = [CoreTexts, *(feature.texts for feature in FEATURES)]
GRAMMAR = ("features/birthday/calendar/", "features/birthday/text/particles.py", "pronunciation.py")
"""Korean grammar and the calendar know Korean."""
OF_PROGRAMS = ("command_line.py",)
"""What training, export and the owner's page say, too, where the languages of members are not: a table of one."""
FREE = ("template_hint", "lunar", "date", "full_date", "age", "zone")
"""Sentences of birthdays that each language builds in its own way."""


@pytest.mark.parametrize("kind", KINDS)
def test_all_languages_have_the_same_gaps(kind: type) -> None:
    first, *others = (dict(_sentences(texts_for(kind, language))) for language in LANGUAGES)
    for other in others:
        assert first.keys() == other.keys()
        for name, sentence in first.items():
            if kind.__name__ != "BirthdayTexts" or not name.startswith(FREE):
                assert _gaps(sentence) == _gaps(other[name]), name


@pytest.mark.parametrize("kind", KINDS)
def test_no_korean_particle_hangs_on_what_is_filled_in(kind: type) -> None:
    """Which it is depends on the last letter or digit; a date ends in 일, and the role is everybody's."""
    hanging = re.compile(r"\{(?!date\}|role\})\w+\}(?:으?로|을|를|은|는|이|가|과|와)(?![가-힣])")
    assert [sentence for _, sentence in _sentences(texts_for(kind, "ko")) if hanging.search(sentence)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_features_call_the_same_english_name_differently(language: str) -> None:
    """Discord is told by the English alone: the first feature's word would stand in the other's command."""
    called: dict[str, set[str]] = {}
    for feature in FEATURES:
        for english, own in texts_for(feature.texts, language).commands.items():
            called.setdefault(english, set()).add(own)
    assert [english for english, words in called.items() if len(words) > 1] == []


async def test_a_language_is_a_file_a_feature_and_an_entry(
    bundle: Path, play: Callable[..., AbstractAsyncContextManager[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(languages, "LANGUAGES", (*LANGUAGES, "ja"))
    for kind in KINDS:
        name = f"{kind.__module__.rpartition('.')[0]}.ja"
        module: Any = ModuleType(name)
        module.TEXTS = texts_for(kind, "en")
        if kind is SayTexts:
            module.TEXTS = dataclasses.replace(module.TEXTS, commands={"say": "話す"}, nothing_typed="何もありません。")
        monkeypatch.setitem(sys.modules, name, module)
    async with Playground() as playground, play(playground, bundle):
        nothing = {"word": "\u200b"}
        assert (await playground.command("/話す", locale="ja", options=nothing)).content == "何もありません。"
        assert "nothing visible" in (await playground.command("/say", locale="fr", options=nothing)).content


def test_nothing_but_languages_knows_which_there_are() -> None:
    literal = re.compile(r"""(["'])(ko|en|en-US)\1|\b(KOREAN|ENGLISH)\b|Locale\.(korean|american)""")
    for file in BOT.rglob("*.py"):
        place = file.relative_to(BOT).as_posix()
        if place.startswith(("i18n/", *GRAMMAR, *OF_PROGRAMS)) or file.stem in LANGUAGES:
            continue
        assert not literal.search(file.read_text(encoding="utf-8")), place


def test_an_error_is_worded_in_the_readers_language_and_compared_without_one() -> None:
    error = UserFacingError(FaceTexts, "no_such_attribute", known=Named("attributes", ("Smiling",)))
    assert error == UserFacingError(FaceTexts, "no_such_attribute", known=Named("attributes", ("Smiling",)))
    assert error != UserFacingError(FaceTexts, "no_such_model", known=Named("attributes", ("Smiling",)))
    assert texts_for(FaceTexts, "ko").attributes["Smiling"] in error.sentence("ko")
    assert texts_for(FaceTexts, "en").attributes["Smiling"] in error.sentence("en-GB")


def _sentences(texts: Any) -> Iterator[tuple[str, str]]:
    for field in dataclasses.fields(texts):
        value = getattr(texts, field.name)
        if isinstance(value, str):
            yield field.name, value
        elif isinstance(value, Mapping) and field.name != "commands":
            yield from ((f"{field.name} {key}", sentence) for key, sentence in value.items())
        elif isinstance(value, tuple):
            yield field.name, str(len(value))


def _gaps(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}
