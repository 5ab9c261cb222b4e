"""Parses a command as Discord's client does when a person types it: ``/say 윤혜 5``, ``/말해 단어:윤혜 개수:5``.

What follows the command's name is its first option, spaces and all; every other option is given as ``name:value``, in
any language the bot has given. A form, with a field for each option, is parsed by the same rules. Knows nothing of
interactions.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from playground.interactions.options import WRONG_TYPE, check_value, shown
from playground.interactions.phrases import TypedError
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
from playground.world.errors import PlaygroundError
from playground.world.wire import JSON
from playground.world.world import World

MARK = re.compile(r"(?<!\S)([-_'\w]{1,32}):")
WHOLE, DECIMAL = re.compile(r"[+-]?[0-9]+"), re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)")
YES = ("true", "yes", "on", "1", "참", "예", "네", "응")
NO = ("false", "no", "off", "0", "거짓", "아니요", "아니오", "아니")


@dataclass(frozen=True, slots=True)
class Typed:
    """A command and the options for it, in the form of an interaction's data."""

    command: JSON
    options: list[JSON]


@dataclass(frozen=True, slots=True)
class Reading:
    """A typed command, parsed. ``path`` leads from the command to the subcommand; the rest is by the option's name.

    ``extra`` complains of text for which no option is left.
    """

    path: tuple[JSON, ...]
    texts: Mapping[str, str]
    values: Mapping[str, object]
    errors: Mapping[str, TypedError]
    extra: TypedError | None = None

    @property
    def name(self) -> str:
        """The registered name: ``birthday set``."""
        return " ".join(str(level["name"]) for level in self.path)

    @property
    def well(self) -> bool:
        """Whether it can be sent as it stands."""
        return not self.errors and self.extra is None

    def complete(self) -> Typed:
        """Return what is to be sent. Raises TypedError for the first thing that is wrong."""
        if self.extra is not None:
            raise self.extra
        for error in self.errors.values():
            raise error
        return self.so_far()

    def so_far(self, focused: str | None = None) -> Typed:
        """Return what is right already; the option ``focused`` is still being typed, and goes as text."""
        given = [
            {"name": option["name"], "type": option["type"], **part}
            for option in self.path[-1].get("options") or []
            if (part := self._part(option["name"], focused))
        ]
        for level in reversed(self.path[1:]):
            given = [{"name": level["name"], "type": level["type"], "options": given}]
        return Typed(self.path[0], given)

    def _part(self, name: str, focused: str | None) -> JSON:
        if name == focused:
            return {"value": self.texts.get(name, ""), "focused": True}
        return {"value": self.values[name]} if name in self.values else {}


def read(text: str, world: World, channel: JSON, locale: str) -> Reading:
    """Parse a line. Raises TypedError, with the usage, if it names no command that ``channel`` offers."""
    path, rest = _path(text, world, channel, locale)
    return _Parser(path, world, locale).line(rest)


def read_fields(  # noqa: PLR0913, PLR0917 - as for a line, and the two kinds of fields
    name: str, texts: Mapping[str, str], values: Mapping[str, object], world: World, channel: JSON, locale: str
) -> Reading:
    """Parse a form: ``texts`` as they were typed, ``values`` that were chosen from a list or uploaded, by option.

    Raises TypedError if ``name`` is no command that ``channel`` offers.
    """
    path, _ = _path(name, world, channel, locale)
    return _Parser(path, world, locale).fields(texts, values)


def _path(text: str, world: World, channel: JSON, locale: str) -> tuple[tuple[JSON, ...], str]:
    """Return the command and subcommands that ``text`` begins with, and the rest of it."""
    name, rest = _first_word(text.strip().removeprefix("/"))
    path: tuple[JSON, ...] = (find_command(name, world, locale),)
    if not offered_in(path[0], channel, with_bot=world.has_bot(channel)):
        raise TypedError(locale, "elsewhere", name=shown(path[0], locale))
    while _has_subcommands(path[-1]):
        name, rest = _first_word(rest)
        chosen = _named(name, path[-1]["options"])
        if chosen is None:
            raise TypedError(locale, "no_subcommand", usage=_usage(path, locale))
        path = (*path, chosen)
    return path, rest


def _first_word(text: str) -> tuple[str, str]:
    word, _, rest = text.partition(" ")
    return word, rest.strip()


def find_command(name: str, world: World, locale: str) -> JSON:
    """Return the slash command of that name in any language. Raises TypedError, with the names there are."""
    commands = [listed for listed in world.commands.all() if listed["type"] == CHAT_INPUT]
    command = _named(name.removeprefix("/"), commands)
    if command is None:
        names = ", ".join(f"/{shown(listed, locale)}" for listed in commands)
        raise TypedError(locale, "no_command" if commands else "no_bot", name=name, known=names)
    return command


def find_menu_command(name: str, kind: int, world: World, locale: str) -> JSON:
    """Return the command of that name, in any language, of the context menus of ``kind``. Raises TypedError."""
    commands = [command for command in world.commands.all() if command["type"] == kind]
    for command in commands:
        if name in (command["name"], *(command.get("name_localizations") or {}).values()):
            return command
    known = ", ".join(shown(command, locale) for command in commands)
    raise TypedError(locale, "no_command" if commands else "no_bot", name=name, known=known)


