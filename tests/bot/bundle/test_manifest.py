"""A bundle is served only if it is whole, unchanged and of our schema."""

import json
import os
from pathlib import Path

import pytest

from bot.bundle import (
    SCHEMA_VERSION,
    Bundle,
    BundleError,
    Crop,
    File,
    LearntFrom,
    Manifest,
    Model,
    Role,
    editor_signature,
    encoder_signature,
    generator_signature,
    sha256_of,
    text_signature,
)
from bot.bundle.manifest import MANIFEST
from bot.default_bundle import DEMO_BUNDLE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    graph, tokenizer = tmp_path / "text.onnx", tmp_path / "tokenizer.json"
    graph.write_bytes(b"graph")
    tokenizer.write_bytes(b"tokenizer")
    inputs, outputs = text_signature(5)
    files = [File(path.name, sha256_of(path)) for path in (graph, tokenizer)]
    model = Model(Role.TEXT, files[0], inputs, outputs, {"perplexity": 21.5}, files[1])
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


@pytest.mark.parametrize("name", ["text.onnx", MANIFEST])
def test_a_link_that_leads_out_of_the_bundle_is_refused_and_one_inside_is_followed(folder: Path, name: str) -> None:
    bundle = folder / "bundle"
    bundle.mkdir()
    for file in [*folder.iterdir()]:
        if file.is_file():
            file.rename(bundle / file.name)
    (bundle / name).rename(bundle / "inside")
    (bundle / name).symlink_to("inside")
    (folder / "linked").symlink_to(bundle)
    for place in (bundle, folder / "linked"):
        assert Bundle.open(place).model("text").metrics == {"perplexity": 21.5}
    (bundle / "inside").rename(folder / "outside")
    (bundle / name).unlink()
    (bundle / name).symlink_to(folder / "outside")
    with pytest.raises(BundleError, match="leads out of the bundle"):
        Bundle.open(bundle)
    (bundle / name).unlink()
    (bundle / name).symlink_to(name)  # to itself
    with pytest.raises(BundleError):
        Bundle.open(bundle)


@pytest.mark.parametrize("name", ["text.onnx", MANIFEST])
def test_what_is_too_large_for_a_bundle_is_refused_before_it_is_read(folder: Path, name: str) -> None:
    with (folder / name).open("r+b") as file:
        file.truncate(2**43)  # sparse: it takes no room on the disk
    with pytest.raises(BundleError, match="too large"):
        Bundle.open(folder)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in folders")
@pytest.mark.parametrize("name", ["text.onnx", MANIFEST])
def test_a_pipe_in_the_place_of_a_file_is_refused_and_not_waited_for(folder: Path, name: str) -> None:
    (folder / name).unlink()
    os.mkfifo(folder / name)
    with pytest.raises(BundleError):
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


UPGRADED = Path(__file__).parents[1] / "upgrade"


def test_a_bundle_of_schema_2_is_refused_with_both_numbers_and_how_to_export_again(tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_bytes((UPGRADED / "manifest.schema-2.json").read_bytes())
    with pytest.raises(BundleError, match=r"schema 2, this bot reads schema 4: .*`python -m export`") as refused:
        Bundle.open(tmp_path)
    assert "\n" not in str(refused.value)


GRAPH = File("graph.onnx", "0" * 64)
CROP = Crop(1, ((0.3, 0.4), (0.7, 0.4)))
GENERATOR = Model(
    Role.GENERATOR, GRAPH, *generator_signature(8, 64), {}, family="vae", size=64, learnt_from=LearntFrom.DRAWN
)
ENCODER = Model(Role.ENCODER, GRAPH, *encoder_signature(64, 8), {}, generator="vae-small", crop=CROP)
EDITOR = Model(Role.EDITOR, GRAPH, *editor_signature(), {}, crop=CROP, learnt_from=LearntFrom.PHOTOS)
FACES = Manifest({}, {"vae-small": GENERATOR, "way-in": ENCODER, "editor": EDITOR}, ("Smiling", "Wearing_Hat"))


def test_all_that_serving_faces_depends_on_travels() -> None:
    read = Manifest.from_json(FACES.to_json())
    assert read == FACES
    assert read.of_role(Role.GENERATOR) == {"vae-small": GENERATOR}
    assert read.of_role(Role.ENCODER)["way-in"].crop == CROP


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("models", "way-in", "crop"), None),
        (("models", "editor", "crop"), None),
        (("models", "way-in", "crop", "eyes"), [[0.3, 0.4]]),
        (("models", "way-in", "crop", "eyes"), [[0.3, 0.4], [1.2, 0.4]]),
        (("models", "way-in", "crop", "eyes"), [[0.7, 0.4], [0.3, 0.4]]),
        (("models", "way-in", "crop", "eyes"), [[0.5, 0.4], [0.51, 0.4]]),
        (("models", "way-in", "crop", "eyes"), [[0.3, 0.4], [float("nan"), 0.4]]),
        (("models", "way-in", "crop", "version"), "newest"),
        (("models", "way-in", "role"), "decoder"),
        (("models", "vae-small", "family"), None),
        (("models", "vae-small", "family"), "my\nnetwork"),
        (("models", "vae-small", "size"), None),
        (("models", "vae-small", "learnt_from"), "dreams"),
        (("attributes",), [5]),
        (("attributes",), ["Smiling", "a:b"]),
        (("attributes",), None),
    ],
)
def test_faces_that_cannot_be_are_one_sentence(path: tuple[str, ...], value: object) -> None:
    content = json.loads(FACES.to_json())
    place = content
    for name in path[:-1]:
        place = place[name]
    place[path[-1]] = value
    with pytest.raises(BundleError, match=rf"^{MANIFEST} is damaged: .*\.$"):
        Manifest.from_json(json.dumps(content))


@pytest.mark.parametrize("name", ["photo", "VAE", "vae_128", "vae 128", "", "a" * 17, "vae:1", "바에"])
def test_a_generator_has_a_name_that_buttons_can_remember(name: str) -> None:
    content = json.loads(FACES.to_json())
    content["models"][name] = content["models"].pop("vae-small")
    with pytest.raises(BundleError, match="cannot be called"):
        Manifest.from_json(json.dumps(content))


def test_the_demo_says_of_each_model_of_faces_what_it_has_seen() -> None:
    of_faces = (Role.GENERATOR, Role.ENCODER, Role.EDITOR)
    every = Bundle.open(DEMO_BUNDLE).manifest.models
    models = {name: model for name, model in every.items() if model.role in of_faces}
    others = dict.fromkeys(("editor", "aam", "aam-encoder"), LearntFrom.PHOTOS)
    assert {name: model.learnt_from for name, model in models.items()} == {
        name: others.get(name, LearntFrom.DRAWN) for name in models
    }
    assert {"editor", "aam"} <= models.keys()
