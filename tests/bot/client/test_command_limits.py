"""All commands as Discord is told them, with everything that the bot can do, against Discord's documented limits.

Counted anew here, whatever the playground refuses. Source: Discord's reference, "Application Commands": the structures,
"Application Command Naming", and the limits of registering.
"""

import asyncio
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from playground.world.wire import JSON
from reference.discord_commands import registered

TYPED, ON_USER, ON_MESSAGE = 1, 2, 3
_MOST = {TYPED: 100, ON_USER: 5, ON_MESSAGE: 5}
_SIGNS = "-_'"


@pytest.fixture(scope="module")
def commands() -> list[JSON]:
    return asyncio.run(registered())


def parts(thing: JSON) -> Iterator[JSON]:
    """Yield a command, and below it each of its subcommands, groups and options."""
    yield thing
    for option in thing.get("options") or []:
        yield from parts(option)


def in_all_languages(thing: JSON, key: str) -> list[str]:
    return [text for text in (thing.get(key), *(thing.get(f"{key}_localizations") or {}).values()) if text]


@cache
def is_letter_or_number(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LN"


def named_well(name: str) -> bool:
    letters = name.translate({ord(sign): None for sign in _SIGNS})
    return 1 <= len(name) <= 32 and name == name.lower() and all(map(is_letter_or_number, letters))


def size(thing: JSON) -> int:
    """Return its size by Discord's count: of each text that in the longest language, and its choices' values."""
    longest = sum(max(map(len, in_all_languages(thing, key)), default=0) for key in ("name", "description"))
    value = len(str(thing["value"])) if "value" in thing else 0
    inner = [*(thing.get("options") or []), *(thing.get("choices") or [])]
    return longest + value + sum(map(size, inner))


def test_there_are_no_more_than_discord_takes(commands: list[JSON]) -> None:
    for kind, count in Counter(command.get("type", TYPED) for command in commands).items():
        assert count <= _MOST[kind]


def test_each_name_and_description_fits_in_every_language(commands: list[JSON]) -> None:
    for command in commands:
        if command.get("type", TYPED) != TYPED:
            assert all(len(name) <= 32 for name in in_all_languages(command, "name"))
            continue
        for part in parts(command):
            assert all(map(named_well, in_all_languages(part, "name"))), part
            assert part["description"], part
            assert all(len(text) <= 100 for text in in_all_languages(part, "description")), part


def test_options_and_choices_are_few_enough_told_apart_and_in_order(commands: list[JSON]) -> None:
    for part in (each for command in commands for each in parts(command)):
        options: list[Any] = part.get("options") or []
        choices: list[Any] = part.get("choices") or []
        assert len(options) <= 25
        assert len(choices) <= 25
        for locale in {None, *(locale for option in options for locale in option.get("name_localizations") or {})}:
            names = [(option.get("name_localizations") or {}).get(locale) or option["name"] for option in options]
            assert len({*names}) == len(names)
        required = [bool(option.get("required")) for option in options]
        assert required == sorted(required, reverse=True)
        for choice in choices:
            assert all(1 <= len(name) <= 100 for name in in_all_languages(choice, "name"))
            assert len(str(choice["value"])) <= 100


def test_no_command_is_larger_than_8000_characters(commands: list[JSON]) -> None:
    sizes = {command["name"]: size(command) for command in commands}
    assert min(sizes.values()) > 0
    assert max(sizes.values()) <= 8000, sizes
