"""The demo's script, step by step: commands that are typed and time that passes, in the order given.

Knows nothing of what a step does.
"""

import re
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import typer
from typer.core import TyperCommand

Step = str | timedelta
"""A command or a message as a member types it, or how much time passes."""

_ORDER = "bot.demo.script.order"
_DURATION = re.compile(r"(\d{1,4})([mhdw])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


class InOrder(TyperCommand):
    """A command that remembers in which order its options were typed, of which otherwise each has a list of its own."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - typer hides its type
        """Note the order and parse."""
        _, _, order = self.make_parser(ctx).parse_args(args=list(args))
        ctx.meta[_ORDER] = [parameter.name for parameter in order]
        return super().parse_args(ctx, args)


def in_order(context: typer.Context, **given: Iterable[Step] | None) -> list[Step]:
    """Return the values of the options that :class:`InOrder` parsed, as they were typed; ``given`` by option."""
    values = {name: iter(steps or ()) for name, steps in given.items()}
    return [next(values[name]) for name in context.meta[_ORDER] if name in values]


def duration(text: str) -> timedelta:
    """Return the time that ``30d``, ``12h``, ``90m`` or ``2w`` stands for.

    Raises:
        typer.BadParameter: it is none.
    """
    match = _DURATION.fullmatch(text)
    if match is None:
        raise typer.BadParameter(f"{text!r} is no time: write 30d, 12h, 90m or 2w.")
    return timedelta(**{_UNITS[match[2]]: int(match[1])})
