"""Lines for the card: what the network says at each temperature, as far as nobody of the room has said it.

Knows nothing of the page.
"""

from collections.abc import Collection, Sequence
from typing import Any

from bot.bundle import BEGIN, Tokenizer, VerbatimFilter
from bot.bundle.verbatim import Spelling
from training.text import sampling
from training.text.networks.network import TextNetwork

_DRAWN = 24
_SHOWN = 4
_FEWEST_LETTERS = 4


def new_lines(
    network: TextNetwork, tokenizer: Tokenizer, held_back: VerbatimFilter, messages: Collection[str], seed: int
) -> dict[str, Any]:
    """Return ``by_temperature``, up to four lines each; ``drawn`` in all, and of those how many somebody ``said``.

    A line is somebody's if it is one of ``messages`` by its letters, or has a passage in it that is ``held_back``.
    """
    spelt = {Spelling.of(message).letters for message in messages}
    by_temperature: dict[str, list[str]] = {}
    drawn = said = 0
    for number, temperature in enumerate(sampling.TEMPERATURES):
        starts: list[list[int]] = [[] for _ in range(_DRAWN)]
        rows = sampling.sample_lines(network, tokenizer, starts, temperature=temperature, seed=seed + number)
        somebodys = [_is_somebodys(row, tokenizer, held_back, spelt) for row in rows]
        new = (tokenizer.decode(row) for row, theirs in zip(rows, somebodys, strict=True) if not theirs)
        lines = dict.fromkeys(line for line in new if len(Spelling.of(line).letters) >= _FEWEST_LETTERS)
        by_temperature[str(temperature)] = [*lines][:_SHOWN]
        drawn, said = drawn + len(rows), said + sum(somebodys)
    return {"by_temperature": by_temperature, "drawn": drawn, "said": said}


def _is_somebodys(row: Sequence[int], tokenizer: Tokenizer, held_back: VerbatimFilter, spelt: Collection[str]) -> bool:
    before = Spelling.of("")
    for morpheme in tokenizer.morphemes(row):
        piece = Spelling.of(morpheme.removeprefix(BEGIN))
        if held_back.ends_passage(before, piece):
            return True
        before = before.then(piece)
    return before.letters in spelt or held_back.is_message(before)
