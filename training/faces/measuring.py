"""Directions, measures and pictures of a trained generator, into its run folder."""

import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from bot.bundle import ATTRIBUTES, Directions
from training.faces import directions, measures, page, pictures
from training.faces.classifier import Fitted
from training.faces.dataset import Faces
from training.faces.directions import Floats, Found
from training.faces.editing import judged
from training.faces.judging import judge_of, labeller_of, learnt_by_labeller
from training.faces.latents import latent_check
from training.faces.module import FacesModule
from training.faces.run import FacesRun
from training.faces.tensors import as_tensor, to_bytes, to_floats
from training.run import write_whole
from training.stages import Stages, Tell

SPLIT = 7
"""The seed that decides who is held out: the same people for every model, so that their measures compare."""
_DRAWN = 4_000
_JUDGED = 200
_STRIP = np.linspace(-3, 3, 7)


@dataclass(frozen=True, slots=True)
class Looked:
    """A generator on the CPU, and the data that it is looked at with."""

    module: FacesModule
    faces: Faces
    learnt: NDArray[np.intp]
    held_out: NDArray[np.intp]

    def draw(self, latents: Floats) -> torch.Tensor:
        """Return float pictures of ``latents``."""
        with torch.inference_mode():
            batches = torch.split(torch.from_numpy(np.asarray(latents, np.float32)), 256)
            sampler = self.module.sampler
            return torch.cat([sampler(batch) for batch in batches])

    def encode(self, positions: NDArray[np.intp]) -> Floats:
        """Return the posterior means of photos; only a VAE has them."""
        reader = self.module.reader
        assert reader is not None  # noqa: S101 - for the type checker: callers asked
        with torch.inference_mode():
            floats = torch.split(to_floats(as_tensor(self.faces.images, positions)), 256)
            return torch.cat([reader(batch) for batch in floats]).numpy()

    def fresh(self, count: int, seed: int) -> Floats:
        """Return latents from the standard normal."""
        return np.random.default_rng(seed).standard_normal((count, self.module.config.latent), np.float32)


def measure(module: FacesModule, run: FacesRun, data: Path, faces: Faces, stages: Stages) -> dict[str, float]:
    """Find the directions, have them judged, measure, draw, write it all to ``run``, and return the measures."""
    learnt, held_out = faces.split(SPLIT)
    looked = Looked(module.cpu().eval(), faces, learnt, held_out)
    labeller, judge = labeller_of(data, faces, stages), judge_of(data, faces, stages)
    with stages.stage("directions") as tell:
        found = _found(looked, labeller)
        known = _judged(looked, judge, found.directions, tell)
    for name, why in found.refused.items():
        stages.console.print(f"No direction towards {name}: {why}.", style="yellow")
    write_whole(run.directions, known.to_json())
    with stages.stage("measuring") as tell:
        metrics = _metrics(looked, judge)
        tell(1, 1)
    _draw(looked, run, known)
    write_whole(run.folder / "page.html", page.page(run, module.config, metrics, known, found.refused))
    return metrics


def _found(looked: Looked, labeller: Fitted) -> Found:
    """Return directions from the photos that an encoder sees, or from what the labelling CNN sees in drawn faces."""
    if looked.module.reader is not None:
        seen = np.intersect1d(looked.learnt, learnt_by_labeller(looked.faces))
        return directions.find(looked.encode(seen), looked.faces.labels[seen])
    latents = looked.fresh(_DRAWN, 1)
    scores = labeller.scores(looked.draw(latents)).numpy()
    # What it is unsure of counts as unknown.
    return directions.find(latents, (np.sign(scores) * (np.abs(scores) > 1)).astype(np.int8))


def _judged(looked: Looked, judge: Fitted, found: Directions, tell: Tell) -> Directions:
    for done, (name, direction) in enumerate(found.by_attribute.items(), 1):
        neutral = _without(looked, judge, name)[:_JUDGED]
        if len(neutral):
            found = directions.measured(found, name, judged(judge, looked.draw, neutral, name, direction))
        tell(done, len(found.by_attribute))
    return found


def _without(looked: Looked, judge: Fitted, name: str) -> Floats:
    """Return latents of faces that lack an attribute: held-out photos, or fresh ones in which the judge misses it."""
    column = ATTRIBUTES.index(name)
    if looked.module.reader is not None:
        lacking = looked.held_out[looked.faces.labels[looked.held_out, column] < 0]
        return looked.encode(lacking) if len(lacking) else np.zeros((0, looked.module.config.latent), np.float32)
    latents = looked.fresh(2 * _JUDGED, 2)
    return np.asarray(latents[judge.scores(looked.draw(latents))[:, column].numpy() < 0])


def _metrics(looked: Looked, judge: Fitted) -> dict[str, float]:
    real = as_tensor(looked.faces.images, looked.held_out)
    began = time.perf_counter()
    drawn = to_bytes(looked.draw(looked.fresh(max(len(real), 200), 3)))
    speed = len(drawn) / (time.perf_counter() - began)
    learnt = to_floats(as_tensor(looked.faces.images, looked.learnt))
    floats = [to_floats(pictures) for pictures in (real, torch.from_numpy(drawn))]
    return {
        **measures.kid(judge, real, torch.from_numpy(drawn)),
        "swd": measures.swd(real.numpy(), drawn),
        "nearest_ratio": measures.nearest_ratio(judge, learnt, *floats),
        "images_per_second": speed,
    }


def _draw(looked: Looked, run: FacesRun, known: Directions) -> None:
    pictures.save(pictures.grid(to_bytes(looked.draw(looked.fresh(60, 4))), 12), run.folder / "fresh.png")
    start = looked.encode(looked.held_out[:1]) if looked.module.reader is not None else looked.fresh(1, 5)
    rows = [directions.moved(start, each, strength) for each in known.by_attribute.values() for strength in _STRIP]
    if rows:
        strips = to_bytes(looked.draw(np.concatenate(rows)))
        pictures.save(pictures.grid(strips, len(_STRIP)), run.folder / "strips.png")
    if looked.module.reader is not None:
        shown = looked.held_out[:24]
        again = to_bytes(looked.draw(looked.encode(shown)))
        pairs = np.stack([np.array(looked.faces.images[shown]), again], 1).reshape(-1, *again.shape[1:])
        pictures.save(pictures.grid(pairs, 12), run.folder / "reconstructions.png")
        latent_check(looked.encode(looked.held_out), run.folder / "latents.png")
