"""The copy of a room in which secrets are planted: learnt as the room itself, in a process of its own where that pays.

Knows nothing of what is measured of it.
"""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Thread

from rich.console import Console

from training.common.progress import Stages
from training.common.run_folder import write_json
from training.text.config import TextConfig
from training.text.corpus.corpus import Corpus
from training.text.learning import Learning
from training.text.run import TextRun

_WORTH_A_PROCESS = 3_000
"""Fewer messages are learnt before another process has begun."""


def learn_copy(copy: TextRun, room: Corpus, config: TextConfig, cache: Path) -> None:
    """Learn it, or go on where that was stopped."""
    if copy.is_finished:
        return
    config, quiet = replace(config, no_fill=True, speakers=()), Console(quiet=True)
    learning = Learning(copy, config, cache, quiet)
    learnt = learning.learn(room, Stages(quiet), resumed=copy.claim(config, force=False))
    write_json(copy.report, {"made": learning.made(room, learnt.base), "metrics": {}})


@contextmanager
def learning_beside(
    copy: TextRun, room: Corpus | None, config: TextConfig, cache: Path
) -> Iterator[Callable[[], None]]:
    """Learn it in another process while the block runs, and yield what waits for that; the block's end ends it.

    However far it has come, :func:`learn_copy` goes on: there is nothing to be told of a process that failed.
    """
    is_worth_it = room is not None and len(room.messages) >= _WORTH_A_PROCESS and not copy.is_finished
    if not is_worth_it or (os.cpu_count() or 1) == 1:
        yield lambda: None
        return
    process = get_context("spawn").Process(target=_learn_apart, args=(copy, room, config, cache), daemon=True)
    process.start()
    try:
        yield process.join
    finally:
        process.terminate()
        process.join()


def _learn_apart(copy: TextRun, room: Corpus, config: TextConfig, cache: Path) -> None:
    import torch

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the first process, which ends this one
    Thread(target=_end_with_the_first, daemon=True).start()
    torch.set_num_threads(max(1, torch.get_num_threads() // 2))
    learn_copy(copy, room, config, cache)


def _end_with_the_first() -> None:
    """Write nothing any more into a run that somebody may go on with."""
    first = parent_process()
    if first is not None:
        first.join()
        os._exit(1)
