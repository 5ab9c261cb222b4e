"""From a chat's messages to a picker and its lines, and a sentence on what they are worth."""

from collections.abc import Sequence

from training.text.answers.evaluate import AMONG, CHANCE, Measured
from training.text.answers.lines import exchanges_of, lines_of
from training.text.answers.pairs import pairs_of
from training.text.answers.run import AnswersRun, TrainedAnswers
from training.text.message import Message

FEWEST_PAIRS = 400
"""With fewer, what is held out tells nothing of the rest."""
HELD_OUT = 0.15
"""The last share of the pairs: only to measure on."""


def learn(messages: Sequence[Message], run: AnswersRun, seed: int) -> None:
    """Learn which answer belongs to a message, and write it into ``run`` if it tells more than chance does."""
    run.clear()
    pairs = pairs_of(messages)
    if len(pairs) < FEWEST_PAIRS:
        return
    from training.text.answers.training import fit, with_lines

    first = round(len(pairs) * (1 - HELD_OUT))
    picker, measured = fit(pairs[:first], pairs[first:], seed)
    lines = lines_of(messages, pairs)
    measured = with_lines(picker, measured, [pair.message for pair in pairs[first:]], lines)
    run.write(TrainedAnswers(picker, tuple(lines), measured, exchanges_of(messages, lines)))


def summary(messages: Sequence[Message], run: AnswersRun) -> str:
    """Return what an owner is told of what was learnt from ``messages``."""
    pairs = pairs_of(messages)
    if len(pairs) < FEWEST_PAIRS:
        return (
            f"Answers: {len(pairs):,} times somebody answered another within minutes, and {FEWEST_PAIRS} are needed to "
            "learn from; the voice alone answers."
        )
    return sentence(run.measured(), len(pairs), len(lines_of(messages, pairs)))


def sentence(measured: Measured, pairs: int, lines: int) -> str:
    """Return what an owner is told."""
    found = (
        f"Answers: from {pairs:,} turns, the true answer among {AMONG} is found in {measured.right:.0%} "
        f"± {2 * measured.error:.0%} of {measured.pairs:,} held out (chance {CHANCE:.0%})"
    )
    if not measured.beats_chance:
        return f"{found}: too few to pick by, so the voice alone answers."
    return f"{found}: it picks, from what the voice says and {lines:,} lines that three people or more have said."
