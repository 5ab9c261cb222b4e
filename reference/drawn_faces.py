"""``python -m reference.drawn_faces FILE``: the README's picture of drawn faces, by the demo's bundle as it is now.

Above a face a row, from the most serious to the happiest; below new faces, the usual generator's in two rows.
"""

import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from bot.bundle import Bundle
from bot.default_bundle import DEMO_BUNDLE
from bot.inference.artist import Artist, open_artist
from bot.photos import resized

_STRENGTHS = (-3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0)
_SMILING, _FIRST = range(4), 10
"""Seeds of the faces that smile, and the first of those that are new: nobody chose them."""
_TILE, _GAP, _BETWEEN = 96, 8, 24
"""Pixels of a face, around it, and between the two parts."""

Picture = NDArray[np.uint8]


def drawn_faces(artist: Artist) -> Picture:
    """Return the picture ``[height, width, 3]``."""
    above = [_row(artist.varied(seed, "Smiling", _STRENGTHS, artist.usual)) for seed in _SMILING]
    paper = np.full((_BETWEEN, *above[0].shape[1:]), 255, np.uint8)
    others = sorted(artist.generators, key=lambda generator: generator != artist.usual)
    below = [_new(artist, artist.usual, _FIRST), *(_new(artist, each, _FIRST + len(_STRENGTHS)) for each in others)]
    return np.concatenate([*above, paper, *below])


def _new(artist: Artist, generator: str, first: int) -> Picture:
    seeds = range(first, first + len(_STRENGTHS))
    return _row(np.concatenate([artist.draw(artist.latent(seed, generator), generator) for seed in seeds]))


def _row(faces: Picture) -> Picture:
    tiles = np.full((len(faces), _TILE + _GAP, _TILE + _GAP, 3), 255, np.uint8)
    tiles[:, :_TILE, :_TILE] = [resized(face, _TILE) for face in faces]
    return np.concatenate([*tiles], axis=1)


def main() -> None:
    """Write it to the file that was named."""
    artist = open_artist(Bundle.open(DEMO_BUNDLE), "cpu")
    if artist is None:
        raise SystemExit(f"The bundle in {DEMO_BUNDLE} draws no faces.")
    Image.fromarray(drawn_faces(artist)[:-_GAP, :-_GAP]).save(Path(sys.argv[1]), optimize=True)


if __name__ == "__main__":
    main()
