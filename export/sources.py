"""Where each part of a bundle comes from. Knows nothing of how one is exported."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Sources:
    """Where each part of a bundle comes from: runs, and bundles that it is taken over from."""

    text: Path | None
    words_of: Path | None
    beside: Path | None
    """The run of which what lies beside the words is exported."""
    by_kind: Mapping[str, Path]
    by_name: Mapping[str, Path]
    faces_of: Path | None
    editor: Path | None
    answers: Path | None
    withdrawals: Path | None
    without_encoders: Sequence[str]
    are_pictures_new: bool = False
    styles: Mapping[str, Path] = field(default_factory=dict)
    """The runs of an owner's own styles, by what they are called."""
    cleaner: Path | None = None
