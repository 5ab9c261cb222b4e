"""A training of an editor from the data folder to the report: the stages, one after the other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from bot.bundle.files import whole, write_whole
from training.common.errors import FacesError, RunError
from training.common.exported_weights import shipped_bundle
from training.common.progress import Stages
from training.common.run_folder import naming_damage, read_json, write_json
from training.faces.attributes.expression import Expression
from training.faces.data.dataset import Faces
from training.faces.editor.card import editor_card
from training.faces.editor.config import EditorConfig
from training.faces.editor.evaluate import measured
from training.faces.editor.examples import Examples, gathered
from training.faces.editor.initial_weights import editor_weights, visibility_weights
from training.faces.editor.run import EditorRun, load_network, load_state, load_visibility
from training.faces.editor.training import EditorTraining, is_finite
from training.faces.editor.visibility import Visibility, learn_visibility
from training.terminal.translation import language_of_terminal

_SHARE_OF_TEACHING = 0.4
"""How many steps it takes to learn whose mouth can be seen, beside those of the teacher."""


@dataclass(frozen=True, slots=True)
class EditorPipeline:
    """What is learnt, from where, to where, by whose labels, beginning with what, and who is told.

    ``init`` is a run or a bundle to begin with, without one it is the bot's own bundle, and nothing where all is learnt
    ``from_scratch``. ``drawings [128, 128, 3]`` of faces are left as they are. ``credit`` says whose the photos are.
    """

    config: EditorConfig
    data: Path
    out: Path
    package: Path
    pairs: Path | None
    init: Path | None
    from_scratch: bool
    drawings: Sequence[NDArray[np.uint8]]
    credit: str | None
    stages: Stages

    def start(self, *, force: bool) -> None:
        """Train, measure and report.

        Raises:
            FacesError: the faces cannot be learnt from, or the package is not there.
            RunError: the run folder is another one's.
        """
        faces, run, expression = Faces.open(self.data), EditorRun(self.out), Expression(self.package)
        if faces.drawn:
            raise FacesError("An editor changes photos and learns from photos: these faces are drawn.")
        pairs = None if self.pairs is None else Faces.open(self.pairs)
        about = {"fingerprint": faces.fingerprint, "pairs": pairs.fingerprint if pairs else None}
        run.begin_with_same(self.config, about, force=force)
        examples = gathered(faces, pairs, self.drawings, expression, run.examples, self.config.seed, self.stages)
        self.stages.console.print(
            f"Learning from {len(examples.neutral)} neutral faces, {len(examples.smiling)} that smile, and "
            f"{len(examples.pairs)} pairs."
        )
        training = EditorTraining(self.config, examples, expression)
        self._restore(training, run)
        self._train(training, run)
        self._step_back(run)
        self._learn_visibility(run, examples)
        self._report(run, faces, expression)

    def _restore(self, training: EditorTraining, run: EditorRun) -> None:
        if run.last.is_file():
            with naming_damage(run.last):
                training.restore(torch.load(run.last, map_location="cpu", weights_only=True))
        elif not self.from_scratch:
            self._begin(training)

    def _begin(self, training: EditorTraining) -> None:
        if self.init is None or (self.init / "manifest.json").is_file():
            training.begin_from(self._weights_to_begin_with(training.network.state_dict()))
            return
        run = EditorRun(self.init)
        if run.read_config().width != self.config.width:
            raise RunError(f"The editor in {self.init} is of another --width: {run.read_config().width}.")
        with naming_damage(run.last):
            training.begin_from_run(load_state(run))

    def _train(self, training: EditorTraining, run: EditorRun) -> None:
        with self.stages.stage("the teacher") as progress:
            while training.taught < self.config.teaching:
                values = training.teach()
                self._look(training, run, training.taught, values)
                progress(training.taught, self.config.teaching)
        with self.stages.stage("the editor") as progress:
            while training.step < self.config.steps:
                values = training.advance()
                if not is_finite(values):
                    raise RunError("The training came apart: try it with a lower --rate.")
                self._look(training, run, training.step, values)
                self._note(run, training.step, values)
                progress(training.step, self.config.steps)

    def _step_back(self, run: EditorRun) -> None:
        """Keep a part of the way only: weights between two of one descent serve as well (Wortsman et al. 2022)."""
        if self.config.moved == 1 or self.from_scratch:
            return
        state = load_state(run)
        learnt = state.setdefault("all the way", state["averaged"])  # again, after a kill between this and the report
        begun = self._weights_to_begin_with(learnt)
        state["averaged"] = {name: torch.lerp(begun[name], learnt[name], self.config.moved) for name in learnt}
        with whole(run.last) as beside:
            torch.save(state, beside)

    def _weights_to_begin_with(self, wanted: Mapping[str, Tensor]) -> Mapping[str, Tensor]:
        if self.init is None or (self.init / "manifest.json").is_file():
            return editor_weights(self.init or shipped_bundle(), wanted)
        return load_network(EditorRun(self.init)).state_dict()

    def _learn_visibility(self, run: EditorRun, examples: Examples) -> None:
        """Learn to tell whose mouth can be seen, or take it over: from many photos it is better known than from few."""
        if run.visibility.is_file():
            return
        weights = None if self.from_scratch else self._visibility_to_begin_with()
        if weights is None:
            with self.stages.stage("mouths that can be seen") as progress:
                steps = round(_SHARE_OF_TEACHING * self.config.teaching)
                learnt = learn_visibility(examples.crops, examples.drawings, self.config.seed, steps, progress)
                weights = learnt.state_dict()
        with whole(run.visibility) as beside:
            torch.save(weights, beside)

    def _visibility_to_begin_with(self) -> Mapping[str, Tensor] | None:
        if self.init is None or (self.init / "manifest.json").is_file():
            return visibility_weights(self.init or shipped_bundle(), Visibility().state_dict())
        network = load_visibility(EditorRun(self.init))
        return None if network is None else network.state_dict()

    def _look(self, training: EditorTraining, run: EditorRun, step: int, values: dict[str, float]) -> None:
        """Keep a checkpoint from time to time and at the end, and say how it goes."""
        if step % self.config.every and training.step != self.config.steps:
            return
        with whole(run.last) as beside:
            torch.save(training.state(), beside)
        line = ", ".join(f"{name} {value:.3f}" for name, value in values.items())
        self.stages.console.print(f"{step}: {line}", style="dim", soft_wrap=True)

    def _note(self, run: EditorRun, step: int, values: Mapping[str, float]) -> None:
        """Note the losses for the card from time to time; of a stopped run those after its checkpoint are forgotten."""
        if step % self.config.every and step != self.config.steps:
            return
        history = read_json(run.history) if run.history.is_file() else {"steps": [], "values": {}}
        kept = sum(each < step for each in history["steps"])
        noted = {name: [*history["values"].get(name, [])[:kept], value] for name, value in values.items()}
        write_json(run.history, {"steps": [*history["steps"][:kept], step], "values": noted})

    def _report(self, run: EditorRun, faces: Faces, expression: Expression) -> None:
        with self.stages.stage("measuring") as progress:
            found = measured(load_network(run), faces, expression, progress)
        for path, sheet in ((run.more, found.more), (run.less, found.less)):
            if sheet is not None:
                with whole(path) as beside:
                    beside.write_bytes(sheet)
        made = {
            "editor faces": faces.fingerprint,
            "editor trained": datetime.now(UTC).isoformat(timespec="seconds"),
            "editor steps": f"{self.config.steps} of {self.config.batch}",
            "torch": version("torch"),
        } | ({"editor photos": self.credit} if self.credit else {})
        seconds = self.stages.seconds
        write_json(run.report, {"made": made, "metrics": found.metrics, "both_ways": True, "seconds": seconds})
        write_whole(run.card, editor_card(run, language_of_terminal()).html())
        self.stages.console.print(f"Look at {run.card}, then export it with python -m export.")
