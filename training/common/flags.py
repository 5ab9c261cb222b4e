"""Command-line flags out of a dataclass: an option for each field that has a :class:`Flag`, or one of typer's.

Knows nothing of any one setting, and nothing of torch.
"""

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import MISSING, Field, fields
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, Literal, get_origin, get_type_hints

import typer

from training.common.config import Flag, RunConfig, flags_of, option_name

Settings = Mapping[str, Any]
"""The values of the flags that were given or have a default, by the name of the field."""

Command = Callable[..., None]

Out = Annotated[Path, typer.Option(help="The run folder to make, or to continue after a stop.")]
Force = Annotated[bool, typer.Option("--force", help="Start over, even if a run is there already.")]
Credit = Annotated[str | None, typer.Option(help="Whose photos these are, as their licence asks: `/about` says it.")]
"""Options that several commands have."""


def with_flags(
    config: type[RunConfig],
    *others: type[RunConfig],
    choices: Mapping[str, Iterable[str]] | None = None,
) -> Callable[[Command], Command]:
    """Give a command a flag for each field of ``config``, in the place of its parameter ``settings: Settings``.

    What ``others`` have beyond it is a flag too, passed on only where it was given, and so is a field of ``config`` to
    which one of them gives another default. ``choices`` are the values that a field may have, where a table decides
    that and not the field's type.
    """
    options = {option.name: option for option in _options(config, others, choices or {})}
    return with_options("settings", *options.values())


def with_options(parameter: str, *options: inspect.Parameter) -> Callable[[Command], Command]:
    """Give a command ``options`` in the place of its ``parameter``: a mapping of those that have a value, by name."""

    def decorate(command: Command) -> Command:
        @wraps(command)
        def flagged(**arguments: Any) -> None:  # noqa: ANN401 - whatever the command takes
            values = {option.name: arguments.pop(option.name) for option in options}
            arguments[parameter] = {name: value for name, value in values.items() if value is not None}
            command(**arguments)

        setattr(flagged, "__signature__", _signature(command, parameter, options))  # noqa: B010 - no type checker knows it
        return flagged

    return decorate


def with_group(parameter: str, group: type[Any]) -> Callable[[Command], Command]:
    """Give a command the options of a dataclass in the place of its ``parameter``, which is one of these then.

    They are the fields that are annotated with one of typer's; each has a default.
    """
    annotations = get_type_hints(group, include_extras=True)
    options = [
        inspect.Parameter(
            field.name, inspect.Parameter.KEYWORD_ONLY, default=field.default, annotation=annotations[field.name]
        )
        for field in fields(group)
        if get_origin(annotations[field.name]) is Annotated
    ]

    def decorate(command: Command) -> Command:
        @wraps(command)
        def grouped(**arguments: Any) -> None:  # noqa: ANN401 - whatever the command takes
            command(**arguments | {parameter: group(**arguments[parameter])})

        return with_options(parameter, *options)(grouped)

    return decorate


def _options(
    config: type[RunConfig], others: Iterable[type[RunConfig]], choices: Mapping[str, Iterable[str]]
) -> Iterator[inspect.Parameter]:
    mine = {field.name: field.default for field in fields(config)}
    varied = {field.name for other in others for field in fields(other) if field.default != mine.get(field.name)}
    for field in fields(config):
        if flag := flags_of(config).get(field.name):
            default, usual = (MISSING, f"usually {field.default}") if field.name in varied else (field.default, True)
            yield _option(field, flag, _type_of(config, field, choices), default, usual)
    for other in others:
        for field in fields(other):
            if field.name not in mine and (flag := flags_of(other).get(field.name)):
                yield _option(field, flag, _type_of(other, field, choices), MISSING)


def _type_of(config: type[RunConfig], field: "Field[Any]", choices: Mapping[str, Iterable[str]]) -> object:
    if field.name in choices:
        return Literal[tuple(choices[field.name])]
    return get_type_hints(config)[field.name]


def _option(
    field: "Field[Any]",
    flag: Flag,
    kind: Any,  # noqa: ANN401 - a type
    default: object,
    shown: bool | str = True,
) -> inspect.Parameter:
    # A boolean has no second flag that says no.
    names = [option_name(field.name)] if kind is bool else []
    if default is MISSING:
        kind, default = kind | None, None
    annotation = Annotated[kind, typer.Option(*names, help=flag.help, show_default=shown)]
    return inspect.Parameter(field.name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def _signature(command: Command, replaced: str, options: Iterable[inspect.Parameter]) -> inspect.Signature:
    parameters: list[inspect.Parameter] = []
    for parameter in inspect.signature(command).parameters.values():
        if parameter.name == replaced:
            parameters.extend(options)
        else:
            parameters.append(parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY))
    return inspect.Signature(parameters)
