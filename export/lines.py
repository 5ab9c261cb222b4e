"""Lines that the voice of a bundle says, drawn by a process for each core where they are many.

Knows nothing of what they are looked at for. Imports no torch: each process begins with this.
"""

import os
import signal
from collections.abc import Iterator, Sequence
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from bot.inference.models import open_models
from bot.inference.speaker import Speaker

TEMPERATURE = 0.8
_MANY = 2_000
"""Fewer lines are said before other processes have begun."""
_MOST_PROCESSES = 4
"""Each holds the bundle's words in memory."""


class Prompt(NamedTuple):
    """What somebody types, how many morphemes follow, and how many lines are drawn together by a seed."""

    word: str
    length: int
    lines: int
    seed: int


def said(bundle: Path, prompts: Sequence[Prompt]) -> Iterator[list[str]]:
    """Yield the lines that the bundle's voice says to each of ``prompts``; every draw is one, not only the best."""
    processes = min(os.cpu_count() or 1, _MOST_PROCESSES)
    if processes == 1 or sum(prompt.lines for prompt in prompts) < _MANY:
        voice = open_models(bundle, "cpu").speaker
        yield from (_drawn(voice, prompt) for prompt in prompts)
        return
    # Ctrl-C is for the first process: it ends the others.
    with get_context("spawn").Pool(processes, signal.signal, (signal.SIGINT, signal.SIG_IGN)) as pool:
        yield from pool.imap(partial(_said_by, bundle), prompts)


def _drawn(voice: Speaker, prompt: Prompt) -> list[str]:
    draws = voice.draw(prompt.word, prompt.length, TEMPERATURE, prompt.seed, count=prompt.lines)
    return [utterance.text for utterance in draws]


def _said_by(bundle: Path, prompt: Prompt) -> list[str]:
    return _drawn(_voice(bundle), prompt)


@cache
def _voice(bundle: Path) -> Speaker:
    return open_models(bundle, "cpu").speaker
