"""The graph for reactions says what its network says, and the bot reacts by it; a useless one is left out."""

from pathlib import Path

import pytest
import torch

from bot.bundle import SPECIALS, Bundle, BundleError, Manifest
from bot.inference.models import open_models
from bot.inference.session import open_graph
from export.bundle import export_bundle
from export.errors import ExportError
from export.existing_bundle import take_words
from export.parts import export_parts, unfinished
from export.reactions import _check
from export.sources import Sources
from tests.bot.conftest import write_bundle_to
from training.common.run_folder import write_json
from training.text.reactions.config import ReactionsConfig
from training.text.reactions.network import ReactionNetwork
from training.text.reactions.run import ReactionsRun
from training.text.run import TextRun

PIECES = (*SPECIALS, *(f"▁말{number}" for number in range(20)))
EMOJI = ("😂", "😭", "❤")
SMALL = ReactionsConfig(embedding=6, hidden=5, longest=9)


def _network(seed: int) -> ReactionNetwork:
    torch.manual_seed(seed)
    network = ReactionNetwork(len(PIECES), len(EMOJI), SMALL).eval()
    for weight in network.parameters():
        torch.nn.init.normal_(weight)  # fresh weights say almost the same everywhere
    network.shift.copy_(torch.tensor([1.0, 0.0, -1.0]))
    return network


def _run(folder: Path, *, is_better: bool) -> Path:
    """Write a run of words with reactions beside them, as training does."""
    words = write_bundle_to(folder, pieces=PIECES)
    run = ReactionsRun(words / ReactionsRun.FOLDER)
    run.begin(SMALL)
    run.checkpoints.mkdir()
    state = {f"network.{name}": value for name, value in _network(1).state_dict().items()}
    torch.save({"state_dict": state}, run.best)
    classes = [{"emoji": emoji, "kind": "any", "learnt_from": 20} for emoji in EMOJI]
    report = {"made": {}, "metrics": {"balanced": 0.5}, "classes": classes, "threshold": 0.01, "temperature": 2.0}
    write_json(run.report, {**report, "is_better": is_better})
    return TextRun(words).folder


def test_the_graph_equals_its_network_and_the_bot_reacts_by_it(tmp_path: Path) -> None:
    run = _run(tmp_path / "run", is_better=True)
    models = export_parts(run, run, lambda step: None)
    bundle = Bundle.open(run)
    manifest = Manifest({}, {**bundle.manifest.models, **models})
    (run / "manifest.json").write_text(manifest.to_json(), encoding="utf-8")
    reactor = open_models(run, "cpu").reactor
    assert reactor is not None
    ids = torch.tensor([[1, 5, 8, 2]])
    network = _network(1).half().float()
    network.temperature.fill_(2.0)
    with torch.inference_mode():
        expected = network(ids)[0].tolist()
    assert list(reactor.chances("말2 말5").values()) == pytest.approx(expected, abs=1e-5)
    assert reactor.reaction("말2 말5") in {"😂", "😭", "❤️"}
    assert set(take_words(Bundle.open(run), tmp_path)[0]) == {"text", "reactions"}
    graph = open_graph(Bundle.open(run), models["reactions"], "cpu")
    with pytest.raises(ExportError, match="differs from its network"):
        _check(graph, _network(2), len(PIECES))


def test_beside_a_voice_with_other_pieces_the_bundle_is_none(tmp_path: Path) -> None:
    run = _run(tmp_path / "run", is_better=True)
    models = export_parts(run, run, lambda step: None)
    other = write_bundle_to(tmp_path / "other", pieces=[*PIECES[:-1], "▁딴말"])
    taken, _ = take_words(Bundle.open(other), run)
    with pytest.raises(BundleError, match="not the file that was exported"):
        Bundle.checked(run, Manifest({}, taken | models))


def test_what_beats_nothing_is_left_out(tmp_path: Path) -> None:
    run = _run(tmp_path / "run", is_better=False)
    assert export_parts(run, run, lambda step: None) == {}
    assert not (run / "reactions.onnx").exists()


def test_what_was_learnt_anew_and_beats_nothing_leaves_no_older_one_in_its_place(tmp_path: Path) -> None:
    old = _run(tmp_path / "old", is_better=True)
    models = Bundle.open(old).manifest.models | export_parts(old, old, lambda step: None)
    (old / "manifest.json").write_text(Manifest({}, models).to_json(), encoding="utf-8")
    new = _run(tmp_path / "new", is_better=False)
    for beside, kept in ((None, True), (new, False)):
        export_bundle(Sources(words_of=old, beside=beside), tmp_path / "bundle", 0, accept_leaks=False)
        assert ("reactions" in Bundle.open(tmp_path / "bundle").manifest.models) is kept


def test_what_was_stopped_half_way_is_left_out_and_named(tmp_path: Path) -> None:
    run = _run(tmp_path / "run", is_better=True)
    ReactionsRun(run / ReactionsRun.FOLDER).report.unlink()
    assert export_parts(run, run, lambda step: None) == {}
    assert unfinished(run) == ["reactions"]


def test_a_room_without_reactions_is_exported_without(tmp_path: Path) -> None:
    run = write_bundle_to(tmp_path / "run", pieces=PIECES)
    assert export_parts(run, run, lambda step: None) == {}
