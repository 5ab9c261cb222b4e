"""Directions are scored by a judge, and by whoever can tell the people apart, if anybody can."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import torch

from bot.bundle import Direction, Directions
from bot.photos import EYES, Eyes
from training.common.progress import Stages
from training.faces.attributes.classifier import AttributeNet, TrainedClassifier
from training.faces.data.dataset import Faces, write_faces
from training.faces.data.labels import ATTRIBUTES
from training.faces.evaluation.edits import IdentityCheck, score_directions, works_on
from training.faces.models import build_generator, config_of
from training.faces.models.trained import TrainedGenerator

_FACES, _SIZE = 60, 32


def prepared(folder: Path, eyes: Eyes = EYES) -> Faces:
    """Return pictures of noise, of thirty people of whom nobody smiles, cut out with their eyes there."""
    noise = np.random.default_rng(0).integers(0, 256, (_FACES, _SIZE, _SIZE, 3), np.uint8)
    names = [f"{index}.png" for index in range(_FACES)]
    labels = np.full((_FACES, len(ATTRIBUTES)), -1, np.int8)
    write_faces(folder, noise, names, labels, people=[index // 2 for index in range(_FACES)], eyes=eyes)
    return Faces.open(folder)


@pytest.fixture(scope="module")
def faces(tmp_path_factory: pytest.TempPathFactory) -> Faces:
    return prepared(tmp_path_factory.mktemp("noise") / "data")


def scores(faces: Faces, identity_check: IdentityCheck | None, kind: str = "vae") -> dict[str, float]:
    """Return the scores of some direction towards a smile."""
    torch.manual_seed(0)
    module = build_generator(config_of({"kind": kind, "latent": 4, "width": 4}), _SIZE)
    judge = TrainedClassifier(AttributeNet().eval(), {}, np.ones(len(ATTRIBUTES), np.bool_))
    directions = Directions(4, {"Smiling": Direction((1.0, 0.0, 0.0, 0.0), 1.0, {})})
    trained = TrainedGenerator.of(module, faces)
    scored = score_directions(trained, judge, directions, identity_check, Stages(_silence()))
    return dict(scored.by_attribute["Smiling"].measured)


def _silence():
    from rich.console import Console

    return Console(quiet=True)


def test_without_anybody_who_knows_the_people_nobody_is_said_to_be_recognised(faces: Faces) -> None:
    measured = scores(faces, None)
    assert {"flips_2", "decode_identity_2", "carry_identity_2"} <= set(measured)
    assert "recognised_2" not in measured


def test_a_change_is_carried_around_the_eyes_that_the_faces_have(faces: Faces, tmp_path: Path) -> None:
    elsewhere = prepared(tmp_path / "close", ((0.31, 0.2), (0.69, 0.2)))
    (usual, other) = (scores(each, None) for each in (faces, elsewhere))
    assert usual["decode_identity_2"] == other["decode_identity_2"]
    assert usual["carry_identity_2"] != other["carry_identity_2"]


@pytest.mark.parametrize(("place", "share"), [(0, 1.0), (1, 0.0)])
def test_who_is_recognised_is_asked_of_the_check_that_was_passed_in(faces: Faces, place: int, share: float) -> None:
    asked: list[tuple[str, int]] = []

    def check(picture: np.ndarray, labels: np.ndarray, attribute: str, people: Sequence[int]) -> int:
        assert picture.shape == (_SIZE, _SIZE, 3)
        asked.append((attribute, len(labels)))
        return people[place]  # the first of a line-up is the right one

    assert scores(faces, check)["recognised_2"] == share
    assert set(asked) == {("Smiling", len(ATTRIBUTES))}


@pytest.mark.parametrize(
    ("seen", "others", "works"), [(0.5, 0.5, True), (0.9, 0.1, True), (0.04, 0.02, False), (1.0, 0.6, False)]
)
def test_an_edit_is_offered_where_it_comes_more_often_than_not_and_nothing_else_does(
    seen: float, others: float, *, works: bool
) -> None:
    assert works_on("carry_", {"carry_flips_2": seen, "carry_others_2": others, "flips_2": 1 - seen}) == works
    assert works_on("", {"carry_flips_2": seen, "carry_others_2": others})  # of drawn faces nothing was measured


def test_a_model_without_an_encoder_has_no_photos_to_recognise_anybody_in(faces: Faces) -> None:
    def check(*_: object) -> int:
        raise AssertionError

    assert "recognised_2" not in scores(faces, check, "dcgan")


def test_the_renderers_own_check_knows_an_invented_person_after_an_edit() -> None:
    from training.faces.drawing import Identity, attributes_of, portrait
    from training.faces.drawing.recognition import recognise_edited

    attributes = attributes_of(3)
    labels = np.array([1 if attributes[name] else -1 for name in ATTRIBUTES], np.int8)
    smiling = portrait(Identity.of(3), attributes | {"Smiling": True}, 64)
    assert recognise_edited(smiling, labels, "Smiling", range(8)) == 3
