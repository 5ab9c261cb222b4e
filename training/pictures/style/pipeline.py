"""A training of a style from the picture and the photos to the report: the stages, one after the other."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from torch import Tensor

from bot.bundle import Role
from bot.bundle.files import whole
from bot.photos import jpeg, row
from training.common.errors import RunError
from training.common.exported_weights import exported_weights, fitting, shipped_bundle
from training.common.progress import Stages
from training.common.run_folder import naming_damage, write_json
from training.pictures.lite0 import load_lite0
from training.pictures.style.config import StyleConfig
from training.pictures.style.gatys import STEPS, optimised
from training.pictures.style.losses import Losses, StyleLoss
from training.pictures.style.network import StyleNetwork
from training.pictures.style.photos import Squares, photo_squares, pictures_of, style_picture, tensor_of
from training.pictures.style.run import StyleRun
from training.pictures.style.training import ALONE, StyleTraining

_NETWORK = "network."


@dataclass(frozen=True, slots=True)
class StylePipeline:
    """What is learnt, from which picture and photos, to where, beginning with what, and who is told.

    Without ``init``, a bundle, it begins with the styles of the bot's own; with nothing where all is learnt
    ``from_scratch``. ``yardstick`` is how many steps Gatys' way takes that it is measured beside.
    """

    config: StyleConfig
    picture: Path
    photos: Path
    out: Path
    init: Path | None
    from_scratch: bool
    stages: Stages
    yardstick: int = STEPS

    def start(self, *, force: bool) -> None:
        """Train, measure and report.

        Raises:
            StyleError: the picture or the photos cannot be learnt from.
            RunError: the run folder is another one's, or the bundle has no styles to begin with.
        """
        run, picture = StyleRun(self.out), style_picture(self.picture, self.config.texture)
        with self.stages.stage("reading the photos") as progress:
            squares, held_out = photo_squares(self.photos, self.config.side, self.config.seed, progress)
        begin = None if self.from_scratch else self._weights_to_begin_with()
        about = _fingerprints(picture, squares, held_out)
        run.begin_with_same(self.config, about, force=force)
        run.samples.mkdir(exist_ok=True)
        self.stages.console.print(
            f"Learning one picture with {len(squares)} photos; {len(held_out)} others tell how it goes."
        )
        loss = StyleLoss(load_lite0(), picture)
        training = StyleTraining(self.config, squares, loss)
        if run.last.is_file():
            with naming_damage(run.last):
                training.restore(torch.load(run.last, map_location="cpu", weights_only=True))
        elif begin is not None:
            training.begin_from(begin)
        self._train(training, run, picture, held_out)
        self._report(run, training.network, loss, picture, held_out)

    def _weights_to_begin_with(self) -> dict[str, Tensor]:
        bundle = self.init or shipped_bundle()
        there = exported_weights(bundle, Role.STYLES)
        if there is None:
            raise RunError(f"The bundle {bundle} has no styles to begin with: pass --from-scratch.")
        styles = next((len(values) for name, values in there.items() if name.endswith(".gamma")), 1)
        weights = fitting(there, _NETWORK, StyleNetwork(styles).state_dict())
        if weights is None:
            raise RunError(f"The styles in {bundle} are of another make: pass --from-scratch.")
        return weights

    def _train(self, training: StyleTraining, run: StyleRun, picture: Tensor, held_out: Squares) -> None:
        with self.stages.stage("the style") as progress:
            while training.step < self.config.steps:
                progress(training.step, self.config.steps)
                values = training.advance()
                if not all(map(np.isfinite, values.values())):
                    raise RunError("The training came apart: try it with a lower --rate.")
                if training.step % self.config.every and training.step != self.config.steps:
                    continue
                with whole(run.last) as beside:
                    torch.save(training.state(), beside)
                _save_sheet(run.sample(training.step), picture, held_out, _painted(training.network, held_out))
                line = ", ".join(f"{name} {value:.3f}" for name, value in values.items())
                self.stages.console.print(f"{training.step}: {line}", style="dim", soft_wrap=True)

    def _report(
        self, run: StyleRun, network: StyleNetwork, loss: StyleLoss, picture: Tensor, held_out: Squares
    ) -> None:
        photos = tensor_of(held_out)
        with self.stages.timed("painting"):
            painted = _painted(network, held_out)
        with self.stages.stage("Gatys' way, to compare") as progress:
            slowly = optimised(photos, lambda *both: self._total(loss(*both)), self.yardstick, progress)
        metrics = {
            **self._measured(loss, painted, photos, ""),
            **self._measured(loss, slowly, photos, "gatys_"),
            **self._measured(loss, photos, photos, "photo_"),
            "seconds": self.stages.seconds["painting"] / len(photos),
            "gatys_seconds": self.stages.seconds["Gatys' way, to compare"] / len(photos),
        }
        _save_sheet(run.folder / "gatys.jpg", picture, held_out, slowly)
        made = {
            "trained": datetime.now(UTC).isoformat(timespec="seconds"),
            "steps": f"{self.config.steps} of {self.config.batch}",
            "torch": version("torch"),
        }
        write_json(run.report, {"made": made, "metrics": metrics, "seconds": self.stages.seconds})
        self.stages.console.print(_verdict(metrics), soft_wrap=True)
        self.stages.console.print(
            f"Look at {run.sample(self.config.steps)}, then export it with --style NAME={run.folder}."
        )

    def _total(self, losses: Losses) -> Tensor:
        return losses.total(self.config.style_weight, self.config.smoothness)

    def _measured(self, loss: StyleLoss, paintings: Tensor, photos: Tensor, prefix: str) -> dict[str, float]:
        with torch.inference_mode():
            losses = loss(paintings, photos)
            total = self._total(losses)
        each = {"content": losses.content, "style": losses.style, "total": total}
        return {f"{prefix}{name}": float(value.mean()) for name, value in each.items()}


def _verdict(metrics: Mapping[str, float]) -> str:
    """Return in one sentence what the network is worth beside Gatys' way."""
    return (
        f"On photos that it has not seen its style loss is {metrics['style']:.3f} and its content loss "
        f"{metrics['content']:.2f}; Gatys' way of the same photos {metrics['gatys_style']:.3f} and "
        f"{metrics['gatys_content']:.2f}, in {metrics['gatys_seconds'] / max(metrics['seconds'], 1e-3):.0f} times the "
        f"time; of the photos themselves the style loss is {metrics['photo_style']:.3f}."
    )


def _painted(network: StyleNetwork, squares: Squares) -> Tensor:
    """Return what the network makes of squares whose sides it can halve twice."""
    with torch.inference_mode():
        painted: Tensor = network(tensor_of(squares), ALONE)
    return painted


def _save_sheet(path: Path, picture: Tensor, photos: Squares, paintings: Tensor) -> None:
    """Write the style's picture, and each photo beside its painting."""
    side = photos.shape[1]
    style = np.asarray(cv2.resize(pictures_of(picture[None])[0], (side, side), interpolation=cv2.INTER_AREA), np.uint8)
    both = [each for pair in zip(photos, pictures_of(paintings), strict=True) for each in pair]
    with whole(path) as beside:
        beside.write_bytes(jpeg(row([style, *both])))


def _fingerprints(picture: Tensor, *squares: Squares) -> dict[str, str]:
    def fingerprint(*arrays: np.ndarray[Any, Any]) -> str:
        return hashlib.sha256(b"".join(array.tobytes() for array in arrays)).hexdigest()[:16]

    return {"picture": fingerprint(pictures_of(picture[None])), "photos": fingerprint(*squares)}
