"""Every sentence about faces that a member may read, by name."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FaceTexts:
    """One language. Words in braces are filled in by the sender."""

    commands: Mapping[str, str]
    """Names and descriptions of commands and options, by their English."""
    what_is_kept: str

    attributes: Mapping[str, str]
    """What each attribute is called, by CelebA's name."""

    changed: str  # {attribute} {strength}
    drawn: str  # {seed}
    drawn_by: str  # {model} {seed}
    from_photo: str
    only_here: str
    shown_by: str  # {who}
    by_a_model: str
    saw_drawn: str
    shrunk: str  # {width} {height}
    several_faces: str  # {count}
    which_face: str  # {count}
    faces_changed: str  # {count} {numbers}
    left_out: str  # {count}
    unmoved: str
    unmoved_faces: str  # {numbers}
    nothing_changed: str
    numbers: str  # {count}
    original_photo: str
    whole_photo: str
    swept: str  # {attribute}
    mixed: str
    before: str
    after: str  # {attribute} {strength}
    before_and_after: str  # {attribute} {strength}
    compared: str  # {changes}
    cleaned: str  # {count}
    cleaned_compared: str
    too_large: str  # {count}
    strange: str
    strange_faces: str  # {numbers}
    label_before: str
    label_after: str

    more: str
    less: str
    again: str
    show: str
    open: str
    every_face: str
    pick_faces: str
    face_number: str  # {number}
    pick_edits: str

    no_faces: str
    no_photos: str
    no_such_attribute: str  # {known}
    not_on_photos: str  # {known}
    no_such_model: str  # {known}
    too_strong: str  # {limit}
    not_yours: str
    not_alone: str
    no_cleaner: str
    too_large_to_clean: str
