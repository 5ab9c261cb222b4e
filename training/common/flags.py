"""Command-line flags out of a settings dataclass: one option for each field that has a :class:`Flag`.

Knows nothing of any one setting.
"""

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import MISSING, Field, fields
from functools import wraps
from typing import Annotated, Any, Literal, get_type_hints

import typer

from training.common.config import Flag, RunConfig, flags_of, option_name

Settings = Mapping[str, Any]
"""The values of the flags that were given or have a default, by the name of the field."""

_PARAMETER = "settings"


def with_flags(
    config: type[RunConfig],
    *others: type[RunConfig],
    choices: Mapping[str, Iterable[str]] | None = None,
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command a flag for each field of ``config``, in the place of its parameter ``settings: Settings``.

    What ``others`` have beyond it is a flag too, whose value is passed on only where it was given. ``choices`` are
    the values that a field may have, where a table decides that and not the field's type.
    """
    options = {option.name: option for option in _options(config, others, choices or {})}

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        @wraps(command)
        def flagged(**arguments: Any) -> None:  # noqa: ANN401 - whatever the command takes
            given = {name: arguments.pop(name) for name in options}
            command(**arguments, settings={name: value for name, value in given.items() if value is not None})

        setattr(flagged, "__signature__", _signature(command, options.values()))  # noqa: B010 - no type checker knows it
        return flagged

    return decorate


def _options(
    config: type[RunConfig], others: Iterable[type[RunConfig]], choices: Mapping[str, Iterable[str]]
) -> Iterator[inspect.Parameter]:
    for field in fields(config):
        if flag := flags_of(config).get(field.name):
            yield _option(field, flag, _type_of(config, field, choices), field.default)
    mine = {field.name for field in fields(config)}
    for other in others:
        for field in fields(other):
            if field.name not in mine and (flag := flags_of(other).get(field.name)):
                yield _option(field, flag, _type_of(other, field, choices), MISSING)


def _type_of(config: type[RunConfig], field: "Field[Any]", choices: Mapping[str, Iterable[str]]) -> object:
    if field.name in choices:
        return Literal[tuple(choices[field.name])]
    return get_type_hints(config)[field.name]


def _option(field: "Field[Any]", flag: Flag, kind: Any, default: object) -> inspect.Parameter:  # noqa: ANN401 - a type
    # A boolean has no second flag that says no.
    names = [option_name(field.name)] if kind is bool else []
    if default is MISSING:
        shown = None if field.default is MISSING else str(field.default)
        kind, default = kind | None, None
        option = typer.Option(*names, help=flag.help, show_default=shown or True)
    else:
        option = typer.Option(*names, help=flag.help)
    return inspect.Parameter(
        field.name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=Annotated[kind, option]
    )


def _signature(command: Callable[..., None], options: Iterable[inspect.Parameter]) -> inspect.Signature:
    """Return the command's signature with ``options`` in the place of its settings."""
    parameters: list[inspect.Parameter] = []
    for parameter in inspect.signature(command).parameters.values():
        if parameter.name == _PARAMETER:
            parameters.extend(options)
        else:
            parameters.append(parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY))
    return inspect.Signature(parameters)
