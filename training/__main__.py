"""``python -m training``: from chat exports to a run folder, and what is in one."""

import json
import os
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from training.common.cli_errors import one_sentence
from training.common.errors import ConfigError
from training.common.progress import Stages
from training.common.signals import stoppable
from training.faces.cli import app as faces_app
from training.text.config import NetworkName, TextConfig
from training.text.run import Run, claim

if TYPE_CHECKING:
    from training.text.corpus import Corpus

# A command imports what it needs when it runs: --help and a wrong flag wait for no torch and no Java.

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
app.add_typer(faces_app, name="faces")
DEFAULT = TextConfig()


@app.callback()
def training() -> None:
    """Train on a group's own chat; nothing leaves this machine."""


@app.command()
def text(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Chat exports, in the order of time.")],
    out: Annotated[Path | None, typer.Option(help="The run folder to make, or to continue after a stop.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only read and clean, and say what was found.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="With --dry-run: print one JSON object.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Start over, even if a run is there already.")] = False,
    network: Annotated[NetworkName, typer.Option(help="Which network.")] = DEFAULT.network,
    vocabulary: Annotated[int, typer.Option(help="How many of the most frequent pieces to know.")] = DEFAULT.vocabulary,
    embedding: Annotated[int, typer.Option(help="Width of a piece's vector.")] = DEFAULT.embedding,
    hidden: Annotated[int, typer.Option(help="Width of the state, in each direction.")] = DEFAULT.hidden,
    dropout: Annotated[float, typer.Option(help="Share left out, against learning by heart.")] = DEFAULT.dropout,
    word_dropout: Annotated[float, typer.Option(help="Share of words not heard in a step.")] = DEFAULT.word_dropout,
    batch: Annotated[int, typer.Option(help="Messages a step.")] = DEFAULT.batch,
    rate: Annotated[float, typer.Option(help="Learning rate at its highest.")] = DEFAULT.rate,
    weight_decay: Annotated[float, typer.Option(help="AdamW's.")] = DEFAULT.weight_decay,
    epochs: Annotated[int, typer.Option(help="Passes over the messages, at most.")] = DEFAULT.epochs,
    patience: Annotated[int, typer.Option(help="Stop after so many epochs that were no better.")] = DEFAULT.patience,
    longest: Annotated[int, typer.Option(help="Pieces of a message that are learnt from.")] = DEFAULT.longest,
    held_out: Annotated[float, typer.Option(help="Last share of the chat, only to measure on.")] = DEFAULT.held_out,
    session_gap: Annotated[int, typer.Option(help="Minutes of silence that end a conversation.")] = DEFAULT.session_gap,
    seed: Annotated[int, typer.Option(help="Repeats the run.")] = DEFAULT.seed,
    without: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Leave out what this person wrote. May be given often.")
    ] = None,
    cache: Annotated[Path | None, typer.Option(help="File that keeps how words were cut, for the next run.")] = None,
) -> None:
    """Learn the voice of the chat in FILE... and write it to --out.

    Stop it with Ctrl-C at any time: the same command continues from the last finished epoch.
    """
    config = _config(
        network=network,
        vocabulary=vocabulary,
        embedding=embedding,
        hidden=hidden,
        dropout=dropout,
        word_dropout=word_dropout,
        batch=batch,
        rate=rate,
        weight_decay=weight_decay,
        epochs=epochs,
        patience=patience,
        longest=longest,
        held_out=held_out,
        session_gap=session_gap,
        seed=seed,
    )
    if as_json and not dry_run:
        raise typer.BadParameter("goes with --dry-run.", param_hint="--json")
    with one_sentence():
        if dry_run:
            _say_what_is_there(files, config, without or [], as_json=as_json)
        elif out is None:
            raise typer.BadParameter("is needed, unless with --dry-run.", param_hint="--out")
        else:
            _train(files, Run(out), config, without or [], cache or default_cache(), force=force)


@app.command()
def inspect(run: Annotated[Path, typer.Argument(help="A run folder.")]) -> None:
    """Show a run: its settings, how the losses fell, what it was worth, and what it said."""
    with one_sentence():
        from training.text.inspection import shown

        Console(highlight=False).print(shown(Run(run)))


def default_cache() -> Path:
    """Return the file, in this user's cache folder, that keeps how words were cut."""
    caches = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or Path.home() / ".cache"
    return Path(caches) / "dantok" / "morphemes.sqlite"


def _config(**settings: object) -> TextConfig:
    try:
        return TextConfig(**settings)  # type: ignore[arg-type]
    except ConfigError as error:
        raise typer.BadParameter(str(error)) from error


def _say_what_is_there(files: list[Path], config: TextConfig, without: list[str], *, as_json: bool) -> None:
    from training.text.corpus import read_corpus

    report = read_corpus(files, session_gap=timedelta(minutes=config.session_gap), without=without).report
    if as_json:
        typer.echo(json.dumps(report.to_json(), ensure_ascii=False))
    else:
        Console(highlight=False).print(report.table())


def _train(files: list[Path], run: Run, config: TextConfig, without: list[str], cache: Path, *, force: bool) -> None:
    # Threads that spin while they wait for each other make training many times slower beside any other work.
    # It must be said before torch is imported.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    going_on = claim(run, config, force=force)
    console = Console(stderr=True, highlight=False)
    if going_on:
        console.print(f"Going on with the stopped run in {run.folder}.")
    with stoppable():
        stages = Stages(console)
        corpus = _read(files, config, without, stages)
        from training.text.pipeline import Training

        Training(run, config, cache, console).start(corpus, stages, going_on=going_on)


def _read(files: list[Path], config: TextConfig, without: list[str], stages: Stages) -> "Corpus":
    from training.text.corpus import read_corpus

    gap = timedelta(minutes=config.session_gap)
    with stages.stage("reading") as tell:
        corpus = read_corpus(files, session_gap=gap, without=without, progress=tell)
    stages.console.print(corpus.report.table())
    corpus.check_trainable()
    return corpus


def main() -> None:
    """Run the commands."""
    refuse_unreadable_paths()
    app()


def refuse_unreadable_paths() -> None:
    """End with a sentence where the terminal's locale has no letters for a path that was given, or for this folder.

    Python reads such letters as bytes; what writes the runs, and Java, would stop at them in the middle.
    """
    try:
        "".join([*sys.argv, str(Path.cwd())]).encode()
    except UnicodeEncodeError:
        typer.echo("A path has letters that this terminal's locale does not know: set LC_ALL to C.UTF-8.", err=True)
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()
