"""Reads a command as Discord's client does when a person types it: ``/say 윤혜 5``, ``/말해 단어:윤혜 개수:5``.

What follows the command's name is its first option, spaces and all; every other option is given as ``name:value``, in
any language the bot has given. Knows nothing of interactions.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from playground.interactions.options import shown
from playground.interactions.phrases import phrase
from playground.world.command_rules import (
    ATTACHMENT,
    BOOLEAN,
    CHANNEL,
    CHAT_INPUT,
    GROUP,
    INTEGER,
    MENTIONABLE,
    NUMBER,
    ROLE,
    SUBCOMMAND,
    USER,
)
from playground.world.commands import offered_in
from playground.world.errors import PlaygroundError, TypedError
from playground.world.wire import JSON
from playground.world.world import World

MARK = re.compile(r"(?<!\S)([-_'\w]{1,32}):")
YES, NO = ("true", "yes", "예", "네", "참"), ("false", "no", "아니요", "아니오", "거짓")


@dataclass(frozen=True, slots=True)
class Typed:
    """A command and the options for it, in the form of an interaction's data."""

    command: JSON
    options: list[JSON]


def read(text: str, world: World, channel: JSON, locale: str) -> Typed:
    """Return the command that ``text`` means in ``channel``. Raises TypedError, with the usage, if it means none."""
    name, rest = _first_word(text.strip().removeprefix("/"))
    command = find_command(name, world, locale)
    if not offered_in(command, channel):
        raise TypedError(phrase(locale, "elsewhere", name=shown(command, locale)))
    return Typed(command, _read_level(command, rest, world, locale, f"/{shown(command, locale)}"))


def _first_word(text: str) -> tuple[str, str]:
    word, _, rest = text.partition(" ")
    return word, rest.strip()


def find_command(name: str, world: World, locale: str) -> JSON:
    """Return the slash command of that name in any language. Raises TypedError, with the names there are."""
    commands = [command for command in world.commands.all() if command["type"] == CHAT_INPUT]
    found = _named(name.removeprefix("/"), commands)
    if found is None:
        known = ", ".join(f"/{shown(command, locale)}" for command in commands)
        raise TypedError(phrase(locale, "no_command" if commands else "no_bot", name=name, known=known))
    return found


def usage(level: JSON, so_far: str, locale: str) -> str:
    """Return ``/say word n [seed]``, or all the subcommands."""
    options = level.get("options") or []
    if _has_subcommands(level):
        return " · ".join(usage(option, f"{so_far} {shown(option, locale)}", locale) for option in options)
    words = (shown(option, locale) for option in options)
    marked = (word if option.get("required") else f"[{word}]" for word, option in zip(words, options, strict=True))
    return " ".join([so_far, *marked])


def _has_subcommands(level: JSON) -> bool:
    return any(option["type"] in (SUBCOMMAND, GROUP) for option in level.get("options") or [])


def _named(name: str, things: Iterable[JSON]) -> JSON | None:
    wanted = name.lower()
    every = list(things)
    for thing in every:
        if thing["name"] == wanted:
            return thing
    return next((one for one in every if wanted in (one.get("name_localizations") or {}).values()), None)


def _read_level(level: JSON, text: str, world: World, locale: str, so_far: str) -> list[JSON]:
    declared = level.get("options") or []
    if not _has_subcommands(level):
        return _Reading(declared, world, locale, usage(level, so_far, locale)).read(text)
    name, rest = _first_word(text)
    chosen = _named(name, declared)
    if chosen is None:
        raise TypedError(phrase(locale, "no_subcommand", usage=usage(level, so_far, locale)))
    inner = _read_level(chosen, rest, world, locale, f"{so_far} {shown(chosen, locale)}")
    return [{"name": chosen["name"], "type": chosen["type"], "options": inner}]


class _Reading:
    """The text behind a command's name being matched with its declared options."""

    def __init__(self, declared: list[JSON], world: World, locale: str, usage: str) -> None:
        self._declared = declared
        self._world = world
        self._locale = locale
        self._usage = usage
        self._values: dict[str, str] = {}

    def read(self, text: str) -> list[JSON]:
        before = self._take_named(text)
        if before:
            self._set(self._first_free(before), before)
        for option in self._declared:
            if option.get("required") and option["name"] not in self._values:
                raise self._wrong("missing", name=shown(option, self._locale))
        given = [option for option in self._declared if option["name"] in self._values]
        return [{"name": one["name"], "type": one["type"], "value": self._value(one)} for one in given]

    def _take_named(self, text: str) -> str:
        """Take each ``name:value``, which lasts until the next known name; return what stands before the first."""
        marks = [(mark, option) for mark in MARK.finditer(text) if (option := _named(mark[1], self._declared))]
        ends = [*(mark.start() for mark, _ in marks), len(text)]
        for (mark, option), end in zip(marks, ends[1:], strict=True):
            self._set(option, text[mark.end() : end].strip())
        return text[: ends[0]].strip()

    def _first_free(self, text: str) -> JSON:
        for option in self._declared:
            if option["name"] not in self._values and option["type"] != ATTACHMENT:
                return option
        raise self._wrong("too_many", value=text)

    def _set(self, option: JSON, value: str) -> None:
        if option["name"] in self._values:
            raise self._wrong("twice", name=shown(option, self._locale))
        self._values[option["name"]] = value

    def _value(self, option: JSON) -> object:
        """Return the typed text as the value that the option's type has on the wire."""
        text, kind = self._values[option["name"]], option["type"]
        choice = next(
            (one for one in option.get("choices") or [] if text in (one["name"], shown(one, self._locale))), None
        )
        if choice is not None:
            value: object = choice["value"]
            return value
        try:
            return self._converted(kind, text)
        except (ValueError, PlaygroundError):
            wrong = {INTEGER: "not_whole", NUMBER: "not_number", BOOLEAN: "not_boolean"}.get(kind, "not_there")
            raise self._wrong(wrong, name=shown(option, self._locale), value=text) from None

    def _converted(self, kind: int, text: str) -> object:
        if kind == INTEGER:
            return int(text)
        if kind == NUMBER:
            return float(text)
        if kind == BOOLEAN:
            return (*YES, *NO).index(text.lower()) < len(YES)
        named = {
            USER: self._world.person_called,
            MENTIONABLE: self._world.person_called,
            CHANNEL: self._world.channel_called,
            ROLE: self._world.role_called,
        }
        return named[kind](text)["id"] if kind in named else text

    def _wrong(self, key: str, **values: object) -> TypedError:
        return TypedError(phrase(self._locale, key, usage=self._usage, **values))
