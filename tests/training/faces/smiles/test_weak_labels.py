"""An owner begins with weak labels, which never overrule their own, and sees first what the helper doubts."""

import csv
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner, Result

from tests.training.faces.face_api_package import expression_shapes, trust, write_network
from training.faces.attributes import classifier, pseudo_labels
from training.faces.attributes.pseudo_labels import FilledLabels
from training.faces.cli import app
from training.faces.data.dataset import Faces, write_faces
from training.faces.data.labels import ATTRIBUTES
from training.faces.smiles import weak_labels

PEOPLE = 24
SMILE, MOUTH, HAT = (ATTRIBUTES.index(name) for name in ("Smiling", "Mouth_Slightly_Open", "Wearing_Hat"))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return faces that are plain greys, of which the owner has labelled one."""
    folder, labels = tmp_path / "data", np.zeros((PEOPLE, len(ATTRIBUTES)), np.int8)
    labels[0, SMILE] = -1
    greys = [np.full((32, 32, 3), 10 * number, np.uint8) for number in range(PEOPLE)]
    write_faces(folder, greys, [f"{number}.png" for number in range(PEOPLE)], labels)
    return folder


def labelled(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["label", *map(str, arguments)])


def test_weak_labels_fill_the_gaps_and_leave_the_owners_own(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_network(tmp_path, "face_expression_model", expression_shapes())
    trust(monkeypatch, tmp_path, "face_expression_model")
    happy = np.where(np.arange(PEOPLE) % 2 == 0, 4.0, -4.0)
    happy[4] = 0  # it does not know
    monkeypatch.setattr(weak_labels, "happiness", lambda *_: happy)
    monkeypatch.setattr(weak_labels, "gaps", lambda _: np.where(np.arange(PEOPLE) < 12, 0.001, 0.06))
    monkeypatch.setattr(classifier, "_BATCH", 4)
    result = labelled(data, "--package", tmp_path)
    assert result.exit_code == 0, result.output
    said = " ".join(result.output.split())
    assert f"Smiling: {PEOPLE - 1} of {PEOPLE} weakly labelled, 0 of 1 as you labelled them" in said
    assert "correct those that are wrong in it, save it as" in said
    with (data / "labels.filled.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["Smiling"] for row in rows[:4]] == ["-1", "-1", "1", "-1"]  # the first is the owner's own
    assert rows[4]["Smiling"] in {"1", "-1"}
    assert [row["Mouth_Slightly_Open"] for row in rows] == ["-1"] * 12 + ["1"] * 12
    assert {row["Wearing_Hat"] for row in rows} == {row["~Wearing_Hat"] for row in rows} == {""}  # nobody has told it
    (data / "labels.csv").write_bytes((data / "labels.filled.csv").read_bytes())
    assert (Faces.open(data).labels[:, SMILE] != 0).all()


def test_what_the_helper_doubts_is_shown_first_whoever_said_it(data: Path) -> None:
    faces = Faces.open(data)
    labels, probable = np.ones((PEOPLE, len(ATTRIBUTES)), np.int8), np.full((PEOPLE, len(ATTRIBUTES)), np.nan)
    probable[:, SMILE] = 0.9
    probable[7, SMILE] = 0.02  # a weak label that is wrong
    probable[0, SMILE] = 0.01  # the owner's own is not asked about
    probable[5, SMILE] = 0.6
    pseudo_labels.write(FilledLabels(labels, faces.labels, probable.astype(np.float32)), faces, data)
    sheet = np.asarray(Image.open(data / "uncertain.png"))
    assert [int(sheet[90, 98 * place + 48, 0]) for place in range(2)] == [70, 50]


def test_without_any_label_and_without_the_package_both_ways_are_said(data: Path) -> None:
    faces = Faces.open(data)
    write_faces(data.parent / "none", faces.images, faces.names, 0 * faces.labels)
    result = labelled(data.parent / "none")
    assert result.exit_code == 1
    assert "fill in some rows, or give --package" in " ".join(result.output.split())
