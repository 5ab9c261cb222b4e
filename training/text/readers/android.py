"""KakaoTalk for Android, Korean and English: ``2016년 2월 5일 오전 1:33, name : text``.

A day begins with its stamp alone on a line. Knows nothing of the other platforms.
"""

import re

from training.text.message import Item, Message, Reason, Skipped
from training.text.readers.format import kakaotalk
from training.text.readers.system_notices import note
from training.text.readers.timestamps import CLOCK, KOREAN_DAY, MONTH, moment_of

_FULL_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_STAMP = (
    rf"{KOREAN_DAY} {CLOCK}"
    rf"|{_FULL_MONTH} \d{{1,2}}, \d{{4}}, {CLOCK}"
    rf"|\d{{1,2}} {MONTH} \d{{4}}, {CLOCK}"
    rf"|\d{{1,2}}:\d{{2}}[ap]m, {MONTH} \d{{1,2}}, \d{{4}}"
    rf"|{MONTH} \d{{1,2}}, \d{{4}} {CLOCK}"
)
_RECORD = re.compile(rf"({_STAMP})(?:, (.*))?", re.DOTALL)
_SPOKEN = re.compile(r"(.+?) :(?: (.*)|$)", re.DOTALL)


class Android:
    """Every record carries its whole stamp, so there is nothing to remember."""

    opening = rf"(?:{_STAMP}), .+? : .*"

    def begin(self, line: str) -> Item | None:
        """See :class:`~training.text.readers.lines.Dialect`."""
        match = _RECORD.fullmatch(line)
        when = moment_of(match[1]) if match else None
        if not match or not when:
            return note(line)
        if match[2] is None:
            return Skipped(Reason.DATE)
        # A person can type a system sentence, so "name : text" is asked first.
        spoken = _SPOKEN.fullmatch(match[2])
        return Message(when, spoken[1], spoken[2] or "") if spoken else note(match[2]) or Skipped(Reason.SYSTEM)


FORMAT = kakaotalk("KakaoTalk for Android", Android)
