"""What the owner reads on the card of faces, by name; a language that lacks a sentence does not type-check."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FacesCardTexts:
    """One language. Words in braces are filled in by the card."""

    title: str  # {count}
    title_none: str
    lead: str
    foot: str  # {kind} {steps} {batch} {made}

    fact_size: str
    fact_drawn: str
    fact_photos: str
    fact_distance: str

    new_faces: str
    copied: str
    distance_note: str  # {ratio}
    fresh: str

    changes: str  # {best} {share}
    no_changes: str
    changes_note: str
    missing: str  # {names}
    seen: str
    strips: str
    heads: tuple[str, str, str, str, str]
    table: str
    yes: str
    no: str

    again: str
    again_note: str
    reconstructions: str

    learning: str
    learning_note: str
    curves: str
    measures: Mapping[str, str]
    all_measures: str
    attributes: Mapping[str, str]
