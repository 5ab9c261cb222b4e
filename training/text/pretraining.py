"""The making of the base voice: from its sources to what ships, by the same cleaning, cutting and training as a room's.

Knows nothing of how a room goes on from it.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from rich.console import Console

from bot.bundle import Rare, Tokenizer
from bot.bundle.files import write_whole
from training.common.progress import Stages
from training.common.run_folder import write_json
from training.text.base.sources import SOURCES, obtain
from training.text.base.voice import BaseVoice
from training.text.callbacks import Prompts
from training.text.cleaning.cleaner import Cleaner
from training.text.config import TextConfig
from training.text.curves import best_of
from training.text.dataset import rows_of
from training.text.evaluate import NetworkModel
from training.text.evaluation import metrics
from training.text.run import TextRun, open_network
from training.text.sampling import usual_prompts
from training.text.tokenization import morphemes, vocabulary
from training.text.trainer import SplitRows, fit

CONFIG = TextConfig(
    network="gru",
    vocabulary=3_000,
    dropout=0.1,
    word_dropout=0.05,
    truncation=0,
    rate=4e-3,
    epochs=20,
    patience=20,
    longest=48,
    from_nothing=True,
)
PARTS = 20
"""Epochs of a pass over all texts, so that a stop loses little."""


class Choice(NamedTuple):
    """Which texts are learnt from: none of more letters than ``longest``, and at most ``most`` of each source."""

    longest: int
    most: int


FIRST = Choice(longest=40, most=400_000)
"""Chats are short, and so is what the base learns from at first; the held-out texts are always of these."""
LATER = Choice(longest=80, most=1_000_000)
"""What it goes on with."""
_HELD_OUT = 1_500
_FEWEST_USES = 250
_PROMPTS = 4
_KEPT = {"texts", "epochs", "seconds", "bits_a_character", "sha256", "before"}
"""What stays known of the voice that another went on from."""


@dataclass(frozen=True, slots=True)
class Pretraining:
    """One making of the base voice, in ``run``: what is downloaded lies in ``folder``."""

    run: TextRun
    folder: Path
    cache: Path
    console: Console
    config: TextConfig = CONFIG
    previous: BaseVoice | None = None
    """What to go on from, with its pieces; by more texts, of which it has seen none that are held out."""

    def start(self, stages: Stages, *, resumed: bool) -> BaseVoice:
        """Go through every stage and return the voice.

        Raises:
            BaseVoiceError: a source cannot be had, or is another one than it was.
            RunError: the run that is to go on was made from other texts.
        """
        with stages.stage("texts"):
            texts = self._texts()
        self.run.begin_with(sha256("\0".join(texts).encode()).hexdigest(), self.config, resumed=resumed)
        with stages.stage("morphemes") as progress:
            lines = morphemes.cut(texts, cache=self.cache, progress=progress)
        learnt, held_out = lines[_HELD_OUT:], lines[:_HELD_OUT]
        tokenizer = self.previous.tokenizer if self.previous else _vocabulary(learnt, self.config.vocabulary)
        write_whole(self.run.tokenizer, tokenizer.to_json())
        self.console.print(f"{len(learnt):,} texts to learn from, {len(tokenizer):,} pieces.")
        rows = SplitRows(*(rows_of(map(tokenizer.ids_of, part), self.config.longest) for part in (learnt, held_out)))
        prompts = Prompts(usual_prompts(learnt, tokenizer, _PROMPTS), tokenizer, self.config.seed)
        with stages.timed("training"):
            epochs = fit(rows, prompts, self.config, self.run, self.console, base=self.previous, parts=PARTS)
        network = open_network(self.run, self.config, len(tokenizer))
        total = float(NetworkModel(network, tokenizer).log_probabilities(rows.held_out).sum())
        about: dict[str, object] = {
            "sources": {
                name: {"address": source.address, "sha256": source.sha256, "licence": source.licence}
                for name, source in SOURCES.items()
            },
            "texts": len(learnt),
            "epochs": best_of(epochs).number / PARTS,
            "seconds": round(sum(epoch.seconds for epoch in epochs)),
            "bits_a_character": round(metrics.bits_per_character(total, held_out, tokenizer), 3),
        }
        if self.previous:
            about["before"] = {name: value for name, value in self.previous.about.items() if name in _KEPT}
        write_json(self.run.report, {"made": {"base": "base"}, "metrics": {}, **about})
        weights = {name: values.numpy() for name, values in network.state_dict().items()}
        return BaseVoice(tokenizer, weights, about)

    def _texts(self) -> list[str]:
        """Return the held-out texts and then those that are learnt from."""
        first = self._chosen(FIRST)
        if self.previous is None:
            return first
        held_out = first[:_HELD_OUT]
        left_out = {*held_out}
        return [*held_out, *(text for text in self._chosen(LATER) if text not in left_out)]

    def _chosen(self, choice: Choice) -> list[str]:
        """Return the texts of a choice: cleaned, each once, in an order that a seed decides."""
        cleaner, rng = Cleaner(), random.Random(self.config.seed)
        chosen: dict[str, None] = {}
        for source in SOURCES.values():
            texts = list(dict.fromkeys(source.read(obtain(source, self.folder))))
            rng.shuffle(texts)
            clean = (text for text in map(cleaner.clean, texts) if 0 < len(text) <= choice.longest)
            fresh = (text for text in clean if text not in chosen)
            chosen |= dict.fromkeys(text for text, _ in zip(fresh, range(choice.most), strict=False))
        shuffled = [*chosen]
        rng.shuffle(shuffled)
        return shuffled


def _vocabulary(lines: Sequence[Sequence[str]], size: int) -> Tokenizer:
    """Return the pieces of the base; what may come out of a room is for the room to say."""
    built = vocabulary.build(lines, [""] * len(lines), size, fewest_uses=_FEWEST_USES)
    wholes = built.rare.wholes if built.rare else 0
    return Tokenizer(built.pieces, built.counts, Rare(wholes, {}))
