"""What ``/teach`` and ``/what`` say, by name; a language that lacks a sentence does not type-check."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TeachTexts:
    """One language. Words in braces are filled in by the sender."""

    commands: Mapping[str, str]
    """Names and descriptions of commands and options, by their English."""
    what_is_kept: str

    no_network: str
    no_name: str
    long_name: str  # {most}
    calling_name: str
    refused_name: str
    too_many_things: str  # {most}
    unfit: Mapping[object, str]
    """Why a picture that can be read is not taken, by :class:`~bot.features.teach.pictures.PictureProblem`."""

    learnt: str  # {name} {count}
    learnt_nothing: str  # {name}
    of_picture: str  # {number} {problem}
    outcomes: Mapping[object, str]  # {most}
    """What became of a picture that was not counted, by :class:`~bot.features.teach.taught_pictures.Outcome`."""
    now_another: str
    now_more_pictures: str
    recognised: str  # {right} {asked} {percent}
    other_days: str
    only_numbers: str

    nothing_taught: str
    one_more: str
    teach_again: str
    shows: str  # {name}
    perhaps: str  # {name}
    unsure: str
    only_you: str
    shown_by: str  # {who}
    show: str
    picture: str
    gone: str

    heading: str
    nothing: str
    line: str  # {number} {name} {count} {teachers}
    and_more: str  # {count}
    is_old: str
    hidden_name: str
    how: str
    page: str  # {page} {pages} {total}
    not_yours: str
    sure: str  # {name} {count}
    delete: str
    keep: str
