"""Regular expressions take time in proportion to what they search, whatever somebody typed for them.

Every pattern that a module, a table or a class of ours holds, or that stands in the middle of a function, is run over
texts that are one short thing again and again, at two lengths, in the way in which its module uses it: the quotient of
the times tells a line from a square.
"""

import ast
import importlib
import re
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import fields, is_dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import regex

from bot.features.birthday.calendar.hours import HourError, read_hour
from bot.features.birthday.calendar.parsing import TypedDate, read_date
from bot.features.birthday.errors import RuleError
from bot.features.birthday.exchange.date_column import DateColumn
from bot.pronunciation import ending

ROOT = Path(__file__).parents[1]
ROOMS = ("bot", "playground", "training", "export", "owner", "serving")
AGAIN = (
    *(
        "0",
        "010 ",
        "1-",
        "1.",
        "12:",
        "a",
        "A1",
        "가",
        "가 ",
        "ㅋ",
        " ",
        "\t",
        "-",
        "- ",
        ".",
        "a@",
        "@a.",
        "https://a",
    ),
    *("/", "🙂", "👨\u200d", "(", "[", "<", "_", "*", "`", ",", "：", "오전 ", "2024. 1. 1. ", "비번 ", "호", "동 1"),
    *("&", "%a", "\u200b", "'", "=", "#1 ", "|", "~", "\\", "{", '"', "\n", "ㅡ1", "<edited"),
)
SHORT, FACTOR = 1500, 4
SQUARE, FAIR = 9.0, 0.003
"""Between four times as long and the square of it; and the seconds below which no clock is fair."""

CUT = (
    "bot.pronunciation._BRACKETS",
    "bot.features.birthday.calendar.parsing.",
    "bot.features.birthday.calendar.hours.",
    "bot.features.birthday.exchange.date_column.",
)
"""Patterns that take long, and search no more than a hundred or two characters of any text: see the last test."""

KINDS: dict[str, dict[str, Any]] = {"re": vars(re), "regex": vars(regex)}
FLAG = re.compile(r"\bre(?:gex)?\.([A-Z]+)\b")

Pattern = re.Pattern[Any]
Search = Callable[[str], object]
Way = Callable[[Pattern, Any], object]


def held(thing: object, name: str, depth: int = 0) -> Iterator[tuple[str, Pattern]]:
    """Yield the patterns in a value, by where they are."""
    if isinstance(thing, re.Pattern | regex.Pattern):
        yield name, thing
    elif depth < 5:
        for inner, each in _inside(thing):
            yield from held(each, f"{name}.{inner}", depth + 1)


def _inside(thing: object) -> Iterator[tuple[object, object]]:
    if isinstance(thing, dict):
        yield from thing.items()
    elif isinstance(thing, list | tuple | set | frozenset):
        yield from enumerate(thing)
    elif isinstance(thing, partial):
        yield from enumerate([*thing.args, *thing.keywords.values()])
    elif isinstance(thing, type):
        yield from vars(thing).items() if thing.__module__.startswith(ROOMS) else ()
    elif is_dataclass(thing):
        yield from ((field.name, getattr(thing, field.name, None)) for field in fields(thing))


def way_of(code: str, name: str) -> Way:
    """Return how a module uses a pattern: from the beginning of a text alone, or anywhere in it."""
    used = set(re.findall(rf"\b{name.split('.', maxsplit=1)[0]}\.(\w+)\(", code))
    if used and used <= {"fullmatch", "match"}:
        return lambda pattern, text: pattern.fullmatch(text) if "fullmatch" in used else pattern.match(text)
    return lambda pattern, text: [*pattern.finditer(text)]


def all_patterns() -> dict[str, tuple[Pattern, Way]]:
    found: dict[Any, tuple[str, Pattern, Way]] = {}
    for file in (file for room in ROOMS for file in sorted((ROOT / room).rglob("*.py"))):
        code = file.read_text(encoding="utf-8")
        if ".compile(" not in code or not re.search(r"^import re(?:gex)?$", code, re.MULTILINE):
            continue
        module = importlib.import_module(".".join(file.relative_to(ROOT).with_suffix("").parts))
        for name, value in vars(module).items():
            for where, pattern in held(value, name):
                key = (pattern.pattern, pattern.flags, type(pattern))
                found.setdefault(key, (f"{module.__name__}.{where}", pattern, way_of(code, where)))
    return {where: (pattern, way) for where, pattern, way in found.values()}


def inline_patterns() -> dict[str, tuple[Pattern, Way]]:
    """Return the patterns that stand where they are used, in the middle of a function."""
    found: dict[str, tuple[Pattern, Way]] = {}
    for file in (file for room in ROOMS for file in sorted((ROOT / room).rglob("*.py"))):
        functions = (
            node
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        )
        for call in (node for function in functions for node in ast.walk(function)):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.args:
                kind, how, pattern = KINDS.get(ast.unparse(call.func.value)), call.func.attr, call.args[0]
                if kind is not None and isinstance(pattern, ast.Constant):
                    flags = sum(kind[flag] for flag in FLAG.findall(ast.unparse(call)))
                    compiled = kind["compile"](pattern.value, flags)
                    found[f"{file.relative_to(ROOT)}:{call.lineno}"] = compiled, way_of(f"at.{how}(", "at")
    return found


def seconds(search: Search, again: str, length: int, like: Any) -> float:
    text: Any = (again * length)[:length] + "!"
    text = text.encode() if isinstance(like, bytes) else text
    begun = time.thread_time()
    with suppress(RuleError, HourError):
        search(text)
    return time.thread_time() - begun


def slowness(search: Search, again: str, like: Any = "") -> float:
    """Return how many times as long a text of four times the length takes, as far as a clock can tell."""
    quotients = []
    while len(quotients) < 3 and min(quotients, default=SQUARE + 1) > SQUARE:
        long = seconds(search, again, SHORT * FACTOR, like)
        if long < FAIR:
            return 1
        quotients.append(long / max(seconds(search, again, SHORT, like), 1e-6))
    return min(quotients)


def slow_on(search: Search, like: Any = "") -> list[str]:
    return [again for again in AGAIN if slowness(search, again, like) > SQUARE]


def test_no_pattern_takes_the_square_of_a_texts_length() -> None:
    patterns = all_patterns()
    assert len(patterns) > 150
    patterns |= inline_patterns()
    patterns = {name: each for name, each in patterns.items() if not name.startswith(CUT)}
    slow = {name: slow_on(partial(way, pattern), pattern.pattern) for name, (pattern, way) in patterns.items()}
    assert {name: texts for name, texts in slow.items() if texts} == {}


def column(text: str) -> DateColumn:
    return DateColumn.of([text], date(2026, 11, 26))


def date_of(text: str) -> TypedDate:
    return read_date(f"1{text}", date(2026, 11, 26))


@pytest.mark.parametrize("reads", [date_of, column, read_hour, ending])
def test_nor_does_what_cuts_a_text_before_it_is_searched(reads: Search) -> None:
    assert slow_on(reads) == []
