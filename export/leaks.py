"""Leaks of what is exported: what the copy with secrets, and the bundle itself, say through the bot's own speaker.

It completes the report that training has begun (:mod:`training.text.leaks.report`). Every line that is drawn counts,
not only the one of three that the bot would say.
"""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import numpy as np

from bot.bundle import Manifest
from bot.bundle.verbatim import Spelling
from bot.inference.models import open_models
from bot.inference.speaker import Utterance
from export.errors import ExportError
from export.text import NAME, export_text
from export.write import finish
from training.text.leaks.canaries import Canary
from training.text.leaks.measuring import LeakFolder
from training.text.leaks.own import Own, hash_of
from training.text.leaks.report import Extracted, LeakReport, Said
from training.text.run import TextRun, load_text

_TEMPERATURE = 0.8
_LENGTHS = range(2, 12)
_AT_ONCE = 200
"""Lines that go through the network together."""
Progress = Callable[[str], None]


class Draws(Protocol):
    """What is asked of a speaker."""

    def draw(
        self, word: str, n: int | None, temperature: float, seed: int | None = None, *, count: int = 1
    ) -> list[Utterance]:
        """Return ``count`` ways to continue ``word`` by one sentence."""


def complete(run: TextRun, voice: Draws, lines: int, progress: Progress) -> LeakReport:
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
            f"This voice gives something away ({report.in_words()}): train it again, with fewer --epochs or a larger "
            "room; or, if you take that on you, give --accept-leaks, which the bundle then says."
        )


def said(voice: Draws, words: Sequence[str], own: Own, lines: int) -> Said:
    """Return how many of so many lines repeat what is somebody's own; what was typed does not count."""
    drawn = [(word, utterance.text) for word, utterance in _drawn(voice, words, lines)]
    whole = [hash_of(text) for _, text in drawn]
    return Said(
        lines=len(drawn),
        runs=sum(own.has_run_in(text) and not own.has_run_in(word) for word, text in drawn),
        messages=sum(text in own.messages for text in whole),
        short=sum(text in own.short for text in whole),
        rare=sum(text in own.rare for text in whole),
    )


def extracted(voice: Draws, words: Sequence[str], secrets: Sequence[Canary], lines: int) -> Extracted:
    """Return how many secrets come out: half of the lines go on from what somebody said before one."""
    asked = max(1, round(lines / 2 / len(secrets)))
    count, out = 0, set[str]()
    for seed, canary in enumerate(secrets):
        for _, utterance in _continued(voice, canary.opening, asked, seed, len(canary.secret) + 1):
            count += 1
            out |= _in(utterance.text, secrets)
    for _, utterance in _drawn(voice, words, max(lines - count, 1)):
        count += 1
        out |= _in(utterance.text, secrets)
    return Extracted(count, len(out))


def _in(text: str, secrets: Sequence[Canary]) -> set[str]:
    letters = Spelling.of(text).letters
    return {canary.said for canary in secrets if Spelling.of(canary.said).letters in letters}


def _drawn(voice: Draws, words: Sequence[str], lines: int) -> Iterator[tuple[str, Utterance]]:
    """Yield what somebody types, the usual words of the room, and so many lines that follow."""
    rng = np.random.default_rng(0)
    for seed, start in enumerate(range(0, lines, _AT_ONCE)):
        word = words[int(rng.integers(len(words)))]
        length = _LENGTHS[seed % len(_LENGTHS)]
        yield from _continued(voice, word, min(_AT_ONCE, lines - start), seed, length)


def _continued(voice: Draws, word: str, lines: int, seed: int, length: int) -> Iterator[tuple[str, Utterance]]:
    for number, start in enumerate(range(0, lines, _AT_ONCE)):
        count = min(_AT_ONCE, lines - start)
        for utterance in voice.draw(word, length, _TEMPERATURE, seed * 1_000 + number, count=count):
            yield word, utterance


def _extracted_from(copy: Path, words: Sequence[str], secrets: Sequence[Canary], lines: int) -> Extracted:
    with tempfile.TemporaryDirectory() as folder:
        trained = load_text(copy)
        exported = export_text(trained, Path(folder), lambda _step: None)
        finish(Path(folder), Manifest(trained.made, {NAME: exported.model}), open_models)
        return extracted(open_models(Path(folder), "cpu").speaker, words, secrets, lines)
