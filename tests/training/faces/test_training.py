"""From drawn faces to a bundle, by the commands an owner types: each model, stopped and gone on with, exported."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from bot.bundle import BundleError, Crop, sha256_of
from bot.bundle.manifest import MANIFEST
from bot.default_bundle import DEMO_BUNDLE
from bot.photos import EYES, VERSION
from tests.bot.conftest import write_bundle_to
from tests.training.commands import run
from training.common.errors import RunError
from training.faces.attributes import classifier
from training.faces.data.dataset import Faces, crop_of
from training.faces.data.labels import ATTRIBUTES, write_labels
from training.faces.directions import refine, search
from training.faces.evaluation import edits
from training.faces.models import GENERATORS, GeneratorSpec
from training.faces.run import FacesRun, is_same_data, load_faces, load_module

pytestmark = pytest.mark.filterwarnings("ignore")
TINY = ("--width", "4", "--latent", "8", "--steps", "6", "--every", "2", "--batch", "8")
KINDS = ("vae", "dcgan", "wgan-gp", "aam")
ENCODING = ("vae", "aam")
OF_FACES = {"generator", "encoder", "editor"}
UPGRADE = Path(__file__).parents[2] / "bot" / "upgrade"


def command(program: str, *arguments: object, well: bool = True) -> str:
    code, told, more = run(program, *arguments)
    assert (code == 0) == well, more
    return more + told


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("faces") / "data"
    command("training", "faces", "draw", "--out", folder, "--count", 140, "--size", 32)
    return folder


@pytest.fixture(scope="module", autouse=True)
def measured_on_few() -> Iterator[None]:
    """Judge and measure as always, by fewer faces: what six steps have learnt is not worth thousands."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(classifier, "_BATCH", 16)
        patch.setattr(classifier, "_TIMES_EACH", 5)
        patch.setattr(refine, "_STEPS", 2)
        patch.setattr(search, "_SAMPLES", 300)
        patch.setattr(edits, "_IN_LINE_UPS", 2)
        patch.setattr(edits, "_LINE_UP", 4)
        yield


