"""CSV files in and out, as Excel, Google Sheets and people by hand write them. Pure.

In: UTF-8 with or without its mark, UTF-16, or CP949 as Korean Excel saves; commas, semicolons or tabs; headings in
Korean or English in any order, or none over name and birthday. Every row that is wrong is named by its number in the
spreadsheet. Out: what Excel opens as Korean text, and in which no cell is a formula (OWASP, CSV Injection).
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.features.birthday.calendar.parsing import UNSEEN
from bot.features.birthday.calendar.rules import Birthday, LeapDay, Lunar, Solar
from bot.features.birthday.errors import BirthdayError, Reason, Value
from bot.features.birthday.exchange.csv_rows import Columns, Entry, columns_of, dates_of, entry_of, headerless
from bot.features.birthday.exchange.date_column import DateColumn, Order
from bot.features.birthday.model import BirthdayRecord

MOST_ROWS = 10_000
MOST_BYTES = 4 * 2**20
_SHOWN = 80
_SEPARATORS = ",;\t"
_TITLES = 10
"""Rows among which the headings are looked for: people write titles above them."""

EXAMPLE = """\
이름,생일,달력,2월 29일,나이 숨김
윤혜,2000-03-05,,,
다빈,음력 5월 3일,,,
한결,2001-04-05,윤달,,예
지우,2월 29일,양력,3월 1일,
<@123456789012345678>,12/30,음력,,
"""
"""A sheet to begin with."""

_HEADINGS = ("이름", "사용자 ID", "생일", "달력", "2월 29일", "나이 숨김")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_QUOTE = "'"


class SheetError(BirthdayError):
    """A file that cannot be read at all."""


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that was not taken: its number, as a spreadsheet counts, why, and how it begins."""

    number: int
    reason: Reason
    values: Mapping[str, Value]
    text: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was read: the good rows by number, and the bad ones in order."""

    entries: Mapping[int, Entry]
    bad: tuple[BadRow, ...]


def example() -> bytes:
    """Return the example as a file that Excel opens."""
    return _encoded(EXAMPLE.replace("\n", "\r\n"))


def read_sheet(data: bytes, today: date, order: Order | None = None) -> Sheet:
    """Return the rows of a CSV file; of two for the same person the first is good.

    ``order`` is whether the day or the month comes first in its dates, where that is known from elsewhere.

    Raises:
        SheetError: it is too large, no text, or without headings that tell who and when.
    """
    if len(data) > MOST_BYTES:
        raise SheetError(Reason.SHEET_TOO_LARGE, limit=MOST_BYTES)
    records = list(_records(_decoded(data)))
    columns, heading = _columns(records, today)
    rows = records[heading:]
    if len(rows) > MOST_ROWS:
        raise SheetError(Reason.TOO_MANY_ROWS, limit=MOST_ROWS)
    return _sheet(rows, columns, today, order)


def write_sheet(entries: Iterable[Entry]) -> bytes:
    """Return a CSV file from which :func:`read_sheet` gives the same entries back."""
    file = io.StringIO(newline="")
    # All are quoted: a sheet program that splits at semicolons must not find a formula inside a name.
    writer = csv.writer(file, quoting=csv.QUOTE_ALL)
    writer.writerow(_HEADINGS)
    for entry in entries:
        writer.writerow(map(_harmless, _cells(entry)))
    return _encoded(file.getvalue())


def sheet_of_records(records: Iterable[BirthdayRecord]) -> bytes:
    """Return a CSV file of a server that can be imported again; hidden years stay out of it."""
    return write_sheet(_entry(record) for record in records)


def _entry(record: BirthdayRecord) -> Entry:
    birthday = record.birthday
    return Entry(record.name, record.user_id, replace(birthday, year=None) if birthday.hidden else birthday)


def _sheet(rows: Sequence[tuple[int, list[str]]], columns: Columns, today: date, order: Order | None) -> Sheet:
    dates = DateColumn.of(dates_of(columns, (cells for _, cells in rows)), today, order)
    entries: dict[int, Entry] = {}
    bad: list[BadRow] = []
    row_by_person: dict[int | str, int] = {}
    for number, cells in rows:
        try:
            entry = entry_of(columns, cells, today, dates)
            _check_new(entry, number, row_by_person)
        except BirthdayError as error:
            bad.append(BadRow(number, error.reason, error.values, ", ".join(filter(None, cells))[:_SHOWN]))
        else:
            entries[number] = entry
    return Sheet(entries, tuple(bad))


def _check_new(entry: Entry, number: int, row_by_person: dict[int | str, int]) -> None:
    first = row_by_person.setdefault(entry.user_id or entry.name.casefold(), number)
    if first != number:
        raise SheetError(Reason.SAME_AS_ROW, row=first)


def _columns(records: list[tuple[int, list[str]]], today: date) -> tuple[Columns, int]:
    """Return what the columns mean, and how many rows stand above the first person: a title, and the headings."""
    for at, (_, cells) in enumerate(records[:_TITLES], 1):
        if columns := columns_of(cells):
            return columns, at
    first = records[0][1] if records else []
    if columns := headerless(first, today):
        return columns, 0
    raise SheetError(Reason.NO_HEADER, found=", ".join(first)[:_SHOWN])


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    delimiter = _delimiter(text.lstrip().split("\n", _TITLES)[:_TITLES])
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1):
            plain = [_plain(cell) for cell in cells]
            if any(plain):
                yield number, plain
    except csv.Error:
        raise SheetError(Reason.UNREADABLE_SHEET) from None


def _delimiter(lines: Sequence[str]) -> str:
    """Return what separates the cells: what makes headings of a line, or else what stands most often in one."""
    for separator in _SEPARATORS:
        if any(columns_of([cell.strip('" \r') for cell in line.split(separator)]) for line in lines):
            return separator
    return max(_SEPARATORS, key=lambda separator: max(line.count(separator) for line in lines))


def _decoded(data: bytes) -> str:
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp949"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise SheetError(Reason.UNREADABLE_SHEET)


def _encoded(text: str) -> bytes:
    # Without the mark Excel takes UTF-8 for the system's own encoding.
    return text.encode("utf-8-sig", "replace")


def _cells(entry: Entry) -> tuple[str, ...]:
    birthday = entry.birthday
    # As a number Excel would round it to 15 figures.
    user = f"<@{entry.user_id}>" if entry.user_id else ""
    return (
        entry.name,
        user,
        _date(birthday),
        _calendar(birthday),
        _leap_day(birthday),
        "예" if birthday.hidden else "",
    )


def _date(birthday: Birthday) -> str:
    rule = birthday.rule
    if birthday.year is None:
        return f"{rule.month}월 {rule.day}일"
    return f"{birthday.year:04}-{rule.month:02}-{rule.day:02}"


def _calendar(birthday: Birthday) -> str:
    if isinstance(birthday.rule, Solar):
        return "양력"
    return "윤달" if birthday.rule.leap else "음력"


def _leap_day(birthday: Birthday) -> str:
    rule = birthday.rule
    if isinstance(rule, Lunar) or not rule.on_leap_day:
        return ""
    return "2월 28일" if rule.leap_day is LeapDay.FEB_28 else "3월 1일"


def _harmless(cell: str) -> str:
    return _QUOTE + cell if cell.startswith((*_FORMULA, _QUOTE)) else cell


def _plain(cell: str) -> str:
    cell = UNSEEN.sub("", cell).strip()
    quoted = cell.startswith(_QUOTE) and cell[1:].startswith((*_FORMULA, _QUOTE))
    return cell[1:] if quoted else cell
