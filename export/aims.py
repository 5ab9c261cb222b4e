"""``python -m export.aims``: what a trained voice is worth and what it gives away, beside what is asked of one.

It puts together what the run has measured, also of secrets planted in a copy of the room, and lines that the bot's own
speaker says with the bundle. Nothing of the room is printed.
"""

import re
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer
from rich.table import Table

from bot.bundle import BundleError, Manifest, normalise
from bot.command_line import LocalizedCommand, translate_help
from bot.inference.models import open_models
from bot.inference.speaker import Speaker, Utterance
from export.errors import ExportError
from export.text import NAME, export_text
from export.write import finish
from training.common.cli_errors import cli_errors
from training.terminal.translation import LocalizedConsole, language_of_terminal, sentences
from training.text import verbatim
from training.text.cli import default_cache
from training.text.corpus.corpus import Corpus, read_corpus
from training.text.evaluation import metrics
from training.text.leaks.own import Own
from training.text.leaks.report import AIM, LeakReport
from training.text.run import TextRun, load_text
from training.text.tokenization import morphemes

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)

_TEMPERATURE = 0.8
_LENGTHS = range(3, 13)
_WORD = re.compile(r"[가-힣]{2,}")


@dataclass(frozen=True, slots=True)
class Aim:
    """A measured figure, and what is asked of it."""

    name: str
    value: float
    most: float | None = None
    least: float | None = None

    @property
    def reached(self) -> str:
        """Whether it is what is asked."""
        if self.most is None and self.least is None:
            return "–"
        return "yes" if (self.least or 0) <= self.value <= (np.inf if self.most is None else self.most) else "no"


@app.command(cls=LocalizedCommand)
@cli_errors(BundleError, ExportError)
def aims(
    run: Annotated[Path, typer.Argument(help="The run folder that `python -m training text` wrote.")],
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="The chat exports that it learnt from.")],
    *,
    bundle: Annotated[Path | None, typer.Option(help="The bundle that was exported from it; else it is made.")] = None,
    lines: Annotated[int, typer.Option(min=10, help="Lines that the bot's speaker says.")] = 1_000,
) -> None:
    """Print how good the voice of RUN is and how well it keeps secrets, beside what is asked."""
    console = LocalizedConsole(stderr=True, highlight=False)
    corpus, report = read_corpus(files), TextRun(run).read_report()
    with tempfile.TemporaryDirectory() as folder:
        path = bundle or _exported(run, Path(folder), lambda step: console.print(step, style="dim"))
        speaker = open_models(path, "cpu").speaker
        secrets = _of_secrets(LeakReport.read(TextRun(run).leaks))
        measured = [*_of_report(report), *_of_lines(speaker, corpus, lines), *secrets]
    LocalizedConsole().print(table_of(measured))


def table_of(measured: Sequence[Aim]) -> Table:
    """Return the figures as a table."""
    table = Table("what", "measured", "asked for", "reached")
    for aim in measured:
        asked = f"at most {aim.most:g}" if aim.most is not None else f"at least {aim.least:g}" if aim.least else "–"
        table.add_row(aim.name, f"{aim.value:,.4g}", asked, aim.reached)
    return table


def _exported(run: Path, folder: Path, progress: Callable[[str], None]) -> Path:
    bundle = folder / "bundle"
    bundle.mkdir()
    trained = load_text(run)
    exported = export_text(trained, bundle, progress)
    finish(bundle, Manifest(trained.made, {NAME: exported.model}), open_models)
    return bundle


def _of_report(report: Mapping[str, Any]) -> Iterator[Aim]:
    """Yield what the run has measured on messages that training has not."""
    learnt, counted, *mixed = report["models"].values()
    served = mixed[-1] if mixed else learnt
    yield Aim("perplexity of the network", learnt["perplexity"])
    yield Aim("perplexity of the 4-gram", counted["perplexity"])
    yield Aim("perplexity as the bot speaks, with shared n-grams where they pay", served["perplexity"])
    yield Aim("… against the 4-gram", served["perplexity"] / counted["perplexity"], most=0.7)
    yield Aim("bits a character", served["bits a character"])


def _of_lines(speaker: Speaker, corpus: Corpus, count: int) -> Iterator[Aim]:
    """Yield what is true of lines that the bot says."""
    texts = [normalise(message.text) for message in corpus.messages]
    cut = morphemes.cut(texts, cache=default_cache())
    utterances = [
        verbatim.Utterance(message.who, place, pieces)
        for place, (message, pieces) in enumerate(zip(corpus.messages, cut, strict=True))
    ]
    said = list(_said(speaker, texts, count))
    own = Own.of(verbatim.own_texts(utterances))
    yield Aim(
        f"of {count:,} lines, with six morphemes of fewer than three people",
        sum(own.has_run_in(utterance.text) and not own.has_run_in(word) for word, utterance in said),
        most=0,
    )
    written = {word for text in texts for word in _WORD.findall(text)}
    words = [word for typed, utterance in said for word in _WORD.findall(utterance.text.removeprefix(typed))]
    yield Aim("words nobody wrote", sum(word not in written for word in words) / max(len(words), 1), most=0.08)
    pieces = [utterance.pieces for _, utterance in said]
    yield Aim("distinct-1", metrics.distinct(pieces, 1))
    yield Aim("distinct-2", metrics.distinct(pieces, 2))
    yield Aim("lines of as many morphemes as asked", _as_asked(said) / count, least=0.999)


def _said(speaker: Speaker, texts: Sequence[str], count: int) -> Iterator[tuple[str, Utterance]]:
    """Yield what somebody types, the first words of the room's messages, and what the bot says."""
    words = list(dict.fromkeys(text.split()[0] for text in texts if text))
    rng = np.random.default_rng(0)
    for seed in range(count):
        word = words[int(rng.integers(len(words)))]
        yield word, speaker.say(word, _LENGTHS[seed % len(_LENGTHS)], _TEMPERATURE, seed)


def _as_asked(said: Sequence[tuple[str, Utterance]]) -> int:
    return sum(len(utterance.pieces) == _LENGTHS[seed % len(_LENGTHS)] for seed, (_, utterance) in enumerate(said))


def _of_secrets(report: LeakReport) -> Iterator[Aim]:
    """Yield the exposure of secrets that one person says in a copy of the room, as training has measured it."""
    if report.exposure is None:
        return
    for name, means in (("the network", report.exposure.network), ("the n-grams", report.exposure.ngrams)):
        for times, value in means.items():
            yield Aim(f"exposure of secrets said {times} times, by {name} (bits)", value, most=AIM)


if __name__ == "__main__":
    command = typer.main.get_command(app)
    translate_help(command, sentences(language_of_terminal()))
    command()
