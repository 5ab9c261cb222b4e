"""The graph that ships sees what its network sees, and one that sees otherwise is not exported."""

import pytest
import torch

from bot.bundle import Bundle
from bot.default_bundle import DEMO_BUNDLE
from bot.inference.session import open_graph
from export import features
from export.errors import ExportError
from training.pictures.lite0 import load_lite0


def test_the_shipped_graph_is_the_network_and_no_other() -> None:
    bundle, network = Bundle.open(DEMO_BUNDLE), load_lite0()
    graph = open_graph(bundle, bundle.model(features.NAME), "cpu")
    features._check(graph, features._Seen(network))
    with torch.no_grad():
        network.conv_head.weight.mul_(-1)
    with pytest.raises(ExportError, match="differs from its network"):
        features._check(graph, features._Seen(network))


def test_a_picture_and_its_mirror_image_are_one() -> None:
    pictures = torch.from_numpy(features._pictures(2))
    seen = features._Seen(load_lite0())
    with torch.inference_mode():
        assert torch.allclose(seen(pictures), seen(pictures.flip(2)), atol=1e-4)
