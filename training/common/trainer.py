"""What every training by Lightning has here: checkpoints that are whole, and no advice nobody asked for.

Knows nothing of what is trained.
"""

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import torch
from lightning.fabric.plugins.io import TorchCheckpointIO
from lightning.pytorch.callbacks import ModelCheckpoint
from typing_extensions import override

from training.common.files import whole


class WholeCheckpoints(TorchCheckpointIO):
    """Writes a checkpoint beside its place, and nowhere else.

    Lightning's own way leads through the system's folder for temporary files. Where that is another disk, a kill or
    a full disk leaves half a checkpoint; and the group's model has no business there.
    """

    @override
    def save_checkpoint(self, checkpoint: dict[str, Any], path: str | Path, storage_options: Any | None = None) -> None:
        """Write ``checkpoint``; a kill leaves the old file or the new one."""
        path = Path(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        content = BytesIO()
        torch.save(checkpoint, content)  # to a full disk torch itself fails with a riddle
        with whole(path) as beside:
            beside.write_bytes(content.getbuffer())


def checkpoint(path: Path, monitor: str | None) -> ModelCheckpoint:
    """Return what keeps the best checkpoint by ``monitor``, or the last one where that is None, at ``path``."""
    return ModelCheckpoint(
        dirpath=path.parent,
        filename=path.stem,
        monitor=monitor,
        save_on_train_epoch_end=True,
        enable_version_counter=False,
    )


@contextmanager
def quiet_lightning() -> Iterator[None]:
    """Keep Lightning's advice on workers and loggers from the owner, who can do nothing with it."""
    loggers = [logging.getLogger(name) for name in ("lightning.pytorch", "lightning.fabric")]
    levels = [logger.level for logger in loggers]
    try:
        for logger in loggers:
            logger.setLevel(logging.ERROR)
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", module=r"lightning|torch")
            yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
