"""The learning of a voice: from a chat's messages to its vocabulary, its rows and the network of the best epoch.

It is the same for a room and for the copy of it in which secrets are planted. Knows nothing of what is measured
afterwards.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from rich.console import Console

from bot.bundle import Tokenizer, normalise
from bot.bundle.files import whole, write_whole
from training.common.errors import RunError
from training.common.processes import ALONE, Processes
from training.common.progress import Stages
from training.text import sampling, verbatim
from training.text.base.voice import BaseVoice
from training.text.callbacks import Prompts
from training.text.config import TextConfig
from training.text.corpus.corpus import Corpus
from training.text.dataset import rows_of
from training.text.evaluate import SplitChat
from training.text.held_out import count_repeated, first_held_out, new_positions
from training.text.message import Message
from training.text.networks import build_network
from training.text.networks.network import TextNetwork
from training.text.run import TextRun, open_network
from training.text.speakers import find_speakers, start_of
from training.text.tokenization import morphemes, vocabulary
from training.text.trainer import SplitRows, begin, fit

_PROMPTS = 4


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a voice learns from and is measured on, and the base voice that it goes on from, if from one."""

    chat: SplitChat
    split: SplitRows
    base: BaseVoice | None


@dataclass(frozen=True, slots=True)
class Learnt(Prepared):
    """A learnt voice, and what it learnt from."""

    network: TextNetwork


