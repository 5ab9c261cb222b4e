"""Photos are optional: faces are labelled by clicks, and a folder in which nobody is seen ends in one sentence."""

import io
import time
from collections.abc import Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_LZMA, ZipFile

import numpy as np
import pytest
from PIL import Image

from bot.bundle import sha256_of
from owner import faces
from owner.errors import StepError
from owner.jobs import Job, JobState
from owner.learn import export_command
from owner.project import Project
from owner.translation import translated
from training.faces.data.dataset import Faces, write_faces
from training.faces.data.labels import ATTRIBUTES, write_labels

NAMES = ("윤혜 1.jpg", "정훈.jpg", "다빈.jpg")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = Project(tmp_path / "room")
    project.make()
    return project


@pytest.fixture
def prepared(project: Project) -> Project:
    """Return a project in which three faces were found."""
    pixels = np.random.default_rng(1).integers(0, 255, (3, 32, 32, 3), np.uint8)
    write_faces(project.faces, pixels, NAMES, np.zeros((3, len(ATTRIBUTES)), np.int8))
    return project


def ended(job: Job) -> JobState:
    while (state := job.state()).status == "running":
        time.sleep(0.05)
    return state


def test_a_click_is_kept_among_what_was_said_before(prepared: Project) -> None:
    assert not faces.has_labels(prepared)
    faces.set_label(prepared, NAMES[0], "Smiling", 1)
    faces.set_label(prepared, NAMES[1], "Smiling", -1)
    faces.set_label(prepared, NAMES[1], "Eyeglasses", 1)
    faces.set_label(prepared, NAMES[1], "Smiling", 0)
    table = faces.labels(prepared)
    said = {(name, attribute): value for name in NAMES for attribute, value in table.values[name].items() if value}
    assert said == {(NAMES[0], "Smiling"): 1, (NAMES[1], "Eyeglasses"): 1}
    assert faces.has_labels(prepared)


def test_labels_that_cannot_be_written_to_their_end_leave_those_of_before(prepared: Project) -> None:
    faces.set_label(prepared, NAMES[0], "Smiling", 1)
    before = faces.labels(prepared)
    with pytest.raises(IndexError):  # as a disk that is full behind the first row
        write_labels(prepared.faces / "labels.csv", NAMES, np.zeros((3, len(ATTRIBUTES)), np.int8), {"note": ["x"]})
    assert faces.labels(prepared) == before


def test_each_face_is_a_picture(prepared: Project) -> None:
    shown = np.asarray(Image.open(io.BytesIO(faces.picture(prepared, NAMES[2]))))
    np.testing.assert_array_equal(shown, Faces.open(prepared.faces).images[2])


@pytest.mark.parametrize("name", ["nobody.jpg", "../labels.csv"])
def test_of_others_there_is_no_picture_and_no_label(prepared: Project, name: str) -> None:
    with pytest.raises(StepError, match="no photo called"):
        faces.picture(prepared, name)
    with pytest.raises(StepError, match="no photo called"):
        faces.set_label(prepared, name, "Smiling", 1)


def test_what_the_helper_takes_for_likely_is_shown_beside_what_was_said(prepared: Project) -> None:
    assert faces.guesses(prepared, "Smiling") == {}
    filled = np.zeros((3, len(ATTRIBUTES)), np.int8)
    filled[:, ATTRIBUTES.index("Smiling")] = (1, -1, 0)
    write_labels(prepared.faces / "labels.filled.csv", NAMES, filled)
    assert faces.guesses(prepared, "Smiling") == {NAMES[0]: 1, NAMES[1]: -1}


def test_nothing_is_learnt_before_somebody_labelled_something(prepared: Project) -> None:
    with pytest.raises(StepError, match="No face is labelled yet"):
        faces.start_training(prepared)


def test_without_photos_and_without_faces_a_sentence_says_what_comes_first(project: Project) -> None:
    with pytest.raises(StepError, match="no photos yet"):
        faces.start_preparing(project)
    for start in (faces.start_labelling, faces.start_training):
        with pytest.raises(StepError, match="No faces are prepared"):
            start(project)


