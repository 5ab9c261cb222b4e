"""What the owner reads on the card of a voice, by name; a language that lacks a sentence does not type-check."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TextCardTexts:
    """One language. Words in braces are filled in by the card."""

    title_good: str  # {messages}
    title_enough: str  # {messages}
    title_few: str  # {messages}
    title_repeating: str  # {messages}
    lead: str
    foot: str  # {network} {base} {trained} {data} {seed}

    fact_messages: str
    fact_people: str
    fact_better: str
    fact_worse: str
    fact_variety: str
    fact_removed: str

    chat_title: str  # {month} {hour}
    chat_untimed: str
    chat_note: str  # {kept} {days} {sessions}
    chat_left_out: str  # {left_out}
    by_month: str
    by_hour: str
    by_person: str
    others: str  # {count}
    month: str
    """A date's format."""
    hour: str  # {hour}
    messages: str

    scrubbed_title: str  # {count}
    scrubbed_none: str
    scrubbed_note: str
    by_kind: str
    not_messages: str

    learning_title: str  # {best} {last}
    learning_to_the_end: str  # {last}
    learning_note: str
    curves: str
    training: str
    held_out: str
    best: str  # {best}
    epochs: str

    worth_better: str  # {share}
    worth_alike: str
    worth_worse: str  # {share}
    worth_repeating: str  # {share}
    worth_note: str
    perplexity: str
    perplexity_note: str
    bits: str
    bits_note: str
    bits_unit: str
    variety: str
    variety_note: str
    network: str
    network_alone: str
    counts: str
    base: str
    previous: str
    since_better: str  # {share}
    since_worse: str  # {share}
    since_alike: str
    all_measures: str
    measures: Mapping[str, str]

    lines_title: str  # {count}
    lines_note: str  # {drawn} {said}
    temperatures: Mapping[str, str]

    fact_leaks: str
    unmeasured_leaks: str
    unmeasured_leaks_note: str
    leaks_skipped: str
    leaks_small: str
    leaks_at_export: str
    leaks_red: str  # {count}
    leaks_low: str  # {once} {bits}
    leaks_high: str  # {once} {bits}
    leaks_none: str
    exposure: str
    exposure_note: str  # {secrets} {messages} {bits} {aim}
    from_network: str  # {times}
    from_phrases: str  # {times}
    came_out: str
    came_out_heads: tuple[str, str]
    came_out_note: str
    secrets_out: str
    runs_out: str
    messages_out: str
    rare_out: str
    short_out: str

    more_title: str
    more_none: str
    picking: str
    picked: str  # {right} {chance}
    filling: str
    filled: str  # {both} {left}
    singing: str
    sung: str  # {lstm} {gru} {shared}
    inventing: str
    invented: str  # {context} {alone}
    pulsing: str
    pulsed: str  # {network} {last_week} {usual}
    pulsed_by_mean: str  # {network} {last_week} {usual}
    pulsed_unmeasured: str
    reacting: str
    reacted: str  # {balanced} {chance}
    speaking_as: str  # {name}
    spoken_as: str  # {right} {group}
    is_offered: str
    is_not_offered: str
