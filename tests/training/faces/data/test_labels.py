"""Labels are read from a table or from CelebA's file, and every mistake is named with its line."""

from pathlib import Path

import numpy as np
import pytest

from training.faces.data.labels import ATTRIBUTES, LabelError, read_labels, write_labels

NAMES = ("a.jpg", "윤혜.jpg", "c.jpg")


def test_labels_come_back_as_they_were_written(tmp_path: Path) -> None:
    labels = np.random.default_rng(0).integers(-1, 2, (3, len(ATTRIBUTES))).astype(np.int8)
    write_labels(tmp_path / "l.csv", NAMES, labels, {"~Smiling": ["0.5"] * 3})
    assert (read_labels(tmp_path / "l.csv", NAMES) == labels).all()


def test_a_table_may_have_some_of_the_attributes_in_any_order_and_rows_too(tmp_path: Path) -> None:
    (tmp_path / "l.csv").write_text("file,Smiling,Male\nc.jpg,1,\n윤혜.jpg,-1,1\na.jpg,,\n", encoding="cp949")
    labels = read_labels(tmp_path / "l.csv", NAMES)
    assert labels[:, ATTRIBUTES.index("Smiling")].tolist() == [0, -1, 1]
    assert labels[:, ATTRIBUTES.index("Male")].tolist() == [0, 1, 0]
    assert not labels[:, ATTRIBUTES.index("Bangs")].any()


def test_celebas_own_file_is_read_and_attributes_that_are_not_ours_passed_over(tmp_path: Path) -> None:
    (tmp_path / "list_attr_celeba.txt").write_text("2\nAttractive Smiling Young\na.jpg  1 -1  1\nb.jpg -1  1 -1\n")
    labels = read_labels(tmp_path / "list_attr_celeba.txt", ("a.jpg", "b.jpg"))
    assert labels[:, ATTRIBUTES.index("Smiling")].tolist() == [-1, 1]


MISTAKES = {
    "an unknown column": ("file,Smile\na.jpg,1\n", "line 1.*'Smile'"),
    "a wrong value": ("file,Smiling\na.jpg,1\n윤혜.jpg,yes\nc.jpg,1\n", "line 3.*'yes'"),
    "a photo that is not there": ("file,Smiling\na.jpg,1\n윤혜.jpg,1\nc.jpg,1\nz.jpg,1\n", "line 5.*'z.jpg'"),
    "a photo without a row": ("file,Smiling\na.jpg,1\n", "윤혜.jpg.*1 more"),
    "two rows": ("file,Smiling\na.jpg,1\na.jpg,1\n", "line 3.*already"),
    "no header": ("a.jpg,1\n", "line 1.*'file'"),
    "nothing": ("", "line 1"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, name: str) -> None:
    text, said = MISTAKES[name]
    (tmp_path / "l.csv").write_text(text, encoding="utf-8")
    with pytest.raises(LabelError, match=said):
        read_labels(tmp_path / "l.csv", NAMES)


def test_a_cell_without_end_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "labels.csv").write_text("file,Male\n" + "x" * 200_000 + ",1\n")
    with pytest.raises(LabelError, match="no table of labels"):
        read_labels(tmp_path / "labels.csv", ["a.png"])