def zipped(files: Mapping[str, bytes], method: int = ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with ZipFile(packed, "w", method, compresslevel=1) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def claiming(archive: bytes, size: int, more: int) -> bytes:
    """Return a zip that says of a file of one size that it has another."""
    return archive.replace(size.to_bytes(4, "little"), more.to_bytes(4, "little"))


def test_of_a_zip_the_photos_are_taken_each_once_under_names_that_lead_nowhere(project: Project) -> None:
    uploads = faces.photos(project)
    first = {"trip/a.jpg": b"one", "b.jpg": b"two", "notes.txt": b"-", "__MACOSX/trip/._a.jpg": b"-"}
    for name, content in (
        ("b.png", b"two"),
        ("ours.ZIP", zipped(first)),
        ("more.zip", zipped({"a.jpg": b"another", "../../c.heic": b"three"})),
    ):
        uploads.add(name, io.BytesIO(content))
    held = {file.name: file.read_bytes() for file in uploads.files}
    assert held == {"a (2).jpg": b"another", "a.jpg": b"one", "b.png": b"two", "c.heic": b"three"}
    assert [file for file in project.folder.rglob("*") if file.is_file()] == [*project.photos.iterdir()]


def test_of_thousands_of_photos_none_is_compared_with_all_others(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[Path] = []
    monkeypatch.setattr("owner.uploads.sha256_of", lambda path: read.append(path) or sha256_of(path))
    photos = {f"{number}.jpg": number.to_bytes(4, "big") for number in range(300)}
    faces.photos(project).add("some.zip", io.BytesIO(zipped(photos)))
    faces.photos(project).add("again.zip", io.BytesIO(zipped({**photos, "new.jpg": b"new!"})))
    assert len(faces.photos(project).files) == 301
    assert len(read) < 3 * 310


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("notes.txt", b"hello", "notes.txt is no photo"),
        ("notes.zip", zipped({"notes.txt": b"-"}), "There is no photo in notes.zip"),
        ("bomb.zip", claiming(zipped({"a.jpg": bytes(2_000)}), 2_000, 300_000_000), "bomb.zip would grow beyond"),
        ("half.zip", zipped({"a.jpg": bytes(2_000)})[:-40], "half.zip is damaged or locked"),
        ("name.zip", zipped({"윤.jpg": b"one"}).replace("윤".encode(), b"\xecab"), "name.zip is damaged or locked"),
        (
            "lzma.zip",
            zipped({"a.jpg": bytes(99)}, ZIP_LZMA).replace(b"]\0", b"\xff\xff", 1),
            "lzma.zip is damaged",
        ),
    ],
)
def test_what_holds_no_photo_is_refused_in_one_sentence(
    project: Project, name: str, content: bytes, sentence: str
) -> None:
    with pytest.raises(StepError, match=sentence) as refused:
        faces.photos(project).add(name, io.BytesIO(content))
    assert refused.value.sentence("ko").startswith(f"{name}: ")
    assert list(project.photos.iterdir()) == []


def test_photos_are_taken_away_with_all_that_came_of_them(prepared: Project) -> None:
    faces.photos(prepared).add("a.jpg", io.BytesIO(b"one"))
    prepared.drawer.mkdir(parents=True)
    (prepared.drawer / "report.json").write_text("{}")
    faces.remove_photos(prepared)
    assert not [file for file in prepared.folder.rglob("*") if file.is_file()]
    assert prepared.steps()["faces"] == "ready"
    assert "--aam" not in export_command(prepared)["words"]


def test_photos_in_which_nobody_is_seen_end_in_one_sentence_and_stay(project: Project) -> None:
    for number in range(2):
        photo = io.BytesIO()
        Image.new("RGB", (80, 60), (90 * number, 120, 160)).save(photo, "JPEG")
        photo.seek(0)
        faces.photos(project).add("sky.jpg", photo)
    state = ended(faces.start_preparing(project))
    assert state.status == "failed"
    assert isinstance(state.error, str)
    assert state.error.startswith("No face was found in any of the 2 photos")
    assert translated(state.error, "ko").startswith("사진 2장에서 얼굴을 하나도 찾지 못했어요.")
    assert [file.name for file in faces.photos(project).files] == ["sky (2).jpg", "sky.jpg"]
