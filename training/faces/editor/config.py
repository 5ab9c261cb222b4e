"""The settings of an editor's training: frozen, checked once, and passed; every complaint names the flag."""

from dataclasses import dataclass
from typing import Annotated, Literal

from training.common.config import Flag, RunConfig


@dataclass(frozen=True, slots=True, kw_only=True)
class EditorConfig(RunConfig):
    """How an editor is trained. Every field is a flag of ``python -m training faces train-editor``."""

    steps: Annotated[int, Flag("Steps of the editor.", 1, 1_000_000)] = 10_000
    teaching: Annotated[int, Flag("Steps of the classifier that teaches it.", 1, 1_000_000)] = 1_000
    critic: Annotated[Literal["logistic", "wgan-gp"], Flag("How the critic learns.")] = "logistic"
    width: Annotated[int, Flag("Channels of the widest layer, in eights.", 1, 32)] = 3
    batch: Annotated[int, Flag("Faces of each sort in a step.", 2, 256)] = 8
    rate: Annotated[float, Flag("Adam's learning rate.", 1e-6, 1)] = 5e-4
    hard_light: Annotated[float, Flag("Share of the faces in harder light than theirs.", 0, 1)] = 0.5
    moved: Annotated[
        float, Flag("How far it goes from the editor it began with to what it learnt: 1 is all the way.", 0, 1)
    ] = 1.0
    every: Annotated[int, Flag("Steps between two checkpoints.", 1, 1_000_000)] = 100
    seed: Annotated[int, Flag("Repeats the run.", 0, 2**31 - 1)] = 7
