"""Photos become a data folder: good ones kept, others counted and named, and nothing is lost by a stop."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from training.common.errors import FacesError
from training.faces.data.dataset import Faces
from training.faces.data.labels import ATTRIBUTES
from training.faces.data.prepare import Cut, prepare
from training.faces.drawing import Identity, portrait

SITTERS = (7, 10, 13, 15)


def ignore(*_: int) -> None:
    """Show no progress."""


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    (folder / "inside").mkdir(parents=True)
    for number in SITTERS:
        wide = np.full((500, 800, 3), 200, np.uint8)
        wide[100:400, 300:600] = portrait(Identity.of(number), {"Black_Hair": True}, 300)
        Image.fromarray(wide).save(folder / ("inside" if number == 7 else ".") / f"{number}.png")
    (folder / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(50))
    Image.new("RGB", (200, 200), "gray").save(folder / "wall.jpg")
    Image.new("RGB", (3000, 1), "gray").save(folder / "thread.png")
    (folder / "notes.txt").write_text("no photo")
    return folder


def test_faces_are_kept_and_everything_else_is_named_and_counted(photos: Path, tmp_path: Path) -> None:
    done = prepare(photos, tmp_path / "data", Cut(64), None, ignore)
    assert done.refused == {"broken.jpg": "no picture", "thread.png": "narrow", "wall.jpg": "no face"}
    assert sum(done.counts().values()) == len(SITTERS) + 3
    faces = Faces.open(tmp_path / "data")
    assert faces.images.shape == (len(SITTERS), 64, 64, 3)
    assert set(faces.names) == {"inside/7.png", "10.png", "13.png", "15.png"}
    for name, image in zip(faces.names, faces.images, strict=True):
        expected = portrait(Identity.of(int(Path(name).stem)), {"Black_Hair": True}, 64).astype(int)
        assert np.abs(image.astype(int) - expected)[16:48, 16:48].mean() < 30
    assert (tmp_path / "data" / "kept.png").is_file()
    assert (tmp_path / "data" / "refused.png").is_file()
    assert not list(tmp_path.glob(".data*"))


def test_faces_are_cut_out_closer_and_those_at_a_photos_edge_refused(photos: Path, tmp_path: Path) -> None:
    near = ((0.3, 0.32), (0.7, 0.32))
    tight = Image.open(photos / "10.png").crop((330, 180, 570, 400))  # its hair is beyond the edge
    tight.save(photos / "tight.png")
    done = prepare(photos, tmp_path / "data", Cut(64, near, 0.02), None, ignore)
    assert done.refused["tight.png"] == "the photo ends too near to the face"
    assert len(done.kept) == len(SITTERS)
    assert Faces.open(tmp_path / "data").crop.eyes == near


def test_celebas_layout_is_read_as_it_is(photos: Path, tmp_path: Path) -> None:
    celeba = tmp_path / "celeba"
    (celeba / "img_align_celeba").mkdir(parents=True)
    names = []
    for index, number in enumerate(SITTERS, 1):
        names.append(f"{index:06}.png")
        photo = next(photos.rglob(f"{number}.png"))
        photo.rename(celeba / "img_align_celeba" / names[-1])
    rows = "".join(f"{name} 1 -1\n" for name in names)
    (celeba / "list_attr_celeba.txt").write_text(f"{len(names)}\nSmiling Young\n{rows}")
    parts = zip(names, (0, 1, 2, 2), strict=True)
    (celeba / "list_eval_partition.txt").write_text("".join(f"{name} {part}\n" for name, part in parts))
    prepare(celeba, tmp_path / "data", Cut(32), None, ignore)
    faces = Faces.open(tmp_path / "data")
    assert faces.labels[:, ATTRIBUTES.index("Smiling")].tolist() == [1, 1, 1, 1]
    learn, held_out = faces.split()
    assert learn.tolist() == [0, 1]
    assert held_out.tolist() == [2, 3]


def test_a_folder_without_photos_or_faces_is_one_sentence(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(FacesError, match="no photos"):
        prepare(empty, tmp_path / "data", Cut(64), None, ignore)
    Image.new("RGB", (200, 200)).save(empty / "wall.png")
    with pytest.raises(FacesError, match="No face"):
        prepare(empty, tmp_path / "data", Cut(64), None, ignore)
    with pytest.raises(FacesError, match="no folder"):
        prepare(tmp_path / "nowhere", tmp_path / "data", Cut(64), None, ignore)


def test_a_folder_of_other_things_is_never_written_over(photos: Path, tmp_path: Path) -> None:
    precious = tmp_path / "data"
    precious.mkdir()
    (precious / "thesis.txt").write_text("years of work")
    with pytest.raises(FacesError, match="another --out"):
        prepare(photos, precious, Cut(64), None, ignore)
    assert (precious / "thesis.txt").is_file()


def test_labels_that_were_filled_in_stay_with_their_photos(photos: Path, tmp_path: Path) -> None:
    prepare(photos, tmp_path / "data", Cut(64), None, ignore)
    table = tmp_path / "data" / "labels.csv"
    smiling = ATTRIBUTES.index("Smiling")
    rows = table.read_text(encoding="utf-8-sig").splitlines()
    filled = [row.split(",")[0] + "," * (smiling + 1) + "1" + "," * (14 - smiling) for row in rows[1:]]
    table.write_text("\n".join([rows[0], *filled]), encoding="utf-8")
    (photos / "13.png").unlink()
    shutil.copy(photos / "10.png", photos / "another.png")
    prepare(photos, tmp_path / "data", Cut(64), None, ignore)
    faces = Faces.open(tmp_path / "data")
    assert (tmp_path / "data" / "labels.before.csv").read_text(encoding="utf-8").count("1") >= 4
    known = dict(zip(faces.names, faces.labels[:, smiling].tolist(), strict=True))
    assert known == {"inside/7.png": 1, "10.png": 1, "15.png": 1, "another.png": 0}


def test_a_kill_in_the_moment_of_the_exchange_loses_no_labels(photos: Path, tmp_path: Path) -> None:
    prepare(photos, tmp_path / "data", Cut(64), None, ignore)
    table = tmp_path / "data" / "labels.csv"
    table.write_text(table.read_text(encoding="utf-8-sig").replace("10.png,", "10.png,1"), encoding="utf-8")
    (tmp_path / "data").rename(tmp_path / ".data.old")  # as it lies between the two renames
    prepare(photos, tmp_path / "data", Cut(64), None, ignore)
    faces = Faces.open(tmp_path / "data")
    assert faces.labels[faces.names.index("10.png")].tolist() == [1, *[0] * 14]
    assert not list(tmp_path.glob(".data*"))


def test_a_few_photos_are_too_few_and_that_is_said(photos: Path, tmp_path: Path) -> None:
    for number in (10, 13):
        (photos / f"{number}.png").unlink()
    prepare(photos, tmp_path / "data", Cut(32), None, ignore)
    with pytest.raises(FacesError, match="at least 2"):
        Faces.open(tmp_path / "data").split()


def test_what_a_kill_had_done_is_gone_on_with(photos: Path, tmp_path: Path) -> None:
    for copy in range(30):
        shutil.copy(photos / "10.png", photos / f"copy{copy:02}.png")
    arguments = [sys.executable, "-m", "training", "faces", "prepare", str(photos), "--out", str(tmp_path / "data")]
    running = subprocess.Popen(arguments, stderr=subprocess.DEVNULL, start_new_session=True)
    crops = tmp_path / ".data.crops"
    while running.poll() is None and len(list(crops.glob("*.npy"))) < 3:
        time.sleep(0.01)
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    done = {path.name: path.stat().st_mtime_ns for path in crops.glob("*.npy")}
    assert 3 <= len(done) < 34
    assert not (tmp_path / "data").exists()
    begun = time.time_ns()
    again = subprocess.run(arguments, capture_output=True, text=True, check=False)
    assert again.returncode == 0, again.stderr
    assert len(Faces.open(tmp_path / "data").names) == 34
    assert max(done.values()) < begun
    assert not list(tmp_path.glob(".data*"))


def test_a_full_disk_is_one_sentence_and_what_is_there_stays(photos: Path, tmp_path: Path) -> None:
    prepare(photos, tmp_path / "data", Cut(32), None, ignore)
    before = {path.name: path.read_bytes() for path in (tmp_path / "data").iterdir()}
    full = (
        "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, 2_000));"
        "from training.__main__ import main; main()"
    )
    arguments = ["faces", "prepare", str(photos), "--out", str(tmp_path / "data")]
    done = subprocess.run([sys.executable, "-c", full, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "cannot be written" in done.stderr
    assert {path.name: path.read_bytes() for path in (tmp_path / "data").iterdir()} == before
