"""``train-cleaner`` and its export: refused where it is no better than a filter, gone on with where it was stopped."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from bot.bundle import Bundle, Manifest
from bot.inference.cleaner import open_cleaner
from bot.photos import standard
from export.cleaner import export_cleaner
from export.errors import ExportError
from tests.training import commands
from training.faces.cleaner import pipeline
from training.faces.cleaner.corruption import PATCH, corrupted, patch
from training.faces.cleaner.evaluate import FILTERS, is_better, psnr
from training.faces.cleaner.networks import Cleaner
from training.faces.cleaner.run import TrainedCleaner
from training.faces.commands import train_cleaner
from training.faces.data.dataset import write_faces
from training.faces.drawing import invent, portrait

GOOD = {"psnr": 31.0, "psnr_median_3": 29.0, "psnr_median_5": 28.0, "psnr_nothing": 27.0, "strange": 0.6}


@pytest.fixture
def noise(monkeypatch: pytest.MonkeyPatch) -> np.ndarray:
    """Return crops that no one has to draw; of few drawings it is measured how strange they are."""
    monkeypatch.setattr(train_cleaner, "_DRAWINGS", 2)
    return np.random.default_rng(5).integers(0, 256, (50, 128, 128, 3), np.uint8)


def write(folder: Path, faces: np.ndarray, *, drawn: bool = False) -> Path:
    names, labels = [f"{number}.png" for number in range(len(faces))], np.zeros((len(faces), 15), np.int8)
    write_faces(folder, faces, names, labels, drawn=drawn)
    return folder


def trained(**metrics: float) -> TrainedCleaner:
    torch.manual_seed(3)
    return TrainedCleaner(Cleaner(4).eval(), GOOD | metrics, {})


def test_the_bot_cleans_as_the_network_does(tmp_path: Path) -> None:
    network = trained()
    models = export_cleaner(network, tmp_path, lambda _: None)
    assert (tmp_path / "cleaner.onnx").stat().st_size < 600_000
    cleaner = open_cleaner(Bundle(tmp_path, Manifest({}, models)))
    assert cleaner is not None
    pixels = np.random.default_rng(1).integers(0, 256, (96, 96, 3), np.uint8)
    clean = cleaner.clean(pixels, standard(96))
    with torch.inference_mode():
        expected, _ = network.network(torch.from_numpy(pixels)[None], torch.zeros(1, 40, 40, 3, dtype=torch.uint8))
    middle = slice(40, 56)
    assert np.abs(clean[middle, middle].astype(int) - expected[0].numpy()[middle, middle]).max() <= 3
    assert (clean[:2] == pixels[:2]).all()


@pytest.mark.parametrize("name", ["psnr_median_3", "psnr_median_5", "psnr_nothing"])
def test_what_is_no_better_than_a_median_filter_is_not_exported(tmp_path: Path, name: str) -> None:
    with pytest.raises(ExportError, match="no nearer"):
        export_cleaner(trained(**{name: 31.5}), tmp_path, lambda _: None)
    assert not list(tmp_path.iterdir())


def test_a_face_is_spoilt_by_its_number_alone_and_a_filter_mends_some_of_it() -> None:
    face = portrait(*invent(5), 128)
    rngs = [np.random.default_rng(number) for number in range(60)]
    good = [patch(face, rng) for rng in rngs]
    spoilt = [corrupted(picture, rng) for picture, rng in zip(good, rngs, strict=True)]
    assert all(picture.shape == (PATCH, PATCH, 3) for picture in good + spoilt)
    again = np.random.default_rng(7)
    assert (corrupted(patch(face, again), again) == spoilt[7]).all()
    noisy = [np.clip(picture + np.random.default_rng(2).normal(0, 25, picture.shape), 0, 255) for picture in good]
    noisy = [picture.astype(np.uint8) for picture in noisy]
    assert psnr([FILTERS["median_3"](picture) for picture in noisy], good) > psnr(noisy, good) + 3


def test_it_is_better_only_if_it_beats_both_medians_and_leaving_all_as_it_is() -> None:
    assert is_better(GOOD)
    assert not is_better(GOOD | {"psnr_nothing": 31.1})


def test_few_photos_and_drawn_ones_are_refused_in_a_sentence(tmp_path: Path, noise: np.ndarray) -> None:
    for name, drawn, why in (("few", False, "needs 4,000 photos; these are 20"), ("drawn", True, "learns from photos")):
        faces = write(tmp_path / name, noise[:20], drawn=drawn)
        code, _, error = commands.run("training", "faces", "train-cleaner", faces, "--out", tmp_path / "run")
        assert code == 1
        assert why in " ".join(error.split())
    assert not (tmp_path / "run").exists()


def test_a_training_goes_to_its_report_and_again_only_if_that_is_wanted(
    tmp_path: Path, noise: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "LOOKED_AT", 2)
    faces, run = write(tmp_path / "faces", noise), tmp_path / "run"
    arguments = ("--out", run, "--steps", 4, "--every", 2, "--width", 1, "--batch", 2, "--credit", "nobody")
    code, out, error = commands.run("training", "faces", "train-cleaner", faces, *arguments)
    assert code == 0, error
    report = json.loads((run / "report.json").read_text(encoding="utf-8"))
    assert report["made"]["cleaner photos"] == "nobody"
    assert {"psnr", "psnr_median_3", "psnr_bilateral", "strange", "strange_drawings"} <= set(report["metrics"])
    assert "dB" in out + error
    code, _, error = commands.run("training", "faces", "train-cleaner", faces, *arguments)
    assert code == 1
    assert "is finished" in error
    (run / "report.json").unlink()
    code, _, error = commands.run("training", "faces", "train-cleaner", faces, *arguments)
    assert code == 0, error
    assert json.loads((run / "report.json").read_text(encoding="utf-8"))["metrics"] == report["metrics"]
