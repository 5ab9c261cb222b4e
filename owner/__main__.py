"""``dantok``: opens the owner's page; with a command, does without it. The bot's own commands are here too."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

import bot.__main__
from owner.project import Project, usual_folder

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
app.add_typer(bot.__main__.app)


@app.callback(invoke_without_command=True)
def dantok(
    context: typer.Context,
    project: Annotated[Path | None, typer.Option(help="The folder of your group; else Dantok in your home.")] = None,
) -> None:
    """Dantok talks in a group chat's own voice; without a command its page opens."""
    if context.invoked_subcommand is None:
        _open_page(Project((project or usual_folder()).absolute()))


def _open_page(project: Project) -> None:
    project.make()
    Console(highlight=False).print(f"The project is in {project.folder}.", soft_wrap=True)


def main() -> None:
    """Run a command."""
    app()


if __name__ == "__main__":
    main()
