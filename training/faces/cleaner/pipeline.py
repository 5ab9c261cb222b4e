"""A training of a cleaner from the data folder to the report: the stages, one after the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from bot.bundle.files import whole
from training.common.errors import FacesError, RunError
from training.common.progress import Stages
from training.common.run_folder import naming_damage, read_json, write_json
from training.faces.cleaner.config import CleanerConfig
from training.faces.cleaner.evaluate import is_better, measured, share_of_strange
from training.faces.cleaner.run import CleanerRun, load_network
from training.faces.cleaner.training import CleanerTraining
from training.faces.data.dataset import Faces

SIZE = 128
LOOKED_AT = 200
"""Held-out faces by which the best weights are chosen; the others are measured on."""


@dataclass(frozen=True, slots=True)
class CleanerPipeline:
    """What is learnt, from where, to where, and who is told.

    ``drawings [128, 128, 3]`` are faces that nobody has: how many of them are strange is measured. ``credit`` says
    whose the photos are.
    """

    config: CleanerConfig
    data: Path
    out: Path
    drawings: Sequence[NDArray[np.uint8]]
    credit: str | None
    stages: Stages

    def start(self, *, force: bool) -> None:
        """Train, measure and report.

        Raises:
            FacesError: the faces cannot be learnt from.
            RunError: the run folder is another one's.
        """
        faces, run = Faces.open(self.data), CleanerRun(self.out)
        if faces.drawn or faces.size != SIZE:
            raise FacesError(f"A cleaner learns from photos at {SIZE} pixels: prepare them with --size {SIZE}.")
        learnt, held_out = (faces.recut(positions) for positions in faces.split())
        if len(held_out) < 2 * LOOKED_AT:
            raise FacesError(f"A cleaner needs {2 * LOOKED_AT * 10:,} photos; these are {len(faces.names):,}.")
        run.begin_with_same(self.config, {"fingerprint": faces.fingerprint}, force=force)
        training = CleanerTraining(self.config, learnt)
        if run.last.is_file():
            with naming_damage(run.last):
                training.restore(torch.load(run.last, map_location="cpu", weights_only=True))
        self._train(training, run, held_out[:LOOKED_AT])
        self._report(run, faces, held_out[LOOKED_AT:])

    def _train(self, training: CleanerTraining, run: CleanerRun, looked_at: NDArray[np.uint8]) -> None:
        history = read_json(run.history)["psnr"] if run.history.is_file() else []
        history = history[: training.step // self.config.every]
        with self.stages.stage("the cleaner") as progress:
            while training.step < self.config.steps and not self._is_done(history):
                training.advance()
                progress(training.step, self.config.steps)
                if training.step % self.config.every == 0 or training.step == self.config.steps:
                    self._look(training, run, looked_at, history)

    def _look(
        self, training: CleanerTraining, run: CleanerRun, looked_at: NDArray[np.uint8], history: list[float]
    ) -> None:
        """Keep a checkpoint, and the weights where they are the best so far; say how it goes."""
        metrics = measured(training.averaged.eval(), looked_at)
        if not np.isfinite(metrics["psnr"]):
            raise RunError("The training came apart: try it with a lower --rate.")
        if not history or metrics["psnr"] > max(history):
            with whole(run.best) as beside:
                torch.save(training.averaged.state_dict(), beside)
        history.append(metrics["psnr"])
        write_json(run.history, {"psnr": history})
        with whole(run.last) as beside:
            torch.save(training.state(), beside)
        line = ", ".join(f"{name} {value:.2f}" for name, value in metrics.items())
        self.stages.console.print(f"{training.step}: {line}", style="dim", soft_wrap=True)

    def _is_done(self, history: list[float]) -> bool:
        """Return whether the best of it lies so far back that it stops."""
        return bool(history) and len(history) - 1 - history.index(max(history)) >= self.config.patience

    def _report(self, run: CleanerRun, faces: Faces, held_out: NDArray[np.uint8]) -> None:
        with self.stages.stage("measuring"):
            network = load_network(run)
            metrics = measured(network, held_out) | {"held_out": float(len(held_out))}
            metrics["strange_drawings"] = share_of_strange(network, self.drawings, metrics["strange"])
        made = {
            "cleaner faces": faces.fingerprint,
            "cleaner trained": datetime.now(UTC).isoformat(timespec="seconds"),
            "cleaner steps": f"{self.config.steps} of {self.config.batch}",
            "torch": version("torch"),
        } | ({"cleaner photos": self.credit} if self.credit else {})
        write_json(run.report, {"made": made, "metrics": metrics, "seconds": self.stages.seconds})
        self.stages.console.print(sentence(metrics))


def sentence(metrics: dict[str, float]) -> str:
    """Return what an owner is told."""
    median = max(metrics["psnr_median_3"], metrics["psnr_median_5"])
    found = (
        f"On {metrics['held_out']:.0f} faces that it has not learnt from it comes to {metrics['psnr']:.2f} dB of what "
        f"they were; spoilt they are at {metrics['psnr_nothing']:.2f}, a median filter comes to {median:.2f}, a "
        f"bilateral one to {metrics['psnr_bilateral']:.2f}, non-local means to {metrics['psnr_non_local_means']:.2f}"
    )
    found = f"{found}; of drawn faces {metrics['strange_drawings']:.0%} are strange to it"
    return f"{found}: export it with --cleaner." if is_better(metrics) else f"{found}: it is not exported."
