"""Lightning's trainer beside what else lives in the process."""

import re
import signal
from pathlib import Path

import lightning.pytorch as pl
import pytest
import torch

from training.common.trainer import new_trainer
from training.text.tokenization import okt

STATUS = Path("/proc/self/status")


class Nothing(pl.LightningModule):
    """Learns nothing."""

    def training_step(self, batch: torch.Tensor, index: int) -> None:
        """Have no loss."""

    def configure_optimizers(self) -> None:
        """Have no optimizer."""


def caught() -> set[int]:
    """Return the signals that this process has handlers for, as Linux knows them."""
    found = re.search(r"SigCgt:\s+(\w+)", STATUS.read_text())
    assert found is not None
    return {number for number in signal.valid_signals() if int(found[1], 16) >> (number - 1) & 1}


@pytest.mark.skipif(not STATUS.exists(), reason="Linux alone says which signals are caught")
def test_a_training_leaves_okts_jvm_its_signals() -> None:
    """Without SIGSEGV the JVM ends the process, at some later collection of garbage."""
    okt.split(["안녕하세요"])
    before = caught()
    new_trainer([], epochs=1, logger=False, enable_checkpointing=False).fit(
        Nothing(), torch.utils.data.DataLoader(torch.zeros(1))
    )
    assert before - caught() <= {signal.SIGTERM}
