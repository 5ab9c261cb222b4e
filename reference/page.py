"""A reference page in one language: commands on Discord, commands in the terminal, settings."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import typer
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

import bot.__main__
import export.__main__
import owner.__main__
import training.__main__
from bot.i18n import INTERNATIONAL, language_of, texts_for
from bot.settings import PREFIX, Settings
from owner.translation import translated
from reference.texts import ReferenceTexts

_APPS = {
    "dantok": owner.__main__.app,
    "python -m bot": bot.__main__.app,
    "python -m training": training.__main__.app,
    "python -m export": export.__main__.app,
}
_OF_BOT = "python -m bot"
_EXAMPLE = Path(__file__).parents[1] / ".env.example"
_GROUPS = (1, 2)
"""Discord's types of options that are commands themselves."""
_MESSAGE, _USER = 3, 2

JSON = Mapping[str, Any]


def page(commands: Sequence[JSON], language: str) -> str:
    """Return the page; ``commands`` are what Discord was told."""
    texts = texts_for(ReferenceTexts, language)
    parts = [
        f"# {texts.title}",
        texts.written,
        f"## {texts.on_discord}",
        _table(texts.command_columns, _discord_rows(commands, language, texts)),
        f"## {texts.in_terminal}",
        *(f"### `{name}`\n\n{_table(texts.command_columns, _cli_rows(name, language))}" for name in _APPS),
        f"## {texts.settings}",
        texts.settings_note,
        _table(texts.setting_columns, _setting_rows(language, texts)),
    ]
    return "\n\n".join(parts) + "\n"


def _table(columns: Sequence[str], rows: Iterator[Sequence[str]]) -> str:
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join("| " + " | ".join(map(_cell, line)) + " |" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _discord_rows(commands: Sequence[JSON], language: str, texts: ReferenceTexts) -> Iterator[Sequence[str]]:
    for command in commands:
        name = _in(language, command, "name")
        if command["type"] in {_MESSAGE, _USER}:
            yield f"**{name}**", texts.in_menu, ""
        else:
            yield from _chat_rows(f"/{name}", command, language)


def _chat_rows(name: str, command: JSON, language: str) -> Iterator[Sequence[str]]:
    options = command.get("options") or []
    inner = [option for option in options if option["type"] in _GROUPS]
    for option in inner:
        yield from _chat_rows(f"{name} {_in(language, option, 'name')}", option, language)
    if not inner:
        listed = "<br>".join(_option(option, language) for option in options)
        yield f"`{name}`", _in(language, command, "description"), listed


def _option(option: JSON, language: str) -> str:
    name = _in(language, option, "name")
    limits = [f"{option[key]:,}".replace("-", "−") for key in ("min_value", "max_value") if option.get(key) is not None]
    choices = [_in(language, choice, "name") for choice in option.get("choices") or []]
    values = "–".join(limits) if len(limits) == 2 else ", ".join(choices)
    shown = f"**`{name}`**" if option.get("required") else f"`{name}`"
    return f"{shown}: {_in(language, option, 'description')}" + (f" ({values})" if values else "")


def _in(language: str, thing: JSON, key: str) -> str:
    localized = thing.get(f"{key}_localizations") or {}
    return str(next((text for locale, text in localized.items() if language_of(locale) == language), thing[key]))


def _cli_rows(name: str, language: str) -> Iterator[Sequence[str]]:
    command: Any = typer.main.get_command(_APPS[name])
    if _is_command(command) and hasattr(command, "commands"):
        # It has the bot's commands too, which have a table of their own.
        others = typer.main.get_group(_APPS[_OF_BOT]).commands
        command.commands = {word: inner for word, inner in command.commands.items() if word not in others}
    yield from _group_rows(name, command, language)


def _group_rows(path: str, command: Any, language: str) -> Iterator[Sequence[str]]:  # noqa: ANN401 - typer's
    inner = getattr(command, "commands", {})
    if _is_command(command):
        summary = " ".join((command.help or "").strip().split("\n\n")[0].split())
        shown = [_parameter(parameter, language) for parameter in command.params if not parameter.hidden]
        yield f"`{path}`", translated(summary, language), "<br>".join(shown)
    for name, each in inner.items():
        yield from _group_rows(f"{path} {name}", each, language)


def _is_command(command: Any) -> bool:  # noqa: ANN401 - typer's
    """Say whether a command does something without another behind it."""
    return bool(getattr(command, "invoke_without_command", True))


def _parameter(parameter: Any, language: str) -> str:  # noqa: ANN401 - typer's
    name = parameter.opts[0] if parameter.param_type_name == "option" else parameter.name.upper()
    text = translated(" ".join((parameter.help or "").split()), language)
    return f"**`{name}`**: {text}" if parameter.required else f"`{name}`: {text}"


def _setting_rows(language: str, texts: ReferenceTexts) -> Iterator[Sequence[str]]:
    explained = _example() if language == INTERNATIONAL else texts.explained
    for name, field in Settings.model_fields.items():
        yield f"`{PREFIX}{name.upper()}`", explained[name], _default(field, texts), _values(name, field, texts)


def _default(field: FieldInfo, texts: ReferenceTexts) -> str:
    if field.is_required():
        return f"**{texts.required}**"
    default = None if field.default is PydanticUndefined else field.default
    return "–" if default is None else f"`{default}`"


def _values(name: str, field: FieldInfo, texts: ReferenceTexts) -> str:
    return texts.values.get(name) or field.description or ""


def _example() -> dict[str, str]:
    """Return what ``.env.example`` says of each setting, by its field."""
    pattern = re.compile(rf"((?:^# .*\n)+)#?{PREFIX}(\w+)=", re.MULTILINE)
    comments = pattern.findall(_EXAMPLE.read_text(encoding="utf-8"))
    return {
        name.lower(): " ".join(line.removeprefix("# ") for line in comment.splitlines()) for comment, name in comments
    }
