"""``dantok``: opens the owner's page; with a command, does without it. The bot's own commands are here too."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

import bot.__main__
from bot.errors import OwnerError
from owner.project import Project, usual_folder

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
app.add_typer(bot.__main__.app)


@app.callback(invoke_without_command=True)
def dantok(
    context: typer.Context,
    project: Annotated[Path | None, typer.Option(help="The folder of your group; else Dantok in your home.")] = None,
    port: Annotated[
        int | None,
        typer.Option(min=0, max=65_535, help="Where to serve the page; else the first free one from 8300 on."),
    ] = None,
    browser: Annotated[bool, typer.Option(help="Open the page in the browser.")] = True,
) -> None:
    """Dantok talks in a group chat's own voice; without a command its page opens."""
    if context.invoked_subcommand is None:
        _open_page(Project((project or usual_folder()).absolute()), port, browse=browser)


def _open_page(project: Project, port: int | None, *, browse: bool) -> None:
    out = Console(highlight=False)
    try:
        from owner.page.run import serve

        project.make()
        out.print(f"The project is in {project.folder}.", soft_wrap=True)
        asyncio.run(serve(project, port, browse=browse, out=out))
    except (OwnerError, OSError) as error:
        Console(stderr=True, soft_wrap=True).print(str(error), style="red", markup=False)
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        raise typer.Exit from None


def main() -> None:
    """Run a command."""
    app()


if __name__ == "__main__":
    main()
