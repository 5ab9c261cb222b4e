"""``python -m bot``: the commands, and what an error says to the owner."""

import asyncio
import gc
import json
import logging
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

import typer
from rich.console import Console
from rich.text import Text

from bot.command_line import LocalizedGroup, translate_help
from bot.default_bundle import DEMO_BUNDLE
from bot.demo.script import InOrder, duration, in_order
from bot.errors import OwnerError
from bot.features.face.request import STRONGEST
from bot.features.say.request import MOST_PIECES
from bot.features.typed import HIGHEST_TEMPERATURE
from bot.inference.seeds import LARGEST_SEED

if TYPE_CHECKING:
    from typer.core import TyperGroup

    from bot.store.store import Store

# A command imports what it needs when it runs: --help and a wrong flag wait for no Discord and no runtime.

T = TypeVar("T")

_SOFTWARE = 70
"""The exit code of our own fault, sysexits' EX_SOFTWARE: a supervisor starts again. What the owner has to mend is 1."""

app = typer.Typer(cls=LocalizedGroup, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
service = typer.Typer(no_args_is_help=True, help="Keep the bot running by itself: from log-on on, and after a fault.")
app.add_typer(service, name="service")


@app.callback()
def bot() -> None:
    """Dantok talks in a group chat's own voice: on Discord, in a page on this machine, or in the terminal."""


@app.command()
def run(
    log_file: Annotated[Path | None, typer.Option(help="Write the log here instead of to the terminal.")] = None,
) -> None:
    """Run on Discord, with the settings from the environment and .env (.env.example names them all)."""
    from bot import logs

    # Until it serves there is hardly anything to collect, and to look for it was a quarter of the start.
    gc.disable()
    with _one_sentence(logged=log_file is not None):
        from bot.settings import Settings, read

        if log_file is not None:
            # What is wrong with the settings must be found there, too.
            logs.configure("INFO", log_file)
        settings = read(Settings)
        logs.configure(settings.log_level, log_file, as_json=settings.log_format == "json")
        from bot.composition import serve

        asyncio.run(serve(settings))


@app.command(cls=InOrder)
def demo(
    context: typer.Context,
    once: Annotated[
        list[str] | None, typer.Option(help='Type a command such as "/say 윤혜 5", print the answer, and exit.')
    ] = None,
    advance: Annotated[
        list[timedelta] | None,
        typer.Option(
            parser=duration,
            metavar="TIME",
            help="Let 30d, 12h or 90m pass and print what the bot posts then.",
        ),
    ] = None,
    save: Annotated[Path | None, typer.Option(help="With --once: write the pictures of the answers here.")] = None,
    port: Annotated[int, typer.Option(min=0, max=65_535, help="Where to serve the page; 0 takes a free one.")] = 0,
    browser: Annotated[bool, typer.Option(help="Open the page in the browser.")] = True,
    bundle: Annotated[Path, typer.Option(help="The folder of the bundle to show.")] = DEMO_BUNDLE,
    beside: Annotated[
        Path | None, typer.Option(help="The folder of another group's bundle: the page shows both, side by side.")
    ] = None,
) -> None:
    """Show everything on this machine: a local Discord in a web page, with the real bot in it, and no token."""
    out = Console(highlight=False)
    with _one_sentence():
        from bot import logs
        from bot.demo import require_playground

        require_playground()
        from bot.demo import run as demo_run

        logs.configure("WARNING")
        steps = in_order(context, once=once, advance=advance)
        if not steps:
            asyncio.run(demo_run.demo(bundle, port, beside=beside, browse=browser, out=out))
        elif not asyncio.run(demo_run.do_once(bundle, steps, save=save, out=out)):
            raise typer.Exit(1)


@app.command()
def say(
    word: Annotated[str, typer.Argument(help="What to start with.")],
    n: Annotated[
        int | None,
        typer.Argument(min=1, max=MOST_PIECES, help="How many more morphemes; left out, one whole sentence."),
    ] = None,
    temperature: Annotated[
        float, typer.Option(min=0, max=HIGHEST_TEMPERATURE, help="0 always says the likeliest.")
    ] = 0.8,
    seed: Annotated[int | None, typer.Option(min=0, max=LARGEST_SEED, help="Repeats an answer.")] = None,
    bundle: Annotated[Path | None, typer.Option(help="Instead of DANTOK_BUNDLE, ./bundle or the demo's.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Continue WORD by N morphemes, or to the end of its sentence, here in the terminal."""
    with _one_sentence():
        from bot.inference.models import open_models
        from bot.settings import BundleSettings, read

        settings = read(BundleSettings)
        models = open_models(bundle or settings.bundle, settings.provider)
        try:
            utterance = models.speaker.say(word, n, temperature, seed)
        except ValueError:
            raise OwnerError("There is nothing visible in WORD: give a word, for example `say 윤혜 5`.") from None
    if as_json:
        answer = {
            "text": utterance.text,
            "pieces": utterance.pieces,
            "seed": utterance.seed,
            "unknown": utterance.unknown,
        }
        typer.echo(json.dumps(answer, ensure_ascii=False))
        return
    typer.echo(utterance.text)
    seed_and_words = f"seed {utterance.seed} · words I've never seen: {', '.join(utterance.unknown)}"
    note = _owners(seed_and_words if utterance.unknown else f"seed {utterance.seed}")
    Console(stderr=True).print(Text(note, style="dim"), soft_wrap=True)


@app.command()
def face(
    attribute: Annotated[str, typer.Argument(help="What to change, in Korean or English: smile, 안경, Pale_Skin …")],
    out: Annotated[Path, typer.Option(help="The PNG to write.")],
    photo: Annotated[Path | None, typer.Option(help="A photo with a face; without it a new face is drawn.")] = None,
    strength: Annotated[float, typer.Option(min=-STRONGEST, max=STRONGEST, help="Below 0 takes it away.")] = 1.5,
    seed: Annotated[int | None, typer.Option(min=0, max=LARGEST_SEED, help="Draws the same face again.")] = None,
    how: Annotated[
        Literal["carry", "decode"], typer.Option(help="Carry the change onto the photo, or paste in the decoded face.")
    ] = "carry",
    face: Annotated[
        str | None, typer.Option(help="Which of several in the photo, from the left: 2, or 1,3, or all.")
    ] = None,
    bundle: Annotated[Path | None, typer.Option(help="Instead of DANTOK_BUNDLE, ./bundle or the demo's.")] = None,
) -> None:
    """Change a face, a new one or one in a photo, and write it to a file."""
    with _one_sentence():
        from bot.features.face.terminal import changed
        from bot.settings import BundleSettings, read

        settings = read(BundleSettings)
        data = photo.read_bytes() if photo else None
        place = bundle or settings.bundle
        picture, note = changed(place, settings.provider, attribute, data, strength, seed, how, face)
        out.write_bytes(picture)
    Console(stderr=True).print(Text(f"{out} · {note}", style="dim"), soft_wrap=True)


@app.command()
def check() -> None:
    """Check the settings and the bundle, and show what it really runs on and which versions are installed."""
    from bot.check import findings, table

    results = findings()
    # Into a file or a pipe, a finding is a line.
    width = None if sys.stdout.isatty() else 1000
    Console(highlight=False, emoji=False, width=width).print(table(results))
    if not all(finding.well for finding in results):
        raise typer.Exit(1)


@app.command()
def backup(file: Annotated[Path, typer.Argument(help="Where to write it; a file of that name is replaced.")]) -> None:
    """Write the birthdays and all that goes with them to FILE; the bot may be running."""
    with _one_sentence():
        from bot.store import backup as backups

        rows = asyncio.run(_with_store(lambda store: backups.backup(store, file)))
    Console(highlight=False).print(_owners(f"{rows} rows are in {file}."), soft_wrap=True)


@app.command()
def restore(
    file: Annotated[
        Path | None, typer.Argument(help="A backup; without it, the newest that the bot made by itself.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Replace all birthdays with what is in FILE; the bot may be running."""
    with _one_sentence():
        from bot.settings import StoreSettings, read

        chosen = file or read(StoreSettings).dated_backups().newest()
    if not yes:
        typer.confirm(_owners(f"Everything kept now will be replaced by what is in {chosen}. Continue?"), abort=True)
    with _one_sentence():
        from bot.restore import restore as restored_from

        restored, doubtful, saved = asyncio.run(_with_store(lambda store: restored_from(store, chosen)))
    out = Console(highlight=False)
    out.print(_owners(f"{restored.rows} rows are back, from {chosen}. {saved}"), soft_wrap=True)
    if restored.left_out:
        named = ", ".join(restored.left_out)
        left_out = f"Left out, because what is in them cannot be read: {named}. Set these again."
        out.print(_owners(left_out), soft_wrap=True)
    if doubtful:
        due = (
            f"Wishes that were due since: {doubtful}. They may have been sent after the backup was made, so the "
            "servers' owners are told instead."
        )
        out.print(_owners(due), soft_wrap=True)


@app.command()
def withdrawals() -> None:
    """Print who asked on Discord to be left out of training: IDs and when; the bot may be running."""
    with _one_sentence():
        from bot.features.privacy.texts import PrivacyTexts
        from bot.features.privacy.withdrawals import WithdrawalRepository, lines_of
        from bot.i18n import owner_locale, texts_for

        found = asyncio.run(_with_store(lambda store: WithdrawalRepository(store).all()))
        texts = texts_for(PrivacyTexts, owner_locale())
    # The sentence beside the lines, so that a program reads the lines alone.
    note = texts.withdrawals.format(count=len(found)) if found else texts.no_withdrawals
    Console(stderr=True).print(Text(note, style="dim"), soft_wrap=True)
    for line in lines_of(found):
        typer.echo(line)


@app.command()
def invite(
    uses: Annotated[int, typer.Option(min=1, max=1000, help="How many servers may come with it.")] = 1,
    days: Annotated[int, typer.Option(min=1, max=365, help="How long it is good.")] = 7,
) -> None:
    """Print an invitation: with it somebody with Manage Server has their server served; the bot may be running."""
    with _one_sentence():
        from bot.clock import SystemClock
        from bot.groups.admissions import AdmissionRepository

        lasting = timedelta(days=days)
        code = asyncio.run(
            _with_store(lambda store: AdmissionRepository(store).invite(uses, lasting, SystemClock().now()))
        )
    typer.echo(code)
    note = "Pass it on: on their server they enter it with /invitation. It is shown this once, and kept nowhere."
    Console(stderr=True, soft_wrap=True).print(Text(_owners(note), style="dim"))


@app.command()
def dismiss(
    server: Annotated[int, typer.Argument(min=1, help="The id of a server, a long number.")],
) -> None:
    """Serve no more a server that came with an invitation; what is kept about it goes a month later."""
    with _one_sentence():
        from bot.groups.admissions import AdmissionRepository

        if not asyncio.run(_with_store(lambda store: AdmissionRepository(store).dismiss(server))):
            raise OwnerError(f"Server {server} did not come with an invitation: look at DANTOK_SERVERS.")


@service.command()
def install() -> None:
    """Keep the bot of this folder running: start it now, at each log-on, and again after a fault."""
    with _one_sentence():
        from bot.service import service as services
        from bot.service.supervisor import Program
        from bot.settings import Settings, only_in_environment, read

        folder = Path.cwd()
        services.check_environment(only_in_environment(), folder)
        log = read(Settings).data.absolute() / "dantok.log"
        # Not resolved: it would lead out of the virtual environment.
        program = Program(Path(sys.executable).absolute(), folder, log)
        for sentence in services.install(program, services.supervisor()):
            typer.echo(sentence)


@service.command()
def status() -> None:
    """Show whether the service runs; exit code 1 if it does not."""
    with _one_sentence():
        from bot.service import service as services

        is_well, answer = services.status(services.supervisor())
    typer.echo(answer)
    if not is_well:
        raise typer.Exit(1)


@service.command()
def remove() -> None:
    """Stop the bot and keep it running no longer; what it keeps stays."""
    with _one_sentence():
        from bot.service import service as services

        typer.echo(services.remove(services.supervisor()))


def _owners(sentence: str) -> str:
    from bot.terminal.translation import in_owners_language

    return in_owners_language(sentence)


async def _with_store(do: "Callable[[Store], Awaitable[T]]") -> "T":
    from bot.composition import open_store
    from bot.settings import StoreSettings, read

    store = await open_store(read(StoreSettings))
    try:
        return await do(store)
    finally:
        await store.close()


@contextmanager
def _one_sentence(*, logged: bool = False) -> Iterator[None]:
    """End with exit code 1 and the sentence alone where something is wrong that the owner can put right.

    ``logged``: nobody sees the terminal, so it goes to the log.
    """
    try:
        yield
    except (OwnerError, OSError) as error:
        if logged:
            logging.getLogger("bot").error("%s", error)  # noqa: TRY400 - the sentence is all there is to say
        else:
            from bot.terminal.translation import in_owners_language

            Console(stderr=True, soft_wrap=True).print(Text(in_owners_language(str(error)), style="red"))
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        raise typer.Exit from None


def command() -> "TyperGroup":
    """Return all commands, with their help in the owner's language."""
    from bot.i18n import owner_locale, texts_for
    from bot.terminal.texts import TerminalTexts

    commands = typer.main.get_group(app)
    translate_help(commands, texts_for(TerminalTexts, owner_locale()).sentences)
    return commands


def main() -> None:
    """Run a command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A terminal or pipe that knows no emoji shows a question mark, not a traceback.
            stream.reconfigure(errors="replace")
    try:
        command()()
    except Exception as error:  # noqa: BLE001 - the outermost door: a traceback's last line may quote what somebody typed
        from bot import logs

        logs.uncaught(type(error), error, error.__traceback__)
        sys.exit(_SOFTWARE)


if __name__ == "__main__":
    main()
