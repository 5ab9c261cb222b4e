"""What a report counts, in words, for everything that shows one; a language that lacks a word fails a test."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CorpusTexts:
    """One language: kinds of personal data, and why something is no message or is not learnt, by the report's names."""

    kinds: Mapping[str, str]
    reasons: Mapping[str, str]

    def name(self, counted: str) -> str:
        """Return what is counted under a name, in words."""
        return self.kinds.get(counted) or self.reasons.get(counted, counted)
