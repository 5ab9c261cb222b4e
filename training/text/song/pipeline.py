"""From a chat's messages, and lyrics of the owner's own, to a writer of songs beside the words, and what it is worth.

Knows nothing of files of chats, nor of the command line.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import torch
from rich.console import Console

from bot.bundle import Tokenizer, normalise
from bot.bundle.files import whole
from training.common.errors import ChatError
from training.common.progress import Stages
from training.common.run_folder import write_json
from training.text import sampling
from training.text.base.voice import BaseVoice
from training.text.callbacks import Prompts
from training.text.corpus.corpus import Corpus
from training.text.dataset import Ids
from training.text.evaluate import NetworkModel
from training.text.held_out import first_held_out, first_validation
from training.text.learning import fingerprint
from training.text.networks import build_network
from training.text.run import TextRun, open_network
from training.text.song.config import SongConfig
from training.text.song.evaluate import SungLines, evaluate
from training.text.song.lyrics import Lyrics
from training.text.song.run import SongRun
from training.text.song.stanzas import Line, letters_of, rows_of_stanzas, stanzas_of, sung
from training.text.tokenization import morphemes
from training.text.trainer import SplitRows, fit
from training.text.verbatim import Utterance, Voice, filter_of_lines, voices_of

FEWEST_LINES = 300
"""With fewer every song would be the same, and what is held out tells nothing of the rest."""
_GRU = "gru-2"
_PROMPTS = 4


@dataclass(frozen=True, slots=True)
class _Lines:
    """What is learnt from: stanzas of the room, and stanzas of lyrics, which are learnt from alone.

    By those ``validation`` the best epoch is chosen, and on those ``held_out`` is measured. ``said`` is every line of
    the room that is learnt from, as often as it was said, with whose it is.
    """

    said: list[tuple[Line, Voice]]
    learnt: list[list[Line]]
    validation: list[list[Line]]
    held_out: list[list[Line]]
    lyrics: list[list[Line]]

    def check(self) -> None:
        """Refuse a room with too few of them.

        Raises:
            ChatError: it has.
        """
        found = sum(map(len, self.learnt))
        if found < FEWEST_LINES or not self.validation or not self.held_out:
            raise ChatError(
                f"Songs need {FEWEST_LINES} different lines of two words or more, and this room has {found}: "
                "add more files, or leave songs out."
            )

    def rows(self, tokenizer: Tokenizer, longest: int) -> tuple[SplitRows, list[Ids]]:
        """Return them as what is trained on, and what is measured on."""
        learnt, validation, held_out = (
            rows_of_stanzas([[tokenizer.ids_of(line) for line in stanza] for stanza in stanzas], longest)
            for stanzas in ([*self.learnt, *self.lyrics], self.validation, self.held_out)
        )
        return SplitRows(learnt, validation), held_out

    def counted(self, tokenizer: Tokenizer, longest: int) -> SungLines:
        """Return them line by line, as counts see them; ``longest`` is the pieces of a line."""
        spelt = ((tokenizer.ids_of(line), voice) for line, voice in self.said)
        learnt = [(ids, voice) for ids, voice in spelt if 0 < len(ids) <= longest]
        new = (tokenizer.ids_of(line) for stanza in self.held_out for line in stanza)
        fitting = [ids for ids in new if len(ids) <= longest]
        return SungLines([ids for ids, _ in learnt], [voice for _, voice in learnt], fitting, longest)


@dataclass(frozen=True, slots=True)
class _Room:
    """The lines of a room, and where conversations begin."""

    lines: Sequence[Line]
    sessions: Sequence[int]

    def stanzas(self, begin: int, end: int) -> list[list[Line]]:
        """Return the stanzas of a part, without lines that were there before it."""
        before = {letters_of(line) for line in self.lines[:begin]}
        begins = {edge - begin for edge in self.sessions if begin <= edge < end}
        return stanzas_of(self.lines[begin:end], begins, before)


@dataclass(frozen=True, slots=True)
class SongLearning:
    """One learning of songs, into the run of text ``words``."""

    words: TextRun
    config: SongConfig
    cache: Path
    console: Console

    def learn(self, corpus: Corpus, lyrics: Lyrics, stages: Stages, *, resumed: bool) -> None:
        """Learn, or go on where that was stopped; at the end the report is there.

        Raises:
            RunError: a stopped run of songs was learnt from other messages.
            ChatError: there are too few lines.
        """
        run, tokenizer = SongRun.beside(self.words), Tokenizer.open(self.words.tokenizer)
        lines = self._lines(corpus, lyrics, run, stages, resumed=resumed)
        split, held_out = lines.rows(tokenizer, self.config.longest)
        prompts = self._prompts(lines, tokenizer)
        rival = rival_of(self.config, len(tokenizer))
        networks = {}
        for name, config, folder in ((self.config.network, self.config, run), (_GRU, rival, run.rival())):
            folder.begin(config, resumed=True)
            with stages.timed(name):
                fit(split, prompts, config, folder, self.console, base=BaseVoice.open())
            networks[name] = NetworkModel(open_network(folder, config, len(tokenizer)), tokenizer)
        with stages.stage("measuring"):
            sung_lines = lines.counted(tokenizer, self.config.longest)
            worth = evaluate(networks, held_out, sung_lines, len(tokenizer))
        measured = {"models": worth.models, "metrics": worth.metrics(), "is_better": worth.is_better}
        made = self._made(corpus, lyrics, worth.networks[0])
        write_json(run.report, {"made": made, **measured, "seconds": stages.seconds})
        self.console.print(worth.sentence(), style="bold", markup=False)

    def _lines(self, corpus: Corpus, lyrics: Lyrics, run: SongRun, stages: Stages, *, resumed: bool) -> _Lines:
        texts = [normalise(message.text) for message in corpus.messages]
        with stages.stage("morphemes") as progress:
            cut = morphemes.cut([*texts, *lyrics.lines], cache=self.cache, progress=progress)
        lines, own = [*map(sung, cut[: len(texts)])], [*map(sung, cut[len(texts) :])]
        share = self.words.read_config().held_out
        first = first_held_out(len(texts), corpus.sessions, share)
        validation = first_validation(first, corpus.sessions, share)
        room = _Room(lines, corpus.sessions)
        found = _Lines(
            [*zip(lines[:validation], voices_of(_utterances(corpus, lines[:validation])), strict=True)],
            room.stanzas(0, validation),
            room.stanzas(validation, first),
            room.stanzas(first, len(lines)),
            stanzas_of(own, lyrics.begins),
        )
        found.check()
        run.begin_with(f"{fingerprint(corpus)} {lyrics.digest()}", self.config, resumed=resumed)
        with whole(run.verbatim) as beside:
            beside.write_bytes(filter_of_lines([*cut[: len(texts)], *lines], [*cut[len(texts) :], *own]).to_bytes())
        return found

    def _prompts(self, lines: _Lines, tokenizer: Tokenizer) -> Prompts:
        every = [line for stanza in lines.learnt for line in stanza]
        starts = sampling.usual_prompts(every, tokenizer, _PROMPTS)
        return Prompts(starts or [[]], tokenizer, self.config.seed)

    def _made(self, corpus: Corpus, lyrics: Lyrics, network: str) -> dict[str, str]:
        return {
            "network": network,
            "trained": datetime.now(UTC).isoformat(timespec="seconds"),
            "consent": corpus.consent(),
            "lyrics": f"{len(lyrics.lines)} lines",
            "seed": str(self.config.seed),
        }


def _utterances(corpus: Corpus, lines: Sequence[Line]) -> list[Utterance]:
    numbered = enumerate(zip(corpus.messages, lines, strict=False))
    return [Utterance(message.who, place, line) for place, (message, line) in numbered]


def rival_of(config: SongConfig, vocabulary: int) -> SongConfig:
    """Return the settings of a GRU that has as many weights, to within one of its width, and the same budget."""
    wanted = _weights(config, vocabulary)
    low, high = config.hidden, 2 * config.hidden
    while high - low > 1:
        middle = (low + high) // 2
        if _weights(replace(config, network=_GRU, hidden=middle), vocabulary) <= wanted:
            low = middle
        else:
            high = middle
    return replace(config, network=_GRU, hidden=low)


def _weights(config: SongConfig, vocabulary: int) -> int:
    with torch.device("meta"):
        return sum(weight.numel() for weight in build_network(config, vocabulary).parameters())
