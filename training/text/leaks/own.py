"""What is somebody's own in a room, kept as hashes in its run, so that lines of the bot can be compared with it later.

Knows nothing of networks, nor of how lines are made.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Self

import numpy as np

from bot.bundle.files import whole
from bot.bundle.verbatim import Spelling
from training.common.errors import RunError
from training.text.verbatim import OwnTexts


@dataclass(frozen=True, slots=True)
class Own:
    """Hashes of letters: ``runs`` of six morphemes of few people, their ``lengths``, and whole ``messages`` of few.

    ``short`` are whole messages of fewer than six morphemes that one person said once, ``rare`` those of them that
    hold a piece that few people say at all.
    """

    runs: frozenset[int]
    messages: frozenset[int]
    short: frozenset[int]
    rare: frozenset[int]
    lengths: tuple[int, ...]

    @classmethod
    def of(cls, texts: OwnTexts) -> Self:
        """Hash what is somebody's own."""
        hashes = (frozenset(map(_hash, kind)) for kind in (texts.runs, texts.messages, texts.short, texts.rare))
        runs, messages, short, rare = hashes
        return cls(runs, messages, short, rare, tuple(sorted({len(run) for run in texts.runs})))

    def has_run_in(self, text: str) -> bool:
        """Say whether a run of somebody's stands in a text."""
        letters = Spelling.of(text).letters
        return any(
            _hash(letters[start : start + length]) in self.runs
            for length in self.lengths
            for start in range(len(letters) - length + 1)
        )

    def write(self, path: Path) -> None:
        """Keep it in a file."""
        runs, messages, short, rare = map(_sorted, (self.runs, self.messages, self.short, self.rare))
        lengths = np.array(self.lengths, dtype=np.int64)
        with whole(path) as beside, beside.open("wb") as stream:
            np.savez_compressed(stream, runs=runs, messages=messages, short=short, rare=rare, lengths=lengths)

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read what :meth:`write` wrote.

        Raises:
            RunError: it is damaged or missing.
        """
        try:
            with np.load(path, allow_pickle=False) as arrays:
                hashes = (frozenset(arrays[kind].tolist()) for kind in ("runs", "messages", "short", "rare"))
                runs, messages, short, rare = hashes
                return cls(runs, messages, short, rare, tuple(arrays["lengths"].tolist()))
        except (OSError, ValueError, KeyError) as error:
            raise RunError(f"{path} is damaged or missing: train again with --force.") from error


def hash_of(text: str) -> int:
    """Return the hash of a whole text's letters."""
    return _hash(Spelling.of(text).letters)


def _hash(letters: str) -> int:
    return int.from_bytes(blake2b(letters.encode(), digest_size=8).digest(), "little")


def _sorted(hashes: Iterable[int]) -> "np.ndarray[tuple[int], np.dtype[np.uint64]]":
    return np.array(sorted(hashes), dtype=np.uint64)
