"""Data parallelism: how many processes learn one network together, which of them this is, and what each of them reads.

They are started by Lightning on one machine and by ``torchrun`` on several. Each goes the whole way to the training, so
that it has the same network and the same rows; the first alone writes the run, speaks to the owner and measures.

Knows nothing of what is trained, and imports no torch by itself. Source: Li et al. 2020, PyTorch Distributed
(arXiv:2006.15704).
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, TypeVar

import typer

from training.common.errors import ConfigError

T = TypeVar("T")

_FROM_OUTSIDE = (
    "RANK",
    "LOCAL_RANK",
    "NODE_RANK",
    "GROUP_RANK",
    "WORLD_SIZE",
    "LOCAL_WORLD_SIZE",
    "TORCHELASTIC_RUN_ID",
)


@dataclass(frozen=True, slots=True)
class Processes:
    """So many ``devices`` on each of so many ``nodes``, one process each, by a ``strategy``; each is an option."""

    devices: Annotated[int, typer.Option(min=1, help="How many GPUs, or processes of a CPU, learn together.")] = 1
    nodes: Annotated[int, typer.Option(min=1, help="On how many machines; torchrun starts it on each.")] = 1
    strategy: Annotated[str, typer.Option(help="How they learn together, by Lightning's name for it.")] = "auto"

    @property
    def count(self) -> int:
        """How many there are."""
        return self.devices * self.nodes

    @property
    def rank(self) -> int:
        """Which of them this is, from 0 on, as ``torchrun`` or Lightning says."""
        if self.count == 1:
            return 0
        rank = os.environ.get("RANK")
        node, local = (int(os.environ.get(name, "0")) for name in ("NODE_RANK", "LOCAL_RANK"))
        return node * self.devices + local if rank is None else int(rank)

    @property
    def is_first(self) -> bool:
        """Whether this is the one that writes and speaks."""
        return self.rank == 0

    def check(self, batch: int) -> None:
        """Refuse what cannot be.

        Raises:
            ConfigError: a ``batch`` is not the same for each of them, or as many were started as nobody asked for.
        """
        if batch % self.count:
            raise ConfigError(f"--batch {batch} cannot be shared among {self.count} processes: make it divisible.")
        started = os.environ.get("WORLD_SIZE")
        if "TORCHELASTIC_RUN_ID" in os.environ and int(started or 1) != self.count:
            raise ConfigError(
                f"torchrun started {started} processes: --devices times --nodes must be as many, not {self.count}."
            )

    def own(self, order: Sequence[T]) -> Sequence[T]:
        """Return what this process reads of an epoch's order: its share of each batch, as many in all as the others.

        What is left over at the end, less than one each, nobody reads: who has none would wait for the others for ever.
        """
        return order[: len(order) // self.count * self.count][self.rank :: self.count]

    def end(self) -> None:
        """Go on alone: what the first trains afterwards, it trains by itself."""
        if self.count == 1:
            return
        from torch import distributed

        if distributed.is_initialized():
            distributed.destroy_process_group()
        for name in _FROM_OUTSIDE:
            os.environ.pop(name, None)


ALONE = Processes()
