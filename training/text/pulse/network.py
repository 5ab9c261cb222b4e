"""The networks of a pulse: an LSTM over the last week that foretells the next day, and the usual week alone.

Both take what :func:`bot.bundle.pulse_signature` says and know nothing of chats or of training.
"""

import math

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from bot.bundle.pulse import DAY, WEEK

_LEAST = 0.02
"""Messages of an hour that is always silent: its logarithm is taken."""
_MOST_ADDED = 3.0
"""A factor of 20: whatever came before, no hour is expected to be louder than that beside its mean."""
_HARMONICS = 2
_CLOCK = 4 * _HARMONICS + 1
"""Sines and cosines of the hour and of the week, and whether it is a holiday."""


class UsualWeek(nn.Module):
    """The mean of each hour and weekday, whatever there was before: what stands where no network knows more."""

    def __init__(self, usual: NDArray[np.float64]) -> None:
        """Take the usual week ``[168]``."""
        super().__init__()
        self.register_buffer("week", torch.from_numpy(usual).float())

    def forward(self, counts: Tensor, hours: Tensor, holidays: Tensor) -> tuple[Tensor, Tensor]:
        """Return the same as expected and as usual."""
        del counts
        usual = self.get_buffer("week")[hours[:, -DAY:]]
        return usual + 0 * holidays[:, -DAY:], usual


class PulseNetwork(UsualWeek):
    """An LSTM (Hochreiter & Schmidhuber 1997) over log(1 + messages) of a week; a layer that reads it for each hour.

    What comes out is the logarithm of a Poisson rate, as what is added to that of the mean of the hour of the day, so
    that it begins with this mean.
    """

    def __init__(self, usual: NDArray[np.float64], hidden: int = 32, dropout: float = 0.3) -> None:
        """Take the usual week ``[168]`` and how wide the state is."""
        super().__init__(usual)
        of_the_day = usual.reshape(7, DAY).mean(axis=0)
        self.register_buffer("base", torch.from_numpy(np.log(of_the_day + _LEAST)).float())
        self.reader = nn.LSTM(1 + _CLOCK, hidden, batch_first=True)
        self.dropout = nn.Dropout(dropout)
        self.inner = nn.Linear(hidden + _CLOCK + 1, hidden)
        self.outer = nn.Linear(hidden, 1)
        nn.init.zeros_(self.outer.weight)
        nn.init.zeros_(self.outer.bias)

    def forward(self, counts: Tensor, hours: Tensor, holidays: Tensor) -> tuple[Tensor, Tensor]:
        """Return what is expected and what is usual, ``[batch, 24]`` each, in messages an hour."""
        usual = self.get_buffer("week")[hours[:, -DAY:]]
        return self.log_rates(counts, hours, holidays).exp(), usual

    def log_rates(self, counts: Tensor, hours: Tensor, holidays: Tensor) -> Tensor:
        """Return the logarithms of what is expected."""
        clock = torch.cat([_waves(hours), holidays.unsqueeze(-1)], dim=-1)
        read = torch.cat([counts.log1p().unsqueeze(-1), clock[:, :-DAY]], dim=-1)
        _, (state, _) = self.reader(read)
        base = self.get_buffer("base")[hours[:, -DAY:] % DAY]
        after = self.dropout(state[-1]).unsqueeze(1).expand(-1, DAY, -1)
        inner = self.inner(torch.cat([after, clock[:, -DAY:], base.unsqueeze(-1)], dim=-1)).relu()
        added: Tensor = self.outer(inner)
        return base + added.squeeze(-1).clamp(-_MOST_ADDED, _MOST_ADDED)


def _waves(hours: Tensor) -> Tensor:
    """Return sines and cosines ``[..., 8]`` of the place in the day and in the week, once and twice around."""
    turns = [2 * math.pi * turn * hours / period for period in (DAY, WEEK) for turn in range(1, _HARMONICS + 1)]
    return torch.stack([wave for turn in turns for wave in (turn.sin(), turn.cos())], dim=-1)
