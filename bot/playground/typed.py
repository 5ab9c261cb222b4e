"""Reads a command as a person types it: ``/say 윤혜 5``, ``/말해 단어:윤혜 n:5``, ``/say "생일 축하" 5``.

Options come by position or by name, in any language the bot has given. Knows nothing of interactions.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.playground.command_form import (
    BOOLEAN,
    CHANNEL,
    CHAT_INPUT,
    GROUP,
    INTEGER,
    MENTIONABLE,
    NUMBER,
    ROLE,
    STRING,
    SUBCOMMAND,
    USER,
)
from bot.playground.errors import PlaygroundError, TypedError
from bot.playground.options import shown
from bot.playground.phrases import phrase
from bot.playground.wire import JSON
from bot.playground.world import World

WORD = re.compile(r'(?:[^\s":]+:)?"[^"]*"|\S+')
YES, NO = ("true", "yes", "예", "네", "참"), ("false", "no", "아니요", "아니오", "거짓")


@dataclass(frozen=True, slots=True)
class Typed:
    """A command and the options for it, in the form of an interaction's data."""

    command: JSON
    options: list[JSON]


def read(text: str, world: World, locale: str) -> Typed:
    """Return the command that ``text`` means. Raises TypedError, with the usage, if it means none."""
    words = WORD.findall(text.strip().removeprefix("/").replace("“", '"').replace("”", '"'))
    command = find_command(words[0] if words else "", world, locale)
    return Typed(command, _read_level(command, words[1:], world, locale, f"/{shown(command, locale)}"))


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


def _read_level(level: JSON, words: list[str], world: World, locale: str, so_far: str) -> list[JSON]:
    declared = level.get("options") or []
    if not _has_subcommands(level):
        return _Reading(declared, world, locale, usage(level, so_far, locale)).read(words)
    chosen = _named(words[0], declared) if words else None
    if chosen is None:
        raise TypedError(phrase(locale, "no_subcommand", usage=usage(level, so_far, locale)))
    inner = _read_level(chosen, words[1:], world, locale, f"{so_far} {shown(chosen, locale)}")
    return [{"name": chosen["name"], "type": chosen["type"], "options": inner}]


class _Reading:
    """The words of one command being matched with its declared options."""

    def __init__(self, declared: list[JSON], world: World, locale: str, usage: str) -> None:
        self._declared = declared
        self._world = world
        self._locale = locale
        self._usage = usage
        self._values: dict[str, str] = {}
        self._open: JSON | None = None
        self._text: JSON | None = None

    def read(self, words: list[str]) -> list[JSON]:
        for word in words:
            self._take(word)
        for option in self._declared:
            if option.get("required") and option["name"] not in self._values:
                raise self._wrong("missing", name=shown(option, self._locale))
        given = [option for option in self._declared if option["name"] in self._values]
        return [{"name": one["name"], "type": one["type"], "value": self._value(one)} for one in given]

    def _take(self, word: str) -> None:
        before, colon, after = word.partition(":")
        option = _named(before, self._declared) if colon else None
        if option is not None:
            self._set(option, _unquoted(after))
            # Without quotes, what follows belongs to the same text until the next name, as in Discord's own client.
            self._open = option if option["type"] == STRING and after == _unquoted(after) else None
        elif self._open is not None:
            self._values[self._open["name"]] += f" {word}"
        else:
            self._take_unnamed(word)

    def _take_unnamed(self, word: str) -> None:
        option, before = self._next_free(word), self._text
        if before is not None and not self._fits(option, word):
            # `/birthday set 3월 5일`: what can only be more of the text before it is that.
            self._values[before["name"]] += f" {word}"
            return
        self._set(option, _unquoted(word))
        is_text = option["type"] == STRING and not option.get("choices") and word == _unquoted(word)
        self._text = option if is_text else None

    def _fits(self, option: JSON, word: str) -> bool:
        choices = option.get("choices") or []
        names = [name for one in choices for name in (one["name"], shown(one, self._locale))]
        if option["type"] == BOOLEAN:
            names += [*YES, *NO]
        return not names or _unquoted(word).lower() in (name.lower() for name in names)

    def _next_free(self, word: str) -> JSON:
        for option in self._declared:
            if option["name"] not in self._values:
                return option
        raise self._wrong("too_many", value=word)

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


def _unquoted(text: str) -> str:
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] == '"' else text
