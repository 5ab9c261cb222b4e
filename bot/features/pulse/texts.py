"""Every sentence about the pulse that a member may read, by name; a language that lacks one does not type-check."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PulseTexts:
    """One language. Words in braces are filled in by the sender."""

    commands: Mapping[str, str]
    """Names and descriptions of commands, options and choices, by their English."""
    what_is_kept: str

    weekdays: Sequence[str]
    """Monday first."""
    short_weekdays: Sequence[str]
    """The same on a picture, in letters that its font has."""
    months: Sequence[str]
    hours: Sequence[str]
    """Each hour of the day as one says it."""
    short_hour: str  # {hour}
    """The same on a picture."""
    date: str  # {month} {day} {weekday}
    full_date: str  # {year} {month} {day}

    today: str  # {hour}
    tomorrow: str  # {hour}
    on_weekday: str  # {weekday} {hour}
    lively: str  # {when}
    lively_now: str
    lively_week: str  # {when}
    quiet: str  # {when}
    louder_than_usual: str
    quieter_than_usual: str

    bars_and_line: str
    """What the picture shows where a network knows more than what is usual."""
    bars: str
    by_network: str
    by_mean: str  # {weeks}
    too_old: str
    counted_until: str  # {date} {age}
    same_day: str
    """How long ago it was, where it was today."""
    days_ago: Sequence[str]  # {number}
    """The same in days, of one and of several; so are the others."""
    weeks_ago: Sequence[str]  # {number}
    months_ago: Sequence[str]  # {number}
    years_ago: Sequence[str]  # {number}
    counts_alone: str

    review: str  # {year}
    review_messages: str  # {messages} {first} {last}
    review_months: str  # {loud} {count} {quiet}
    review_day: str  # {date} {count}
    review_hours: str  # {weekday} {loud} {quiet}
    review_silent: str  # {days}
    review_small: str
    picture_of_day: str
    picture_of_week: str
    picture_of_year: str  # {year}

    show_day: str
    show_week: str
    show_year: str

    no_years: str
    no_such_year: str  # {year} {years}
    not_here: str
