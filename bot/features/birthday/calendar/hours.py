"""Parsing of an hour of the day: 9:00, 21:30, 9시 반, 오전 9시, 밤 9시, 9pm. Pure."""

import re
import unicodedata
from datetime import time

from bot.features.birthday.calendar.parsing import UNSEEN
from bot.features.birthday.errors import BirthdayError, Reason

_SHAPE = re.compile(
    r"(?P<before>오전|오후|새벽|아침|점심|낮|저녁|밤|am|pm)?\s*(?P<hour>\d{1,2})"
    r"(?:\s*[:.시]\s*(?:(?P<minute>\d{1,2})\s*분?|(?P<half>반))?)?\s*(?P<after>am|pm|에)?"
)
_LONGEST = 100
"""Characters of an hour, each run of blanks as one: to search more takes long."""
_WORDS = {"정오": time(12), "noon": time(12), "자정": time(0), "midnight": time(0)}
_FIRST = {"오전": 0, "am": 0, "새벽": 0, "아침": 0, "낮": 9, "점심": 9, "오후": 12, "pm": 12, "저녁": 15, "밤": 18}
"""The first of the twelve hours that each names: 밤 9시 is 21:00, and 밤 1시 is 01:00."""


class HourError(BirthdayError):
    """No such hour."""


def read_hour(text: str) -> time:
    """Return the hour and minute.

    Raises:
        HourError: it is not written in a way that is understood, or the day has no such hour.
    """
    plain = " ".join(unicodedata.normalize("NFKC", UNSEEN.sub("", text)).casefold().split())
    plain = plain.replace("a.m.", "am").replace("p.m.", "pm")
    shape = _SHAPE.fullmatch(plain) if len(plain) <= _LONGEST else None
    try:
        return _WORDS[plain] if plain in _WORDS else _time(shape)
    except ValueError:
        raise HourError(Reason.UNREADABLE_TIME, text=text) from None


def _time(shape: re.Match[str] | None) -> time:
    if shape is None:
        raise ValueError
    hour, minute = int(shape["hour"]), 30 if shape["half"] else int(shape["minute"] or 0)
    first = _FIRST.get(shape["before"] or shape["after"])
    if first is not None and not 1 <= hour <= 12:
        raise ValueError
    if first is not None:
        hour = (first + (hour - first) % 12) % 24
    return time(hour, minute)