@pytest.fixture(scope="module")
def runs(data: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("runs")
    for kind in KINDS:
        command("training", "faces", "train", kind, data, "--out", folder / kind, "--credit", f"{kind}'s", *TINY)
    return {kind: folder / kind for kind in KINDS}


@pytest.fixture(scope="module")
def killed(data: Path, runs: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return runs of processes that were killed between two checkpoints: forked, so that torch is imported once."""
    folder = tmp_path_factory.mktemp("killed")
    stop = (
        "import os, sys, training.faces.callbacks as w\n"
        "from training.__main__ import main\n"
        "keep = w.SampleGrids.on_train_batch_end\n"
        "def batch(self, trainer, *more):\n"
        "    keep(self, trainer, *more)\n"
        "    if trainer.current_epoch == 1: os._exit(9)\n"
        "w.SampleGrids.on_train_batch_end = batch\n"
        "data, folder, kinds, *rest = sys.argv[1:]\n"
        "for kind in kinds.split():\n"
        "    child = os.fork()\n"
        "    if not child:\n"
        "        sys.argv[1:] = ['faces', 'train', kind, data, '--out', f'{folder}/{kind}', *rest]\n"
        "        main()\n"
        "    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9\n"
    )
    subprocess.run([sys.executable, "-c", stop, data, folder, " ".join(KINDS), *TINY], capture_output=True, check=True)
    return {kind: folder / kind for kind in KINDS}


def weights(run: Path) -> torch.Tensor:
    module = load_module(FacesRun(run))
    parts = [module.ema_generator, *([module.latent_encoder] if module.latent_encoder else [])]
    return torch.cat([value.flatten().double() for part in parts for value in part.state_dict().values()])


@pytest.mark.parametrize("kind", KINDS)
def test_a_run_holds_a_card_pictures_measures_and_directions(runs: dict[str, Path], kind: str) -> None:
    trained = load_faces(runs[kind])
    assert {"kid", "kid_low", "kid_high", "swd", "nearest_ratio", "images_per_second"} == set(trained.metrics)
    assert np.isfinite(list(trained.metrics.values())).all()
    with torch.inference_mode():
        assert trained.generator(torch.zeros(2, 8)).shape == (2, 3, 32, 32)
    page = FacesRun(runs[kind]).card.read_text(encoding="utf-8")
    assert page.count("data:image/") >= 2 + bool(trained.directions.by_attribute) + (kind in ENCODING)
    assert (trained.encoder is not None) == (kind in ENCODING) == (runs[kind] / "latents.png").is_file()
    assert trained.directions is not None
    if kind in ENCODING:
        assert len(trained.directions.by_attribute) == 15
        measured = trained.directions.by_attribute["Smiling"].measured
        assert {"recognised_2", "carry_flips_2", "decode_identity_2"} <= set(measured)
        # What six steps can draw is nobody; a photo that is only bent stays who it is.
        assert measured["carry_identity_2"] > measured["decode_identity_2"]


def test_a_new_generator_is_one_file_and_one_line(
    data: Path, words: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Trained, measured, opened again and exported by the usual commands; one label alone makes it faster."""
    from bot.inference.models import open_models

    faces = Faces.open(shutil.copytree(data, tmp_path / "data", ignore=shutil.ignore_patterns("*.pt")))
    smiles = np.where(np.array(ATTRIBUTES) == "Smiling", faces.labels, 0).astype(np.int8)
    write_labels(tmp_path / "data" / "labels.csv", faces.names, smiles)
    place, run, bundle = "tests.training.faces.mean_face:MeanFace", tmp_path / "run", tmp_path / "bundle"
    code = f"from training.faces.models import *; GENERATORS['mean-face'] = GeneratorSpec({place!r}, 40, 1e-2)\n"
    code += "from training.faces.attributes import classifier; classifier._BATCH, classifier._TIMES_EACH = 16, 5\n"
    code += "from training.faces.directions import refine, search; refine._STEPS, search._SAMPLES = 2, 300\n"
    code += "from training.faces.evaluation import edits; edits._IN_LINE_UPS, edits._LINE_UP = 2, 4\n"
    for module, *arguments in (
        ("training", "faces", "train", "mean-face", tmp_path / "data", "--out", run, "--every", "20"),
        ("export", "--words-of", words, "--mean-face", run, "--out", bundle),
    ):
        words = [str(argument) for argument in arguments]
        code += f"from {module}.__main__ import app; app({words!r}, standalone_mode=False)\n"
    subprocess.run([sys.executable, "-c", code], check=True)
    monkeypatch.setitem(GENERATORS, "mean-face", GeneratorSpec(place, 40, 1e-2))
    trained = load_faces(run)
    assert (trained.kind, trained.encoder, trained.size) == ("mean-face", None, 32)
    assert np.isfinite(list(trained.metrics.values())).all()
    history = json.loads((run / "history.json").read_text())["history"]
    assert [row["step"] for row in history] == [20, 40]
    assert history[1]["error"] < history[0]["error"]
    artist = open_models(bundle).artist
    assert artist is not None
    assert artist.generators == ("mean-face",)
    assert artist.draw(artist.latent(1, "mean-face"), "mean-face")[0].shape == (32, 32, 3)


@pytest.mark.parametrize("kind", KINDS)
def test_a_stopped_run_goes_on_to_the_very_weights_of_an_uninterrupted_one(
    data: Path, runs: dict[str, Path], killed: dict[str, Path], kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = killed[kind]
    with pytest.raises(RunError, match="not finished"):
        load_faces(run)
    monkeypatch.setattr("training.faces.pipeline.report", lambda *_: None)  # measured is the uninterrupted one
    assert "Going on" in command("training", "faces", "train", kind, data, "--out", run, *TINY)
    torch.testing.assert_close(weights(run), weights(runs[kind]))
    history = json.loads((run / "history.json").read_text())["history"]
    assert [row["step"] for row in history] == [2, 4, 6]


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a bundle of words, for where these are not what is asked about: to export them anew takes seconds."""
    return write_bundle_to(tmp_path_factory.mktemp("words") / "bundle")


@pytest.fixture(scope="module")
def exported(runs: dict[str, Path], words: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exported") / "bundle"
    flags = [flag for kind in KINDS for flag in (f"--{kind}", runs[kind])]
    flags += ["--generator", f"dcgan-again={runs['dcgan']}"]
    assert "to a step of 255" in command("export", "--words-of", words, *flags, "--out", folder)
    return folder


def test_the_three_become_one_bundle_that_the_bot_draws_with(exported: Path) -> None:
    from bot.inference.models import open_models

    artist = open_models(exported).artist
    assert artist is not None
    assert artist.generators == (*KINDS, "dcgan-again")
    assert artist.labels["dcgan-again"] == "DCGAN dcgan-again"
    assert artist.saw_drawn_faces_only
    face = artist.draw(artist.latent(1, "dcgan"), "dcgan")[0]
    assert face.shape == (32, 32, 3)
    assert len(artist.change(face, "Smiling", (1.0, 2.0))) == 2


def test_the_demo_is_of_the_shape_that_export_writes(exported: Path) -> None:
    """What every model of faces says of itself; numbers apart, all that serving depends on."""
    demo, now = (_shape(folder) for folder in (DEMO_BUNDLE, exported))
    for bundle in (demo, now):  # tests/export has what words are like
        bundle["models"] = {name: model for name, model in bundle["models"].items() if model["role"] in OF_FACES}
    left_out = {"vae-encoder"}  # the demo's photos go through the appearance model
    assert demo["models"].keys() == now["models"].keys() - {"dcgan-again"} - left_out
    assert demo["attributes"] == now["attributes"] == list(ATTRIBUTES)
    for name, model in demo["models"].items():
        assert {field for field, value in model.items() if value is not None} == {
            field for field, value in now["models"][name].items() if value is not None
        }
        of_photos = {"crop", "learnt_from"} if model["learnt_from"] == "photos" else set()  # here all are of drawings
        for field in {"role", "family", "generator", "crop", "learnt_from"} - of_photos:
            assert model[field] == now["models"][name][field], (name, field)
    assert now["models"]["vae-encoder"]["crop"] == {"version": VERSION, "eyes": [list(eye) for eye in EYES]}
    assert {"vae steps", "dcgan-again steps", "wgan-gp faces"} <= now["made"].keys()
    assert now["made"]["dcgan-again photos"] == "dcgan's"


def _shape(folder: Path) -> Any:
    return json.loads((folder / MANIFEST).read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["vae-2"], "give a name and a run folder"),
        (["photo=runs/x"], "cannot be called"),
        (["VAE=runs/x"], "cannot be called"),
        (["a=runs/x", "a=runs/y"], "already"),
        (["nowhere=nowhere"], "There is no training run of faces in nowhere"),
    ],
)
def test_a_generator_that_cannot_be_is_refused_in_a_sentence(
    trained_text: Path, tmp_path: Path, given: list[str], said: str
) -> None:
    flags = [flag for each in given for flag in ("--generator", each)]
    told = command("export", "--text", trained_text, *flags, "--out", tmp_path / "bundle", well=False)
    assert said in " ".join(told.replace("│", " ").split())
    assert not (tmp_path / "bundle").exists()


def test_new_words_keep_the_faces_of_the_bundle_before_and_new_faces_the_others(
    exported: Path, runs: dict[str, Path], trained_text: Path, tmp_path: Path
) -> None:
    from bot.bundle import Bundle

    other_vae = shutil.copytree(runs["vae"], tmp_path / "vae")
    report = json.loads((other_vae / "report.json").read_text())
    (other_vae / "report.json").write_text(json.dumps(report | {"metrics": report["metrics"] | {"kid": 0.5}}))

    bundle = shutil.copytree(exported, tmp_path / "bundle")
    before = Bundle.open(bundle).manifest
    export = ("export", "--text", trained_text, "--out")
    told = command(*export, bundle, "--faces-of", bundle)
    order = "vae, vae-encoder, dcgan, wgan-gp, aam, aam-encoder, dcgan-again"
    assert f"Faces as in {bundle}: {order}." in " ".join(told.split())
    after = Bundle.open(bundle).manifest
    assert before.models.keys() == after.models.keys()
    assert {name for name in before.models if before.models[name] != after.models[name]} == {"text"}
    kept = {key for key in before.made if key.startswith(("vae ", "dcgan ", "wgan-gp "))}
    assert kept
    assert kept <= set(after.made)
    command("export", "--words-of", bundle, "--faces-of", exported, "--out", tmp_path / "again")
    again = Bundle.open(tmp_path / "again").manifest
    assert again.models == after.models
    assert again.made.keys() == after.made.keys()
    told = command("export", "--words-of", bundle, "--faces-of", bundle, "--vae", other_vae, "--out", tmp_path / "new")
    assert "Faces: vae, vae-encoder, each equal to its network to a step of 255." in " ".join(told.split())
    new = Bundle.open(tmp_path / "new").manifest
    assert new.models.keys() == after.models.keys()
    assert new.models["vae"] != after.models["vae"]
    others = new.models.keys() - {"vae", "vae-encoder"}
    assert all(new.models[name] == after.models[name] for name in others)
    less = ("--words-of", bundle, "--faces-of", bundle, "--without-encoder", "vae", "--out", tmp_path / "less")
    command("export", *less)
    assert Bundle.open(tmp_path / "less").manifest.models.keys() == after.models.keys() - {"vae-encoder"}
    assert not (tmp_path / "less" / "vae-encoder.onnx").exists()
    assert "dcgan has no encoder" in command("export", *less[:5], "dcgan", *less[6:], well=False)
    both = ("--words-of", bundle, "--text", trained_text)
    for wrong in (both, ()):
        assert "--words-of" in command("export", *wrong, "--out", tmp_path / "none", well=False)


def test_faces_that_cannot_be_kept_are_refused(
    exported: Path, runs: dict[str, Path], trained_text: Path, tmp_path: Path
) -> None:
    export = ("export", "--text", trained_text, "--out", tmp_path / "none")
    words = write_bundle_to(tmp_path / "words")
    assert "has no faces" in command(*export, "--faces-of", words, well=False)
    damaged = shutil.copytree(exported, tmp_path / "damaged")
    (damaged / "dcgan.onnx").write_bytes(b"another")
    assert "its hash differs" in command(*export, "--faces-of", damaged, well=False)
    assert not (tmp_path / "none").exists()


def test_other_settings_and_finished_runs_are_refused(data: Path, runs: dict[str, Path]) -> None:
    told = command("training", "faces", "train", "vae", data, "--out", runs["vae"], *TINY, well=False)
    assert "finished" in told


def test_a_run_is_measured_again_only_where_that_says_something(
    data: Path, runs: dict[str, Path], tmp_path: Path
) -> None:
    made = json.loads((runs["dcgan"] / "report.json").read_text())["made"]
    shutil.copytree(runs["dcgan"], tmp_path / "run")
    command("training", "faces", "measure", tmp_path / "run", data)
    assert json.loads((tmp_path / "run" / "report.json").read_text())["made"] == made
    (tmp_path / "run" / "report.json").unlink()
    assert "not finished" in command("training", "faces", "measure", tmp_path / "run", data, well=False)
    command("training", "faces", "draw", "--out", tmp_path / "others", "--count", 40, "--size", 32, "--seed", 9)
    assert "other faces" in command("training", "faces", "measure", runs["dcgan"], tmp_path / "others", well=False)


@pytest.mark.parametrize("damage", [b"PK\x03\x04" + bytes(100), b"", bytes(5000)])
def test_a_damaged_checkpoint_is_one_sentence_for_who_goes_on(
    data: Path, runs: dict[str, Path], tmp_path: Path, damage: bytes
) -> None:
    shutil.copytree(runs["dcgan"], tmp_path / "run")
    (tmp_path / "run" / "report.json").unlink()
    (tmp_path / "run" / "checkpoints" / "last.ckpt").write_bytes(damage)
    told = command("training", "faces", "train", "dcgan", data, "--out", tmp_path / "run", *TINY, well=False)
    assert "damaged" in told


@pytest.mark.parametrize("size", [33, 48, 100])
def test_a_size_that_no_network_draws_is_refused_before_anything_is_drawn(tmp_path: Path, size: int) -> None:
    assert "128" in command("training", "faces", "draw", "--out", tmp_path / "data", "--size", size, well=False)
    assert not (tmp_path / "data").exists()


def test_a_damaged_checkpoint_is_one_sentence(runs: dict[str, Path], tmp_path: Path) -> None:
    shutil.copytree(runs["dcgan"], tmp_path / "run")
    (tmp_path / "run" / "checkpoints" / "last.ckpt").write_bytes(b"PK\x03\x04" + bytes(100))
    with pytest.raises(RunError, match="damaged"):
        load_faces(tmp_path / "run")


def test_nobody_is_both_learnt_from_and_held_out(data: Path) -> None:
    faces = Faces.open(data)
    learn, held_out = faces.split()
    assert not set(faces.people[learn]) & set(faces.people[held_out])
    assert len(learn) + len(held_out) == len(faces.names)


def test_the_labelling_helper_fills_in_what_is_missing_and_leaves_the_owners_labels(data: Path, tmp_path: Path) -> None:
    from training.faces.data.labels import read_labels, write_labels

    shutil.copytree(data, tmp_path / "data", ignore=shutil.ignore_patterns("*.pt"))
    faces = Faces.open(tmp_path / "data")
    some = faces.labels.copy()
    some[40:] = 0
    write_labels(tmp_path / "data" / "labels.csv", faces.names, some)
    assert "Smiling" in command("training", "faces", "label", tmp_path / "data")
    filled = read_labels(tmp_path / "data" / "labels.filled.csv", faces.names)
    assert (filled != 0).all()
    assert (filled[:40] == some[:40]).all()
    assert (tmp_path / "data" / "uncertain.png").is_file()
    again = ("training", "faces", "label", tmp_path / "data", "--init")
    command(*again, tmp_path / "data" / "labeller.pt")
    (tmp_path / "notes.pt").write_bytes(b"no weights")
    assert "resnet18" in command(*again, tmp_path / "notes.pt", well=False)


def test_the_faces_of_a_bundle_of_schema_2_are_taken_over(words: Path, tmp_path: Path) -> None:
    from bot.inference.models import open_models

    old, new = tmp_path / "old", tmp_path / "new"
    old.mkdir()
    manifest = json.loads((UPGRADE / "manifest.schema-2.json").read_text(encoding="utf-8"))
    del manifest["models"]["vae_encoder"]  # the demo ships none any more
    by_hash = {sha256_of(path): path for path in DEMO_BUNDLE.iterdir()}
    for model in manifest["models"].values():
        for file in (model[part] for part in ("graph", "tokenizer", "verbatim", "directions") if model[part]):
            # The words are others by now; only the faces are taken over.
            shutil.copyfile(by_hash.get(file["sha256"], DEMO_BUNDLE / file["name"]), old / file["name"])
            file["sha256"] = sha256_of(old / file["name"])
    (old / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(BundleError, match="schema 2"):
        open_models(old)
    command("export", "--words-of", words, "--faces-of", old, "--out", new)
    one, other = (open_models(folder).artist for folder in (DEMO_BUNDLE, new))
    assert one is not None
    assert other is not None
    assert {*other.labels} <= {*one.labels}
    assert (one.draw(one.latent(3, "vae"), "vae") == other.draw(other.latent(3, "vae"), "vae")).all()
    taken_over = _shape(new)
    assert {"vae faces", "wgan-gp steps"} <= taken_over["made"].keys()
    assert all(taken_over["models"][name]["learnt_from"] == "drawn" for name in other.labels)
    (old / "dcgan.onnx").write_bytes(b"other")
    assert "hash differs" in command("export", "--words-of", words, "--faces-of", old, "--out", new, well=False)


def test_inceptions_features_are_asked_for_in_one_sentence(data: Path, runs: dict[str, Path], tmp_path: Path) -> None:
    """Where torch-fidelity is installed, what is not its weights; where it is not, how to get it."""
    (tmp_path / "weights.pth").write_bytes(b"none")
    told = command(
        "training", "faces", "measure", runs["dcgan"], data, "--inception", tmp_path / "weights.pth", well=False
    )
    assert "Inception" in told


def test_faces_and_runs_of_before_were_cut_out_as_they_were_then(data: Path, runs: dict[str, Path]) -> None:
    assert json.loads((data / "faces.json").read_text(encoding="utf-8"))["crop"] == Crop(VERSION, EYES).to_dict()
    assert load_faces(runs["vae"]).crop == Crop(VERSION, EYES)
    assert crop_of({"size": 64}) == Crop(1, ((0.355, 0.45), (0.645, 0.45)))


def test_a_run_that_did_not_note_whether_its_faces_were_drawn_learnt_from_the_same() -> None:
    before = {"size": 64, "fingerprint": "abc"}
    assert is_same_data(before, before | {"drawn": True})
    assert not is_same_data(before, before | {"fingerprint": "other", "drawn": True})
    assert not is_same_data(before | {"drawn": True}, before | {"drawn": False})
