"""``python -m training text`` and ``inspect``: from chat exports to a run folder, and what is in one."""

import json
import math
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.bundle import Bundle, BundleError
from training.common.cli_errors import cli_errors
from training.common.errors import ChatError, RunError
from training.common.events import owner_console
from training.common.flags import Force, Out, Settings, with_flags, with_group, with_options
from training.common.processes import Processes
from training.common.progress import Stages
from training.common.signals import Stopped, stoppable
from training.terminal.translation import LocalizedConsole
from training.text.config import TextConfig
from training.text.networks import NETWORKS, config_of
from training.text.parts import PARTS, Part, TrainingJob
from training.text.parts import learn as learn_beside
from training.text.run import TextRun

if TYPE_CHECKING:
    from training.text.consent.agreement import Agreement
    from training.text.consent.people import People
    from training.text.corpus.corpus import Corpus

# A command imports what it needs when it runs: --help and a wrong flag wait for no torch and no Java.

app = typer.Typer()

_Exports = Annotated[list[Path], typer.Argument(metavar="FILE...", help="Chat exports, in the order of time.")]
_Cache = Annotated[Path | None, typer.Option(help="File that keeps how words were cut, for the next run.")]
_Words = Annotated[Path, typer.Option(help="The run of `text`, learnt from the same files; it is written into that.")]
_GOES_ON = "Stop it with Ctrl-C at any time: the same command continues from the last finished epoch."


@dataclass(frozen=True, slots=True)
class ConsentOptions:
    """Who may be learnt from; every field is an option."""

    people: Annotated[
        Path | None,
        typer.Option(help="The list of people: only of those who agreed there it learns. `people` writes it."),
    ] = None
    everyone_agreed: Annotated[
        bool,
        typer.Option("--everyone-agreed", help="Your word that all agreed who are not asked one by one; it is noted."),
    ] = False
    withdrawals: Annotated[
        Path | None, typer.Option(help="Who withdrew on Discord; else data/withdrawals.tsv, where the bot writes it.")
    ] = None

    def read(self, *, is_trial: bool = False) -> "Agreement":
        """Return who may be: in a trial, of which nothing is kept, everybody where there is no list.

        Raises:
            ChatError: neither a list nor the owner's word is given, or a file cannot be read.
        """
        from training.text.consent.agreement import read_agreement

        everyone = self.everyone_agreed or (is_trial and not self.people)
        return read_agreement(self.people, everyone=everyone, withdrawals=self.withdrawals)


