"""``dantok``: opens the owner's page; with a command, does without it. The bot's own commands are here too."""

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

import bot.__main__
from bot.command_line import LocalizedGroup, translate_help
from bot.errors import OwnerError
from bot.i18n import language_of, owner_locale, texts_for
from owner.project import Project, usual_folder
from owner.texts import OwnerTexts
from training.common.errors import TrainingError

# A command imports what it needs when it runs: --help and a wrong flag wait for no Discord.

_STOPPED = 130
"""The exit code of what was stopped by Ctrl-C."""

app = typer.Typer(cls=LocalizedGroup, add_completion=False, pretty_exceptions_enable=False)
app.registered_commands.extend(bot.__main__.app.registered_commands)
app.registered_groups.extend(bot.__main__.app.registered_groups)


@app.callback(invoke_without_command=True)
def dantok(
    context: typer.Context,
    project: Annotated[
        Path | None, typer.Option(help="The folder of your group, where commands run; else Dantok in your home.")
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(min=0, max=65_535, help="Where to serve the page; else the first free one from 8300 on."),
    ] = None,
    browser: Annotated[bool, typer.Option(help="Open the page in the browser.")] = True,
) -> None:
    """Open the owner's page; with a command, do without it. All commands of the bot are here, too."""
    context.obj = Project((project or usual_folder()).absolute())
    if context.invoked_subcommand is None:
        with _one_sentence():
            _open_page(context.obj, port, browse=browser)
    elif project is not None and context.invoked_subcommand != "all":
        context.obj.make()
        os.chdir(project)  # the bot's commands look for .env, bundle and data where they run


@app.command("all")
def whole_way(
    context: typer.Context,
    *,
    chat: Annotated[list[Path] | None, typer.Option(help="A chat export, or a zip of some. May be repeated.")] = None,
    files: Annotated[list[Path] | None, typer.Argument(metavar="EXPORT...", help="More of them.")] = None,
    photos: Annotated[
        Path | None, typer.Option(help="Photos, a folder or a zip; a labels.csv in the folder says who smiles.")
    ] = None,
    token_file: Annotated[Path | None, typer.Option(help="A file with the bot's token and nothing else.")] = None,
    everyone_agreed: Annotated[
        bool, typer.Option("--everyone-agreed", help="Your word that all in the chat agreed that it is learnt from.")
    ] = False,
    accept_leaks: Annotated[
        bool,
        typer.Option(
            "--accept-leaks", help="Make the bundle also where the voice gave something away; the bundle says so."
        ),
    ] = False,
    training: Annotated[
        list[str] | None, typer.Option(metavar="FLAG", help="More for `training text`: --training=--epochs=5.")
    ] = None,
) -> None:
    """Go the whole way from exports to a bot that can be started; the same command goes on where it was stopped."""
    with _one_sentence():
        from owner.all_steps import AllSteps, OwnersWord

        exports, out = [*(chat or ()), *(files or ())], Console(highlight=False)
        word = OwnersWord(everyone_agreed, accept_leaks)
        AllSteps(context.obj, exports, photos, token_file, word, training or (), out).go()


def _open_page(project: Project, port: int | None, *, browse: bool) -> None:
    from owner.page.run import serve

    project.make()
    asyncio.run(serve(project, port, browse=browse, out=Console(highlight=False)))


@contextmanager
def _one_sentence() -> Iterator[None]:
    """End with exit code 1 and a sentence where something is wrong that the owner can mend."""
    from owner.errors import Interrupted
    from owner.translation import translated

    console, locale = Console(stderr=True, highlight=False, soft_wrap=True), owner_locale()
    try:
        yield
    except (OwnerError, TrainingError, OSError) as error:
        console.print(translated(str(error), locale), style="red", markup=False)
        raise typer.Exit(1) from None
    except Interrupted:
        console.print(texts_for(OwnerTexts, locale).stopped, markup=False)
        raise typer.Exit(_STOPPED) from None
    except KeyboardInterrupt:
        raise typer.Exit from None


def main() -> None:
    """Run a command."""
    from owner.translation import sentences

    commands = typer.main.get_group(app)
    translate_help(commands, sentences(language_of(owner_locale())))
    commands()


if __name__ == "__main__":
    main()
