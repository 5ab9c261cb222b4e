"""A graph tells nobody where it was made."""

from pathlib import Path

import torch

from bot.bundle import text_signature
from export.convert import to_onnx
from training.text.networks.recurrent import TextNetwork


def test_a_graph_holds_no_path_of_the_owners_machine(tmp_path: Path) -> None:
    network = TextNetwork("bigru", 20, embedding=4, hidden=4)
    to_onnx(network, torch.full((2, 5), 3), *text_signature(20), tmp_path / "graph.onnx")
    content = (tmp_path / "graph.onnx").read_bytes()
    assert str(Path(torch.__file__).parent).encode() not in content
    assert b".py" not in content
