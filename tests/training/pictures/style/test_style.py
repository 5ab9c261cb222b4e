"""A style is learnt from one picture: what is read, the losses, the training, its end, and what stops it."""

import json
from pathlib import Path
from typing import cast

import numpy as np
import pytest
import torch
from PIL import Image
from rich.console import Console
from torch import nn
from torch.nn import functional

from tests.styles_bundle import checks
from training.common.errors import ConfigError, RunError, StyleError
from training.common.progress import Stages
from training.pictures.lite0 import load_lite0
from training.pictures.style.config import StyleConfig
from training.pictures.style.gatys import optimised
from training.pictures.style.losses import StyleLoss
from training.pictures.style.network import StyleNetwork
from training.pictures.style.photos import photo_squares, style_picture, tensor_of
from training.pictures.style.pipeline import StylePipeline
from training.pictures.style.run import StyleRun, load_style

TINY = StyleConfig(steps=4, batch=2, side=64, texture=64, every=2, seed=5)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a style's picture, and photos of which one cannot be read."""
    made = tmp_path_factory.mktemp("style")
    Image.fromarray(checks(96, cells=12)).save(made / "style.png")
    (made / "photos").mkdir()
    for number in range(4):
        Image.fromarray(checks(100 + number, 140, cells=3 + number)).save(made / "photos" / f"{number}.png")
    (made / "photos" / "broken.jpg").write_bytes(b"\xff\xd8 no photo")
    return made


@pytest.fixture(scope="module")
def loss(folder: Path) -> StyleLoss:
    return StyleLoss(load_lite0(), style_picture(folder / "style.png", 64))


def start(
    folder: Path, out: Path, config: StyleConfig = TINY, picture: str = "style.png", *, force: bool = False
) -> None:
    stages = Stages(Console(quiet=True))
    pipeline = StylePipeline(config, folder / picture, folder / "photos", out, None, False, stages, yardstick=2)
    pipeline.start(force=force)


def total(loss: StyleLoss, paintings: torch.Tensor, photos: torch.Tensor) -> torch.Tensor:
    return loss(paintings, photos).total(40.0, 0.05)


def test_of_the_style_itself_nothing_is_lost_and_of_the_photo_no_content(folder: Path, loss: StyleLoss) -> None:
    style, photo = style_picture(folder / "style.png", 64)[None], tensor_of(checks(64)[None])
    assert float(loss(style, style).style) < 1e-4
    assert float(loss(photo, photo).content) == 0.0
    assert float(loss(photo, photo).style) > 0.01


def test_gatys_way_comes_nearer_to_the_style_and_stays_a_picture(loss: StyleLoss) -> None:
    photo = tensor_of(checks(64)[None])
    painting = optimised(photo, lambda *both: total(loss, *both), 8, lambda *_: None)
    assert total(loss, painting, photo) < total(loss, photo, photo)
    assert 0 <= float(painting.min()) <= float(painting.max()) <= 1


def test_a_network_paints_pictures_of_the_photos_size() -> None:
    with torch.inference_mode():
        painting = StyleNetwork(2)(torch.rand(2, 3, 32, 48), torch.tensor([0.5, 0.5]))
    assert painting.shape == (2, 3, 32, 48)


def test_what_is_painted_half_by_half_is_what_the_layers_paint_one_after_another() -> None:
    torch.manual_seed(3)
    network, x, weights = StyleNetwork(2), torch.rand(1, 3, 32, 48), torch.tensor([0.3, 0.7])
    with torch.no_grad():
        for name, values in network.named_parameters():
            if name.endswith(("gamma", "beta")):
                values.uniform_(0.5, 2)
        painting = network(x, weights)
        contract, expand = (cast("list[nn.Module]", list(part)) for part in (network.contract, network.expand))
        for layer in contract:
            x = torch.relu(layer(x, weights))
        for layer in network.residual:
            x = layer(x, weights)
        for layer in expand[:-1]:
            x = torch.relu(layer(functional.interpolate(x, scale_factor=2), weights))
        torch.testing.assert_close(painting, torch.sigmoid(expand[-1](x, weights)), atol=1e-5, rtol=1e-4)


def test_what_cannot_be_read_is_left_out_and_some_photos_are_held_out(folder: Path) -> None:
    squares, held_out = photo_squares(folder / "photos", 64, 1, lambda *_: None)
    assert squares.shape == (3, 80, 80, 3)
    assert held_out.shape == (1, 64, 64, 3)


def test_a_training_ends_with_a_report_beside_gatys_way_and_is_stopped_and_gone_on_with_to_the_same_weights(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start(folder, tmp_path / "whole")
    report = json.loads((tmp_path / "whole" / "report.json").read_text())
    assert {"style", "content", "gatys_style", "gatys_content", "photo_style", "seconds"} <= report["metrics"].keys()
    assert StyleRun(tmp_path / "whole").sample(4).is_file()
    from training.pictures.style.training import StyleTraining

    advance, taken = StyleTraining.advance, []

    def interrupted(training: StyleTraining) -> dict[str, float]:
        taken.append(training.step)
        if taken == [0, 1, 2]:
            raise KeyboardInterrupt
        return advance(training)

    monkeypatch.setattr(StyleTraining, "advance", interrupted)
    with pytest.raises(KeyboardInterrupt):
        start(folder, tmp_path / "stopped")
    with pytest.raises(RunError, match="not finished"):
        load_style(tmp_path / "stopped")
    start(folder, tmp_path / "stopped")
    assert taken == [0, 1, 2, 2, 3]
    whole, again = (load_style(tmp_path / name).network.state_dict() for name in ("whole", "stopped"))
    assert all(torch.equal(weights, again[name]) for name, weights in whole.items())
    with pytest.raises(RunError, match="finished"):
        start(folder, tmp_path / "whole")


def test_a_stopped_run_does_not_go_on_with_another_picture(folder: Path, tmp_path: Path) -> None:
    start(folder, tmp_path / "run")
    StyleRun(tmp_path / "run").report.unlink()
    Image.fromarray(checks(96, cells=5)).save(folder / "other.png")
    with pytest.raises(RunError, match="something else"):
        start(folder, tmp_path / "run", picture="other.png")


def test_what_no_style_can_be_learnt_from_is_refused_before_anything_is_written(folder: Path, tmp_path: Path) -> None:
    Image.fromarray(np.full((90, 90, 3), 77, np.uint8)).save(folder / "plain.png")
    Image.fromarray(checks(1)).save(folder / "dot.png")
    Image.fromarray(checks(10)).save(folder / "small.png")
    (folder / "text.png").write_text("no picture")
    reasons = {
        "plain.png": "one colour",
        "dot.png": "one colour",
        "small.png": "too small",
        "text.png": "cannot be read",
    }
    for picture, reason in {**reasons, "absent.png": "cannot be read"}.items():
        with pytest.raises(StyleError, match=reason):
            start(folder, tmp_path / "run", picture=picture)
    with pytest.raises(StyleError, match="can be read"):
        photo_squares(tmp_path / "nowhere", 64, 1, lambda *_: None)
    with pytest.raises(ConfigError, match="--side"):
        StyleConfig(side=66)
    assert not (tmp_path / "run").exists()
