"""A data folder of many invented portraits, drawn on all cores. Knows nothing of how one is drawn."""

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.common.progress import Progress
from training.faces.data.dataset import write_faces
from training.faces.data.labels import ATTRIBUTES
from training.faces.drawing.identity import Identity
from training.faces.drawing.invention import attributes_of
from training.faces.drawing.portrait import portrait

DAYS = 2
"""Portraits of one person, each with other attributes: so who somebody is can be told from how they look today."""


def draw_crowd(folder: Path, count: int, size: int, seed: int, progress: Progress) -> None:
    """Draw ``count`` portraits of people who follow from ``seed`` and write them, exactly labelled, to ``folder``.

    Raises:
        FacesError: ``folder`` holds something else.
    """
    sitters = [(seed * 1_000_000 + index // DAYS, index % DAYS) for index in range(count)]
    rows = [[1 if has else -1 for has in attributes_of(*sitter).values()] for sitter in sitters]
    labels = np.array(rows, np.int8).reshape(-1, len(ATTRIBUTES))
    names = [f"{number}-{day}.png" for number, day in sitters]
    people = [number for number, _ in sitters]
    write_faces(folder, _drawn(sitters, size, progress), names, labels, people=people, drawn=True)


def _drawn(sitters: list[tuple[int, int]], size: int, progress: Progress) -> Iterator[NDArray[np.uint8]]:
    with ProcessPoolExecutor(min(os.cpu_count() or 1, len(sitters))) as pool:
        portraits = pool.map(partial(_portrait, size), sitters, chunksize=16)
        for done, picture in enumerate(portraits, 1):
            progress(done, len(sitters))
            yield picture


def _portrait(size: int, sitter: tuple[int, int]) -> NDArray[np.uint8]:
    return portrait(Identity.of(sitter[0]), attributes_of(*sitter), size)
