"""The commands that an owner types, run here: a process of its own would import torch for longer than it works."""

from pkgutil import resolve_name

from typer.testing import CliRunner


def run(program: str, *arguments: object) -> tuple[int, str, str]:
    """Run ``python -m program …`` to its end; return its exit code and what it wrote: what was asked for, and the rest.

    What stops in the middle, kills itself or is asked how it begins has to be a process.
    """
    ended = CliRunner(env={"COLUMNS": "200"}).invoke(
        resolve_name(f"{program}.__main__:app"), [str(argument) for argument in arguments], prog_name=program
    )
    if ended.exception is not None and not isinstance(ended.exception, SystemExit):
        raise ended.exception
    return ended.exit_code, ended.stdout, ended.stderr
