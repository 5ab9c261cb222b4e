"""Birthdays as an iCalendar file (RFC 5545) that Google and Apple calendars read. Pure: knows no members and no prose.

Solar birthdays repeat by a rule. No calendar program repeats by the Korean lunar calendar, and few repeat on the 60th
day of the year, which a 29 February moved to 1 March would need: those come as single days, for a number of years.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from bot.features.birthday.calendar.rules import LeapDay, Lunar, Occurrence, Rule, Solar, last_known, occurrences

YEARS = 10
"""How far ahead single days are given, at most."""
_FOLD = 75
_DAY = timedelta(days=1)
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


@dataclass(frozen=True, slots=True)
class Event:
    """A birthday in a calendar: an id that stays the same from export to export, its title, and its rule."""

    uid: str
    title: str
    rule: Rule


def calendar_of(events: Iterable[Event], name: str, now: datetime, today: date, years: int = YEARS) -> bytes:
    """Return the calendar file, from ``today`` on; no birth year is in it. ``now`` is aware and stamps the events."""
    stamp = f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Dantok//Birthdays//KO",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_escaped(name)}",
        *(line for event in events for line in _event(event, stamp, today, years)),
        "END:VCALENDAR",
    ]
    return b"".join(_folded(line) + b"\r\n" for line in lines)


def _event(event: Event, stamp: str, today: date, years: int) -> Iterator[str]:
    if repeats := _repeats(event.rule):
        (first, *_) = occurrences(event.rule, today, _years_after(today, 2))
        yield from _lines(event, event.uid, stamp, first, repeats)
        return
    for occurrence in occurrences(event.rule, today, _last(event.rule, today, years)):
        # The key keeps each day's id the same when a later export holds it again.
        yield from _lines(event, f"{occurrence.key}-{event.uid}", stamp, occurrence)


def _repeats(rule: Rule) -> str:
    """Return the recurrence of ``rule``, or nothing where single days are needed."""
    if isinstance(rule, Lunar) or (rule.on_leap_day and rule.leap_day is LeapDay.MAR_1):
        return ""
    # The last day of February is the 29th where there is one, and else the 28th.
    return "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1" if rule.on_leap_day else "FREQ=YEARLY"


def _lines(event: Event, uid: str, stamp: str, occurrence: Occurrence, repeats: str = "") -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_escaped(uid)}"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{occurrence.date:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{occurrence.date + _DAY:%Y%m%d}"
    if repeats:
        yield f"RRULE:{repeats}"
    yield f"SUMMARY:{_escaped(event.title)}"
    # A birthday does not make anyone busy.
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _last(rule: Rule, today: date, years: int) -> date:
    last = _years_after(today, years)
    return last if isinstance(rule, Solar) else max(today, min(last, last_known()))


def _years_after(day: date, years: int) -> date:
    return date(day.year + years, day.month, min(day.day, 28))


def _escaped(text: str) -> str:
    # Controls have no place in the format, and some readers take the two Unicode separators for line ends.
    kept = (char for char in text if char == "\n" or unicodedata.category(char) not in {"Cc", "Zl", "Zp"})
    return "".join(kept).translate(_ESCAPES)


def _folded(line: str) -> bytes:
    """Return the line in pieces of at most 75 octets, no character torn; what goes on begins with a blank."""
    folded, room = b"", _FOLD
    for char in line:
        octets = char.encode("utf-8", "replace")
        if len(octets) > room:
            folded, room = folded + b"\r\n ", _FOLD - 1
        folded, room = folded + octets, room - len(octets)
    return folded
