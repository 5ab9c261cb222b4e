"""Pictures are seen by a bundle's feature network, and one that is not as promised is refused in a sentence."""

from pathlib import Path

import numpy as np
import pytest

from bot.bundle import Bundle, BundleError
from bot.inference.features import open_features
from bot.inference.session import opened_at_once
from tests.features_bundle import LIKENESS, SIDE, WIDTH, change_metrics, only_features


def test_every_picture_has_a_row_of_unit_length_of_its_middle(tmp_path: Path) -> None:
    network = open_features(only_features(tmp_path / "bundle"), "cpu")
    assert network
    square = np.random.default_rng(3).integers(0, 256, (SIDE, SIDE, 3), np.uint8)
    wide, high = (np.zeros((SIDE, 3 * SIDE, 3), np.uint8), np.zeros((2 * SIDE, SIDE, 3), np.uint8))
    wide[:, SIDE : 2 * SIDE], high[SIDE // 2 : -SIDE // 2] = square, square
    rows = network.of([square, wide, high, square.repeat(5, 0).repeat(5, 1)])
    assert rows.shape == (4, WIDTH)
    assert np.abs(rows - rows[0]).max() < 0.01
    assert np.abs(np.linalg.norm(rows, axis=1) - 1).max() < 1e-5


def test_another_network_has_another_key(tmp_path: Path) -> None:
    keys = [
        network.key
        for middle in (127.5, 100.0)
        if (network := open_features(only_features(tmp_path / str(middle), middle=middle), "cpu"))
    ]
    assert len(set(keys)) == 2


@pytest.mark.parametrize(
    "metrics",
    [
        {},
        {**LIKENESS, "sharpness": 0.0},
        {**LIKENESS, "threshold": 1.5},
        {**LIKENESS, "same": 0.5},
        {**LIKENESS, "threshold": float("nan")},
    ],
)
def test_a_network_of_which_nobody_knows_what_is_alike_is_refused(tmp_path: Path, metrics: dict[str, float]) -> None:
    folder = only_features(tmp_path / "bundle").folder
    change_metrics(folder, metrics)
    with pytest.raises(BundleError, match="does not say what is alike"):
        open_features(Bundle.open(folder), "cpu")


@pytest.mark.parametrize("shape", [["batch", 32, 32], ["batch", "side", "side", 3], ["batch", 64, 64, 3]])
def test_a_network_that_takes_other_pictures_than_promised_is_refused(
    tmp_path: Path, edit_manifest, shape: list[int | str]
) -> None:
    folder = only_features(tmp_path / "bundle").folder

    def change(content) -> None:
        content["models"]["features"]["inputs"][0]["shape"] = shape

    edit_manifest(folder, change)
    with opened_at_once(), pytest.raises(BundleError, match="export it again"):
        open_features(Bundle.open(folder), "cpu")
