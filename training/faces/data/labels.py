"""Labels of the attributes: a CSV to fill in, or CelebA's own text file, checked line by line.

A label is -1 (absent), 1 (present) or 0 (unknown: an empty field). Knows nothing of pictures.
"""

import csv
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.bundle.files import whole
from training.common.errors import FacesError

ATTRIBUTES = (
    "Bangs",
    "Black_Hair",
    "Brown_Hair",
    "Chubby",
    "Eyeglasses",
    "Heavy_Makeup",
    "Male",
    "Mouth_Slightly_Open",
    "Narrow_Eyes",
    "Pale_Skin",
    "Rosy_Cheeks",
    "Smiling",
    "Wearing_Earrings",
    "Wearing_Hat",
    "Wearing_Lipstick",
)
"""What is labelled, by CelebA's names (Liu et al. 2015); a bundle carries the list of its own."""

Labels = NDArray[np.int8]
_VALUES = {"": 0, "-1": -1, "1": 1, "0": 0}
_ENCODINGS = ("utf-8-sig", "cp949")


class LabelError(FacesError):
    """A label file that cannot be used; names the line."""


def without_rows_for(names: Collection[str]) -> Callable[[str], bool]:
    """Return a test for :func:`read_labels`: rows for these photos, which were refused, are no mistake."""
    return lambda name: name in names


def read_labels(path: Path, names: Sequence[str], passed_over: Callable[[str], bool] = lambda _: False) -> Labels:
    """Return ``[len(names), attributes]`` labels from a CSV (``file`` and any of the attributes) or CelebA's text file.

    A row of a photo that is not among ``names`` is a mistake, unless it is ``passed_over``.

    Raises:
        LabelError: a column nobody knows, a value that is none, a row for no photo, or a photo without a row.
    """
    rows = _rows(path)
    photo_names = frozenset(names)
    for name, (line, _) in rows.items():
        if name not in photo_names and not passed_over(name):
            raise LabelError(f"{path}, line {line}: there is no photo {name!r} among those that were prepared.")
    missing = [name for name in names if name not in rows]
    if missing:
        raise LabelError(f"{path} has no row for {missing[0]!r}" + _more(len(missing) - 1) + ".")
    return _array(rows, names)


def labels_of(path: Path, names: Sequence[str]) -> Labels:
    """Return ``[len(names), attributes]`` what the file says of photos that it may know or not.

    Raises:
        LabelError: a column nobody knows, or a value that is none.
    """
    return _array(_rows(path), names)


def write_labels(path: Path, names: Sequence[str], labels: Labels, beside: Mapping[str, Sequence[object]] = {}) -> None:
    """Write a CSV to fill in or to read again, whole or not at all; ``beside`` are further columns, for people."""
    # The mark makes Excel read Hangul names.
    with whole(path) as unfinished, unfinished.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["file", *ATTRIBUTES, *beside])
        for index, (name, row) in enumerate(zip(names, labels.tolist(), strict=True)):
            writer.writerow([name, *(value or "" for value in row), *(column[index] for column in beside.values())])


Row = tuple[str, tuple[int, dict[str, int]]]


def _rows(path: Path) -> dict[str, tuple[int, dict[str, int]]]:
    try:
        return dict(_celeba(path) if _is_celeba(path) else _table(path))
    except csv.Error as error:
        raise LabelError(f"{path} is no table of labels ({error}): save it as CSV again.") from None


def _array(rows: Mapping[str, tuple[int, dict[str, int]]], names: Sequence[str]) -> Labels:
    labels = np.zeros((len(names), len(ATTRIBUTES)), np.int8)
    for index, name in enumerate(names):
        for attribute, value in rows[name][1].items() if name in rows else ():
            labels[index, ATTRIBUTES.index(attribute)] = value
    return labels


def _table(path: Path) -> Iterator[Row]:
    lines = _text(path).splitlines()
    reader = csv.reader(lines)
    header = [column.strip() for column in next(reader, [])]
    if not header or header[0] != "file":
        raise LabelError(f"{path}, line 1: the first column must be 'file'.")
    columns = {index: name for index, name in enumerate(header) if index and not name.startswith("~")}
    unknown = [name for name in columns.values() if name not in ATTRIBUTES]
    if unknown:
        raise LabelError(f"{path}, line 1: {unknown[0]!r} is no attribute; they are {', '.join(ATTRIBUTES)}.")
    seen: set[str] = set()
    for row in filter(any, reader):
        line = reader.line_num
        if row[0] in seen:
            raise LabelError(f"{path}, line {line}: {row[0]!r} has a row already.")
        seen.add(row[0])
        yield row[0], (line, {name: _value(path, line, row, index) for index, name in columns.items()})


def _value(path: Path, line: int, row: Sequence[str], index: int) -> int:
    text = row[index].strip() if index < len(row) else ""
    if text not in _VALUES:
        raise LabelError(f"{path}, line {line}: {text!r} is no label; write 1, -1, or nothing.")
    return _VALUES[text]


def _is_celeba(path: Path) -> bool:
    return _text(path).split("\n", 1)[0].strip().isdecimal()


def _celeba(path: Path) -> Iterator[Row]:
    """Read ``list_attr_celeba.txt``: a count, the attributes' names, a row for each picture."""
    _, header, *rows = [*_text(path).splitlines(), ""]
    ours = {index: name for index, name in enumerate(header.split()) if name in ATTRIBUTES}
    for line, row in enumerate(rows, 3):
        name, *values = row.split() or [""]
        if name:
            yield name, (line, {ours[index]: _value(path, line, values, index) for index in ours})


def _text(path: Path) -> str:
    data = path.read_bytes()
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise LabelError(f"{path} is no text: save it as CSV.")


def _more(number: int) -> str:
    return f" and {number} more" if number else ""