def _usage(path: tuple[JSON, ...], locale: str) -> str:
    """Return ``/say word n [seed]``, or all the subcommands."""
    options = path[-1].get("options") or []
    if _has_subcommands(path[-1]):
        return " · ".join(_usage((*path, option), locale) for option in options)
    words = [f"/{' '.join(shown(level, locale) for level in path)}"]
    for option in options:
        word = shown(option, locale)
        words.append(word if option.get("required") else f"[{word}]")
    return " ".join(words)


def _has_subcommands(level: JSON) -> bool:
    return any(option["type"] in (SUBCOMMAND, GROUP) for option in level.get("options") or [])


def _named(name: str, things: Iterable[JSON]) -> JSON | None:
    wanted = name.lower()
    every = list(things)
    for thing in every:
        if thing["name"] == wanted:
            return thing
    return next((one for one in every if wanted in (one.get("name_localizations") or {}).values()), None)


class _Parser:
    """The values of one command's declared options."""

    def __init__(self, path: tuple[JSON, ...], world: World, locale: str) -> None:
        self._path = path
        self._declared: list[JSON] = path[-1].get("options") or []
        self._world = world
        self._locale = locale

    def line(self, text: str) -> Reading:
        """Parse what stands behind the command's name."""
        texts: dict[str, str] = {}
        errors: dict[str, TypedError] = {}
        before, *named = self._parts(text)
        for option, value in named:
            if option["name"] in texts:
                errors[option["name"]] = self._error("twice", option)
            texts[option["name"]] = value
        free = self._first_free(texts)
        if before[1] and free is not None:
            texts[free["name"]] = before[1]
        extra = self._error("too_many", value=before[1]) if before[1] and free is None else None
        return self._reading(texts, {}, errors, extra)

    def fields(self, texts: Mapping[str, str], values: Mapping[str, object]) -> Reading:
        """Parse a form."""
        for name in {*texts, *values} - {option["name"] for option in self._declared}:
            raise self._error("unknown_option", name=name)
        return self._reading(texts, values, {}, None)

    def _parts(self, text: str) -> Iterator[tuple[JSON, str]]:
        """Yield what stands before the first ``name:``, of no option, then each option's value up to the next one."""
        marks = [(mark, option) for mark in MARK.finditer(text) if (option := _named(mark[1], self._declared))]
        ends = [*(mark.start() for mark, _ in marks), len(text)]
        yield {}, text[: ends[0]].strip()
        for (mark, option), end in zip(marks, ends[1:], strict=True):
            yield option, text[mark.end() : end].strip()

    def _first_free(self, texts: Mapping[str, str]) -> JSON | None:
        free = (one for one in self._declared if one["name"] not in texts and one["type"] != ATTACHMENT)
        return next(free, None)

    def _reading(
        self,
        texts: Mapping[str, str],
        chosen: Mapping[str, object],
        errors: Mapping[str, TypedError],
        extra: TypedError | None,
    ) -> Reading:
        values, wrong = {}, dict(errors)
        for option in self._declared:
            name = option["name"]
            if name in wrong or not (option.get("required") or texts.get(name) or name in chosen):
                continue
            try:
                value = chosen[name] if name in chosen else self._value(option, texts.get(name, "").strip())
                check_value(option, value, self._locale)
                values[name] = value
            except TypedError as error:
                wrong[name] = error
        return Reading(self._path, texts, values, wrong, extra)

    def _value(self, option: JSON, text: str) -> object:
        """Return the typed text as the value that the option's type has on the wire."""
        if not text:
            raise self._error("missing", option)
        for choice in option.get("choices") or []:
            if text.lower() in (
                name.lower() for name in (choice["name"], shown(choice, self._locale), str(choice["value"]))
            ):
                value: object = choice["value"]
                return value
        try:
            return self._converted(option["type"], text)
        except (ValueError, PlaygroundError):
            wrong = {**WRONG_TYPE, ATTACHMENT: "no_file"}.get(option["type"], "not_there")
            raise self._error(wrong, option, value=text) from None

    def _converted(self, kind: int, text: str) -> object:
        """Return the value. Raises ValueError or PlaygroundError if ``text`` is none of that kind."""
        if kind == INTEGER:
            return int(_matching(WHOLE, text))
        if kind == NUMBER:
            return float(_matching(DECIMAL, text))
        if kind == BOOLEAN:
            return (*YES, *NO).index(text.lower()) < len(YES)
        if kind == ATTACHMENT and self._world.attachments.get(text) is None:
            raise ValueError  # the id of an uploaded file is expected
        named = {
            USER: self._world.person_called,
            MENTIONABLE: self._mentionable,
            CHANNEL: self._world.channel_called,
            ROLE: self._world.role_called,
        }
        return named[kind](text)["id"] if kind in named else text

    def _mentionable(self, text: str) -> JSON:
        try:
            return self._world.person_called(text)
        except PlaygroundError:
            return self._world.role_called(text)

    def _error(self, key: str, option: JSON | None = None, **values: object) -> TypedError:
        if option is not None:
            values["name"] = shown(option, self._locale)
        return TypedError(self._locale, key, usage=_usage(self._path, self._locale), **values)


def _matching(pattern: re.Pattern[str], text: str) -> str:
    if not pattern.fullmatch(text):
        raise ValueError
    return text
