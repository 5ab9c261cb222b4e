"""What the owner reads on the card of an editor, by name; a language that lacks a sentence does not type-check."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EditorCardTexts:
    """One language. Words in braces are filled in by the card."""

    title: str  # {share}
    title_none: str
    lead: str
    foot: str  # {steps} {batch} {made}

    fact_gentle: str
    fact_grin: str
    fact_less: str
    fact_people: str

    people: str
    too_few: str
    people_note: str
    more: str
    less: str

    learning: str
    learning_note: str
    pixels: str
    others: str
    steps: str
