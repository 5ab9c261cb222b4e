"""From a chat's messages to a network for reactions beside the words of a run, and a sentence on what it is worth."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import torch
from lightning.pytorch import seed_everything
from rich.console import Console

from bot.bundle import Tokenizer
from bot.bundle.signs import kind_of
from training.common.errors import ChatError
from training.common.progress import Stages
from training.common.run_folder import write_json
from training.text.base.voice import BaseVoice
from training.text.corpus.corpus import Corpus
from training.text.reactions.config import ReactionsConfig
from training.text.reactions.evaluate import Measured, calibrate, measure, sure_from
from training.text.reactions.examples import Classes, Example, classes_of, examples_of
from training.text.reactions.network import ReactionNetwork
from training.text.reactions.run import ReactionsRun, open_network
from training.text.reactions.training import Row, Split, begin_with_words, fit, ids_of

FEWEST_EXAMPLES = 200
"""With fewer, what is held out tells nothing of the rest."""


def learn(  # noqa: PLR0913 - what is learnt, in which words, how, and where to
    corpus: Corpus,
    tokenizer: Tokenizer,
    config: ReactionsConfig,
    run: ReactionsRun,
    console: Console,
    *,
    resumed: bool,
) -> Measured:
    """Learn which emoji the room would give a message, measure it on later ones, and write both into ``run``.

    Raises:
        ChatError: too few messages have a sign of feeling.
        RunError: the run that is to go on was made from other messages.
    """
    stages = Stages(console)
    examples = examples_of(corpus.messages)
    learnt, later = _split(examples, 1 - 2 * config.held_out)
    validation, held_out = _split(later, 0.5)
    classes = _classes(examples, learnt)
    run.begin_with(_fingerprint(examples, tokenizer), config, resumed=resumed)
    split = Split(*(_rows(part, classes, tokenizer, config.longest) for part in (learnt, validation, held_out)))
    seed_everything(config.seed, verbose=False)
    network = ReactionNetwork(len(tokenizer), len(classes.emoji), config)
    begin_with_words(network, BaseVoice.open(), tokenizer)
    with stages.timed("training"):
        fit(split, network, config, run, console)
    network = open_network(run, len(tokenizer), len(classes.emoji))
    calibrate(network, split.validation)
    threshold = sure_from(network, split.validation, classes.emoji)
    measured = measure(network, split, classes.emoji, threshold)
    made = {"trained": datetime.now(UTC).isoformat(timespec="seconds"), "consent": corpus.consent()}
    about = {"made": made, "temperature": float(network.temperature), "threshold": threshold}
    write_json(run.report, about | _report(measured, classes, split) | {"seconds": stages.seconds})
    console.print(sentence(measured, classes, len(split.learnt)), highlight=False)
    return measured


def sentence(measured: Measured, classes: Classes, examples: int) -> str:
    """Return what an owner is told."""
    found = (
        f"Reactions: from {examples:,} messages with a sign of feeling, {' '.join(classes.emoji)}. "
        f"Of {measured.examples:,} later ones the true sign is among its first {measured.top} in {measured.found:.0%} "
        f"(the {measured.top} most frequent: {measured.frequent:.0%}, the difference good to "
        f"± {2 * measured.found_error:.0%}); each as often, it is the first in {measured.balanced:.0%} ± "
        f"{2 * measured.balanced_error:.0%} (the most frequent: {measured.chance:.0%})"
    )
    if not measured.is_better:
        return f"{found}. That is not clearly better than the most frequent: it is not exported."
    return (
        f"{found}. It reacts to {measured.given:.0%}, in {measured.right:.0%} of them as the room did "
        f"(the most frequent kind: {measured.usual:.0%})."
    )


def _report(measured: Measured, classes: Classes, split: Split) -> dict[str, Any]:
    counts = Counter(row.label for row in split.learnt)
    return {
        "metrics": measured.metrics(),
        "classes": [
            {"emoji": emoji, "kind": kind_of(emoji), "learnt_from": counts[label]}
            for label, emoji in enumerate(classes.emoji)
        ],
        "are_kinds": classes.are_kinds,
        "is_better": measured.is_better,
    }


def _classes(examples: Sequence[Example], learnt: Sequence[Example]) -> Classes:
    classes = classes_of(learnt)
    if len(examples) < FEWEST_EXAMPLES or len(classes.emoji) < 2:
        raise ChatError(
            f"{len(examples):,} messages have an emoji, ㅋㅋ, ㅠㅠ or the like beside words, and {FEWEST_EXAMPLES} are "
            "needed, of two kinds often enough, to learn reactions from: this room goes without."
        )
    return classes


def _split(examples: Sequence[Example], share: float) -> tuple[Sequence[Example], Sequence[Example]]:
    first = round(len(examples) * share)
    return examples[:first], examples[first:]


def _rows(examples: Sequence[Example], classes: Classes, tokenizer: Tokenizer, longest: int) -> list[Row]:
    labelled = ((example.text, classes.of(example)) for example in examples)
    return [Row(torch.tensor(ids_of(text, tokenizer, longest)), label) for text, label in labelled if label is not None]


def _fingerprint(examples: Sequence[Example], tokenizer: Tokenizer) -> str:
    digest = sha256(tokenizer.to_json().encode())
    for example in examples:
        digest.update(f"{example.emoji} {example.text}\0".encode())
    return digest.hexdigest()
