"""Photos become a data folder: good ones kept, others counted and named, and nothing is lost by a stop."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from bot.bundle import ATTRIBUTES
from training.faces.dataset import Faces
from training.faces.drawing import Identity, portrait
from training.faces.errors import FacesError
from training.faces.preparing import prepare

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
    (folder / "notes.txt").write_text("no photo")
    return folder


def test_faces_are_kept_and_everything_else_is_named_and_counted(photos: Path, tmp_path: Path) -> None:
    done = prepare(photos, tmp_path / "data", 64, None, ignore)
    assert done.refused == {"broken.jpg": "no picture", "wall.jpg": "no face"}
    assert sum(done.counts().values()) == len(SITTERS) + 2
    faces = Faces.open(tmp_path / "data")
    assert faces.images.shape == (len(SITTERS), 64, 64, 3)
    assert set(faces.names) == {"inside/7.png", "10.png", "13.png", "15.png"}
    for name, image in zip(faces.names, faces.images, strict=True):
        expected = portrait(Identity.of(int(Path(name).stem)), {"Black_Hair": True}, 64).astype(int)
        assert np.abs(image.astype(int) - expected)[16:48, 16:48].mean() < 30
    assert (tmp_path / "data" / "kept.png").is_file()
    assert (tmp_path / "data" / "refused.png").is_file()
    assert not list(tmp_path.glob(".data*"))


def test_celebas_layout_is_read_as_it_is(photos: Path, tmp_path: Path) -> None:
    celeba = tmp_path / "celeba"
    (celeba / "img_align_celeba").mkdir(parents=True)
    names = []
    for index, number in enumerate(SITTERS[1:], 1):
        names.append(f"{index:06}.png")
        (photos / f"{number}.png").rename(celeba / "img_align_celeba" / names[-1])
    rows = "".join(f"{name} 1 -1\n" for name in names)
    (celeba / "list_attr_celeba.txt").write_text(f"{len(names)}\nSmiling Young\n{rows}")
    (celeba / "list_eval_partition.txt").write_text("".join(f"{name} {part}\n" for part, name in enumerate(names)))
    prepare(celeba, tmp_path / "data", 32, None, ignore)
    faces = Faces.open(tmp_path / "data")
    assert faces.labels[:, ATTRIBUTES.index("Smiling")].tolist() == [1, 1, 1]
    learn, held_out = faces.split(1)
    assert learn.tolist() == [0, 1]
    assert held_out.tolist() == [2]


def test_a_folder_without_photos_or_faces_is_one_sentence(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(FacesError, match="no photos"):
        prepare(empty, tmp_path / "data", 64, None, ignore)
    Image.new("RGB", (200, 200)).save(empty / "wall.png")
    with pytest.raises(FacesError, match="No face"):
        prepare(empty, tmp_path / "data", 64, None, ignore)
    with pytest.raises(FacesError, match="no folder"):
        prepare(tmp_path / "nowhere", tmp_path / "data", 64, None, ignore)


def test_a_folder_of_other_things_is_never_written_over(photos: Path, tmp_path: Path) -> None:
    precious = tmp_path / "data"
    precious.mkdir()
    (precious / "thesis.txt").write_text("years of work")
    with pytest.raises(FacesError, match="another --out"):
        prepare(photos, precious, 64, None, ignore)
    assert (precious / "thesis.txt").is_file()
