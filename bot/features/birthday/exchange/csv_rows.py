"""Rows of a sheet of birthdays: which heading means what, and what the cells say. Pure: knows no files."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.features.birthday.calendar.parsing import TypedDate, full_year, read_date
from bot.features.birthday.calendar.rules import Birthday, LeapDay
from bot.features.birthday.errors import BirthdayError, Reason
from bot.features.birthday.exchange.date_column import DateColumn

_HEADINGS = {
    "name": "이름 성명 성함 실명 본명 회원명 학생명 닉네임 별명 멤버 name fullname nickname member user username",
    "id": "아이디 id 사용자id 유저id 멤버id userid memberid",
    "date": "생일 생년월일 출생일 탄생일 생신 양력생일 생일양력 생년월일양력 birthday bday birthdate dateofbirth dob",
    "lunar": "음력 음력생일 생일음력 생년월일음력 음력여부 lunar lunarbirthday",
    "year": "연도 년 년도 태어난해 출생연도 year birthyear",
    "month": "월 month",
    "day": "일 day",
    "calendar": "달력 구분 양음 음양 양음력 음양력 양력음력 음력양력 양음구분 음양구분 음양력구분 calendar",
    "leap": "윤달 윤달여부 leap leapmonth",
    "leap_day": "2월29일 평년에는 feb29 29feb leapday",
    "remark": "비고 메모 참고 note notes remark remarks comment",
    "hidden": "나이숨김 숨김 나이숨기기 hidden hideage hideyear",
}
_COLUMN = {heading: column for column, headings in _HEADINGS.items() for heading in headings.split()}
_VAGUE = frozenset(["날짜", "date"])
"""The date where no other column is: beside a birthday it is some other day."""
_HEADERLESS = {"name": 0, "date": 1, "calendar": 2}
_YES = frozenset(["y", "yes", "true", "1", "o", "○", "v", "✓", "예", "네", "응", "ㅇ", "숨김", "윤달", "음력"])
_NO = frozenset(["", "n", "no", "false", "0", "x", "-", "아니오", "아니요", "아뇨", "ㄴ", "양력"])
_CALENDARS = {"": None, "양력": False, "양": False, "solar": False, "음력": True, "음": True, "lunar": True}
_LEAP_CALENDARS = frozenset(["윤달", "윤", "음윤", "음력윤달", "윤달음력", "leap", "lunarleap"])
_NAMES_LUNAR = re.compile(r"음력|윤달|lunar|leapmonth|chinesecalendar")
_ID = re.compile(r"(?:<@!?)?([1-9]\d{14,19})>?")
_ROUNDED = re.compile(r"\d([.,]\d+)?e\+\d+", re.IGNORECASE)

Columns = Mapping[str, int]
"""Where each known column stands."""


class RowError(BirthdayError):
    """A row that cannot be taken."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Someone, by name or user id or both, and their birthday."""

    name: str
    user_id: int | None
    birthday: Birthday


def columns_of(headings: Sequence[str]) -> Columns | None:
    """Return what the headings mean, or None where they do not tell who and when."""
    columns: dict[str, int] = {}
    names = [_word_key(heading.strip("*: ")) for heading in headings]
    for position, name in enumerate(names):
        column = _COLUMN.get(name)
        if column:
            columns.setdefault(column, position)
    vague = next((position for position, name in enumerate(names) if name in _VAGUE), None)
    if vague is not None and "date" not in columns and not {"month", "day"} <= columns.keys():
        columns["date"] = vague
    tells_who = "name" in columns or "id" in columns
    tells_when = "date" in columns or "lunar" in columns or {"month", "day"} <= columns.keys()
    return columns if tells_who and tells_when else None


def headerless(cells: Sequence[str], today: date) -> Columns | None:
    """Return the columns of a sheet without headings, if this row begins with a name and a date."""
    if len(cells) < 2 or not cells[0]:
        return None
    try:
        read_date(cells[1], today)
    except BirthdayError:
        return None
    return _HEADERLESS


def entry_of(columns: Columns, cells: Sequence[str], today: date, dates: DateColumn) -> Entry:
    """Return what a row says; ``dates`` is what its column of dates shows.

    Raises:
        BirthdayError: it does not say who or when, or not in a way that is understood, or the day cannot be.
    """

    def cell(column: str) -> str:
        position = columns.get(column, len(cells))
        return cells[position] if position < len(cells) else ""

    name, user_id = _who(cell("name"), cell("id"))
    values = {column: cell(column) for column in _HEADINGS}
    values["date"] = dates.plain(values["date"])
    figures = _with_leap(_with_calendar(_with_year(_figures(values, today), values, today), values), values)
    _check_remark(_remark(values["remark"], columns, cells), figures)
    birthday = figures.birthday(today, _leap_day(values["leap_day"], today))
    hidden = _yes(values["hidden"], Reason.UNREADABLE_HIDDEN)
    return Entry(name, user_id, replace(birthday, hidden=hidden))


