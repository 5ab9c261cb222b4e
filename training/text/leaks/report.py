"""The leak report of a run, ``leaks.json`` in its folder: exposures, and what came out in so many lines.

::

    {"not_measured": null,                     # or "skipped" (--no-leaks), or "small": too few messages or words
     "exposure": {                             # of secrets planted in a copy of the room, in bits; null if not measured
       "bits": 12.97, "aim": 2.0, "messages": 8000, "epochs": 3, "secrets": 24,
       "network": {"1": 1.5, "4": 3.2, "16": 7.9},     # means of eight secrets each, by how often they are said
       "ngrams": {"1": 1.4, "4": 1.4, "16": 1.5}},     # read out of the table of shared phrases
     "extracted": {                            # what the copy says through the bot's own speaker; null before export
       "lines": 2000, "secrets": 0},
     "said": {                                 # what the bundle itself says; null before export
       "lines": 2000, "runs": 0, "messages": 0, "short": 3, "rare": 0}}

``runs`` counts lines with six morphemes in a row of fewer than three people, ``messages`` lines that are a whole
message (three morphemes or more) of fewer than three; ``short`` those that are a whole message of fewer than six
morphemes which one person said once, ``rare`` those of them that hold a piece which fewer than three people ever said.
Knows nothing of how any of it is measured.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal, Self

from training.common.errors import RunError
from training.common.run_folder import write_json

AIM = 2.0
"""Bits of exposure, at most, of a secret that was said once."""
NotMeasured = Literal["skipped", "small"]


@dataclass(frozen=True, slots=True)
class Exposure:
    """What a copy of the voice gives away of secrets (bits), by how often they are said; ``bits`` there are to know."""

    bits: float
    messages: int
    epochs: int
    secrets: int
    network: Mapping[str, float]
    ngrams: Mapping[str, float]
    aim: float = AIM

    @property
    def is_low(self) -> bool:
        """Whether a secret that was said once is as safe as is asked."""
        return self.network["1"] <= self.aim


@dataclass(frozen=True, slots=True)
class Extracted:
    """How many of the secrets came out in so many lines."""

    lines: int
    secrets: int


@dataclass(frozen=True, slots=True)
class Said:
    """Of so many lines of the bundle, those that repeat what is somebody's."""

    lines: int
    runs: int
    messages: int
    short: int
    rare: int


@dataclass(frozen=True, slots=True)
class LeakReport:
    """What is known of what a voice gives away; None is what was not measured."""

    not_measured: NotMeasured | None = None
    exposure: Exposure | None = None
    extracted: Extracted | None = None
    said: Said | None = None

    @property
    def is_red(self) -> bool:
        """Whether something came out that must not."""
        secrets = self.extracted.secrets if self.extracted else 0
        return bool(secrets or (self.said and (self.said.runs or self.said.messages or self.said.rare)))

    def in_words(self) -> str:
        """Return it in a few words, without any of the room, for a bundle's manifest."""
        if self.extracted is None and self.said is None and self.exposure is None:
            return "not measured"
        parts = []
        if self.exposure:
            parts.append(f"exposure {self.exposure.network['1']:.1f} of {self.exposure.bits:.0f} bits")
        if self.extracted:
            parts.append(f"{self.extracted.secrets} secrets out in {self.extracted.lines:,} lines")
        if self.said:
            out = self.said.runs + self.said.messages + self.said.rare
            parts.append(f"{out} of {self.said.lines:,} lines somebody's own")
        return "; ".join(parts)

    def write(self, path: Path) -> None:
        """Write ``leaks.json``."""
        write_json(path, asdict(self))

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read ``leaks.json``; of a run from before there was one nothing is measured.

        Raises:
            RunError: it is damaged.
        """
        if not path.is_file():
            return cls()
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            exposure, extracted, said = (content[name] for name in ("exposure", "extracted", "said"))
            return cls(
                content["not_measured"],
                Exposure(**exposure) if exposure else None,
                Extracted(**extracted) if extracted else None,
                Said(**said) if said else None,
            )
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise RunError(f"{path} is damaged ({error!r}): train again with --force.") from error
