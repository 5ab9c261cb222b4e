"""iCalendar files (RFC 5545) that Google and Apple calendars read, written by ``icalendar``.

Solar birthdays repeat by a rule. No calendar program repeats by the Korean lunar calendar, and few repeat on the 60th
day of the year, which a 29 February moved to 1 March would need: those come as single days, for a number of years.
No birth year is in it.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from bot.features.birthday.calendar.rules import LeapDay, Lunar, Occurrence, Rule, Solar, last_known, occurrences
from bot.features.birthday.model import BirthdayRecord
from bot.features.birthday.texts import BirthdayTexts

if TYPE_CHECKING:
    import icalendar

# It is imported where a file is written, which is seldom: it is 90 modules, and the bot starts without them.

YEARS = 10
"""How far ahead single days are given, at most."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Event:
    """A birthday in a calendar: an id that stays the same from export to export, its title, and its rule."""

    uid: str
    title: str
    rule: Rule


def calendar_of_records(
    records: Iterable[BirthdayRecord], server: str, now: datetime, today: date, texts: BirthdayTexts
) -> bytes:
    """Return the calendar file of a server, from ``today`` on; a member's id in it is the same in every export."""
    events = (
        Event(
            f"{record.guild_id}-{record.user_id}@dantok",
            texts.calendar_title.format(name=record.name),
            record.birthday.rule,
        )
        for record in records
    )
    return calendar_of(events, texts.calendar_name.format(server=server), now, today)


def calendar_of(events: Iterable[Event], name: str, now: datetime, today: date, years: int = YEARS) -> bytes:
    """Return the calendar file, from ``today`` on. ``now`` is aware and stamps the events."""
    import icalendar

    calendar = icalendar.Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Dantok//Birthdays//KO")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", icalendar.vText(_readable(name)))
    for event in events:
        for component in _components(event, today, years):
            component.add("dtstamp", now.astimezone(UTC))
            calendar.add_component(component)
    data: bytes = calendar.to_ical(sorted=False)
    return data


def _components(event: Event, today: date, years: int) -> "Iterator[icalendar.Event]":
    if recurrence := _recurrence(event.rule):
        (first, *_) = occurrences(event.rule, today, _years_after(today, 2))
        component = _component(event, event.uid, first)
        component.add("rrule", recurrence)
        yield component
        return
    for occurrence in occurrences(event.rule, today, _last(event.rule, today, years)):
        # The key keeps each day's id the same when a later export holds it again.
        yield _component(event, f"{occurrence.key}-{event.uid}", occurrence)


def _recurrence(rule: Rule) -> Mapping[str, str | int]:
    """Return the recurrence of ``rule``, or nothing where single days are needed."""
    if isinstance(rule, Lunar) or (rule.on_leap_day and rule.leap_day is LeapDay.MAR_1):
        return {}
    # The last day of February is the 29th where there is one, and else the 28th.
    return {"freq": "yearly", "bymonth": 2, "bymonthday": -1} if rule.on_leap_day else {"freq": "yearly"}


def _component(event: Event, uid: str, occurrence: Occurrence) -> "icalendar.Event":
    import icalendar

    component = icalendar.Event()
    component.add("uid", uid)
    component.add("dtstart", occurrence.date)
    component.add("dtend", occurrence.date + _DAY)
    component.add("summary", _readable(event.title))
    # A birthday does not make anyone busy.
    component.add("transp", "TRANSPARENT")
    return component


def _last(rule: Rule, today: date, years: int) -> date:
    last = _years_after(today, years)
    return last if isinstance(rule, Solar) else max(today, min(last, last_known()))


def _years_after(day: date, years: int) -> date:
    return date(day.year + years, day.month, min(day.day, 28))


def _readable(text: str) -> str:
    # Controls have no place in the format, and some readers take the two Unicode separators for line ends.
    text = "".join(char for char in text if char == "\n" or unicodedata.category(char) not in {"Cc", "Zl", "Zp"})
    return text.encode("utf-8", "replace").decode()
