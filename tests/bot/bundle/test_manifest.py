"""A bundle is served only if it is whole, unchanged and of our schema."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot.bundle import SCHEMA_VERSION, Bundle, BundleError, File, Manifest, Model, sha256_of, text_signature
from bot.bundle.manifest import MANIFEST
from bot.default_bundle import DEMO_BUNDLE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    graph, tokenizer = tmp_path / "text.onnx", tmp_path / "tokenizer.json"
    graph.write_bytes(b"graph")
    tokenizer.write_bytes(b"tokenizer")
    inputs, outputs = text_signature(5)
    files = [File(path.name, sha256_of(path)) for path in (graph, tokenizer)]
    model = Model(files[0], inputs, outputs, {"perplexity": 21.5}, files[1])
    (tmp_path / MANIFEST).write_text(Manifest({"network": "bigru"}, {"text": model}).to_json(), encoding="utf-8")
    return tmp_path


def test_what_was_written_is_read(folder: Path) -> None:
    bundle = Bundle.open(folder)
    model = bundle.model("text")
    assert bundle.manifest.made == {"network": "bigru"}
    assert (model.inputs, model.outputs) == text_signature(5)
    assert model.metrics == {"perplexity": 21.5}
    assert bundle.path(model.graph).read_bytes() == b"graph"


def test_a_changed_byte_is_refused_by_name(folder: Path) -> None:
    (folder / "text.onnx").write_bytes(b"grapf")
    with pytest.raises(BundleError, match=r"text\.onnx .* hash"):
        Bundle.open(folder)


def test_a_missing_file_is_refused_by_name(folder: Path) -> None:
    (folder / "tokenizer.json").unlink()
    with pytest.raises(BundleError, match=r"missing tokenizer\.json"):
        Bundle.open(folder)


def test_another_schema_is_refused_with_both_numbers(folder: Path) -> None:
    _edit(folder, schema_version=SCHEMA_VERSION + 1)
    with pytest.raises(BundleError, match=rf"schema {SCHEMA_VERSION + 1}.*schema {SCHEMA_VERSION}\b"):
        Bundle.open(folder)


def test_a_file_outside_the_folder_is_refused(folder: Path) -> None:
    models = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["models"]
    models["text"]["graph"]["name"] = "../text.onnx"
    _edit(folder, models=models)
    with pytest.raises(BundleError, match="not a file beside it"):
        Bundle.open(folder)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        f'{{"schema_version": {SCHEMA_VERSION}}}',
        f'{{"schema_version": {SCHEMA_VERSION}, "made": []}}',
        "[" * 100_000,
        '{"schema_version": ' * 100_000,
        '{"schema_version": [[2]]}',
        '{"schema_version": ' + "9" * 5000 + "}",
    ],
)
def test_a_damaged_manifest_is_one_sentence(folder: Path, text: str) -> None:
    (folder / MANIFEST).write_text(text, encoding="utf-8")
    with pytest.raises(BundleError, match=MANIFEST):
        Bundle.open(folder)


def test_no_bundle_at_all_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match=r"no bundle in .*nowhere.* \(No such file or directory\)\.$"):
        Bundle.open(tmp_path / "nowhere")


def test_a_manifest_of_bytes_is_one_sentence(folder: Path) -> None:
    (folder / MANIFEST).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BundleError, match="damaged"):
        Bundle.open(folder)


def test_an_unknown_model_is_named_with_those_there_are(folder: Path) -> None:
    with pytest.raises(BundleError, match=r"'vae'.*has: text"):
        Bundle.open(folder).model("vae")


def _edit(folder: Path, **fields: object) -> None:
    path = folder / MANIFEST
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | fields), encoding="utf-8")


def test_a_number_beyond_counting_is_one_sentence(folder: Path) -> None:
    path = folder / MANIFEST
    content = json.loads(path.read_text(encoding="utf-8"))
    content["models"]["text"]["metrics"] = {"perplexity": 10**400}
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(BundleError, match=MANIFEST):
        Bundle.open(folder)


def test_what_a_model_learnt_from_travels_and_an_older_bundle_does_without(folder: Path) -> None:
    manifest = Bundle.open(folder).manifest
    drawn = {name: replace(model, learnt_from="drawn") for name, model in manifest.models.items()}
    assert Manifest.from_json(replace(manifest, models=drawn).to_json()).models["text"].learnt_from == "drawn"
    content = json.loads(manifest.to_json())
    del content["models"]["text"]["learnt_from"]
    assert Manifest.from_json(json.dumps(content)).models["text"].learnt_from is None


def test_the_demo_says_of_each_model_of_faces_that_it_has_seen_drawn_ones() -> None:
    models = Bundle.open(DEMO_BUNDLE).manifest.models
    assert {name: model.learnt_from for name, model in models.items()} == {
        name: None if name == "text" else "drawn" for name in models
    }
