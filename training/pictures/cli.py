"""``python -m training style``: from one picture to a style of one's own."""

from pathlib import Path
from typing import Annotated

import typer

from training.common.cli_errors import cli_errors
from training.common.events import owner_console
from training.common.flags import Force, Out, Settings, with_flags
from training.common.progress import Stages
from training.common.signals import stoppable
from training.pictures.style.config import StyleConfig

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@app.command()
@cli_errors()
@with_flags(StyleConfig)
def style(
    picture: Annotated[Path, typer.Argument(help="The picture to learn the style of.")],
    *,
    photos: Annotated[Path, typer.Option(help="A folder of any photos: it learns by painting them.")],
    out: Out,
    init: Annotated[
        Path | None, typer.Option(help="A bundle whose styles to begin with. Default: the bot's own bundle.")
    ] = None,
    from_scratch: Annotated[bool, typer.Option("--from-scratch", help="Begin with no styles at all.")] = False,
    force: Force = False,
    settings: Settings,
) -> None:
    """Learn to paint any photo as PICTURE is painted, in less than an hour on two cores.

    Stop it with Ctrl-C at any time: the same command continues from the last checkpoint.
    """
    config = StyleConfig(**settings)
    from training.pictures.style.pipeline import StylePipeline

    with stoppable():
        StylePipeline(config, picture, photos, out, init, from_scratch, Stages(owner_console())).start(force=force)
