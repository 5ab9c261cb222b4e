"""Every sentence about paintings that a member may read, by name."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StyleTexts:
    """One language. Words in braces are filled in by the sender."""

    commands: Mapping[str, str]
    """Names and descriptions of commands and options, by their English."""
    what_is_kept: str

    painted: str  # {styles} {strength}
    painted_like: str  # {strength}
    colours_kept: str
    choose: str  # {count}
    only_here: str
    shown_by: str  # {who}
    by_a_model: str
    shrunk: str  # {width} {height}

    painting: str  # {styles}
    another_picture: str
    gallery: str  # {count}
    original_photo: str
    style_picture: str

    more: str
    less: str
    keep_colours: str
    paint_colours: str
    again: str
    show: str
    pick_style: str  # {first} {last}
    numbered: str  # {number} {name}

    no_styles: str
    no_such_style: str  # {known}
    no_picture_here: str
    plain_style: str
    not_any_picture: str
    style_or_like: str
    not_alone: str
