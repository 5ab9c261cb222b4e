"""The sentences about birthdays that a member may read, by name; a language that lacks one does not type-check."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BirthdayTexts:
    """One language. Words in braces are filled in by the sender."""

    commands: Mapping[str, str]
    """Names and descriptions of commands and options, by their English."""
    what_is_kept: str

    reasons: Mapping[str, str]
    """Why a date, a zone, a template, an hour or a row was refused, by the reason's name, with its values."""
    refusals: Mapping[str, str]
    """Why the chat said no, by the refusal's name; goes on from a word and a colon."""

    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    """Monday first."""
    date: str  # {month} {day}
    full_date: str  # {year} {month} {day} {weekday}
    lunar: str  # {month} {day}
    lunar_leap: str  # {month} {day}
    with_year: str  # {rule} {year}
    notes: Mapping[str, str]
    """Why a birthday is not on the very day of its rule, by the note's name."""
    age: str  # {age}
    hidden_year: str

    set: str  # {name} {rule}
    changed: str  # {name} {rule} {before}
    next: str  # {date}
    next_birthday: str
    rested: str  # {date}
    no_channel_yet: str
    none_of_yours: str
    none_of: str  # {name}
    shown: str  # {name} {rule}
    ask_remove: str  # {name} {rule}
    removed: str
    removed_already: str
    remove: str
    keep: str
    kept: str

    coming: str
    nobody_yet: str
    page: str  # {page} {pages} {total}
    today: str

    not_here: str
    no_such_role: str  # {role}
    role_too_high: str  # {role}
    role_of_app: str  # {role}
    cannot_give_roles: str
    zone: str  # {korean} {english}
    cannot_write: str  # {channel} {permissions}
    permissions: Mapping[str, str]
    """What the bot must be allowed to do, by discord.py's name for it."""

    channel_set: str  # {channel} {at} {zone}
    channel_off: str
    channel_now: str  # {mark}
    time_set: str  # {at} {zone}
    zone_set: str  # {at} {zone} {now}
    role_set: str  # {role}
    role_off: str
    role_now: str  # {mark}
    role_none: str
    turn_off: str
    no_bots: str
    ages_set: Mapping[str, str]
    digest_set: Mapping[str, str]

    placeholders: Mapping[str, str]
    """How a template's placeholders are spelt, by the field of ``TemplateValues``; each language's are understood."""
    template_title: str  # {number}
    template_label: str
    template_hint: str
    template_preview: str  # {number}
    template_sample: str  # {name}
    template_ageless: str
    template_saved: str  # {number} {count}
    template_removed: str  # {number}
    template_gone: str
    template_save: str
    template_edit: str
    template_discard: str
    template_again: str
    template_given: str
    sample_names: tuple[str, ...]
    """One that ends in a consonant, one in a vowel, one that nobody can read."""

    test: str
    check: str
    check_damaged: str  # {who}
    check_channel: str  # {channel}
    check_channel_none: str
    check_channel_gone: str
    check_role: str  # {role}
    check_role_none: str
    check_hour: str  # {at} {zone} {now}
    check_birthdays: str  # {count} {templates}
    check_next: str  # {name} {when} {relative}
    check_no_next: str
    check_digest: Mapping[str, str]
    check_ages: Mapping[str, str]
    plan: str  # {first} {last}
    plan_line: str  # {date} {name} {rule} {note}
    plan_none: str
    plan_end: str  # {last}

    import_how: str
    import_not_csv: str
    import_ready: str  # {count}
    import_replaces: str  # {count}
    import_bad: str  # {count}
    import_bad_row: str  # {row} {text} {why}
    import_more_bad: str  # {count}
    import_nothing: str
    import_save: str  # {count}
    import_saved: str  # {count}
    import_lost: str
    exported: str  # {count}
    export_hidden: str
    calendar_name: str  # {server}
    calendar_title: str  # {name}

    smiling_face: str
    late: str  # {days}
    join: str
    joined: str  # {count}
    joined_already: str
    joined_too_late: str
    remind_on: str
    remind_on_already: str
    remind_when: str  # {days}
    remind_not_yet: str
    remind_hello: str  # {server}
    remind_closed: str
    remind_stop: str
    remind_stopped: str
    reminders_set: str  # {days}
    reminders_off: str
    check_reminders: str  # {days} {count}
    check_reminders_off: str
    reminder: str  # {days} {date} {name}
    reminder_tomorrow: str  # {date} {name}
    reminder_from: str  # {server}
    events_on: str
    events_off: str
    event_name: str  # {name}
    event_text: str
    event_forbidden: str
    event_refused: str
    check_events: str
    check_events_off: str
    songs_on: str
    songs_off: str
    check_songs: str
    check_songs_off: str
    photo_shown: str
    photo_terms: str
    photo_keep: str
    photo_kept: str
    photo_now: str
    photo_none: str
    photo_remove: str
    photo_removed: str
    photo_gone: str
    photo_not_yours: str
    photo_impossible: str
    painting_impossible: str
    photo_alt: str
    letter_write: str
    letters: str  # {count}
    letter_title: str  # {name}
    letter_label: str
    letter_label_again: str
    letter_hint: str
    letter_kept: str  # {name} {date}
    letter_edit: str
    letter_remove: str
    letter_ask: str
    letter_removed: str
    letter_gone: str
    letter_empty: str
    letter_too_long: str  # {length} {limit}
    letter_too_late: str
    letter_unwanted: str
    letter_nobody: str
    letter_not_yours: str
    letters_to_oneself: str
    letters_none: str
    letters_over: str
    letter_to: str  # {mark}
    letter_page: str  # {page} {pages}
    letters_waiting: str  # {name} {count}
    letters_waiting_none: str  # {name}
    digest: Mapping[str, str]
    """The heading of the list, by how often it comes."""
    whole_list: str
    notices: Mapping[str, str]
    """What the admins are told, by what it is about: {server} {names} {reason}."""
    notice_unsure: str  # {names}
