"""Discord's rules for application commands.

Knows nothing of the world. Source: Discord's reference, "Application Command Object", "Naming".
"""

import re

from discord import Locale

from playground.world.validation import ValidationErrors
from playground.world.wire import JSON

SUBCOMMAND, GROUP, STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE, NUMBER, ATTACHMENT = range(1, 12)
CHAT_INPUT, ON_USER, ON_MESSAGE = 1, 2, 3
"""Kinds of commands: typed, and chosen in the context menu of a person or of a message."""
# The reference's ^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$ in the words of the standard library.
NAME = re.compile(r"[-_'\w]{1,32}\Z")
LOCALES = frozenset(locale.value for locale in Locale)


def check_commands(commands: list[JSON], errors: ValidationErrors) -> None:
    """Note all that is wrong with a whole set of commands."""
    keys: set[tuple[int, str]] = set()
    for index, command in enumerate(commands):
        check_command(command, errors.at(index))
        key = (command.get("type") or CHAT_INPUT, str(command.get("name")))
        if key in keys:
            errors.wrong("", "APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique")
        keys.add(key)
    errors.length("", commands, high=130)


def check_command(command: JSON, errors: ValidationErrors) -> None:
    """Note all that is wrong with one command."""
    errors.choice_of("type", command.get("type") or CHAT_INPUT, (1, 2, 3, 4))
    if (command.get("type") or CHAT_INPUT) == CHAT_INPUT:
        _check_naming(command, errors)
        _check_options(command.get("options") or [], errors)
    else:
        _check_menu(command, errors)
    if _size(command) > 8000:
        errors.wrong("", "APPLICATION_COMMAND_TOO_LARGE", "Command exceeds maximum size (8000)")


def _check_menu(command: JSON, errors: ValidationErrors) -> None:
    """Note what is wrong with a command of a context menu: any name, and nothing else to read or to fill in."""
    errors.text("name", command.get("name"), low=1, high=32)
    for locale, name in (command.get("name_localizations") or {}).items():
        errors.text(f"name_localizations.{locale}", name, low=1, high=32)
    for locale in set(command.get("name_localizations") or {}) - LOCALES:
        errors.wrong("name_localizations", "BASE_TYPE_CHOICES", f"Unknown locale {locale}.")
    errors.text("description", command.get("description") or "", high=0)
    errors.length("options", command.get("options") or [], high=0)


def _check_naming(thing: JSON, errors: ValidationErrors) -> None:
    _check_name(thing.get("name"), "name", errors)
    errors.text("description", thing.get("description"), low=1, high=100)
    for locale, name in (thing.get("name_localizations") or {}).items():
        _check_name(name, f"name_localizations.{locale}", errors)
    for locale, text in (thing.get("description_localizations") or {}).items():
        errors.text(f"description_localizations.{locale}", text, low=1, high=100)
    for key in ("name_localizations", "description_localizations"):
        for locale in set(thing.get(key) or {}) - LOCALES:
            errors.wrong(key, "BASE_TYPE_CHOICES", f"Unknown locale {locale}.")


def _check_name(name: object, path: str, errors: ValidationErrors) -> None:
    if not isinstance(name, str) or not NAME.match(name) or name != name.lower():
        errors.wrong(path, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")


def _check_options(options: list[JSON], errors: ValidationErrors) -> None:
    errors.length("options", options, high=25)
    optional, names = False, set()
    for index, option in enumerate(options):
        here = errors.at("options", index)
        _check_option(option, here)
        if option.get("required") and optional:
            here.wrong("", "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                       "Required options must be placed before non-required options")  # fmt: skip
        optional = optional or not option.get("required")
        if option.get("name") in names:
            here.wrong("name", "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", "Option name already exists")
        names.add(option.get("name"))


def _check_option(option: JSON, errors: ValidationErrors) -> None:
    kind = option.get("type")
    errors.choice_of("type", kind, range(1, 12))
    _check_naming(option, errors)
    if kind in (SUBCOMMAND, GROUP):
        _check_options(option.get("options") or [], errors)
    choices = option.get("choices") or []
    check_choices(choices, errors)
    if option.get("autocomplete") and choices:
        errors.wrong(
            "autocomplete",
            "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES",
            "Choices and autocomplete exclude each other",
        )
    for low, high in (("min_value", "max_value"), ("min_length", "max_length")):
        if option.get(low) is not None and option.get(high) is not None and option[low] > option[high]:
            errors.wrong(low, "NUMBER_TYPE_MAX", f"{low} must not be greater than {high}.")


def check_choices(choices: list[JSON], errors: ValidationErrors) -> None:
    """Note what is wrong with the choices of an option or of an autocomplete answer."""
    errors.length("choices", choices, high=25)
    for index, choice in enumerate(choices):
        here = errors.at("choices", index)
        here.text("name", choice.get("name"), low=1, high=100)
        value = choice.get("value")
        here.length("value", str(value) if isinstance(value, int | float) else value, low=1, high=100)


def _size(thing: JSON) -> int:
    """Return the characters that count towards the 8,000 of a command: names, descriptions and values.

    Of what is there in several languages, the longest counts.
    """
    own = sum(_longest(thing, key) for key in ("name", "description")) + len(str(thing.get("value", "")))
    return own + sum(_size(child) for key in ("options", "choices") for child in thing.get(key) or [])


def _longest(thing: JSON, key: str) -> int:
    return max(map(len, map(str, (thing.get(key) or "", *(thing.get(f"{key}_localizations") or {}).values()))))
