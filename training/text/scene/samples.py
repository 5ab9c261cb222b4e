"""Dialogues that are drawn after each epoch, so that the owner sees what is learnt. The bot has a writer of its own."""

from collections.abc import Iterable, Sequence
from typing import Any

import torch
from typing_extensions import override

from bot.bundle import END, LETTERS, START, Tokenizer
from training.text import sampling
from training.text.callbacks import Samples
from training.text.scene.network import SceneNetwork

_TURNS = 5
_LONGEST = 24


class SceneSamples(Samples):
    """Draws a dialogue at each temperature after each epoch."""

    @override
    def _lines(self, network: Any, epoch: int) -> list[tuple[float, str]]:
        tokenizer, lines = self.prompts.tokenizer, list[tuple[float, str]]()
        for position, temperature in enumerate(sampling.TEMPERATURES):
            seed = self.prompts.seed + epoch * len(sampling.TEMPERATURES) + position
            lines.append((temperature, " / ".join(dialogue(network, tokenizer, temperature, seed))))
        return lines


@torch.no_grad()
def dialogue(network: SceneNetwork, tokenizer: Tokenizer, temperature: float, seed: int) -> list[str]:
    """Return a few turns that a network in eval mode draws, each with the letter of who speaks."""
    generator = torch.Generator().manual_seed(seed)
    letters = range(network.first_letter, network.first_letter + LETTERS)
    ids, turns = [START], list[str]()
    for _ in range(_TURNS):
        letter = _drawn(network, ids, letters, temperature, generator)
        said = list[int]()
        while len(said) < _LONGEST:
            unfinished = tokenizer.unfinished(said)
            allowed = [*tokenizer.may_follow(unfinished), *([] if unfinished else [END])]
            piece = _drawn(network, [*ids, letter, *said], allowed, temperature, generator)
            if piece == END:
                break
            said.append(piece)
        ids += [letter, *said, END]
        turns.append(f"{chr(ord('A') + letter - network.first_letter)}: {tokenizer.decode(said)}")
    return turns


def _drawn(
    network: SceneNetwork, ids: Sequence[int], allowed: Iterable[int], temperature: float, generator: torch.Generator
) -> int:
    device = network.bias.device
    logits = network(torch.tensor([ids], device=device), torch.zeros(0, network.depth, device=device))[0][0].cpu()
    choices = torch.tensor([*allowed])
    chances = (logits[choices] / temperature).softmax(0)
    return int(choices[torch.multinomial(chances, 1, generator=generator)])