def dates_of(columns: Columns, rows: Iterable[Sequence[str]]) -> list[str]:
    """Return the cells of the column of dates."""
    position = columns.get("date")
    return [] if position is None else [row[position] for row in rows if position < len(row)]


def _remark(remark: str, columns: Columns, cells: Sequence[str]) -> str:
    """Return what names the lunar calendar, also under a heading that is not known; or else the remark."""
    others = (text for position, text in enumerate(cells) if position not in columns.values())
    return next((text for text in (remark, *others) if _NAMES_LUNAR.search(_word_key(text))), remark)


def _check_remark(text: str, figures: TypedDate) -> None:
    """Refuse a row whose calendar stands where it may mean anything: on the wrong one the day would be another."""
    remark = _word_key(text)
    names = _CALENDARS.get(remark) or remark in _LEAP_CALENDARS or _NAMES_LUNAR.search(remark)
    if names and figures.is_lunar is None:
        raise RowError(Reason.REMARK_ON_CALENDAR, text=text)


def _who(name: str, identity: str) -> tuple[str, int | None]:
    name = unicodedata.normalize("NFC", name)
    if _ROUNDED.fullmatch(identity or name):
        raise RowError(Reason.UNREADABLE_ID, text=identity or name)
    if identity:
        return name, _id(identity)
    if not name:
        raise RowError(Reason.NO_NAME)
    user_id = _ID.fullmatch(name)
    return ("", int(user_id[1])) if user_id else (name, None)


def _id(text: str) -> int:
    user_id = _ID.fullmatch(text)
    if not user_id:
        raise RowError(Reason.UNREADABLE_ID, text=text)
    return int(user_id[1])


def _figures(values: Mapping[str, str], today: date) -> TypedDate:
    lunar = values["lunar"] if _word_key(values["lunar"]) not in _YES | _NO else ""
    dates = [text for text in (values["date"], lunar, _from_parts(values)) if text]
    if not dates:
        raise RowError(Reason.NO_DATE)
    if len(dates) > 1:
        raise RowError(Reason.CONTRADICTION, text=dates[1])
    figures = read_date(dates[0], today)
    return _in_calendar(figures, True, lunar) if lunar else figures


def _from_parts(values: Mapping[str, str]) -> str:
    month, day = values["month"].removesuffix("월"), values["day"].removesuffix("일")
    if re.search(r"[a-z]", month, re.IGNORECASE):
        return f"{month} {day}"
    return f"{month}월 {day}일" if month or day else ""


def _with_year(figures: TypedDate, values: Mapping[str, str], today: date) -> TypedDate:
    text = values["year"].removesuffix("생").removesuffix("년").strip()
    if not text:
        return figures
    if not re.fullmatch(r"[0-9]{4}|[0-9]{2}", text):
        raise RowError(Reason.UNREADABLE_YEAR, text=values["year"])
    year = full_year(text, today)
    if figures.year not in (None, year):
        raise RowError(Reason.CONTRADICTION, text=values["year"])
    return replace(figures, year=year)


def _with_calendar(figures: TypedDate, values: Mapping[str, str]) -> TypedDate:
    calendar = _word_key(values["calendar"])
    if calendar in _LEAP_CALENDARS:
        return replace(_in_calendar(figures, True, values["calendar"]), leap=True)
    if calendar not in _CALENDARS:
        raise RowError(Reason.UNREADABLE_CALENDAR, text=values["calendar"])
    figures = _in_calendar(figures, _CALENDARS[calendar], values["calendar"])
    return _in_calendar(figures, True if _word_key(values["lunar"]) in _YES else None, values["lunar"])


def _with_leap(figures: TypedDate, values: Mapping[str, str]) -> TypedDate:
    if not _yes(values["leap"], Reason.UNREADABLE_CALENDAR):
        return figures
    return replace(_in_calendar(figures, True, values["leap"]), leap=True)


def _in_calendar(figures: TypedDate, is_lunar: bool | None, text: str) -> TypedDate:
    if is_lunar is None or figures.is_lunar == is_lunar:
        return figures
    if figures.is_lunar is not None:
        raise RowError(Reason.CONTRADICTION, text=text)
    return replace(figures, is_lunar=is_lunar)


def _leap_day(text: str, today: date) -> LeapDay:
    if not text:
        return LeapDay.FEB_28
    try:
        figures = read_date(text, today)
        return {(2, 28): LeapDay.FEB_28, (3, 1): LeapDay.MAR_1}[figures.month, figures.day]
    except (BirthdayError, KeyError):
        raise RowError(Reason.UNREADABLE_LEAP_DAY, text=text) from None


def _yes(text: str, otherwise: Reason) -> bool:
    key = _word_key(text)
    if key not in _YES | _NO:
        raise RowError(otherwise, text=text)
    return key in _YES


def _word_key(text: str) -> str:
    return re.sub(r"[\s_()/·.-]", "", unicodedata.normalize("NFKC", text).casefold())
