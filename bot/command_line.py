"""The command line in the language of who sits at the terminal: help, and what is wrong, such as an unknown option.

typer says them in English alone. Whoever has commands, training and export too, makes its groups by these classes.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from bot.terminal_language import owner_locale, translated

_MISUSED = 2
"""The exit code that the shells have for it."""

KOREAN = {
    "No such option: {option} (Possible options: {others})": "{option} 옵션은 없어요. {others}을(를) 쓰려던 건가요?",
    "No such option: {option}": "{option} 옵션은 없어요.",
    "No such command {command}. Did you mean {others}?": "{command} 명령은 없어요. {others}을(를) 쓰려던 건가요?",
    "No such command {command}.": "{command} 명령은 없어요.",
    "Missing command.": "무엇을 할지 명령을 적어 주세요.",
    "Missing option {option}. {choices}": "{option} 옵션이 빠졌어요. {choices}",
    "Missing option {option}.": "{option} 옵션이 빠졌어요.",
    "Missing argument {argument}. {choices}": "{argument} 자리에 넣을 것이 빠졌어요. {choices}",
    "Missing argument {argument}.": "{argument} 자리에 넣을 것이 빠졌어요.",
    "Choose from: {choices}": "고를 수 있는 것: {choices}",
    "Got unexpected extra argument(s) ({arguments})": "필요 없는 것이 더 있어요: {arguments}",
    "Option {option} requires an argument.": "{option} 뒤에 값이 있어야 해요.",
    "Option {option} requires {count} arguments.": "{option} 뒤에 값이 {count}개 있어야 해요.",
    "Option {option} does not take a value.": "{option} 뒤에는 값을 적지 않아요.",
    "Argument {argument} takes {count} values.": "{argument} 자리에는 값이 {count}개 있어야 해요.",
    "Invalid value for {name}: {reason}": "{name}에 쓸 수 없는 값이에요: {reason}",
    "Invalid value: {reason}": "쓸 수 없는 값이에요: {reason}",
    "Value error, {value} is not one of {choices}.": "{value} 대신 {choices} 가운데 하나를 적어 주세요.",
    "Input should be a valid integer, unable to parse string as an integer": "정수를 적어 주세요.",
    "Input should be a valid number, unable to parse string as a number": "수를 적어 주세요.",
    "Input should be less than or equal to {most}": "{most}보다 크지 않은 수를 적어 주세요.",
    "Input should be greater than or equal to {least}": "{least}보다 작지 않은 수를 적어 주세요.",
    "Input should be less than {bound}": "{bound}보다 작은 수를 적어 주세요.",
    "Input should be greater than {bound}": "{bound}보다 큰 수를 적어 주세요.",
    "{kind} {path} does not exist.": "{path}이(가) 없어요.",
    "{kind} {path} is a directory.": "{path}은(는) 파일이 아니라 폴더예요.",
    "{kind} {path} is a file.": "{path}은(는) 폴더가 아니라 파일이에요.",
    "{kind} {path} is not readable.": "{path}을(를) 읽을 수 없어요.",
    "{text} is no time: write 30d, 12h, 90m or 2w.": "{text}은(는) 시간이 아니에요. 30d, 12h, 90m, 2w처럼 적어 주세요.",
    "goes with --dry-run.": "--dry-run과 함께 적어 주세요.",
    "is needed, unless with --dry-run.": "--dry-run이 아니면 꼭 있어야 해요.",
    "give the run of the words, or --words-of a bundle.": "말을 배운 폴더를 적거나, --words-of에 번들을 적어 주세요.",
    "A network draws pictures of {sizes} pixels.": "그림의 크기는 {sizes}픽셀 가운데 하나예요.",
    "No left eye lies at {across} {down}: it is in the picture's left half.": (
        "왼쪽 눈은 그림의 왼쪽 절반에 있어야 해요. {across} {down}에는 없어요."
    ),
    "photos need the package: unpack `npm pack @vladmandic/face-api@1.7.15`.": (
        "사진을 재려면 있어야 해요. `npm pack @vladmandic/face-api@1.7.15`로 받아서 풀어 주세요."
    ),
}
_FRAME = {
    "ARGUMENTS_PANEL_TITLE": "적을 것",
    "OPTIONS_PANEL_TITLE": "옵션",
    "COMMANDS_PANEL_TITLE": "명령",
    "DEFAULT_STRING": "[기본값: {}]",
    "REQUIRED_LONG_STRING": "[꼭 있어야 해요]",
}
"""What typer itself writes around a help, by its constants."""
_HELP = "이 도움말을 보여 줘요."
_SEE_HELP = "쓰는 법: {command} --help"


# typer names in public only a subclass of its error of all that can be wrong with a command line.
_UsageError: Any = typer.BadParameter.__bases__[0]
_HELP_ALONE = "NoArgsIsHelpError"


def translate_help(command: Any, table: Mapping[str, str]) -> None:  # noqa: ANN401 - as typer builds it
    """Let the help of a command, its parameters and the commands in it be by a table; an empty one changes nothing.

    ``table`` has a paragraph each, by the English one.
    """
    if not table:
        return
    from rich.text import Text  # what draws a help takes longer to import than all else of a command line
    from typer import rich_utils

    Text.rstrip_end = _rstrip_end  # type: ignore[assignment,method-assign]
    for constant, korean in _FRAME.items():
        setattr(rich_utils, constant, korean)
    for each in (command, *command.params):
        if text := getattr(each, "help", None):
            each.help = "\n\n".join(translated(" ".join(part.split()), table) for part in text.split("\n\n"))
    command.get_help_option(typer.Context(command)).help = _HELP
    for inner in getattr(command, "commands", {}).values():
        translate_help(inner, table)


def _rstrip_end(text: Any, size: int) -> None:  # noqa: ANN401 - rich's Text
    """Take blanks off the end of a wrapped line that is wider than ``size``, as rich would, which counts letters.

    A letter of Korean is two cells wide: rich 15.0.0 leaves the blank, and then cuts the line's last word for it.
    """
    blanks = len(text.plain) - len(text.plain.rstrip())
    if (excess := min(blanks, text.cell_len - size)) > 0:
        text.right_crop(excess)


@contextmanager
def _in_owners_language() -> Iterator[None]:
    """End in one sentence and the way to the help where who sits there reads Korean; else typer says it."""
    try:
        yield
    except _UsageError as error:
        if type(error).__name__ == _HELP_ALONE or not owner_locale().startswith("ko"):
            raise
        see = [] if error.ctx is None else [_SEE_HELP.format(command=error.ctx.command_path)]
        typer.echo("\n".join([translated(" ".join(error.format_message().split()), KOREAN), *see]), err=True)
        raise typer.Exit(_MISUSED) from None


class _Localized:
    """What reads a command line, with what may be wrong there in the owner's language."""

    def make_context(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as typer has it
        """Read the words of a command alone, or before a group's command."""
        with _in_owners_language():
            return super().make_context(*args, **kwargs)  # type: ignore[misc]

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - as typer has it
        """Read the words of a group's command, and run it."""
        with _in_owners_language():
            return super().invoke(ctx)  # type: ignore[misc]


class LocalizedGroup(_Localized, TyperGroup):
    """A group of commands."""


class LocalizedCommand(_Localized, TyperCommand):
    """A command that is alone."""
