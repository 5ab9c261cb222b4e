"""From a room's messages to a network of scenes beside its words, and a sentence on what context is worth to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from rich.console import Console

from bot.bundle import BundleError, Tokenizer, normalise
from training.common.errors import ChatError, RunError
from training.common.progress import Stages
from training.common.run_folder import write_json
from training.text.base.voice import BaseVoice
from training.text.callbacks import Prompts
from training.text.corpus.corpus import Corpus
from training.text.held_out import first_held_out, first_validation, new_positions
from training.text.learning import said_once
from training.text.message import Message
from training.text.run import TextRun
from training.text.scene.config import SceneConfig
from training.text.scene.evaluate import Measured, evaluate
from training.text.scene.network import SceneNetwork
from training.text.scene.run import SceneRun, fingerprint, open_network
from training.text.scene.training import Split, fit
from training.text.scene.turns import Turns, Windows
from training.text.tokenization import morphemes

NEW = "_of_new"
"""Behind the names of what is measured of messages that nobody had sent before in the same words."""
FEWEST_ANSWERS = 400
"""Times that somebody spoke after another within a conversation; with fewer there is nothing to learn of turns."""


@dataclass(frozen=True, slots=True)
class SceneLearning:
    """One learning of scenes, beside the ``words`` of the same room."""

    words: TextRun
    config: SceneConfig
    cache: Path
    console: Console

    def learn(self, corpus: Corpus, stages: Stages, *, resumed: bool) -> None:
        """Learn, measure and report, or go on where that was stopped.

        Raises:
            ChatError: there are too few turns, or nobody is named.
            RunError: the run that is to go on began with other messages, or a file of the words is damaged.
        """
        self._check(corpus)
        tokenizer = self._tokenizer()
        run = SceneRun.beside(self.words)
        turns, validation, first = self._turns(corpus, tokenizer, stages)
        run.begin_with(fingerprint(self.words), self.config, resumed=resumed)
        sizes = (len(tokenizer), self.config.context, self.config.seed)
        edges = pairwise((0, validation, first, len(turns.pieces)))
        split = Split(*(Windows(turns.part(*part), *sizes) for part in edges))
        with stages.timed("training"):
            prompts = Prompts([[]], tokenizer, self.config.seed)
            fit(self._begun(tokenizer), split, prompts, self.config, run, console=self.console)
        network = open_network(run, self.config, len(tokenizer))
        new = np.flatnonzero(turns.counts[first:]).tolist()
        sets = {"": range(len(split.held_out)), NEW: new}
        measured = dict[str, Measured]()
        for of, messages in sets.items():
            with stages.stage("measuring what is new" if of else "measuring") as progress:
                measured[of] = evaluate(network, split.held_out, messages, self.config.seed, progress)
        self._report(run, measured, corpus, stages)
        self.console.print(sentence(measured[""], measured[NEW]), style="bold")

    def _check(self, corpus: Corpus) -> None:
        answers = count_answers(corpus)
        if answers < FEWEST_ANSWERS:
            raise ChatError(
                f"Too few turns to learn scenes from: {answers:,} times somebody spoke after another, and "
                f"{FEWEST_ANSWERS} are needed. Add more files, of a kind that names who writes."
            )

    def _tokenizer(self) -> Tokenizer:
        try:
            return Tokenizer.open(self.words.tokenizer)
        except (OSError, BundleError) as error:
            raise RunError(f"The run in {self.words.folder} is damaged: {error}") from error

    def _turns(self, corpus: Corpus, tokenizer: Tokenizer, stages: Stages) -> tuple[Turns, int, int]:
        """Return all messages as turns, and where those begin by which is chosen, and those that are held out.

        As many are held out as of the words.
        """
        texts = [normalise(message.text) for message in corpus.messages]
        with stages.stage("morphemes") as progress:
            lines = morphemes.cut(texts, cache=self.cache, progress=progress)
        share = self.words.read_config().held_out
        first = first_held_out(len(lines), corpus.sessions, share)
        validation = first_validation(first, corpus.sessions, share)
        counts = np.zeros(len(lines), np.bool_)
        counts[said_once(corpus.messages[:first])] = True
        counts[[first + place for place in new_positions(texts[first:], texts[:first])]] = True
        begins = np.zeros(len(lines), np.bool_)
        begins[list(corpus.sessions)] = True
        turns = Turns([tokenizer.ids_of(line) for line in lines], speakers_of(corpus.messages), begins, counts)
        return turns, validation, first

    def _begun(self, tokenizer: Tokenizer) -> SceneNetwork:
        """Return the untrained network, with the words of the base voice where it can have them."""
        torch.manual_seed(self.config.seed)
        network = SceneNetwork(len(tokenizer), self.config)
        if not self.config.from_nothing:
            weights = BaseVoice.open().weights_for(tokenizer)
            if not network.begin_with({name: torch.from_numpy(values) for name, values in weights.items()}):
                self.console.print("The base voice is of another width: the words are learnt from nothing.")
        return network

    def _report(self, run: SceneRun, measured: Mapping[str, Measured], corpus: Corpus, stages: Stages) -> None:
        report = {
            "made": {
                "network": "transformer",
                "trained": datetime.now(UTC).isoformat(timespec="seconds"),
                "messages": str(len(corpus.messages)),
                "consent": corpus.consent(),
                "seed": str(self.config.seed),
            },
            "metrics": {name: value for of, each in measured.items() for name, value in each.metrics(of).items()},
            "context_helps": measured[""].context_helps,
            "seconds": stages.seconds,
        }
        write_json(run.report, report)


def count_answers(corpus: Corpus) -> int:
    """Return how often one named person spoke after another within a conversation."""
    begins = set(corpus.sessions)
    pairs = enumerate(pairwise(message.who for message in corpus.messages), start=1)
    return sum(bool(before and after and before != after and place not in begins) for place, (before, after) in pairs)


def speakers_of(messages: Sequence[Message]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return a number for each person, int64[messages]."""
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(message.who, len(numbers)) for message in messages], dtype=np.int64)


def sentence(measured: Measured, new: Measured) -> str:
    """Return what an owner is told, of all held-out messages and of those that nobody had sent before."""
    figures = (
        f"Scenes: perplexity {measured.perplexity:.1f} in context against {measured.best_without:.1f} without "
        f"({measured.gain:.2f} ± {2 * measured.error:.2f} nats a message of {measured.messages:,} held out); "
        f"{new.perplexity:.1f} against {new.best_without:.1f} where nobody had sent the same before"
    )
    if measured.context_helps:
        return f"{figures}. What was said before helps, so scenes go into a bundle."
    return f"{figures}. What was said before does not help clearly, so scenes are not exported."