@app.command()
@cli_errors(BundleError)
@with_flags(TextConfig, *(spec.config for spec in NETWORKS.values()), choices={"network": NETWORKS})
@with_group("consent", ConsentOptions)
@with_group("processes", Processes)
def text(
    files: _Exports,
    *,
    out: Annotated[Path | None, typer.Option(help="The run folder to make, or to continue after a stop.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only read and clean, and say what was found.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="With --dry-run: print one JSON object.")] = False,
    force: Force = False,
    settings: Settings,
    consent: ConsentOptions,
    as_: Annotated[
        list[str] | None,
        typer.Option("--as", metavar="NAME", help="Who agreed that the voice may sound like them. May be given often."),
    ] = None,
    cache: _Cache = None,
    answers: Annotated[bool, typer.Option(help="Learn which answer belongs to a message, too.")] = True,
    leaks: Annotated[bool, typer.Option(help="Measure on a copy with secrets in it what the voice gives away.")] = True,
    previous: Annotated[
        Path | None, typer.Option(metavar="BUNDLE", help="An earlier bundle of this room, to compare the voice with.")
    ] = None,
    language: Annotated[
        Literal["ko", "en"] | None, typer.Option(help="Language of the quality card; else that of the chat.")
    ] = None,
    processes: Processes,
) -> None:
    """Learn the voice of the chat in FILE... and write it to --out; only of those who agreed to it.

    Stop it with Ctrl-C at any time: the same command continues from the last finished epoch.
    """
    config = config_of({**settings, "speakers": tuple(as_ or ())})
    processes.check(config.batch)
    if as_json and not dry_run:
        raise typer.BadParameter("goes with --dry-run.", param_hint="--json")
    if out is None and not dry_run:
        raise typer.BadParameter("is needed, unless with --dry-run.", param_hint="--out")
    agreement = consent.read(is_trial=dry_run)
    if out is None or dry_run:
        _print_corpus(files, config, agreement, as_json=as_json)
    elif not processes.is_first:
        last = None if force else TextRun(out).last
        _take_part(files, config, agreement, cache or default_cache(), processes, last)
    else:
        before = Bundle.open(previous).model("text").metrics if previous else None
        where = (TextRun(out), config, agreement, cache or default_cache())
        more = {"answers": answers, "previous": before, "language": language, "leaks": leaks, "processes": processes}
        _train(files, *where, force=force, more=more)


@app.command("people")
@cli_errors()
def list_people(
    files: _Exports,
    *,
    out: Annotated[Path, typer.Option(help="The list: made, or brought up to date without losing what was decided.")],
) -> None:
    """List who writes in FILE..., to write down who agreed; and print what to paste into the room to ask them."""
    from training.text.consent.people import NOBODY
    from training.text.consent.people_file import read_people, write_people
    from training.text.consent.request import REQUESTS
    from training.text.corpus.corpus import read_corpus

    known = read_people(out) if out.exists() else NOBODY
    with Stages(owner_console()).stage("reading") as progress:
        listed = read_corpus(files, progress=progress).people(known)
    write_people(listed, out)
    console = LocalizedConsole(highlight=False)
    console.print(_table_of(listed))
    console.print(
        f'They are in {out}. Ask them in the room, for example so, and write "yes" or "no" there:', markup=False
    )
    for request in REQUESTS.values():
        typer.echo(f"\n{request}")


@app.command()
@cli_errors()
def base(
    *,
    out: Out,
    sources: Annotated[
        Path | None, typer.Option("--from", help="A folder with the downloaded sources; else they are downloaded.")
    ] = None,
    into: Annotated[Path | None, typer.Option(help="Where the voice is written; else where it ships.")] = None,
    passes: Annotated[float, typer.Option(min=0.05, help="How often to go over all texts.")] = 1,
    go_on: Annotated[bool, typer.Option("--go-on", help="Go on from the voice that ships, by more texts.")] = False,
    force: Force = False,
    cache: _Cache = None,
) -> None:
    """Learn the base voice again, from which every room's training goes on, from public texts: an hour of a core."""
    from training.text.base.shipped import SHIPPED
    from training.text.base.voice import BaseVoice
    from training.text.pretraining import CONFIG, PARTS, Pretraining

    run, console = TextRun(out), owner_console()
    epochs = math.ceil(passes * PARTS)
    config = replace(CONFIG, epochs=epochs, patience=epochs)
    resumed = run.claim(config, force=force)
    with stoppable():
        previous = BaseVoice.open() if go_on else None
        folder, cuts = sources or out / "sources", cache or default_cache()
        pretraining = Pretraining(run, folder, cuts, console, config, previous)
        pretraining.start(Stages(console), resumed=resumed).write(into or SHIPPED)


@app.command()
@cli_errors()
def inspect(run: Annotated[Path, typer.Argument(help="A run folder.")]) -> None:
    """Show a run: its settings, how the losses fell, what it was worth, and what it said."""
    from training.text.inspection import shown

    LocalizedConsole(highlight=False).print(shown(TextRun(run)))


@app.command()
@cli_errors()
@with_group("consent", ConsentOptions)
def answers(
    files: _Exports,
    *,
    out: Annotated[Path, typer.Option(help="The folder to write into; `text` makes RUN/answers.")],
    consent: ConsentOptions,
    seed: Annotated[int, typer.Option(min=0, max=2**32 - 1, help="Repeats the run.")] = 7,
) -> None:
    """Learn which answer belongs to a message in FILE..., without the voice: `text` does both."""
    from training.text.answers.pipeline import learn, summary
    from training.text.answers.run import AnswersRun

    agreement = consent.read()
    console, run = owner_console(), AnswersRun(out)
    with stoppable():
        corpus = _read(files, TextConfig(), agreement, Stages(console))
        learn(corpus.messages, run, seed)
        console.print(summary(corpus.messages, run))


def _add_command(name: str, part: Part) -> None:
    @app.command(name, help=f"{part.help}\n\n{_GOES_ON}")
    @cli_errors(BundleError)
    @with_options("more", *part.options)
    @with_flags(part.config)
    @with_group("consent", ConsentOptions)
    def learn_part(
        files: _Exports,
        *,
        text: _Words,
        settings: Settings,
        more: Mapping[str, Any],
        force: Annotated[bool, typer.Option("--force", help="Start over, even if it is learnt already.")] = False,
        consent: ConsentOptions,
        cache: _Cache = None,
    ) -> None:
        from training.text.learning import check_words

        words, config = TextRun(text), part.config(**settings)
        words.check_finished()
        agreement = consent.read()
        resumed, console = part.run(words).claim(config, force=force), owner_console()
        with stoppable():
            stages = Stages(console)
            corpus = _read(files, words.read_config(), agreement, stages)
            check_words(words, corpus)
            job = TrainingJob(words, corpus, config, cache or default_cache(), console, stages, resumed, more)
            learn_beside(part, job)


for _name, _part in PARTS.items():
    _add_command(_name, _part)


@app.command("beside")
@cli_errors(BundleError)
@with_group("consent", ConsentOptions)
def learn_all_beside(
    files: _Exports,
    *,
    text: _Words,
    consent: ConsentOptions,
    cache: _Cache = None,
) -> None:
    """Learn all that goes beside the words and is not learnt yet: the pulse, reactions, songs and scenes.

    What the room is too small for, or was begun with other settings, is left out, and said.

    Stop it with Ctrl-C at any time: the same command goes on.
    """
    from training.text.learning import check_words

    words, console = TextRun(text), owner_console()
    words.check_finished()
    agreement = consent.read()
    left = {name: part for name, part in PARTS.items() if not part.run(words).is_finished}
    with stoppable():
        corpus = _read(files, words.read_config(), agreement, Stages(console))
        check_words(words, corpus)
        for name, part in left.items():
            stages, config = Stages(console), part.config()
            try:
                with stages.stage(name):
                    resumed = part.run(words).claim(config, force=False)
                    job = TrainingJob(words, corpus, config, cache or default_cache(), console, stages, resumed)
                    learn_beside(part, job)
            except (ChatError, RunError) as error:
                console.print(f"{name}: {error}", style="yellow", markup=False)


def default_cache() -> Path:
    """Return the file, in this user's cache folder, that keeps how words were cut."""
    caches = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or Path.home() / ".cache"
    return Path(caches) / "dantok" / "morphemes.sqlite"


def _table_of(people: "People") -> Table:
    table = Table("who", "also called", "messages", "consent", "on Discord")
    for person in people:
        account = "" if person.discord is None else str(person.discord)
        cells = (person.name, ", ".join(person.aliases), f"{person.messages:,}", person.consent.value, account)
        table.add_row(*(Text(cell) for cell in cells))
    return table


def _print_corpus(files: list[Path], config: TextConfig, agreement: "Agreement", *, as_json: bool) -> None:
    from training.text.corpus.corpus import read_corpus

    report = read_corpus(files, session_gap=timedelta(minutes=config.session_gap), agreement=agreement).report
    if as_json:
        typer.echo(json.dumps(report.to_json(), ensure_ascii=False))
    else:
        LocalizedConsole(highlight=False).print(report.table())


def _train(
    files: list[Path],
    run: TextRun,
    config: TextConfig,
    agreement: "Agreement",
    cache: Path,
    *,
    force: bool,
    more: Mapping[str, Any],
) -> None:
    resumed = run.claim(config, force=force)
    console = owner_console()
    if resumed:
        console.print(f"Going on with the stopped run in {run.folder}.")
    with stoppable():
        stages = Stages(console)
        corpus = _read(files, config, agreement, stages)
        from training.text.pipeline import Training

        Training(run, config, cache, console, **more).start(corpus, stages, resumed=resumed)


def _take_part(
    files: list[Path],
    config: TextConfig,
    agreement: "Agreement",
    cache: Path,
    processes: Processes,
    last: Path | None,
) -> None:
    """Learn beside the first process; what it would write goes into a folder that is thrown away."""
    from training.text.learning import Learning

    console = Console(quiet=True)
    stages = Stages(console)
    try:
        with stoppable(), TemporaryDirectory(prefix="dantok-") as folder:
            learning = Learning(TextRun(Path(folder) / "run"), config, cache, console, processes)
            learning.take_part(_read(files, config, agreement, stages), stages, last)
    except Stopped as stop:  # the first one says so
        raise typer.Exit(stop.exit_code) from stop


def _read(files: list[Path], config: TextConfig, agreement: "Agreement", stages: Stages) -> "Corpus":
    from training.text.corpus.corpus import read_corpus

    gap = timedelta(minutes=config.session_gap)
    with stages.stage("reading") as progress:
        corpus = read_corpus(files, session_gap=gap, agreement=agreement, progress=progress)
    stages.console.print(corpus.report.table())
    corpus.check_trainable()
    return corpus
