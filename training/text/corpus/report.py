"""The report on a corpus, in numbers alone: no name, no word and no personal datum is ever in it.

The counts add up: ``messages`` and ``not_messages`` together are the lines of the files (their records, where a format
has no lines). Knows nothing of how the numbers came about.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from training.terminal.translation import in_owners_language, language_of_terminal
from training.text.corpus import en, ko
from training.text.corpus.texts import CorpusTexts

COUNTED: Mapping[str, CorpusTexts] = {"ko": ko.TEXTS, "en": en.TEXTS}
"""What is counted, in words by language."""


@dataclass(frozen=True, slots=True)
class FileRead:
    """One file: its format and encoding, and how many ``unit`` (lines or records) it has."""

    format: str
    encoding: str
    unit: str
    count: int


@dataclass(frozen=True, slots=True)
class Report:
    """Counts of a chat before and after cleaning.

    ``messages`` is what people wrote, each once, ``kept`` is what cleaning left of it, ``left_out`` what those wrote
    who are left out, by why, ``people`` how many wrote. ``first`` and ``last`` are None where the files tell no times.
    ``not_messages`` counts under ``repeated`` what another file holds too. ``removed`` counts personal data by kind,
    ``dropped`` the rest.
    """

    messages: int
    kept: int
    left_out: Mapping[str, int]
    people: int
    days: int
    sessions: int
    first: datetime | None
    last: datetime | None
    not_messages: Mapping[str, int]
    removed: Mapping[str, int]
    dropped: Mapping[str, int]
    files: tuple[FileRead, ...]
    warnings: tuple[str, ...]

    @property
    def lines(self) -> int:
        """All lines (or records) of all files."""
        return sum(file.count for file in self.files)

    def to_json(self) -> dict[str, Any]:
        """Return what ``--json`` prints; times are ISO 8601 to the minute."""
        return {
            "messages": self.messages,
            "people": self.people,
            "first": self.first and self.first.isoformat(timespec="minutes"),
            "last": self.last and self.last.isoformat(timespec="minutes"),
            "not_messages": dict(self.not_messages),
            "removed": dict(self.removed),
            "kept": self.kept,
            "left_out": sum(self.left_out.values()),
            "left_out_why": dict(self.left_out),
            "days": self.days,
            "sessions": self.sessions,
            "lines": self.lines,
            "dropped": dict(self.dropped),
            "files": [{"format": file.format, "encoding": file.encoding, file.unit: file.count} for file in self.files],
            "warnings": list(self.warnings),
        }

    def table(self) -> RenderableType:
        """Return the table for people, with the warnings under it."""
        table = Table(show_header=False, title=", ".join(sorted({file.format for file in self.files})))
        table.add_column("what")
        table.add_column("how many", justify="right")
        for name, value in self._chat():
            table.add_row(name, value)
        _add_section(table, "messages of people left out", self.left_out)
        _add_section(table, "not messages", self.not_messages)
        table.add_row("= lines in all" if self._are_lines() else "= records in all", f"{self.lines:,}")
        if self.removed:
            _add_section(table, "personal data taken out", self.removed)
        else:
            table.add_section()
            table.add_row("personal data", "none", style="bold")
        _add_section(table, "also dropped", self.dropped)
        warnings = map(in_owners_language, self.warnings)
        return Group(table, *(Text(f"! {warning}", style="yellow") for warning in warnings))

    def _chat(self) -> list[tuple[str, str]]:
        span = f"{self.first:%Y-%m-%d} – {self.last:%Y-%m-%d}" if self.first and self.last else "–"
        counts = [("messages", self.messages), ("people", self.people), ("days", self.days)]
        more = [("conversations", self.sessions), ("messages left after cleaning", self.kept)]
        rows = [(name, f"{count:,}") for name, count in counts + more]
        return [*rows[:3], ("from – to", span), *rows[3:]]

    def _are_lines(self) -> bool:
        return all(file.unit == "lines" for file in self.files)


def _add_section(table: Table, name: str, counts: Mapping[str, int]) -> None:
    if not counts:
        return
    counted = COUNTED[language_of_terminal()]
    table.add_section()
    table.add_row(name, f"{sum(counts.values()):,}", style="bold")
    for reason, count in sorted(counts.items(), key=lambda item: -item[1]):
        table.add_row(f"  {counted.name(reason)}", f"{count:,}")
