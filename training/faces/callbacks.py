"""What happens after every so many steps: the same latents are drawn, the curves go on, the owner sees how it goes."""

import time
from typing import Any

import torch
from lightning.pytorch import Callback, LightningModule, Trainer
from rich.console import Console
from typing_extensions import override

from training.common.progress import progress_bar
from training.faces.data import image_files
from training.faces.data.tensors import to_bytes
from training.faces.models.module import FacesModule
from training.faces.run import FacesRun, write_json

_COLUMNS, _DRAWN = 12, 48
STEADY = {"accuracy": 0.5, "penalty": 0.0}
"""Where a curve should settle: a discriminator that can tell no better than a coin."""


class Watch(Callback):
    """Keeps the curves and the grids of a run, and shows a bar with an estimate."""

    def __init__(self, run: FacesRun, console: Console) -> None:
        """Write into ``run`` and to ``console``."""
        self.run, self.console, self.bar = run, console, progress_bar(console)
        self.history: list[dict[str, float]] = []
        self._began = 0.0

    @override
    def on_train_start(self, trainer: Trainer, pl_module: LightningModule) -> None:
        """Show the bar, from where a resumed run stands."""
        module = _faces(pl_module)
        done = trainer.current_epoch * module.config.every
        self.bar.start()
        self.task = self.bar.add_task(module.config.kind, total=module.config.steps, completed=done)

    @override
    def on_train_epoch_start(self, trainer: Trainer, pl_module: LightningModule) -> None:
        """Start the clock."""
        self._began = time.monotonic()

    @override
    def on_train_batch_end(self, trainer: Trainer, *_: Any) -> None:
        """Move the bar."""
        self.bar.advance(self.task)

    @override
    def on_train_epoch_end(self, trainer: Trainer, pl_module: LightningModule) -> None:
        """Draw, note and tell."""
        module = _faces(pl_module)
        module.settle()
        step = min((trainer.current_epoch + 1) * module.config.every, module.config.steps)
        values = {name: float(value) for name, value in trainer.callback_metrics.items()}
        seconds = time.monotonic() - self._began
        self.history.append({"step": step, "seconds": seconds, **values})
        write_json(self.run.folder / "history.json", {"history": self.history})
        image_files.curves(self.history, self.run.folder / "curves.png", STEADY)
        self.run.grids.mkdir(exist_ok=True)
        image_files.save(image_files.grid(drawn(module), _COLUMNS), self.run.grids / f"{step:08}.png")
        told = "  ".join(f"{name} {value:9.3f}" for name, value in values.items())
        self.console.print(f"step {step:7,}  {told}  {seconds:5.0f} s", highlight=False)

    @override
    def on_train_end(self, trainer: Trainer, pl_module: LightningModule) -> None:
        """Show in one animation how it went."""
        image_files.animate(sorted(self.run.grids.glob("*.png")), self.run.folder / "training.webp")

    @override
    def teardown(self, trainer: Trainer, pl_module: LightningModule, stage: str) -> None:
        """Take the bar away."""
        self.bar.stop()

    @override
    def on_exception(self, trainer: Trainer, pl_module: LightningModule, exception: BaseException) -> None:
        """Take the bar away before anybody says what happened."""
        self.bar.stop()

    @override
    def state_dict(self) -> dict[str, Any]:
        """Return what a checkpoint holds."""
        return {"history": self.history}

    @override
    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Take up from a checkpoint."""
        self.history = state_dict["history"]


def drawn(module: FacesModule) -> image_files.Pictures:
    """Return what the averaged generator draws from always the same latents."""
    chance = torch.Generator().manual_seed(module.config.seed)
    latents = torch.randn(_DRAWN, module.config.latent, generator=chance).to(module.device)
    was_training = module.training
    module.eval()
    with torch.inference_mode():
        found = to_bytes(module.sampler(latents))
    module.train(was_training)
    return found


def _faces(module: LightningModule) -> FacesModule:
    assert isinstance(module, FacesModule)  # noqa: S101 - for the type checker: no other module is trained here
    return module
