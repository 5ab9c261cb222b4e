"""What a chat is made of once its file is read: messages, and everything that was not one.

Knows nothing of file formats, of cleaning or of training.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

UNDATED = datetime.min
"""The ``when`` of a message whose file tells no times."""


@dataclass(frozen=True, slots=True)
class Message:
    """What one person wrote at one time, in local time without a zone; ``text`` may hold several lines.

    ``account`` is the ID of the writer's account on Discord, where the file tells it.
    """

    when: datetime
    who: str
    text: str
    account: int | None = None


class Reason(StrEnum):
    """Why a line or a record of an export is not a message of its own."""

    HEADER = "header"
    BLANK = "blank"
    DATE = "date"
    CONTINUATION = "continuation"
    SYSTEM = "system"
    MEDIA = "media"
    DELETED = "deleted"
    BOT = "bot"
    FORWARDED = "forwarded"
    EMPTY = "empty"
    UNFINISHED = "unfinished"
    UNREADABLE = "unreadable"
    REPEATED = "repeated"
    """A message that another of the files given holds too; it counts there."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """``count`` lines (records, in formats that have no lines) that are no messages, and why."""

    reason: Reason
    count: int = 1


Item = Message | Skipped
"""What a reader yields: nothing of a file is left out."""