@dataclass(frozen=True, slots=True)
class Learning:
    """One learning of a voice, into ``run``."""

    run: TextRun
    config: TextConfig
    cache: Path
    console: Console
    processes: Processes = ALONE

    def prepare(self, corpus: Corpus, stages: Stages, *, resumed: bool) -> Prepared:
        """Begin the run, or go on with a stopped one: cut the messages and number their pieces.

        Raises:
            RunError: the run that is to go on was made from other messages.
        """
        speakers = find_speakers(self.config.speakers, corpus)
        self.run.begin_with(fingerprint(corpus), self.config, resumed=resumed)
        base = self._base()
        chat = self._split_chat(corpus, base, stages)
        return Prepared(chat, self._split_rows(chat, corpus.messages, speakers), base)

    def train(self, prepared: Prepared, stages: Stages) -> Learnt:
        """Train to the end, or go on where that was stopped."""
        self._fit(prepared, stages)
        network = open_network(self.run, self.config, len(prepared.chat.tokenizer))
        return Learnt(prepared.chat, prepared.split, prepared.base, network)

    def take_part(self, corpus: Corpus, stages: Stages, last: Path | None) -> None:
        """Learn beside the first of several processes, which goes on from ``last`` and keeps what is learnt."""
        self._fit(self.prepare(corpus, stages, resumed=False), stages, last)

    def _fit(self, prepared: Prepared, stages: Stages, last: Path | None = None) -> None:
        chat, split, base = prepared.chat, prepared.split, prepared.base
        with stages.timed("training"):
            prompts, processes = self._prompts(chat), self.processes
            epochs = fit(split, prompts, self.config, self.run, self.console, base=base, processes=processes, last=last)
        # What went before a stop counts too.
        stages.seconds["training"] = max(stages.seconds["training"], sum(epoch.seconds for epoch in epochs))

    def made(self, corpus: Corpus, base: BaseVoice | None) -> dict[str, str]:
        """Return what a bundle tells of how it was made."""
        return {
            "network": self.config.network,
            "base": base.name if base else "none",
            "trained": datetime.now(UTC).isoformat(timespec="seconds"),
            "messages": str(len(corpus.messages)),
            "consent": corpus.consent(),
            "data": fingerprint(corpus)[:16],
            "seed": str(self.config.seed),
            "lightning": version("lightning"),
            "konlpy": version("konlpy"),
        }

    def _base(self) -> BaseVoice | None:
        """Return what the network can go on from."""
        if self.config.from_nothing:
            return None
        base = BaseVoice.open()
        if begin(build_network(self.config, len(base.tokenizer)), base, base.tokenizer):
            return base
        self.console.print("The base voice does not fit this network and its sizes: it learns from nothing.")
        return None

    def _split_chat(self, corpus: Corpus, base: BaseVoice | None, stages: Stages) -> SplitChat:
        texts = [normalise(message.text) for message in corpus.messages]
        with stages.stage("morphemes") as progress:
            lines = morphemes.cut(texts, cache=self.cache, progress=progress)
        first = first_held_out(len(lines), corpus.sessions, self.config.held_out)
        speakers = [message.who for message in corpus.messages[:first]]
        known = base.pieces if base else ()
        tokenizer = vocabulary.build(lines[:first], speakers, self.config.vocabulary, known=known)
        numbered = enumerate(zip(corpus.messages, lines, strict=True))
        utterances = [verbatim.Utterance(message.who, place, line) for place, (message, line) in numbered]
        self._keep(tokenizer, utterances)
        again, new = count_repeated(texts[first:], texts[:first]), new_positions(texts[first:], texts[:first])
        self.console.print(
            f"{first:,} messages to learn from, {len(lines) - first:,} held out. Of those {again:,} were said before, "
            f"word for word; {len(new):,} are measured on."
        )
        if base:
            self.console.print(f"It goes on from the base voice, which has {base.shares(tokenizer):.0%} of the pieces.")
        return SplitChat(lines[:first], lines[first:], new, tokenizer, verbatim.voices_of(utterances[:first]))

    def _keep(self, tokenizer: Tokenizer, utterances: Sequence[verbatim.Utterance]) -> None:
        path = self.run.tokenizer
        if self.run.last.is_file() and path.read_text(encoding="utf-8") != tokenizer.to_json():
            raise RunError(f"The words of the stopped run in {self.run.folder} are others now: give --force.")
        write_whole(path, tokenizer.to_json())
        with whole(self.run.verbatim) as beside:
            beside.write_bytes(verbatim.filter_of(utterances).to_bytes())

    def _split_rows(self, chat: SplitChat, messages: Sequence[Message], speakers: Mapping[str, int]) -> SplitRows:
        ids_of, longest = chat.tokenizer.ids_of, self.config.longest
        once = said_once(messages[: len(chat.learnt)])
        starts = (start_of(len(chat.tokenizer), speakers.get(messages[place].who)) for place in once)
        learnt = (ids_of(chat.learnt[place]) for place in once)
        new = (ids_of(chat.held_out[place]) for place in chat.new)
        return SplitRows(rows_of(learnt, longest, starts), rows_of(new, longest))

    def _prompts(self, chat: SplitChat) -> Prompts:
        starts = sampling.usual_prompts(chat.learnt, chat.tokenizer, _PROMPTS)
        return Prompts(starts or [[]], chat.tokenizer, self.config.seed)


def said_once(messages: Sequence[Message]) -> list[int]:
    """Return the places of the messages without those that their author had sent before in the same words.

    A network knows by heart what one person says 16 times, and hardly better than what is said once if it reads that
    once (Kandpal et al. 2022, arXiv:2202.06539). Where no name is told, all count.
    """
    first: dict[tuple[str, str], int] = {}
    return [
        place
        for place, message in enumerate(messages)
        if not message.who or first.setdefault((message.who, normalise(message.text)), place) == place
    ]


def fingerprint(corpus: Corpus) -> str:
    """Return a hash of every message and of where the conversations begin."""
    digest = sha256()
    for message in corpus.messages:
        digest.update(message.text.encode() + b"\0")
    digest.update(repr(corpus.sessions).encode())
    return digest.hexdigest()


def check_words(words: TextRun, corpus: Corpus) -> None:
    """Refuse messages that a run of words was not learnt from: who withdraws is looked for among those of the words.

    Raises:
        RunError: they are others, or there is no finished run.
    """
    words.check_finished()
    if not words.data.is_file() or words.data.read_text(encoding="utf-8").strip() != fingerprint(corpus):
        raise RunError(
            f"The words in {words.folder} were learnt from other messages: give the same files and the same --people, "
            "or learn the words again."
        )
