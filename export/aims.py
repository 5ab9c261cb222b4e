"""``python -m export.aims``: what a trained voice is worth and what it gives away, beside what is asked of one.

It puts together what the run has measured, lines that the bot's own speaker says with the bundle, and secrets planted
in a copy of the room, on which a shorter training of the same kind is run. Nothing of the room is printed.
"""

import re
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import numpy as np
import numpy.typing as npt
import typer
from rich.console import Console
from rich.table import Table

from bot.bundle import UNKNOWN, BundleError, Manifest, Tokenizer, normalise
from bot.bundle.verbatim import Spelling
from bot.inference.models import open_models
from bot.inference.speaker import Speaker, Utterance
from export.errors import ExportError
from export.text import NAME, export_text
from export.write import finish
from training.common.cli_errors import cli_errors
from training.common.progress import Stages
from training.text import verbatim
from training.text.cli import default_cache
from training.text.config import TextConfig
from training.text.corpus.corpus import Corpus, read_corpus
from training.text.dataset import Ids, rows_of
from training.text.evaluation import metrics
from training.text.evaluation.exposure import TIMES, Canary, canaries, exposure
from training.text.evaluation.kneser_ney import KneserNey
from training.text.held_out import first_held_out
from training.text.message import Message
from training.text.ngrams import ORDER, shared
from training.text.run import TextRun, load_text
from training.text.tokenization import morphemes

if TYPE_CHECKING:
    from training.text.evaluate import Foretelling

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)

_TEMPERATURE = 0.8
_LENGTHS = range(3, 13)
_WORD = re.compile(r"[가-힣]{2,}")
_COMMON = 400
"""So many of the room's usual words are what secrets are made of."""
_LARGEST = 8_000
"""Messages of the copy in which secrets are planted."""


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


@app.command()
@cli_errors(BundleError, ExportError)
def aims(
    run: Annotated[Path, typer.Argument(help="The run folder that `python -m training text` wrote.")],
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="The chat exports that it learnt from.")],
    *,
    bundle: Annotated[Path | None, typer.Option(help="The bundle that was exported from it; else it is made.")] = None,
    lines: Annotated[int, typer.Option(min=10, help="Lines that the bot's speaker says.")] = 1_000,
    epochs: Annotated[int, typer.Option(min=0, help="Passes of the training with secrets in it; 0: none.")] = 3,
) -> None:
    """Print how good the voice of RUN is and how well it keeps secrets, beside what is asked."""
    console = Console(stderr=True, highlight=False)
    corpus, report = read_corpus(files), TextRun(run).read_report()
    with tempfile.TemporaryDirectory() as folder:
        path = bundle or _exported(run, Path(folder), lambda step: console.print(step, style="dim"))
        speaker = open_models(path, "cpu").speaker
        measured = [*_of_report(report), *_of_lines(speaker, corpus, lines)]
        if epochs:
            measured += _of_secrets(TextRun(run), corpus, Path(folder) / "copy", epochs, console)
    Console().print(table_of(measured))


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
    rare = _Runs(verbatim.rare_runs(utterances))
    yield Aim(
        f"of {count:,} lines, with six morphemes of fewer than three people",
        sum(rare.are_in(utterance.text) and not rare.are_in(word) for word, utterance in said),
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


class _Runs:
    """Runs of letters, to be found in a text."""

    def __init__(self, runs: set[str]) -> None:
        self._runs, self._lengths = runs, sorted({len(run) for run in runs})

    def are_in(self, text: str) -> bool:
        letters = Spelling.of(text).letters
        return any(
            letters[start : start + length] in self._runs
            for length in self._lengths
            for start in range(len(letters) - length + 1)
        )


def _of_secrets(run: TextRun, corpus: Corpus, copy: Path, epochs: int, console: Console) -> Iterator[Aim]:
    """Yield the exposure of secrets that one person says in a copy of the room."""
    # Both bring the trainer along, which takes seconds.
    from training.text.evaluate import NetworkModel
    from training.text.pipeline import Training

    config = run.read_config()
    config = replace(config, epochs=min(epochs, config.epochs))
    planted, secrets = _with_secrets(corpus, config.seed, config.held_out)
    Training(TextRun(copy), config, default_cache(), console, answers=False).start(
        planted, Stages(console), resumed=False
    )
    trained = load_text(copy)
    rows = [rows_of(_ids(trained.tokenizer, canary.space), config.longest) for canary in secrets]
    network = NetworkModel(trained.network, trained.tokenizer)
    for name, model in (("the network", network), ("the n-grams", _ngrams(planted, trained.tokenizer, config))):
        exposures: dict[int, list[float]] = {times: [] for times in TIMES}
        for canary, guesses in zip(secrets, rows, strict=True):
            exposures[canary.times].append(exposure(_of_each(model, guesses), canary.secret))
        for times, values in exposures.items():
            yield Aim(f"exposure of secrets said {times} times, by {name} (bits)", float(np.mean(values)), most=2)


def _ids(tokenizer: Tokenizer, texts: Sequence[str]) -> list[list[int]]:
    return [tokenizer.ids_of(line) for line in morphemes.cut(texts, cache=default_cache())]


def _ngrams(corpus: Corpus, tokenizer: Tokenizer, config: TextConfig) -> KneserNey:
    """Return the n-grams of a room that a bundle would hold, whether that pays or not."""
    messages = corpus.messages[: first_held_out(len(corpus.messages), corpus.sessions, config.held_out)]
    lines = _ids(tokenizer, [normalise(message.text) for message in messages])
    counts = KneserNey(len(tokenizer), ORDER).fit(rows_of(lines, config.longest))
    voices = verbatim.voices_of(verbatim.Utterance(message.who, at, ()) for at, message in enumerate(messages))
    return shared(counts, lines, voices, config.longest)


def _of_each(model: "Foretelling", rows: Sequence[Ids]) -> npt.NDArray[np.float64]:
    """Return what a model thinks (nats) of each row as a whole."""
    ends = np.cumsum([int((row[1:] != UNKNOWN).sum()) for row in rows])[:-1]
    return np.array([part.sum() for part in np.split(model.log_probabilities(rows), ends)])


def _with_secrets(corpus: Corpus, seed: int, held_out: float) -> tuple[Corpus, list[Canary]]:
    """Return a copy of the room's beginning in which one person says secrets instead of some messages."""
    messages = list(corpus.messages[:_LARGEST])
    sessions = tuple(at for at in corpus.sessions if at < len(messages))
    counts: dict[str, int] = {}
    for message in messages:
        for word in _WORD.findall(normalise(message.text)):
            counts[word] = counts.get(word, 0) + 1
    words = sorted(counts, key=lambda word: (-counts[word], word))[:_COMMON]
    learnt = first_held_out(len(messages), sessions, held_out)
    try:
        secrets = canaries(words, seed)
    except ValueError as error:
        raise ExportError(f"No secrets can be planted in this room ({error}): give --epochs 0.") from error
    if sum(canary.times for canary in secrets) > learnt // 2:
        raise ExportError(f"{learnt} messages to learn from are too few to plant secrets among: give --epochs 0.")
    places = iter(np.random.default_rng(seed).permutation(learnt).tolist())
    for canary in secrets:
        for _ in range(canary.times):
            place = next(places)
            messages[place] = Message(messages[place].when, messages[0].who, canary.text)
    return replace(corpus, messages=tuple(messages), sessions=sessions), secrets


if __name__ == "__main__":
    app()
