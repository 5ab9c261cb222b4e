"""The pipeline from a chat's messages to a finished run, stage by stage: training's parts put together.

Knows nothing of files of chats, nor of the command line.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from rich.console import Console

from bot.bundle import VerbatimFilter, normalise
from bot.bundle.files import whole, write_whole
from training.common.processes import ALONE, Processes
from training.common.progress import Stages
from training.common.run_folder import write_json
from training.text.answers.pipeline import summary
from training.text.answers.run import FOLDER, AnswersRun
from training.text.background import BackgroundTraining
from training.text.base.voice import BaseVoice
from training.text.card import ChatFigures, text_card
from training.text.card.lines import new_lines
from training.text.config import TextConfig
from training.text.consent.people_file import write_people
from training.text.corpus.corpus import Corpus
from training.text.dataset import Ids, rows_of
from training.text.evaluate import NetworkModel, SplitChat, evaluate
from training.text.evaluation import metrics
from training.text.evaluation.kneser_ney import KneserNey
from training.text.infilling import training as infilling
from training.text.infilling.evaluate import evaluate as measure_gaps
from training.text.inspection import table_of
from training.text.leaks.evaluate import measure, plant
from training.text.leaks.report import LeakReport
from training.text.learning import Learning, Learnt
from training.text.networks import build_network
from training.text.run import TextRun
from training.text.speakers import find_speakers
from training.text.speakers import measure as measure_likeness
from training.text.tokenization import morphemes
from training.text.trainer import begin
from training.text.verdict import verdict


@dataclass(frozen=True, slots=True)
class Training:
    """One training of a text network into ``run``."""

    run: TextRun
    config: TextConfig
    cache: Path
    console: Console
    answers: bool = True
    """Whether to learn which answer belongs to a message."""
    previous: Mapping[str, float] | None = None
    """What was measured of the voice before this one, where there was one."""
    language: str | None = None
    """Of the card; None for that of the room."""
    leaks: bool = True
    """Whether to measure what it gives away, on a copy."""
    processes: Processes = ALONE
    """Which learn it together; all else the first does alone."""

    def start(self, corpus: Corpus, stages: Stages, *, resumed: bool) -> None:
        """Go through every stage; at the end the run's report is there.

        Raises:
            RunError: the run that is to go on was made from other messages.
        """
        learning = Learning(self.run, self.config, self.cache, self.console, self.processes)
        prepared = learning.prepare(corpus, stages, resumed=resumed)
        self._keep_people(corpus)
        planted = self._planted(corpus, prepared.chat)
        background = BackgroundTraining(self.run, corpus, planted, self.config, self.cache, self.answers)
        with background.started() as wait:
            learnt = learning.train(prepared, stages)
            report = {"made": learning.made(corpus, learnt.base), **self._measured(learnt, corpus, stages)}
            self._measure_leaks(background, stages, wait)
            self._learn_answers(background, stages, wait)
        figures = ChatFigures.of(corpus)
        figures.write(self.run.chat)
        report |= {"seconds": stages.seconds, "language": self.language or figures.language}
        write_json(self.run.report, report)
        write_whole(self.run.card, text_card(self.run, report["language"]).html())
        self._tell(report)

    def _measured(self, learnt: Learnt, corpus: Corpus, stages: Stages) -> dict[str, Any]:
        """Return everything that is measured of the voice; what fills gaps is learnt on the way."""
        with stages.stage("measuring") as progress:
            evaluation = evaluate(learnt.network, learnt.chat, self.config, progress)
        self._keep_ngrams(evaluation.ngrams)
        report = dict(evaluation.report)
        if learnt.base is not None:
            report["base"] = {"perplexity": self._perplexity_of(learnt.base, learnt.chat)}
        if self.config.speakers:
            report["speakers"] = self._likeness(learnt, corpus)
        if not self.config.no_fill:
            report["infilling"] = self._fill(learnt, evaluation.shared, stages)
        report["said"] = self._said(learnt, corpus)
        if self.previous:
            report["previous"] = dict(self.previous)
        return report

    def _tell(self, report: Mapping[str, Any]) -> None:
        self.console.print(table_of(report))
        self.console.print(verdict(report, self.config.network, self.previous), style="bold")
        self.console.print(f"Look at {self.run.card}, which nobody else should see.", markup=False)
        self.console.print(f"Export it: python -m export --text {self.run.folder} --out bundle", markup=False)

    def _learn_answers(self, background: BackgroundTraining, stages: Stages, wait: Callable[[], None]) -> None:
        if self.answers:
            with stages.timed("answers"):
                wait()
                background.learn_answers()
            self.console.print(summary(background.corpus.messages, AnswersRun(self.run.folder / FOLDER)))

    def _planted(self, corpus: Corpus, chat: SplitChat) -> Corpus | None:
        """Return a copy of the room with secrets in it, its words cut; None where it is too small or not wanted."""
        if not self.leaks:
            return None
        room = plant(self.run, corpus, [*chat.learnt, *chat.held_out], chat.tokenizer, self.config)
        if room is not None:
            self._cut(room)
        return room

    def _measure_leaks(self, background: BackgroundTraining, stages: Stages, wait: Callable[[], None]) -> None:
        """Learn the copy of the room as the room, and report how well it knows the secrets."""
        if not self.leaks:
            LeakReport("skipped").write(self.run.leaks)
            return
        with stages.stage("planting secrets") as progress:
            progress(0, 2)
            report = LeakReport("small")
            if background.planted is not None:
                wait()
                background.learn_copy()
                progress(1, 2)
                report = measure(self.run, background.planted, self._cut(background.planted))
            report.write(self.run.leaks)
            progress(2, 2)

    def _cut(self, room: Corpus) -> list[tuple[str, ...]]:
        return morphemes.cut([normalise(message.text) for message in room.messages], cache=self.cache)

    def _said(self, learnt: Learnt, corpus: Corpus) -> dict[str, Any]:
        """Return lines for the card."""
        held_back = VerbatimFilter.open(self.run.verbatim)
        messages = {message.text for message in corpus.messages}
        return new_lines(learnt.network, learnt.chat.tokenizer, held_back, messages, self.config.seed)

    def _keep_people(self, corpus: Corpus) -> None:
        """Keep who is learnt from: who of them withdraws later is found again before the voice is exported."""
        self.run.people.unlink(missing_ok=True)
        write_people(corpus.agreed(), self.run.people)

    def _fill(self, learnt: Learnt, shared: KneserNey | None, stages: Stages) -> dict[str, Any]:
        """Learn to fill gaps, keep the network, and return what it is worth."""
        split, tokenizer = learnt.split.of_group(), learnt.chat.tokenizer
        with stages.stage("filling gaps") as progress:
            network = infilling.train(split, tokenizer, learnt.network, self.config, progress)
        with whole(self.run.infilling) as beside:
            torch.save(network.state_dict(), beside)
        with stages.stage("measuring gaps") as progress:
            return measure_gaps(network, learnt.network, split, tokenizer, progress, shared=shared)

    def _likeness(self, learnt: Learnt, corpus: Corpus) -> dict[str, dict[str, object]]:
        """Return what the voice makes of the held-out messages of each who may be spoken as, by name."""
        chat, rows = learnt.chat, dict[str, list[Ids]]()
        speakers = find_speakers(self.config.speakers, corpus)
        for speaker, number in sorted(speakers.items(), key=lambda entry: entry[1]):
            theirs = [place for place in chat.new if corpus.messages[len(chat.learnt) + place].who == speaker]
            messages = (chat.tokenizer.ids_of(chat.held_out[place]) for place in theirs)
            rows[self.config.speakers[number]] = rows_of(messages, self.config.longest)
        return measure_likeness(NetworkModel(learnt.network, chat.tokenizer), rows, len(chat.tokenizer))

    def _keep_ngrams(self, table: bytes | None) -> None:
        if table is None:
            self.run.ngrams.unlink(missing_ok=True)
            return
        with whole(self.run.ngrams) as beside:
            beside.write_bytes(table)

    def _perplexity_of(self, base: BaseVoice, chat: SplitChat) -> float:
        """Return the perplexity of what training went on from, on the messages that are measured on."""
        torch.manual_seed(self.config.seed)  # pieces that the base does not know begin as they did there
        network = build_network(self.config, len(chat.tokenizer)).eval()
        begin(network, base, chat.tokenizer)
        lines = (chat.tokenizer.ids_of(chat.held_out[place]) for place in chat.new)
        log_probs = NetworkModel(network, chat.tokenizer).log_probabilities(rows_of(lines, self.config.longest))
        return metrics.perplexity(float(log_probs.sum()), len(log_probs))
