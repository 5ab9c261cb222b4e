"""Training in the background of the voice's: answers, and the copy of the room in which secrets are planted.

Neither needs anything of the voice, so that both are learnt in a process of their own where that pays. Knows nothing of
what is measured of them.
"""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Thread

import torch
from rich.console import Console

from training.common.progress import Stages
from training.common.run_folder import write_json
from training.text.answers.pipeline import learn
from training.text.answers.run import FOLDER, AnswersRun
from training.text.config import TextConfig
from training.text.corpus.corpus import Corpus
from training.text.leaks.evaluate import LeakFolder
from training.text.learning import Learning
from training.text.run import TextRun

_WORTH_A_PROCESS = 3_000
"""Fewer messages are learnt before another process has begun."""


@dataclass(frozen=True, slots=True)
class BackgroundTraining:
    """What is learnt for ``run``: a copy of the ``planted`` room, if there is one, and ``answers``, if they are wanted.

    What is learnt already stays as it is, and what was stopped goes on.
    """

    run: TextRun
    corpus: Corpus
    planted: Corpus | None
    config: TextConfig
    cache: Path
    answers: bool = True

    def learn_copy(self) -> None:
        """Learn the copy as the room."""
        copy, quiet = LeakFolder.of(self.run).copy, Console(quiet=True)
        if self.planted is None or copy.is_finished:
            return
        config, stages = replace(self.config, no_fill=True, speakers=()), Stages(quiet)
        learning = Learning(copy, config, self.cache, quiet)
        prepared = learning.prepare(self.planted, stages, resumed=copy.claim(config, force=False))
        learning.train(prepared, stages)
        write_json(copy.report, {"made": learning.made(self.planted, prepared.base), "metrics": {}})

    def learn_answers(self) -> None:
        """Learn which answer belongs to a message."""
        run = AnswersRun(self.run.folder / FOLDER)
        if self.answers and not run.report.is_file():
            learn(self.corpus.messages, run, self.config.seed)

    @contextmanager
    def started(self) -> Iterator[Callable[[], None]]:
        """Learn all of it in another process while the block runs, and yield what waits for that.

        The block's end ends it. However far it has come, both methods go on: there is nothing to be told of a process
        that failed. Meanwhile each of the two has half of the threads, for those of one wait for each other.
        """
        is_worth_it = len(self.corpus.messages) >= _WORTH_A_PROCESS and (self.answers or self.planted is not None)
        if not is_worth_it or (os.cpu_count() or 1) == 1:
            yield lambda: None
            return
        process = get_context("spawn").Process(target=_learn_all, args=(self,), daemon=True)
        process.start()
        threads = torch.get_num_threads()
        torch.set_num_threads(_half(threads))
        try:
            yield process.join
        finally:
            process.terminate()
            process.join()
            torch.set_num_threads(threads)


def _learn_all(training: BackgroundTraining) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the first process, which ends this one
    Thread(target=_end_with_the_first, daemon=True).start()
    torch.set_num_threads(_half(torch.get_num_threads()))
    training.learn_copy()
    training.learn_answers()


def _half(threads: int) -> int:
    return max(1, threads // 2)


def _end_with_the_first() -> None:
    """Write nothing any more into a run that somebody may go on with."""
    first = parent_process()
    if first is not None:
        first.join()
        os._exit(1)
