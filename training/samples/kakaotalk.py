"""Writes a room as KakaoTalk for Windows exports it in Korean; knows nothing of scenes or people."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby

_WEEKDAYS = "월화수목금토일"
_NEWLINE = "\r\n"

Entry = tuple[datetime, str | None, str]


def export(room: str, saved: datetime, entries: Iterable[Entry]) -> bytes:
    """Return the file's bytes: UTF-8 without a mark, CRLF everywhere.

    Entries (when, who, text) are in the order of the room; who is None for a line of KakaoTalk itself.
    """
    rows = [f"{room} 님과 카카오톡 대화", f"저장한 날짜 : {saved:%Y-%m-%d %H:%M:%S}", "", *_days(entries), ""]
    return _NEWLINE.join(rows).replace(_NEWLINE, "\n").replace("\n", _NEWLINE).encode()


def _days(entries: Iterable[Entry]) -> Iterator[str]:
    for day, of_day in groupby(entries, key=lambda entry: entry[0].date()):
        yield f"{'-' * 15} {day.year}년 {day.month}월 {day.day}일 {_WEEKDAYS[day.weekday()]}요일 {'-' * 15}"
        yield from map(_row, of_day)


def _row(entry: Entry) -> str:
    when, who, text = entry
    return text if who is None else f"[{who}] [{_clock(when)}] {text}"


def _clock(when: datetime) -> str:
    return f"{'오전' if when.hour < 12 else '오후'} {when.hour % 12 or 12}:{when.minute:02}"
