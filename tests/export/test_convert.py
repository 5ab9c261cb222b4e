"""A graph tells nobody where it was made, and is nearly what it was where its weights have 8 bits."""

from pathlib import Path

import numpy as np
import onnxruntime
import torch
from torch import nn

from bot.bundle import Tensor, text_signature
from export.convert import store_weights_as_int8, to_onnx
from training.text.config import TextConfig
from training.text.networks import build_network


def test_a_graph_holds_no_path_of_the_owners_machine(tmp_path: Path) -> None:
    network = build_network(TextConfig(embedding=4, hidden=4), 20)
    to_onnx(network, torch.full((2, 5), 3), *text_signature(20), tmp_path / "graph.onnx")
    content = (tmp_path / "graph.onnx").read_bytes()
    assert str(Path(torch.__file__).parent).encode() not in content
    assert b".py" not in content


def test_weights_of_8_bits_are_a_quarter_of_the_file_and_off_by_half_a_step_of_each_channel(tmp_path: Path) -> None:
    torch.manual_seed(3)
    network, graph = nn.Conv2d(16, 64, 5, bias=False), tmp_path / "graph.onnx"
    with torch.no_grad():
        network.weight *= torch.logspace(-3, 1, 64).view(-1, 1, 1, 1)  # channels of very different sizes
        network.weight[7] = 0
    signature = [
        (Tensor(name, "float32", ("batch", channels, side, side)),)
        for name, channels, side in (("x", 16, 5), ("y", 64, 1))
    ]
    to_onnx(network, torch.zeros(2, 16, 5, 5), *signature, graph)
    before = graph.stat().st_size
    store_weights_as_int8(graph)
    assert graph.stat().st_size < 0.3 * before
    seen = torch.randn(3, 16, 5, 5)
    (result,) = onnxruntime.InferenceSession(graph).run(None, {"x": seen.numpy()})
    expected = network(seen).detach().numpy()
    steps = network.weight.detach().abs().amax((1, 2, 3)).numpy() / 127
    most = (0.5 * steps * np.abs(seen.numpy()).sum((1, 2, 3), keepdims=True)[..., 0]).max(0)
    assert (np.abs(result - expected).max((0, 2, 3)) <= most + 1e-6).all()
