"""The graph of scenes says what its network says in a quarter of the bytes, and only what context helps is exported."""

import json
from pathlib import Path

import onnx
import pytest
import torch

from bot.bundle import SPECIALS, Bundle, BundleError, Manifest, Tokenizer
from bot.inference.batching import alone
from bot.inference.scene import open_scenes
from bot.inference.session import open_graph
from export.errors import ExportError
from export.existing_bundle import take_words
from export.parts import export_parts
from export.scene import NAME, _check, export_scene
from tests.bot.conftest import write_bundle_to
from training.common.errors import RunError
from training.text.config import TextConfig
from training.text.run import TextRun
from training.text.scene.config import SceneConfig
from training.text.scene.network import SceneNetwork
from training.text.scene.run import SceneRun, fingerprint

TOKENIZER = Tokenizer([*SPECIALS, *(f"▁말{number}" for number in range(200))], range(1, 204))
CONFIG = SceneConfig(width=48, layers=2, heads=3, hidden=32)


def _network(seed: int) -> SceneNetwork:
    torch.manual_seed(seed)
    return SceneNetwork(len(TOKENIZER), CONFIG).eval()


def _run(folder: Path, *, helps: bool = True) -> TextRun:
    """Return a run of words with scenes beside them, as training leaves both."""
    words = TextRun(folder / "text")
    words.begin(TextConfig())
    words.data.write_text("a room\n", encoding="utf-8")
    words.tokenizer.write_text(TOKENIZER.to_json(), encoding="utf-8")
    scenes = SceneRun.beside(words)
    scenes.begin_with(fingerprint(words), CONFIG, resumed=False)
    scenes.checkpoints.mkdir()
    state = {f"network.{name}": value for name, value in _network(1).state_dict().items()}
    torch.save({"state_dict": state}, scenes.best)
    report = {"made": {}, "metrics": {"perplexity_in_context": 9.0}, "context_helps": helps}
    scenes.report.write_text(json.dumps(report), encoding="utf-8")
    return words


def _quiet(step: str) -> None:
    del step


def test_the_graph_equals_its_network_and_is_a_quarter_as_large(tmp_path: Path) -> None:
    (tmp_path / "bundle").mkdir()
    models = export_parts(_run(tmp_path).folder, tmp_path / "bundle", _quiet)
    bundle = Bundle.checked(tmp_path / "bundle", Manifest({}, models))
    graph = open_graph(bundle, models[NAME], "cpu")
    with pytest.raises(ExportError, match="differs from its network"):
        _check(graph, _network(2), len(TOKENIZER))
    stored = onnx.load(bundle.path(models[NAME].graph)).graph.initializer
    assert onnx.TensorProto.INT8 in {weight.data_type for weight in stored}
    size = sum(weight.numel() for weight in _network(1).parameters())
    assert bundle.path(models[NAME].graph).stat().st_size < 1.8 * size
    writer = open_scenes(bundle, TOKENIZER, None, "cpu")
    assert writer is not None
    scene = alone(writer.writing("말1", 3, 0.8, 1))
    assert len(scene.turns) == 3
    assert scene.turns[0].text.startswith("말1 말")


def test_what_context_does_not_help_and_what_is_not_there_are_not_exported(tmp_path: Path) -> None:
    assert export_scene(_run(tmp_path, helps=False).folder, tmp_path, _quiet) == {}
    words = TextRun(tmp_path / "alone")
    words.begin(TextConfig())
    assert export_scene(words.folder, tmp_path, _quiet) == {}


def test_scenes_of_other_words_are_refused(tmp_path: Path) -> None:
    words = _run(tmp_path)
    words.data.write_text("another room\n", encoding="utf-8")
    with pytest.raises(RunError, match="beside other words"):
        export_scene(words.folder, tmp_path, _quiet)


def test_beside_a_voice_with_other_pieces_the_bundle_is_none(tmp_path: Path) -> None:
    source, folder = write_bundle_to(tmp_path / "source", scenes=True), tmp_path / "bundle"
    folder.mkdir()
    scenes = export_scene(_run(tmp_path).folder, folder, _quiet)
    taken, _ = take_words(Bundle.open(source), folder, without=scenes)
    assert set(taken) == {"text"}
    with pytest.raises(BundleError, match="not the file that was exported"):
        Bundle.checked(folder, Manifest({}, taken | scenes))
    (tmp_path / "all").mkdir()
    assert set(take_words(Bundle.open(source), tmp_path / "all")[0]) == {"text", "scene"}
