"""The graph for gaps says what its network says, at every shape, and the bot fills gaps by it."""

from pathlib import Path

import numpy as np
import onnx
import pytest
import torch

from bot.bundle import SPECIALS, Bundle, Manifest, Tokenizer
from bot.inference.batching import alone
from bot.inference.filler import open_filler
from bot.inference.session import open_graph
from export.errors import ExportError
from export.existing_bundle import take_words
from export.infilling import NAME, _check, export_infilling
from export.parity import TOLERANCE
from tests.bot.conftest import write_bundle_to
from training.text.infilling.network import InfillingNetwork
from training.text.infilling.run import TrainedInfilling

TOKENIZER = Tokenizer([*SPECIALS, *(f"▁말{number}" for number in range(20))], range(1, 24))


def _network(seed: int) -> InfillingNetwork:
    torch.manual_seed(seed)
    network = InfillingNetwork(len(TOKENIZER), 6, 9, 0.0).eval()
    for weight in network.parameters():
        torch.nn.init.normal_(weight, std=0.5)  # fresh weights say almost the same everywhere
    return network


def test_the_graph_equals_its_network_and_is_half_as_large(tmp_path: Path) -> None:
    network = _network(1)
    model = export_infilling(TrainedInfilling(network, {"gap_top_5": 0.5}), len(TOKENIZER), tmp_path, lambda step: None)
    bundle = Bundle(tmp_path, Manifest({}, {NAME: model}))
    graph = open_graph(bundle, model, "cpu")
    for batch, left_time, right_time in ((1, 33, 1), (7, 2, 40)):
        left, right = (
            np.random.default_rng(time).integers(0, len(TOKENIZER), (batch, time)) for time in (left_time, right_time)
        )
        with torch.inference_mode():
            expected = network.half().float()(torch.from_numpy(left), torch.from_numpy(right)).numpy()
        np.testing.assert_allclose(graph.run_all(left, right)[0], expected, rtol=TOLERANCE, atol=TOLERANCE)
    stored = onnx.load(tmp_path / "fill.onnx").graph.initializer
    assert onnx.TensorProto.FLOAT16 in {weight.data_type for weight in stored}
    filler = open_filler(bundle, TOKENIZER, None, "cpu")
    assert filler is not None
    filled = alone(filler.filling(["말1 ", " 말2"]))
    assert filled is not None
    assert filled.text.startswith("말1 말")
    with pytest.raises(ExportError, match="differs from its network"):
        _check(graph, _network(2), len(TOKENIZER))


def test_what_stands_right_is_read_from_its_end(tmp_path: Path) -> None:
    """Of a long text the words next to the gap count most: the state that has read them last."""
    network = _network(1)
    left = torch.tensor([[1, 4]])
    near = network(left, torch.tensor([[5, *[6] * 40, 2]]))
    far = network(left, torch.tensor([[6, *[6] * 39, 5, 2]]))
    same = network(left, torch.tensor([[6, *[6] * 40, 2]]))
    assert (near - same).abs().max() > 10 * (far - same).abs().max()


def test_whoever_takes_the_words_over_takes_what_fills_gaps_along(tmp_path: Path) -> None:
    source = write_bundle_to(tmp_path / "source", fills=True)
    (tmp_path / "taken").mkdir()
    models, _ = take_words(Bundle.open(source), tmp_path / "taken")
    assert set(models) == {"text", "fill"}
    assert (tmp_path / "taken" / "fill.onnx").read_bytes() == (source / "fill.onnx").read_bytes()
