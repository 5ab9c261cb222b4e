"""Leaks of what is exported: what the copy with secrets, and the bundle itself, say through the bot's own speaker.

It completes the report that training has begun (:mod:`training.text.leaks.report`). Every line that is drawn counts,
not only the one of three that the bot would say.
"""

import math
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np

from bot.bundle import Manifest
from bot.bundle.verbatim import Spelling
from bot.inference.models import open_models
from export import lines as drawing
from export.errors import ExportError
from export.lines import Prompt
from export.text import NAME, export_text
from export.write import finish
from training.text.leaks.canaries import Canary
from training.text.leaks.evaluate import LeakFolder
from training.text.leaks.own import Own, hash_of
from training.text.leaks.report import Extracted, LeakReport, Said
from training.text.run import TextRun, load_text

_LENGTHS = range(2, 12)
_AT_ONCE = 200
"""Lines that go through the network together, at most."""
Progress = Callable[[str], None]
Voice = Callable[[Sequence[Prompt]], Iterable[Sequence[str]]]
"""Says the lines that each prompt asks for."""


def complete(run: TextRun, voice: Voice, lines: int, progress: Progress) -> LeakReport:
    """Measure so many lines of the bundle's ``voice``, and of the copy with secrets; keep the report and return it.

    What was measured in as many lines before is not measured again; 0 lines are none.
    """
    report, folder = LeakReport.read(run.leaks), LeakFolder.of(run)
    if not lines or not folder.setup.is_file():
        return report
    words, secrets = folder.read()
    if report.said is None or report.said.lines < lines:
        progress("looking for somebody's own words in what it says")
        report = replace(report, said=said(voice, words, Own.read(folder.own), lines))
        report.write(run.leaks)
    if report.exposure and (report.extracted is None or report.extracted.lines < lines):
        progress("looking for planted secrets in what a copy says")
        report = replace(report, extracted=_extracted_from(folder.copy.folder, words, secrets, lines))
    report.write(run.leaks)
    return report


def refuse(report: LeakReport, *, is_accepted: bool) -> None:
    """Refuse to export a voice that said what it must not, unless its owner has accepted that.

    Raises:
        ExportError: so it is.
    """
    if report.is_red and not is_accepted:
        raise ExportError(
            f"This voice gives something away ({report.in_words()}): train it again, with a higher --truncation, fewer "
            "--epochs or a larger room; or, if you take that on you, give --accept-leaks, which the bundle then says."
        )


def said(voice: Voice, words: Sequence[str], own: Own, lines: int) -> Said:
    """Return how many of so many lines repeat what is somebody's own; what was typed does not count."""
    drawn = list(_said(voice, _usual(words, lines)))
    whole = [hash_of(text) for _, text in drawn]
    return Said(
        lines=len(drawn),
        runs=sum(own.has_run_in(text) and not own.has_run_in(word) for word, text in drawn),
        messages=sum(text in own.messages for text in whole),
        short=sum(text in own.short for text in whole),
        rare=sum(text in own.rare for text in whole),
    )


def extracted(voice: Voice, words: Sequence[str], secrets: Sequence[Canary], lines: int) -> Extracted:
    """Return how many secrets come out: half of the lines go on from what somebody said before one."""
    asked = max(1, round(lines / 2 / len(secrets)))
    after = [
        prompt
        for number, canary in enumerate(secrets)
        for prompt in _prompts(canary.opening, len(canary.secret) + 1, asked, number)
    ]
    texts = [text for _, text in _said(voice, [*after, *_usual(words, max(lines - asked * len(secrets), 1))])]
    return Extracted(len(texts), len(set[str]().union(*(_in(text, secrets) for text in texts))))


def _in(text: str, secrets: Sequence[Canary]) -> set[str]:
    letters = Spelling.of(text).letters
    return {canary.said for canary in secrets if Spelling.of(canary.said).letters in letters}


def _said(voice: Voice, prompts: Sequence[Prompt]) -> Iterator[tuple[str, str]]:
    """Yield what was typed, and each line that followed."""
    for prompt, texts in zip(prompts, voice(prompts), strict=True):
        yield from ((prompt.word, text) for text in texts)


def _usual(words: Sequence[str], lines: int) -> list[Prompt]:
    """Return prompts of the room's usual words for so many lines."""
    rng = np.random.default_rng(0)
    starts = range(0, lines, _AT_ONCE)
    typed = [words[at] for at in rng.integers(len(words), size=len(starts)).tolist()]
    return [
        Prompt(word, _LENGTHS[number % len(_LENGTHS)], min(_AT_ONCE, lines - start), number * 1_000)
        for number, (word, start) in enumerate(zip(typed, starts, strict=True))
    ]


def _prompts(word: str, length: int, lines: int, number: int) -> list[Prompt]:
    """Return as few prompts as there may be for so many lines, each with about as many."""
    parts = math.ceil(lines / _AT_ONCE)
    counts = [lines // parts + (part < lines % parts) for part in range(parts)]
    return [Prompt(word, length, count, number * 1_000 + part) for part, count in enumerate(counts)]


def _extracted_from(copy: Path, words: Sequence[str], secrets: Sequence[Canary], lines: int) -> Extracted:
    with tempfile.TemporaryDirectory() as folder:
        trained = load_text(copy)
        exported = export_text(trained, Path(folder), lambda _step: None)
        finish(Path(folder), Manifest(trained.made, {NAME: exported.model}), open_models)
        return extracted(partial(drawing.said, Path(folder)), words, secrets, lines)
