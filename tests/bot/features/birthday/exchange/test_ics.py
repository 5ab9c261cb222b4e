"""The calendar file, read line by line after RFC 5545 and not by the library that writes it, and as a known file."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.features.birthday.calendar.rules import LeapDay, Lunar, Rule, Solar, last_known, occurrences
from bot.features.birthday.exchange.ics import YEARS, Event, calendar_of

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
KNOWN = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Dantok//Birthdays//KO
CALSCALE:GREGORIAN
METHOD:PUBLISH
X-WR-CALNAME:우리 단톡\\, 생일
BEGIN:VEVENT
UID:1-2@dantok
DTSTART;VALUE=DATE:20270305
DTEND;VALUE=DATE:20270306
SUMMARY:🎂 윤혜\\; 생일
TRANSP:TRANSPARENT
RRULE:FREQ=YEARLY
DTSTAMP:20261120T120000Z
END:VEVENT
BEGIN:VEVENT
UID:lunar-2026-1-3@dantok
DTSTART;VALUE=DATE:20270122
DTEND;VALUE=DATE:20270123
SUMMARY:다빈
TRANSP:TRANSPARENT
DTSTAMP:20261120T120000Z
END:VEVENT
END:VCALENDAR
"""

Properties = dict[str, str]
"""The lines of one event by name and parameters, as in ``DTSTART;VALUE=DATE``, texts without their backslashes."""


def file_of(*events: Event, today: date = TODAY) -> bytes:
    return calendar_of(events, "우리 단톡 생일", NOW, today)


def read(data: bytes) -> list[Properties]:
    lines = data.decode().replace("\r\n ", "").split("\r\n")
    assert lines.pop() == ""
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    events: list[Properties] = []
    for line in lines[1:-1]:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            events.append({})
        elif line == "END:VEVENT":
            assert {"UID", "DTSTAMP", "DTSTART;VALUE=DATE", "SUMMARY"} <= events[-1].keys()
        elif events:
            assert name not in events[-1]
            assert name not in ("BEGIN", "END")
            events[-1][name] = re.sub(r"\\(.)", lambda escaped: escaped[1].replace("n", "\n"), value)
    return events


def day_of(event: Properties, name: str = "DTSTART") -> date:
    return date.fromisoformat(event[f"{name};VALUE=DATE"])


def days_of(event: Properties, until: date) -> list[date]:
    """Return the days of an event, repeated by python-dateutil's reading of RFC 5545."""
    start = day_of(event)
    if "RRULE" not in event:
        return [start]
    beginning = datetime(start.year, start.month, start.day)
    repeated = rrulestr(event["RRULE"], dtstart=beginning)
    return [each.date() for each in repeated.between(beginning, datetime(until.year, until.month, until.day), inc=True)]


def test_a_calendar_is_the_known_file() -> None:
    events = [Event("1-2@dantok", "🎂 윤혜; 생일", Solar(3, 5)), Event("1-3@dantok", "다빈", Lunar(12, 15))]
    data = calendar_of(events, "우리 단톡, 생일", NOW, TODAY, years=1)
    assert data.decode().replace("\r\n", "\n") == KNOWN


@pytest.mark.parametrize(
    "rule",
    [
        Solar(3, 5),
        Solar(11, 20),
        Solar(11, 19),
        Solar(2, 29),
        Solar(2, 29, LeapDay.MAR_1),
        Lunar(1, 1),
        Lunar(12, 30),
        Lunar(6, 15, leap=True),
    ],
)
def test_a_calendar_shows_the_days_on_which_the_bot_congratulates(rule: Rule) -> None:
    until = date(TODAY.year + YEARS, TODAY.month, TODAY.day)
    events = read(file_of(Event("1@dantok", "윤혜 생일", rule)))
    shown = sorted(day for event in events for day in days_of(event, until))
    assert shown == [each.date for each in occurrences(rule, TODAY, until)]
    assert len(shown) >= YEARS


@pytest.mark.parametrize("rule", [Solar(3, 5), Solar(2, 29), Lunar(3, 5)])
def test_each_is_a_whole_day_that_makes_nobody_busy(rule: Rule) -> None:
    for event in read(file_of(Event("1@dantok", "윤혜 생일 🎂", rule))):
        assert day_of(event, "DTEND") - day_of(event) == timedelta(days=1)
        assert event["TRANSP"] == "TRANSPARENT"
        assert event["SUMMARY"] == "윤혜 생일 🎂"
        assert event["DTSTAMP"] == "20261120T120000Z"


def test_an_ordinary_birthday_is_one_event_and_a_lunar_one_a_bounded_number() -> None:
    assert len(read(file_of(Event("1@dantok", "", Solar(3, 5))))) == 1
    assert len(read(file_of(Event("1@dantok", "", Lunar(3, 5))))) == YEARS


def test_the_same_birthday_keeps_its_id_and_no_two_days_share_one() -> None:
    rules: list[Rule] = [Solar(3, 5), Lunar(3, 5), Lunar(12, 1), Solar(2, 29, LeapDay.MAR_1)]
    events = [Event(f"{number}@dantok", "", rule) for number, rule in enumerate(rules)]
    now, later = (
        {event["UID"]: day_of(event) for event in read(file_of(*events, today=day))}
        for day in (TODAY, date(2027, 6, 1))
    )
    assert len(now) == len(read(file_of(*events)))
    single = {uid for uid in now.keys() & later.keys() if uid != "0@dantok"}
    assert len(single) >= 3 * (YEARS - 2)
    assert all(now[uid] == later[uid] for uid in single)
    assert "0@dantok" in now.keys() & later.keys()


def test_lunar_days_end_with_the_tables() -> None:
    days = [day_of(event) for event in read(file_of(Event("1", "", Lunar(1, 1)), today=date(2045, 6, 1)))]
    assert [day.year for day in days] == [2046, 2047, 2048, 2049, 2050]
    assert max(days) <= last_known()
    assert read(file_of(Event("1", "", Lunar(1, 1)), today=last_known())) == []


def test_titles_with_signs_of_the_format_come_back_as_they_were() -> None:
    title = 'a\\n; b, c: "d"\nEND:VEVENT\nBEGIN:VALARM'
    (event,) = read(file_of(Event("1", title, Solar(3, 5))))
    assert event["SUMMARY"] == title


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=200))
def test_any_title_is_folded_as_the_format_wants_and_read_back(title: str) -> None:
    data = file_of(Event("1", title, Solar(3, 5)))
    lines = data.split(b"\r\n")
    assert lines.pop() == b""
    assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in lines)
    for line in lines:
        line.decode()
    (event,) = read(data)
    assert event["SUMMARY"] == title


def test_an_empty_calendar_is_a_calendar() -> None:
    assert read(file_of()) == []
