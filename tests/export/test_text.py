"""The graph says what the network says, for every network, at every shape, from the second export on too."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch

from bot.bundle import ALPHABET, SPECIALS, Bundle, Manifest, Rare, Tokenizer, VerbatimFilter
from bot.bundle.verbatim import Held
from bot.inference.speaker import Speaker
from bot.inference.text_session import TextSession, open_text
from export.errors import ExportError
from export.parity import PROMPTS, SHAPES, TOLERANCE, check_text
from export.text import NAME, Exported, export_text
from training.text.config import TextConfig
from training.text.networks import NETWORKS, build_network, config_of
from training.text.run import TrainedText

WORDS = 300


def _piece(number: int) -> str:
    return f"▁말{number}" if number >= WORDS - PROMPTS else f"끝{number}"


def _trained(name: str, seed: int) -> TrainedText:
    torch.manual_seed(seed)
    config = config_of({"network": name, "embedding": 16, "hidden": 24})
    network = build_network(config, WORDS + len(SPECIALS)).eval()
    for weight in network.parameters():
        torch.nn.init.normal_(weight, std=0.5)  # fresh weights say almost the same everywhere
    network.half().float()  # a graph keeps no more
    tokenizer = Tokenizer([*SPECIALS, *map(_piece, range(WORDS))], range(WORDS + len(SPECIALS)))
    return TrainedText(network, tokenizer, {"network": name}, {"perplexity": 1.0}, VerbatimFilter.of(Held()))


def _open(seed: int) -> TrainedText:
    """Return a voice that spells: every second piece is a part, and half of what it may say is rare."""
    wholes = [f"▁말{number}" for number in range(PROMPTS)]
    parts = [f"{start}{number}↝" for start in ("▁말", "끝") for number in range(100)]
    inside = [*(f"끝{number}↝" for number in range(5)), *"0123456789"]
    rare = {f"▁말{begin}{middle[:-1]}{end}": 2 for begin in range(100) for middle in inside[:5] for end in inside[5:]}
    pieces = [*SPECIALS, *wholes, *ALPHABET, *parts, *"말끝0123456789"]
    tokenizer = Tokenizer(pieces, [9] * len(pieces), Rare(len(wholes), rare))
    torch.manual_seed(seed)
    network = build_network(TextConfig(embedding=16, hidden=24), len(pieces)).eval()
    for weight in network.parameters():
        torch.nn.init.normal_(weight, std=0.5)
    with torch.no_grad():  # many are begun, and those are likely to be spelt to their end
        network.bias[[pieces.index(piece) for piece in parts[:100]]] += 10
        network.bias[[pieces.index(piece) for piece in inside]] += 30
    return TrainedText(network, tokenizer, {"network": "bigru"}, {"perplexity": 1.0}, VerbatimFilter.of(Held()))


def _export(trained: TrainedText, folder: Path) -> tuple[Exported, TextSession]:
    folder.mkdir()
    exported = export_text(trained, folder, lambda step: None)
    return exported, open_text(Bundle(folder, Manifest({}, {NAME: exported.model})))


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, TextSession]:
    folder = tmp_path_factory.mktemp("export") / "bundle"
    return folder, _export(_trained("bigru", 1), folder)[1]


@pytest.mark.parametrize(("name", "seed"), [*((name, 1) for name in NETWORKS), ("bigru", 2)])
def test_each_of_many_exports_in_one_process_equals_its_network(tmp_path: Path, name: str, seed: int) -> None:
    run = _trained(name, seed)
    exported, session = _export(run, tmp_path / "bundle")
    assert exported.parity.prompts == PROMPTS
    assert exported.parity.largest_difference <= TOLERANCE
    for batch, time in ((1, 1), (1, 33), (7, 2)):
        ids = np.random.default_rng(seed).integers(0, len(run.tokenizer), (batch, time))
        with torch.inference_mode():
            expected = run.network(torch.from_numpy(ids)).numpy()
        np.testing.assert_allclose(session.logits(ids), expected, rtol=TOLERANCE, atol=TOLERANCE)


@pytest.mark.parametrize(("network", "width"), [("bigru", 48), ("bilstm", 4)])  # small ones the exporter adds up itself
def test_a_voice_speaks_as_its_speakers_from_a_graph_of_any_size(tmp_path: Path, network: str, width: int) -> None:
    run = _trained("bigru", 1)
    config = config_of({"network": network, "embedding": width, "hidden": 24, "speakers": ["현지", "다빈"]})
    torch.manual_seed(1)
    network_of_two = build_network(config, len(run.tokenizer)).eval()
    trained = replace(run, network=network_of_two, speakers={"현지": 303, "다빈": 304})
    torch.nn.init.normal_(trained.network.get_parameter("speakers"))

    _, session = _export(trained, tmp_path / "bundle")  # which compares what each of them says

    said = [session.beginning_with(start).logits(np.array([[1]])) for start in trained.speakers.values()]
    assert not np.allclose(*said)


def test_the_graph_is_one_file_with_the_contracts_names_and_a_native_gru(exported) -> None:
    folder, _ = exported
    assert sorted(path.name for path in folder.iterdir()) == ["text.onnx", "tokenizer.json", "verbatim.bin"]
    graph = onnx.load(folder / "text.onnx").graph
    assert [value.name for value in graph.input] == ["ids", "new", "state"]
    assert [dim.dim_param for dim in graph.input[0].type.tensor_type.shape.dim] == ["batch", "time"]
    assert [value.name for value in graph.output] == ["logits", "state_after"]
    assert [node.op_type for node in graph.node].count("GRU") == 2


def test_what_it_has_read_it_does_not_read_again(exported, monkeypatch: pytest.MonkeyPatch) -> None:
    session, network = exported[1], _trained("bigru", 1).network
    read = []
    run = session._graph.run_all
    monkeypatch.setattr(session._graph, "run_all", lambda *batches: read.append(batches[1].shape) or run(*batches))
    ids = np.random.default_rng(4).integers(0, WORDS, (3, 5))
    for rows, steps in ((ids, (3, 5)), (ids[[2, 2, 0]], (3, 5)), (np.column_stack([ids, [7, 8, 9]]), (3, 1))):
        with torch.inference_mode():
            expected = network(torch.from_numpy(rows)).numpy()
        np.testing.assert_allclose(session.logits(rows), expected, rtol=TOLERANCE, atol=TOLERANCE)
        assert read[-1] == steps


def test_one_that_reads_one_way_goes_on_with_rows_of_any_lengths_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trained = _trained("gru", 1)
    session = _export(trained, tmp_path / "bundle")[1]
    read, run = list[tuple[int, ...]](), session._graph.run_all
    monkeypatch.setattr(session._graph, "run_all", lambda *batches: read.append(batches[0].shape) or run(*batches))
    for rows in ([(1, 5, 6), (1, 7), (1, 8, 9)], [(1, 5, 6, 4), (1, 7, 3), (1, 8, 9, 9), (1, 7, 5)]):
        with torch.inference_mode():
            expected = [trained.network(torch.tensor([row])).log_softmax(dim=1).numpy()[0] for row in rows]
        np.testing.assert_allclose(session.log_probs(rows), expected, rtol=TOLERANCE, atol=TOLERANCE)
    assert read == [(1, 2), (2, 3), (4, 1)]


def test_a_voice_that_spells_equals_its_network_too(tmp_path: Path) -> None:
    run = _open(1)
    exported, session = _export(run, tmp_path / "bundle")
    assert exported.parity.prompts == PROMPTS
    speaker = Speaker(session, session.tokenizer)
    said = [piece for seed in range(3) for piece in speaker.say("말1", 20, temperature=1.0, seed=seed).pieces]
    assert len(said) == 60
    assert any(len(session.tokenizer.ids_of([piece])) > 1 for piece in said)
    with pytest.raises(ExportError, match="differs from the network"):
        check_text(session, _open(2).network, run.tokenizer)


def test_a_graph_of_another_network_is_refused(exported) -> None:
    other = _trained("bigru", 2)
    with pytest.raises(ExportError, match="differs from the network"):
        check_text(exported[1], other.network, other.tokenizer)


def test_a_network_that_is_only_a_little_off_is_refused(exported) -> None:
    same = _trained("bigru", 1)
    check_text(exported[1], same.network, same.tokenizer)
    with torch.no_grad():
        same.network.bias += 1e-3
    with pytest.raises(ExportError, match="differs from the network"):
        check_text(exported[1], same.network, same.tokenizer)


def test_one_row_and_one_step_are_among_the_shapes() -> None:
    assert {shape[0] for shape in SHAPES} > {1}
    assert {shape[1] for shape in SHAPES} > {1}
