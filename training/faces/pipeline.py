"""A training of faces from the data folder to the report: the stages, one after the other."""

from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import torch

from bot.bundle.files import write_whole
from training.common.errors import RunError
from training.common.progress import Stages
from training.common.run_folder import read_json, write_json
from training.faces.attributes.judges import judge_of, labeller_of
from training.faces.card import faces_card
from training.faces.config import FacesConfig
from training.faces.data.dataset import Faces
from training.faces.data.tensors import as_tensor
from training.faces.evaluate import evaluate
from training.faces.evaluation.edits import IdentityCheck
from training.faces.evaluation.metrics import inception_features
from training.faces.models import build_generator
from training.faces.run import FacesRun, is_same_data, load_module
from training.faces.trainer import fit
from training.terminal.translation import language_of_terminal


@dataclass(frozen=True, slots=True)
class Training:
    """What is learnt, from where, to where, who is told, and who tells invented people apart."""

    config: FacesConfig
    data: Path
    out: Path
    stages: Stages
    identity_check: IdentityCheck | None = None
    credit: str | None = None
    """Whose the photos are, where they ask for that to be said."""

    def start(self, *, force: bool) -> None:
        """Train, measure and report.

        Raises:
            FacesError: the data cannot be learnt from.
            RunError: the run folder is another one's.
        """
        faces, run = Faces.open(self.data), FacesRun(self.out)
        learn, _ = faces.split()
        resumed = run.claim(self.config, force=force)
        # The measuring asks both: that nothing is labelled is better said before hours of training.
        labeller, _ = labeller_of(self.data, faces, self.stages), judge_of(self.data, faces, self.stages)
        credit = {"credit": self.credit} if self.credit else {}
        run.begin_with(about(faces) | credit, self.config, resumed=resumed)
        self.stages.console.print(
            f"{'Going on' if run.last.is_file() else 'Learning'}: {len(learn)} pictures of {faces.size} pixels, "
            f"{self.config.steps * self.config.batch / len(learn):.0f} times each."
        )
        torch.manual_seed(self.config.seed)
        with self.stages.timed("training"):
            module = build_generator(self.config, faces.size)
            module.use_classifier(labeller.network)
            fit(module, as_tensor(faces.images, learn), run, self.stages.console)
        report(run, self.data, faces, self.stages, self.identity_check)


def about(faces: Faces) -> dict[str, Any]:
    """Return what a run notes of what it learnt from."""
    noted = {"size": faces.size, "fingerprint": faces.fingerprint, "drawn": faces.drawn}
    return noted | {"crop": faces.crop.to_dict()}


def report(  # noqa: PLR0913, PLR0917 - what to measure, beside what, by whom
    run: FacesRun,
    data: Path,
    faces: Faces,
    stages: Stages,
    identity_check: IdentityCheck | None,
    inception_weights: Path | None = None,
) -> None:
    """Measure what was trained, and write the report that says that the run is finished.

    Raises:
        RunError: there is no run, or it is damaged.
        FacesError: Inception's features cannot be had from ``inception_weights``.
    """
    config = run.read_config()
    learnt_from = read_json(run.about)
    if not is_same_data(learnt_from, about(faces)):
        raise RunError(f"{run.folder} learnt from other faces than these: measure it beside its own, or train anew.")
    networks = {} if inception_weights is None else {"kid_inception": inception_features(inception_weights)}
    metrics = evaluate(load_module(run), run, data, faces, stages, identity_check, networks)
    before = read_json(run.report) if run.report.is_file() else {"made": {}, "seconds": {}}
    made = before["made"] or {
        f"{config.kind} faces": faces.fingerprint,
        f"{config.kind} trained": datetime.now(UTC).isoformat(timespec="seconds"),
        f"{config.kind} steps": f"{config.steps} of {config.batch}",
        "torch": version("torch"),
        **({f"{config.kind} photos": str(learnt_from["credit"])} if "credit" in learnt_from else {}),
    }
    write_json(run.report, {"made": made, "metrics": metrics, "seconds": before["seconds"] | stages.seconds})
    write_whole(run.card, faces_card(run, language_of_terminal()).html())
    stages.console.print(f"Look at {run.card}, then export it with python -m export.")
