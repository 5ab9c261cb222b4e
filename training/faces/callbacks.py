"""Lightning callbacks of a training of faces: sample grids of always the same latents, and curves."""

import time
from typing import Any

import torch
from lightning.pytorch import Callback, LightningModule, Trainer
from rich.console import Console
from typing_extensions import override

from training.common.run_folder import write_json
from training.faces.data.image_files import Pictures, animate, grid, save_png
from training.faces.data.tensors import to_bytes
from training.faces.evaluation.plots import plot_curves
from training.faces.models.module import FacesModule
from training.faces.run import FacesRun

_COLUMNS, _SAMPLES = 12, 48
STEADY = {"accuracy": 0.5, "penalty": 0.0}
"""Where a curve should settle: a discriminator that can tell no better than a coin."""


class SampleGrids(Callback):
    """Keeps the curves and the grids of a run, and says how it goes."""

    def __init__(self, run: FacesRun, console: Console) -> None:
        """Write into ``run`` and to ``console``."""
        self.run, self.console = run, console
        self.history: list[dict[str, float]] = []
        self._began = 0.0

    @property
    @override
    def state_key(self) -> str:
        """Its name in a checkpoint: what a run that was stopped by an earlier version has."""
        return "Watch"

    @override
    def on_train_epoch_start(self, trainer: Trainer, pl_module: LightningModule) -> None:
        """Start the clock, and forget what an earlier part logged and this one may not."""
        trainer.callback_metrics.clear()
        self._began = time.monotonic()

    @override
    def on_train_epoch_end(self, trainer: Trainer, pl_module: LightningModule) -> None:
        """Write a grid and the curves, and say how it goes."""
        module = _faces(pl_module)
        module.prepare_for_eval()
        step = min((trainer.current_epoch + 1) * module.config.every, module.config.steps)
        values = {name: float(value) for name, value in trainer.callback_metrics.items()}
        seconds = time.monotonic() - self._began
        self.history.append({"step": step, "seconds": seconds, **values})
        write_json(self.run.history, {"history": self.history})
        plot_curves(self.history, self.run.curves, STEADY)
        self.run.grids.mkdir(exist_ok=True)
        save_png(grid(samples(module), _COLUMNS), self.run.grids / f"{step:08}.png")
        logged = "  ".join(f"{name} {value:9.3f}" for name, value in values.items())
        self.console.print(f"step {step:7,}  {logged}  {seconds:5.0f} s", highlight=False)

    @override
    def on_train_end(self, trainer: Trainer, pl_module: LightningModule) -> None:
        """Show in one animation how it went."""
        animate(sorted(self.run.grids.glob("*.png")), self.run.folder / "training.webp")

    @override
    def state_dict(self) -> dict[str, Any]:
        """Return what a checkpoint holds."""
        return {"history": self.history}

    @override
    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Take up from a checkpoint."""
        self.history = state_dict["history"]


def samples(module: FacesModule) -> Pictures:
    """Return pictures ``[n, s, s, 3]`` that the averaged generator draws from always the same latents."""
    rng = torch.Generator().manual_seed(module.config.seed)
    latents = torch.randn(_SAMPLES, module.config.latent, generator=rng).to(module.device)
    was_training = module.training
    module.eval()
    with torch.inference_mode():
        pictures = to_bytes(module.ema_generator(latents))
    module.train(was_training)
    return pictures


def _faces(module: LightningModule) -> FacesModule:
    assert isinstance(module, FacesModule)  # noqa: S101 - for the type checker: no other module is trained here
    return module
