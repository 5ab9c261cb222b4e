"""KakaoTalk for iOS and iPadOS, Korean and English: ``2015. 7. 9. 오후 8:34, name : text``.

A system line has a colon where a message has a comma; a day begins with its date and weekday. A few exports stamp
only the time under such a date line. Knows nothing of the other platforms.
"""

import re
from datetime import date, datetime

from training.text.message import Item, Message, Reason, Skipped
from training.text.readers.format import kakaotalk
from training.text.readers.system_notices import note
from training.text.readers.timestamps import CLOCK, KOREAN_DAY, MONTH, day_of, moment_of, time_of

_ENGLISH_DAY = rf"(?:{MONTH} \d{{1,2}},|\d{{1,2}} {MONTH}) \d{{4}}"
_STAMP = rf"\d{{4}}\. \d{{1,2}}\. \d{{1,2}}\. {CLOCK}|{_ENGLISH_DAY}(?:,| at) {CLOCK}"
_RECORD = re.compile(rf"({_STAMP})(?:, (.+?) :(?: (.*)|$)|: (.+))", re.DOTALL)
_TIMED = re.compile(rf"({CLOCK}), (?:(.+?) :(?: (.*)|$)|(.+))", re.DOTALL)
_DATE = re.compile(rf"(?:{KOREAN_DAY}|\d{{4}}\. \d{{1,2}}\. \d{{1,2}}\.) \S요일|[A-Z][a-z]+day,? {_ENGLISH_DAY}")


class IOS:
    """Remembers the day, until a whole stamp shows that this export does not leave it out."""

    opening = rf"(?:{_STAMP}), .+? : .*"

    def __init__(self) -> None:
        """Begin before any date line."""
        self._day: date | None = None
        self._stamps_whole = False

    def begin(self, line: str) -> Item | None:
        """See :class:`~training.text.readers.lines.Dialect`."""
        match = _RECORD.fullmatch(line)
        when = moment_of(match[1]) if match else None
        if match and when:
            self._stamps_whole = True
            return _notice(match[4]) if match[2] is None else Message(when, match[2], match[3] or "")
        if _DATE.fullmatch(line):
            self._day = day_of(line)
            return Skipped(Reason.DATE) if self._day else None
        if gone := note(line):
            return gone
        return None if self._stamps_whole else self._timed(line)

    def _timed(self, line: str) -> Item | None:
        match = _TIMED.fullmatch(line) if self._day else None
        time = time_of(match[1]) if match else None
        if not (self._day and match and time):
            return None
        when = datetime.combine(self._day, time)
        return _notice(match[4]) if match[2] is None else Message(when, match[2], match[3] or "")


def _notice(sentence: str) -> Skipped:
    return note(sentence) or Skipped(Reason.SYSTEM)


FORMAT = kakaotalk("KakaoTalk for iOS", IOS)
