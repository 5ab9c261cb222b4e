"""The training of a network of scenes by Lightning, from the beginning or from where a stopped one left off.

After each epoch a dialogue is drawn, so that the owner sees what is learnt; the bot has a writer of its own.

Knows nothing of where the messages come from, nor of what is measured afterwards.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import lightning.pytorch as pl
import torch
from rich.console import Console
from torch import Tensor
from torch.nn import functional
from torch.utils.data import DataLoader, Subset
from typing_extensions import override

from bot.bundle import END, LETTERS, START, Tokenizer
from training.text import sampling
from training.text.callbacks import Averaging, EpochReport, History, Prompts, Samples
from training.text.curves import Epoch
from training.text.dataset import Shuffle
from training.text.epochs import HELD_OUT_LOSS, TRAIN_LOSS, EpochsModule, fit_module
from training.text.scene.config import SceneConfig
from training.text.scene.network import SceneNetwork
from training.text.scene.run import SceneRun
from training.text.scene.turns import NOTHING, SceneBatch, Windows, collate

_HELD_OUT_BATCH = 32
_TURNS, _LONGEST = 5, 24
"""Turns that are drawn after each epoch, and the pieces of one at most."""


@dataclass(frozen=True, slots=True)
class Split:
    """The messages to learn from, later ones by which the best epoch is chosen, and the last, to measure on."""

    train: Windows
    validation: Windows
    held_out: Windows


class SceneModule(EpochsModule):
    """A network with its loss: cross-entropy of what follows in nats, the mean over all that counts."""

    def __init__(self, network: SceneNetwork, config: SceneConfig, steps: int) -> None:
        """Take the network and how many ``steps`` the longest training would have."""
        super().__init__(config, steps)
        self.network = network

    def training_step(self, batch: SceneBatch, _: int) -> Tensor:
        """Return the loss of one batch."""
        self.seed_step()
        return self._loss(batch, TRAIN_LOSS)

    def validation_step(self, batch: SceneBatch, _: int) -> Tensor:
        """Return the loss of one held-out batch."""
        return self._loss(batch, HELD_OUT_LOSS)

    def _loss(self, batch: SceneBatch, name: str) -> Tensor:
        log_probs = self.network.log_probs_of(batch.ids).flatten(0, 1)
        total = functional.nll_loss(log_probs, batch.targets.flatten(), ignore_index=NOTHING, reduction="sum")
        counted = max(1, int((batch.targets != NOTHING).sum()))  # of a small batch nothing may count
        loss = total / counted
        self.log(name, loss, on_step=False, on_epoch=True, batch_size=counted)
        return loss


def fit(  # noqa: PLR0913 - what is learnt, how, and where to
    network: SceneNetwork, split: Split, prompts: Prompts, config: SceneConfig, run: SceneRun, *, console: Console
) -> list[Epoch]:
    """Train until the loss on what it is chosen by has not fallen for ``config.patience`` epochs; return every epoch.

    The best weights are in ``run.best``. Where ``run.last`` is there, training goes on from it.

    Raises:
        RunError: the checkpoint to go on from is damaged.
    """
    pl.seed_everything(config.seed, verbose=False)
    order = Shuffle(len(split.train), config.seed, split.train.parts)
    steps = math.ceil(len(split.train) / order.parts / config.batch) * config.epochs
    history, samples = History(run), SceneSamples(run.samples, prompts)
    fit_module(
        SceneModule(network, config, steps),
        DataLoader(split.train, batch_size=config.batch, sampler=order, collate_fn=collate),
        DataLoader(
            Subset(split.validation, split.validation.disjoint()), batch_size=_HELD_OUT_BATCH, collate_fn=collate
        ),
        run,
        console,
        [samples, Averaging(), history, EpochReport(console, history, samples)],
        logged=True,
    )
    return history.epochs


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
