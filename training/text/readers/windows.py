"""KakaoTalk for Windows: ``[name] [오후 2:41] text`` under lines of dashes with the day.

System lines carry no mark at all, so they are known by their sentences. Knows nothing of the other platforms.
"""

import re
from datetime import date, datetime

from training.text.message import Item, Message, Reason, Skipped
from training.text.readers.format import kakaotalk
from training.text.readers.system_notices import SYSTEM, is_call, note
from training.text.readers.timestamps import CLOCK, day_of, time_of

_MESSAGE = re.compile(rf"\[(.+?)\] \[({CLOCK})\](?: (.*))?", re.DOTALL)
_DATE = re.compile(r"-{15} (.+?) -{15}")
_SAVED = re.compile(r"(?:저장한 날짜|Date Saved) ?: (\d{4}-\d\d-\d\d) .*")


class Windows:
    """Remembers the day that the last line of dashes named."""

    opening = _MESSAGE.pattern

    def __init__(self) -> None:
        """Begin on the epoch: an export that lost its first date line still reads."""
        self._day = date(1970, 1, 1)

    def begin(self, line: str) -> Item | None:
        """See :class:`~training.text.readers.lines.Dialect`."""
        begun = self._message(line) if line.startswith("[") else self._date(line) if line.startswith("-") else None
        if begun:
            return begun
        self._note_saved(line)
        if notice := note(line):
            return notice
        return Skipped(Reason.SYSTEM) if is_call(line) or SYSTEM.fullmatch(line) else None

    def _message(self, line: str) -> Message | None:
        match = _MESSAGE.fullmatch(line)
        time = time_of(match[2]) if match else None
        return Message(datetime.combine(self._day, time), match[1], match[3] or "") if match and time else None

    def _date(self, line: str) -> Skipped | None:
        match = _DATE.fullmatch(line)
        day = day_of(match[1]) if match else None
        if day is None:
            return None
        self._day = day
        return Skipped(Reason.DATE)

    def _note_saved(self, line: str) -> None:
        """Take the day it was saved for the day of messages whose date line is lost."""
        match = _SAVED.fullmatch(line)
        day = day_of(match[1]) if match else None
        if day and self._day == date(1970, 1, 1):
            self._day = day


FORMAT = kakaotalk("KakaoTalk for Windows", Windows)
