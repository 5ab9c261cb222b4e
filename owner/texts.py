"""What the owner reads of the steps, by name; a language that lacks a sentence does not type-check."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sentences:
    """What went wrong, and what to do; words in braces are filled in."""

    no_training: str  # {missing}
    no_exports: str
    not_read: str
    no_photos: str
    no_faces: str
    no_bundle: str
    runs_already: str
    disk_full: str  # {folder}
    cannot_write: str  # {place} {reason}
    ended_without_a_word: str  # {log}
    wrong_flag: str  # {log}
    does_not_open: str  # {reason}
    malformed_login: str
    login_missing: str
    login_unknown: str
    no_network: str
    discord_unwell: str  # {status}
    service: str  # {reason}
    no_such_photo: str  # {photo}
    no_such_file: str  # {file}
    no_such_kind: str  # {file}
    nothing_in_zip: str  # {file}
    bad_zip: str  # {file}
    swollen_zip: str  # {file}
    nobody_agreed: str  # {file}
    no_labels: str


@dataclass(frozen=True, slots=True)
class OwnerTexts:
    """One language."""

    sentences: Sentences
    steps: Mapping[str, str]
    """By :data:`owner.project.STEPS`."""
    stages: Mapping[str, str]
    """By the names that jobs give."""
    left: str  # {time}
    minutes: str  # {minutes}
    seconds: str  # {seconds}
    verdict: Mapping[str, str]  # {messages}, by owner.learn.Verdict.size
    report: Mapping[str, str]
    """By the names in a chat's report, but for what :class:`training.text.corpus.texts.CorpusTexts` names."""
    kept: str  # {bot}
    label_first: str  # {sheet}
    look_at: str  # {card}
    needs_login: str
    start_it: str
    stopped: str
    opens: str  # {url}
    help: Mapping[str, str]
    """What ``--help`` says, by the English one."""
