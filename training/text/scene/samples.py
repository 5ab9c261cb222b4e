"""Dialogues that are drawn after each epoch, so that the owner sees what is learnt. The bot has a writer of its own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from typing_extensions import override

from bot.bundle import END, LETTERS, START, Tokenizer
from training.text import sampling
from training.text.callbacks import Prompts, Samples
from training.text.scene.network import SceneNetwork

_TURNS = 5
_LONGEST = 24


class SceneSamples(Samples):
    """Draws a dialogue at each temperature after each epoch; ``alone`` each turn as if nothing had been said before."""

    def __init__(self, path: Path, prompts: Prompts, *, alone: bool) -> None:
        """Write into the file ``path``."""
        super().__init__(path, prompts)
        self.alone = alone

    @override
    def _lines(self, network: Any, epoch: int) -> list[tuple[float, str]]:
        tokenizer, lines = self.prompts.tokenizer, list[tuple[float, str]]()
        for position, temperature in enumerate(sampling.TEMPERATURES):
            seed = self.prompts.seed + epoch * len(sampling.TEMPERATURES) + position
            lines.append((temperature, " / ".join(dialogue(network, tokenizer, temperature, seed, alone=self.alone))))
        return lines


@torch.no_grad()
def dialogue(
    network: SceneNetwork, tokenizer: Tokenizer, temperature: float, seed: int, *, alone: bool = False
) -> list[str]:
    """Return a few turns that a network in eval mode draws, each with the letter of who speaks."""
    draw = _Draw(network, temperature, torch.Generator().manual_seed(seed))
    letters = range(network.first_letter, network.first_letter + LETTERS)
    nothing = torch.zeros(0, network.depth, device=network.bias.device)
    turn, before, turns = [START], nothing, list[str]()
    for _ in range(_TURNS):
        letter = draw(turn, before, letters)
        before = nothing if alone else torch.cat((before, draw.read(turn, before)))
        said = list[int]()
        while len(said) < _LONGEST:
            unfinished = tokenizer.unfinished(said)
            allowed = [*tokenizer.may_follow(unfinished), *([] if unfinished else [END])]
            piece = draw([letter, *said], before, allowed)
            if piece == END:
                break
            said.append(piece)
        turn = [letter, *said, END]
        turns.append(f"{chr(ord('A') + letter - network.first_letter)}: {tokenizer.decode(said)}")
    return turns


@dataclass(frozen=True, slots=True)
class _Draw:
    """Draws the id that follows a turn's beginning, of those that may, after what was kept of the turns before."""

    network: SceneNetwork
    temperature: float
    generator: torch.Generator

    def __call__(self, turn: Sequence[int], before: Tensor, allowed: Iterable[int]) -> int:
        logits, _ = self.network(self._ids(turn), before)
        choices = torch.tensor([*allowed])
        chances = (logits[0].float().cpu()[choices] / self.temperature).softmax(0)
        return int(choices[torch.multinomial(chances, 1, generator=self.generator)])

    def read(self, turn: Sequence[int], before: Tensor) -> Tensor:
        """Return what is to be kept of a turn."""
        kept: Tensor = self.network(self._ids(turn), before)[1][0]
        return kept

    def _ids(self, turn: Sequence[int]) -> Tensor:
        return torch.tensor([turn], device=self.network.bias.device)
