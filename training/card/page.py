"""The card's page: one HTML file with everything inside, for a screen of any width and for paper.

Every title tells a finding, and every number is explained in a sentence. Knows nothing of what was trained.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Protocol

_STYLE = Path(__file__).with_name("page.css")


class Figure(Protocol):
    """Whatever can be shown: :mod:`training.card.figures` has them."""

    def html(self) -> str:
        """Return it as HTML, everything in it escaped."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One number of the card's head, as it is to be read, and what it is."""

    value: str
    about: str
    is_bad: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the card. ``title`` tells what was found; ``notes`` explain the numbers, a sentence or two each."""

    title: str
    figures: Sequence[Figure]
    notes: Sequence[str] = ()
    is_bad: bool = False
    """Whether its finding is one that the owner has to do something about."""

    def html(self) -> str:
        """Return it as HTML."""
        notes = "".join(f"<p>{escape(note)}</p>" for note in self.notes)
        figures = "".join(figure.html() for figure in self.figures)
        return f"<section{_bad(self.is_bad)}><h2>{escape(self.title)}</h2>{notes}{figures}</section>"


@dataclass(frozen=True, slots=True)
class Card:
    """A whole card in ``language``: what was found above all, the most telling numbers, and the parts."""

    language: str
    title: str
    lead: str
    facts: Sequence[Fact]
    sections: Sequence[Section]
    foot: str

    def html(self) -> str:
        """Return the file's text."""
        parts = "".join(section.html() for section in self.sections)
        return (
            f'<!doctype html><html lang="{self.language}"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            # Nothing may be loaded or run, whatever a name in the chat looks like.
            '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; img-src data:; '
            "style-src 'unsafe-inline'\">"
            f"<title>{escape(self.title)}</title><style>{_STYLE.read_text(encoding='utf-8')}</style></head>"
            f"<body><header><h1>{escape(self.title)}</h1><p>{escape(self.lead)}</p>{_facts(self.facts)}</header>"
            f"<main>{parts}</main><footer>{escape(self.foot)}</footer></body></html>\n"
        )


def _facts(facts: Iterable[Fact]) -> str:
    shown = (
        f"<li{_bad(fact.is_bad)}><b>{escape(fact.value)}</b> <span>{escape(fact.about)}</span></li>" for fact in facts
    )
    return f'<ul class="facts">{"".join(shown)}</ul>'


def _bad(is_bad: bool) -> str:
    return ' class="bad"' if is_bad else ""
