"""The pipeline from a chat's messages to a finished run, stage by stage: training's parts put together.

Knows nothing of files of chats, nor of the command line.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

import torch
from rich.console import Console

from bot.bundle import Tokenizer, VerbatimFilter, normalise
from bot.bundle.files import whole
from training.common.errors import RunError
from training.common.files import write_whole
from training.common.progress import Stages
from training.common.run_folder import write_json
from training.text import sampling, verbatim
from training.text.answers.learning import learn
from training.text.answers.run import FOLDER, AnswersRun
from training.text.base.voice import BaseVoice
from training.text.callbacks import Prompts
from training.text.card import ChatFigures, text_card
from training.text.card.lines import new_lines
from training.text.config import TextConfig
from training.text.consent.people_file import write_people
from training.text.corpus.corpus import Corpus
from training.text.dataset import Ids, rows_of
from training.text.evaluate import NetworkModel, SplitChat, evaluate
from training.text.evaluation import metrics
from training.text.evaluation.kneser_ney import KneserNey
from training.text.held_out import count_repeated, first_held_out, new_positions
from training.text.infilling import training as infilling
from training.text.infilling.evaluate import evaluate as measure_gaps
from training.text.inspection import table_of
from training.text.leaks.measuring import LeakFolder, measure, plant
from training.text.leaks.report import LeakReport
from training.text.networks import build_network
from training.text.networks.network import TextNetwork
from training.text.run import TextRun, open_network
from training.text.speakers import find_speakers, start_of
from training.text.speakers import measure as measure_likeness
from training.text.tokenization import morphemes, vocabulary
from training.text.trainer import SplitRows, begin, fit
from training.text.verdict import verdict

_PROMPTS = 4
_EPOCHS_OF_COPY = 3
"""The copy in which secrets are planted learns for so many at most: in the first a voice changes most."""


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
    is_copy: bool = False
    """Whether it is such a copy, which has no card and says nothing."""

    def start(self, corpus: Corpus, stages: Stages, *, resumed: bool) -> None:
        """Go through every stage; at the end the run's report is there.

        Raises:
            RunError: the run that is to go on was made from other messages.
        """
        speakers = find_speakers(self.config.speakers, corpus)
        self.run.begin_with(_fingerprint(corpus), self.config, resumed=resumed)
        self._keep_people(corpus)
        chat = self._split_chat(corpus, stages)
        who = [message.who for message in corpus.messages]
        split = self._split_rows(chat, [start_of(len(chat.tokenizer), speakers.get(name)) for name in who])
        base = self._base(chat.tokenizer)
        with stages.timed("training"):
            epochs = fit(split, self._prompts(chat), self.config, self.run, self.console, base=base)
        # What went before a stop counts too.
        stages.seconds["training"] = max(stages.seconds["training"], sum(epoch.seconds for epoch in epochs))
        if self.answers:
            with stages.timed("answers"):
                folder, from_nothing = AnswersRun(self.run.folder / FOLDER), self.config.from_nothing
                learn(corpus.messages, folder, self.config.seed, self.console, from_nothing=from_nothing)
        with stages.stage("measuring") as progress:
            network = open_network(self.run, self.config, len(chat.tokenizer))
            evaluation = evaluate(network, chat, self.config, progress)
        self._keep_ngrams(evaluation.ngrams)
        report = {"made": self._made(corpus, base), **evaluation.report, "seconds": stages.seconds}
        if base is not None:
            report["base"] = {"perplexity": self._perplexity_of(base, chat)}
        if speakers:
            report["speakers"] = self._likeness(network, chat, who, speakers)
        if not self.config.no_fill:
            report["infilling"] = self._fill(split, chat.tokenizer, network, evaluation.shared, stages)
        if self.is_copy:
            write_json(self.run.report, report)
            return
        report["said"] = self._said(network, chat, corpus)
        if self.previous:
            report["previous"] = dict(self.previous)
        self._measure_leaks(corpus, chat, stages)
        figures = ChatFigures.of(corpus)
        figures.write(self.run.chat)
        report["language"] = self.language or figures.language
        write_json(self.run.report, report)
        write_whole(self.run.card, text_card(self.run, report["language"]).html())
        self.console.print(table_of(report))
        self.console.print(verdict(report, self.config.network, self.previous), style="bold")
        self.console.print(f"Look at {self.run.card}, which nobody else should see.", markup=False)
        self.console.print(f"Export it: python -m export --text {self.run.folder} --out bundle", markup=False)

    def _measure_leaks(self, corpus: Corpus, chat: SplitChat, stages: Stages) -> None:
        """Plant secrets in a copy of the room, learn that in fewer epochs, and report how well the copy knows them."""
        if not self.leaks:
            LeakReport("skipped").write(self.run.leaks)
            return
        with stages.stage("planting secrets") as progress:
            progress(0, 2)
            room = plant(self.run, corpus, [*chat.learnt, *chat.held_out], chat.tokenizer, self.config)
            report = LeakReport("small")
            if room is not None:
                self._learn_copy(LeakFolder.of(self.run).copy, room)
                progress(1, 2)
                texts = [normalise(message.text) for message in room.messages]
                report = measure(self.run, room, morphemes.cut(texts, cache=self.cache))
            report.write(self.run.leaks)
            progress(2, 2)

    def _learn_copy(self, copy: TextRun, room: Corpus) -> None:
        """Train the copy, or go on where that was stopped."""
        if copy.is_finished:
            return
        epochs = min(self.config.epochs, _EPOCHS_OF_COPY)
        config = replace(self.config, epochs=epochs, no_fill=True, speakers=())
        quiet = Console(quiet=True)
        training = Training(copy, config, self.cache, quiet, answers=False, leaks=False, is_copy=True)
        training.start(room, Stages(quiet), resumed=copy.claim(config, force=False))

    def _said(self, network: TextNetwork, chat: SplitChat, corpus: Corpus) -> dict[str, Any]:
        """Return lines for the card."""
        held_back = VerbatimFilter.open(self.run.verbatim)
        messages = {message.text for message in corpus.messages}
        return new_lines(network, chat.tokenizer, held_back, messages, self.config.seed)

    def _keep_people(self, corpus: Corpus) -> None:
        """Keep who is learnt from: who of them withdraws later is found again before the voice is exported."""
        self.run.people.unlink(missing_ok=True)
        write_people(corpus.agreed(), self.run.people)

    def _fill(
        self, split: SplitRows, tokenizer: Tokenizer, voice: TextNetwork, shared: KneserNey | None, stages: Stages
    ) -> dict[str, Any]:
        """Learn to fill gaps, keep the network, and return what it is worth."""
        with stages.stage("filling gaps") as progress:
            network = infilling.train(split.of_group(), tokenizer, voice, self.config, progress)
        with whole(self.run.infilling) as beside:
            torch.save(network.state_dict(), beside)
        with stages.stage("measuring gaps") as progress:
            return measure_gaps(network, voice, split.of_group(), tokenizer, progress, shared=shared)

    def _likeness(
        self, network: TextNetwork, chat: SplitChat, who: Sequence[str], speakers: Mapping[str, int]
    ) -> dict[str, dict[str, object]]:
        """Return what the voice makes of the held-out messages of each who may be spoken as, by name."""
        ids_of, rows = chat.tokenizer.ids_of, dict[str, list[Ids]]()
        for speaker, number in sorted(speakers.items(), key=lambda entry: entry[1]):
            theirs = [place for place in chat.new if who[len(chat.learnt) + place] == speaker]
            messages = (ids_of(chat.held_out[place]) for place in theirs)
            rows[self.config.speakers[number]] = rows_of(messages, self.config.longest)
        return measure_likeness(NetworkModel(network, chat.tokenizer), rows, len(chat.tokenizer))

    def _split_chat(self, corpus: Corpus, stages: Stages) -> SplitChat:
        texts = [normalise(message.text) for message in corpus.messages]
        with stages.stage("morphemes") as progress:
            lines = morphemes.cut(texts, cache=self.cache, progress=progress)
        first = first_held_out(len(lines), corpus.sessions, self.config.held_out)
        speakers = [message.who for message in corpus.messages[:first]]
        tokenizer = vocabulary.build(lines[:first], speakers, self.config.vocabulary)
        numbered = enumerate(zip(corpus.messages, lines, strict=True))
        utterances = [verbatim.Utterance(message.who, place, line) for place, (message, line) in numbered]
        self._keep(tokenizer, utterances)
        again, new = count_repeated(texts[first:], texts[:first]), new_positions(texts[first:], texts[:first])
        self.console.print(
            f"{first:,} messages to learn from, {len(lines) - first:,} held out. Of those {again:,} were said before, "
            f"word for word; {len(new):,} are measured on."
        )
        return SplitChat(lines[:first], lines[first:], new, tokenizer, verbatim.voices_of(utterances[:first]))

    def _keep(self, tokenizer: Tokenizer, utterances: Sequence[verbatim.Utterance]) -> None:
        path = self.run.tokenizer
        if self.run.last.is_file() and path.read_text(encoding="utf-8") != tokenizer.to_json():
            raise RunError(f"The words of the stopped run in {self.run.folder} are others now: give --force.")
        write_whole(path, tokenizer.to_json())
        with whole(self.run.verbatim) as beside:
            beside.write_bytes(verbatim.filter_of(utterances).to_bytes())

    def _keep_ngrams(self, table: bytes | None) -> None:
        if table is None:
            self.run.ngrams.unlink(missing_ok=True)
            return
        with whole(self.run.ngrams) as beside:
            beside.write_bytes(table)

    def _split_rows(self, chat: SplitChat, starts: Sequence[int]) -> SplitRows:
        ids_of, longest = chat.tokenizer.ids_of, self.config.longest
        new = [chat.held_out[position] for position in chat.new]
        return SplitRows(rows_of(map(ids_of, chat.learnt), longest, starts), rows_of(map(ids_of, new), longest))

    def _base(self, tokenizer: Tokenizer) -> BaseVoice | None:
        """Return what training goes on from, and say so; or that it learns from nothing."""
        if self.config.from_nothing:
            return None
        base = BaseVoice.open()
        if begin(build_network(self.config, len(tokenizer)), base, tokenizer):
            self.console.print(f"It goes on from the base voice, which has {base.shares(tokenizer):.0%} of the pieces.")
            return base
        self.console.print("The base voice does not fit this network and its sizes: it learns from nothing.")
        return None

    def _perplexity_of(self, base: BaseVoice, chat: SplitChat) -> float:
        """Return the perplexity of what training went on from, on the messages that are measured on."""
        network = build_network(self.config, len(chat.tokenizer)).eval()
        begin(network, base, chat.tokenizer)
        lines = (chat.tokenizer.ids_of(chat.held_out[place]) for place in chat.new)
        log_probs = NetworkModel(network, chat.tokenizer).log_probabilities(rows_of(lines, self.config.longest))
        return metrics.perplexity(float(log_probs.sum()), len(log_probs))

    def _prompts(self, chat: SplitChat) -> Prompts:
        starts = sampling.usual_prompts(chat.learnt, chat.tokenizer, _PROMPTS)
        return Prompts(starts or [[]], chat.tokenizer, self.config.seed)

    def _made(self, corpus: Corpus, base: BaseVoice | None) -> dict[str, str]:
        return {
            "network": self.config.network,
            "base": base.name if base else "none",
            "trained": datetime.now(UTC).isoformat(timespec="seconds"),
            "messages": str(len(corpus.messages)),
            "consent": corpus.consent(),
            "data": _fingerprint(corpus)[:16],
            "seed": str(self.config.seed),
            "lightning": version("lightning"),
            "konlpy": version("konlpy"),
        }


def _fingerprint(corpus: Corpus) -> str:
    """Return a hash of every message and of where the conversations begin."""
    digest = sha256()
    for message in corpus.messages:
        digest.update(message.text.encode() + b"\0")
    digest.update(repr(corpus.sessions).encode())
    return digest.hexdigest()
