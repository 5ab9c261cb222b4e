"""A graph tells nobody where it was made."""

from pathlib import Path

import torch

from bot.bundle import text_signature
from export.convert import to_onnx
from training.text.config import TextConfig
from training.text.networks import build_network


def test_a_graph_holds_no_path_of_the_owners_machine(tmp_path: Path) -> None:
    network = build_network(TextConfig(embedding=4, hidden=4), 20)
    to_onnx(network, torch.full((2, 5), 3), *text_signature(20), tmp_path / "graph.onnx")
    content = (tmp_path / "graph.onnx").read_bytes()
    assert str(Path(torch.__file__).parent).encode() not in content
    assert b".py" not in content
