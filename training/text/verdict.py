"""The verdict on a training, in plain words: whether the room was large enough for its network. Knows no files."""

from collections.abc import Iterator, Mapping
from typing import Any

from training.text.held_out import repeats_itself

_CLEARLY = 0.9
"""From this share of the 4-gram's perplexity on, a network has clearly learnt more than phrases."""
_BITS = "bits a character"
_PREVIOUS_BITS = "bits_a_character"


def verdict(report: Mapping[str, Any], network: str, previous: Mapping[str, float] | None = None) -> str:
    """Return what a run's report says of the room, a sentence a line.

    ``previous`` are the metrics of an earlier voice, as its bundle has them.
    """
    measured = list(report["models"].values())
    learnt, counted = report["models"][network], measured[1]
    share = learnt["perplexity"] / counted["perplexity"]
    one, other = (f"{each['perplexity']:.0f}" for each in (learnt, counted))
    judged = _judged(share, repeats=repeats_itself(report.get("repeated", 0.0)))
    judged = f"{judged}: perplexity {one} against {other} of a plain 4-gram."
    return "\n".join([judged, *_beside(report), *_since(measured[-1], previous)])


def _judged(share: float, *, repeats: bool) -> str:
    if share <= _CLEARLY:
        return "The room was large enough for this voice"
    if share <= 1:
        return "The room was just large enough, and more messages would help"
    if repeats:
        return "The room mostly says what it said before, and phrases alone foretell that better than the network"
    return "The room was too small for the network to learn more than phrases, so add messages if you can"


def _beside(report: Mapping[str, Any]) -> Iterator[str]:
    """Yield what else is known: the base voice it went on from, and what the shared n-grams are worth."""
    base, mixing = report.get("base", {}).get("perplexity"), report["mixing"]
    if base:
        yield f"Before it had read the room, the base voice had {base:.0f}."
    if mixing["pays"]:
        yield f"With its shared phrases it is {1 - mixing['mixed'] / mixing['network']:.0%} better."


def _since(served: Mapping[str, float], previous: Mapping[str, float] | None) -> Iterator[str]:
    if not previous or _PREVIOUS_BITS not in previous:
        return
    before = previous[_PREVIOUS_BITS]
    change = served[_BITS] / before - 1
    how = "better than" if change < -0.01 else "worse than" if change > 0.01 else "about as good as"
    now, then = f"{served[_BITS]:.2f}", f"{before:.2f}"
    yield f"It is {how} the voice before it: {now} bits a character, then {then} on its own last part."
