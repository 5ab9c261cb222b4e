"""What a writer of songs is worth: lines that it has not seen, foretold by both networks and by counts.

Counts of everything that was said know the room by heart, and a bundle must not hold them; counts of what everybody
says are what could be served without any network. Knows nothing of how a network was trained.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from training.text import ngrams
from training.text.dataset import Ids, rows_of
from training.text.evaluate import NetworkModel
from training.text.evaluation.kneser_ney import KneserNey
from training.text.ngrams import ORDER
from training.text.verbatim import Voice

BY_HEART = f"Kneser-Ney {ORDER}-gram"
SHARED = f"shared {ORDER}-grams"
Measures = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class SungLines:
    """All lines of a room in ids that are learnt from, each with whose it is; and the new ones, to measure on."""

    learnt: Sequence[Sequence[int]]
    voices: Sequence[Voice]
    new: Sequence[Sequence[int]]
    longest: int


@dataclass(frozen=True, slots=True)
class Scores:
    """The loss (nats a piece, the ends of lines among them) and the perplexity of each, the networks first."""

    models: Mapping[str, Measures]
    lines: int

    @property
    def networks(self) -> list[str]:
        """The networks, the better one first."""
        names = [name for name in self.models if name not in {BY_HEART, SHARED}]
        return sorted(names, key=lambda name: self.models[name]["loss"])

    @property
    def is_better(self) -> bool:
        """Whether the better network foretells more than what could be served without any."""
        return self.models[self.networks[0]]["loss"] < self.models[SHARED]["loss"]

    def metrics(self) -> dict[str, float]:
        """Return the losses by names for a manifest, that of the better network first."""
        names = {"loss": self.networks[0], "loss_of_the_other": self.networks[1]}
        names |= {"loss_of_4_grams": BY_HEART, "loss_of_shared_4_grams": SHARED}
        return {metric: self.models[name]["loss"] for metric, name in names.items()}

    def sentence(self) -> str:
        """Return what an owner is told."""
        better, other = self.networks
        figures = [f"{self.models[name]['perplexity']:.1f} of {name}" for name in (better, other, SHARED, BY_HEART)]
        found = f"Songs: perplexity {', '.join(figures)} on {self.lines:,} new lines"
        if not self.is_better:
            return f"{found}: no network tells more than what everybody says, so there are no songs; add messages."
        return f"{found}: {better} writes them (the last knows the room by heart, and no bundle may hold it)."


def evaluate(networks: Mapping[str, NetworkModel], stanzas: Sequence[Ids], lines: SungLines, vocabulary: int) -> Scores:
    """Measure networks, which read what stands before a line, on new ``stanzas``; counts on the same lines alone."""
    counts = KneserNey(vocabulary, ORDER).fit(rows_of(lines.learnt, lines.longest))
    shared = ngrams.shared(counts, lines.learnt, lines.voices, lines.longest)
    new = rows_of(lines.new, lines.longest)
    losses = {name: -float(model.log_probabilities(stanzas).mean()) for name, model in networks.items()}
    losses |= {
        name: -float(model.log_probabilities(new).mean()) for name, model in ((SHARED, shared), (BY_HEART, counts))
    }
    models = {name: {"loss": loss, "perplexity": math.exp(loss)} for name, loss in losses.items()}
    return Scores(models, len(new))
