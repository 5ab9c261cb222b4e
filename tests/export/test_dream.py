"""The graph of dreams: its gradient is autograd's, and what is dreamt the network sees more of."""

from pathlib import Path

import numpy as np
import pytest
import torch

from bot.bundle import DEPTHS, Bundle
from bot.default_bundle import DEMO_BUNDLE
from bot.inference.batching import alone
from bot.inference.dreamer import Dream, open_dreamer
from bot.inference.session import open_graph
from export import dream
from export.dream import BLOCKS, NAME, SAME, Ascent, export_dream
from export.errors import ExportError
from training.faces.drawing import Identity, portrait
from training.pictures.lite0 import Lite0, load_lite0


@pytest.fixture(scope="module")
def network() -> Lite0:
    return load_lite0()


@pytest.fixture(scope="module")
def ascent(network: Lite0) -> Ascent:
    return Ascent(network).eval()


def by_autograd(network: Lite0, picture: torch.Tensor, depths: torch.Tensor) -> torch.Tensor:
    picture = picture.clone().requires_grad_()
    seen = network.after(picture.permute(2, 0, 1).unsqueeze(0), BLOCKS.values())
    sum(weight * each.square().mean() for weight, each in zip(depths, seen, strict=True)).backward()
    assert picture.grad is not None
    return picture.grad


@pytest.mark.parametrize("depths", [(1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0), (0.5, 1.0, 2.0)])
def test_the_gradient_is_autograds(network: Lite0, ascent: Ascent, depths: tuple[float, ...]) -> None:
    random = torch.Generator().manual_seed(3)
    for height, width in ((96, 64), (32, 160)):
        picture = torch.rand(height, width, 3, generator=random)
        expected = by_autograd(network, picture, torch.tensor(depths))
        off = (ascent(picture, torch.tensor(depths)) - expected).abs().max() / expected.abs().max()
        assert off < 1e-4


def test_the_graph_that_is_exported_leads_where_the_network_leads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dream, "BLOCKS", {"wave": 1, "eye": 3, "dream": 5})  # less deep is sooner written
    (model,) = export_dream(tmp_path, lambda _: None).values()
    assert model.metrics["cosine"] > 0.97
    assert sum((tmp_path / file.name).stat().st_size for file in model.files()) < 200_000


def test_a_graph_that_leads_elsewhere_is_refused(ascent: Ascent) -> None:
    bundle = Bundle.open(DEMO_BUNDLE)
    graph = open_graph(bundle, bundle.model(NAME), "cpu")
    with pytest.raises(ExportError, match="leads elsewhere"):
        dream._check(graph, ascent, SAME)  # it is narrow


def test_of_what_is_dreamt_the_network_sees_more(network: Lite0) -> None:
    dreamer = open_dreamer(Bundle.open(DEMO_BUNDLE), "cpu")
    assert dreamer is not None
    face = portrait(Identity.of(15), {"Black_Hair": True}, 192)
    seen = strongly_seen(network, alone(dreamer.dreaming(face, Dream("eye"))))
    assert seen > 1.5 * strongly_seen(network, face)


def strongly_seen(network: Lite0, pixels: np.ndarray) -> float:
    picture = torch.from_numpy(pixels.copy()).permute(2, 0, 1).unsqueeze(0) / 255
    picture = torch.nn.functional.interpolate(picture, (384, 384), mode="bilinear")
    (seen,) = network.after(picture, (BLOCKS[DEPTHS[1]],))
    return float(seen.square().mean())
