"""Lightning's trainer as every training here has it: checkpoints that are whole, and no advice nobody asked for.

Knows nothing of what is trained.
"""

import logging
import signal
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

import lightning.pytorch as pl
import torch
from lightning.fabric.plugins.io import TorchCheckpointIO
from lightning.fabric.utilities.exceptions import MisconfigurationException
from lightning.pytorch.callbacks import Callback, ModelCheckpoint
from typing_extensions import override

from bot.bundle.files import whole
from training.common.errors import ConfigError
from training.common.processes import ALONE, Processes
from training.common.run_folder import naming_damage


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


def new_trainer(
    callbacks: Sequence[Callback],
    epochs: int,
    processes: Processes = ALONE,
    **settings: Any,  # noqa: ANN401 - Lightning's
) -> pl.Trainer:
    """Return a trainer on the best devices there are that shows nothing of its own and writes checkpoints whole.

    Raises:
        ConfigError: there are not so many devices, or no such strategy.
    """
    try:
        trainer = _trainer(callbacks, epochs, processes, settings)
    except (MisconfigurationException, ValueError) as error:
        reason = str(error).strip().splitlines()[0]
        raise ConfigError(f"--devices, --nodes or --strategy cannot be: {reason}") from error
    # Lightning changes SIGTERM, and afterwards puts back every signal as Python knows it. Of SIGSEGV Python knows
    # nothing, but Okt's JVM lives on it: its next collection of garbage would end the process without a word.
    trainer._signal_connector._get_current_signal_handlers = lambda: {  # type: ignore[method-assign]
        signal.SIGTERM: signal.getsignal(signal.SIGTERM)
    }
    return trainer


def _trainer(
    callbacks: Sequence[Callback], epochs: int, processes: Processes, settings: Mapping[str, Any]
) -> pl.Trainer:
    return pl.Trainer(
        accelerator="auto",
        devices=processes.devices,
        num_nodes=processes.nodes,
        strategy=processes.strategy,
        # A sampler of ours decides what each process reads: Lightning's own would not hear which epoch it is.
        use_distributed_sampler=False,
        max_epochs=epochs,
        callbacks=list(callbacks),
        plugins=[WholeCheckpoints()],
        num_sanity_val_steps=0,
        enable_progress_bar=False,
        enable_model_summary=False,
        **settings,
    )


def precision() -> Literal["bf16-mixed", "32-true"]:
    """Return bfloat16 where the hardware multiplies in it, else float32."""
    if torch.cuda.is_available():
        return "bf16-mixed" if torch.cuda.is_bf16_supported() else "32-true"
    return "bf16-mixed" if cpu_has_bf16() else "32-true"


def cpu_has_bf16() -> bool:
    """Return whether the processor multiplies in bfloat16; torch has no public word for it."""
    return bool(torch.cpu._is_amx_tile_supported() or torch.cpu._is_avx512_bf16_supported())


def intact(checkpoint: Path) -> Path | None:
    """Return the checkpoint that a stopped run goes on from, or None where it was stopped before there was one.

    Raises:
        RunError: it is damaged.
    """
    if not checkpoint.is_file():
        return None
    with naming_damage(checkpoint):
        content = torch.load(checkpoint, map_location="cpu", weights_only=True, mmap=True)
        for part in ("state_dict", "loops", "optimizer_states"):  # of a missing one Lightning complains at length
            content[part]
    return checkpoint


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
