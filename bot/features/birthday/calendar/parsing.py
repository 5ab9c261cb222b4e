"""Parsing of dates as people type them, in Korean, English or figures. Pure: knows no sheets and no commands.

Understood: 2000-03-05, 2000. 3. 5., 2000년 3월 5일, 20000305, 000305, 3/5, 0305, 3월 5일, 삼월 오일, 3月5日, 3/5/2000,
31/12/1999, March 5, 5th of March, 5-Mar; before or after any of them 음력, 음, 양력, lunar or solar, and a day of the
week; before the month 윤, 윤달 or leap, or 생일; behind it 생, 이에요, or a time of day; and the old words 정월,
동짓달, 섣달, 초하루 to 초열흘, 초파일, 보름, 그믐. A year of two figures is the latest that is not to come.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from bot.features.birthday.calendar.rules import Birthday, LeapDay, Lunar, Solar, born
from bot.features.birthday.errors import Reason, RuleError

UNSEEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""What is pasted along with a text and nobody sees; not the joiners inside an emoji."""
_ENGLISH_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ENGLISH_MONTH = re.compile(rf"({'|'.join(_ENGLISH_MONTHS)})[a-z]*\.?")
_FIRST_DAYS = ("하루", "이틀", "사흘", "나흘", "닷새", "엿새", "이레", "여드레", "아흐레", "열흘")
_OLD_WORDS = {
    **{"정월": "1월", "동짓달": "11월", "섣달": "12월", "초파일": "8일", "보름": "15일", "그믐": "30일"},
    **{f"초{name}": f"{day}일" for day, name in enumerate(_FIRST_DAYS, 1)},
}
_OLD_WORD = re.compile("|".join(_OLD_WORDS))
_LUNAR = re.compile(r"\(?\s*(음력|lunar|음(?![가-힣]))(?:으로)?\s*\)?[:.]?")
_SOLAR = re.compile(r"\(?\s*(양력|solar|양(?![가-힣]))(?:으로)?\s*\)?[:.]?")
_LEAP = re.compile(r"윤달|윤|leap(\s*month)?")
_TIME = re.compile(
    r"(?:\s+|t)(?:(?:오전|오후|[ap]m)\s*)?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:오전|오후|[ap]\.?m\.?|z)?$",
    re.IGNORECASE,
)
_BORN = re.compile(r"(?:에\s*)?(?:태어났어(?:요)?|태어남|출생|생일|생)?(?:이에요|이요|이야|입니다)?$")
_AROUND = re.compile(r"(?:\b(?:내|제)\s*)?생일(?:은|이)?\s*:?|\b(?:my\s+)?birthday(?:\s+is)?\b:?|\bborn\b(?:\s+on\b)?")
_WEEKDAY = re.compile(
    r"\([월화수목금토일]\)|\(?(?:[월화수목금토일]요일"
    r"|\b(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b)\.?\)?,?"
)
_LONGEST = 100
"""Characters of a date, each run of blanks as one: to search more takes long, and cells and options hold thousands."""
_SAME = str.maketrans("年月日号號–—−‐·・", "년월일일일------")
_ENDS = " .!~"
_COUNTED = {"일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "육": 6, "륙": 6, "유": 6, "칠": 7, "팔": 8, "구": 9}
_WORD_NUMBER = re.compile(r"(?<![가-힣\d])([일이삼사오육륙유칠팔구시십]{1,3})(월|일)(?![가-힣])")

_GAP = r"\s*[-./,\s]\s*"
_YEAR_LAST = r"(?P<year>\d{4}|'\d\d|3[2-9]|[4-9]\d)"
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        rf"(?P<day>1[3-9]|2\d|3[01]){_GAP}(?P<month>0?[1-9]|1[0-2]){_GAP}{_YEAR_LAST}",
        rf"(?P<year>\d{{4}}|\d\d)(?:\s*년\s*|{_GAP})(?P<month>\d{{1,2}})(?:\s*월\s*|{_GAP})(?P<day>[0-3]?\d)\s*일?",
        rf"(?P<month>\d{{1,2}})(?:\s*월{_GAP}|\s*월\s*|{_GAP})(?P<day>\d{{1,2}})(?:st|nd|rd|th)?{_GAP}{_YEAR_LAST}",
        rf"(?P<month>\d{{1,2}})(?:\s*월{_GAP}|\s*월\s*|{_GAP})(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s*일?",
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:{_GAP})?(?P<month>\d{{1,2}})월(?:{_GAP}(?P<year>\d{{4}}|\d\d))?",
        r"(?P<year>\d{4}|\d\d)(?P<month>\d\d)(?P<day>\d\d)",
        r"(?P<month>\d\d)(?P<day>\d\d)",
    )
)


@dataclass(frozen=True, slots=True)
class TypedDate:
    """What was typed, not yet judged; ``is_lunar`` is None where no calendar was named."""

    month: int
    day: int
    year: int | None = None
    is_lunar: bool | None = None
    leap: bool = False

    def birthday(self, today: date, leap_day: LeapDay = LeapDay.FEB_28) -> Birthday:
        """Return the birthday; solar where no calendar was named.

        Raises:
            RuleError: there is no such day, or nobody was born on it.
        """
        lunar = self.is_lunar or self.leap
        rule = Lunar(self.month, self.day, self.leap) if lunar else Solar(self.month, self.day, leap_day)
        if self.year is not None:
            born(rule, self.year, today)
        return Birthday(rule, self.year)


def read_date(text: str, today: date) -> TypedDate:
    """Return the figures in ``text``.

    Raises:
        RuleError: it is not written in a way that is understood, or names both calendars.
    """
    plain = without_time(unicodedata.normalize("NFKC", UNSEEN.sub("", text)).casefold()).translate(_SAME)
    plain = _BORN.sub("", _WEEKDAY.sub(" ", plain).strip(_ENDS)).strip()
    plain = re.sub(r"\b(?:of|the)\b", " ", _AROUND.sub(" ", plain)).replace("년생", "년")
    plain = _WORD_NUMBER.sub(_in_figures, plain)
    plain, old = _OLD_WORD.subn(lambda word: _OLD_WORDS[word[0]], plain)
    plain, named_lunar = _LUNAR.subn(" ", plain)
    plain, named_solar = _SOLAR.subn(" ", plain)
    plain, leap = _LEAP.subn("", plain)
    if named_solar and (named_lunar or leap or old):
        raise RuleError(Reason.CONTRADICTION, text=text)
    shape = _shape(_ENGLISH_MONTH.sub(_number_of_month, plain).strip(_ENDS))
    if shape is None:
        raise RuleError(Reason.UNREADABLE_DATE, text=text)
    is_lunar = True if named_lunar or leap or old else False if named_solar else None
    year = shape.groupdict().get("year")
    return TypedDate(
        int(shape["month"]),
        int(shape["day"]),
        full_year(year.strip("'"), today) if year else None,
        is_lunar,
        bool(leap),
    )


def without_time(text: str) -> str:
    """Return a date without the time of day that a spreadsheet writes behind it; nothing where it is too long."""
    text = " ".join(text.split())
    return _TIME.sub("", text) if len(text) <= _LONGEST else ""


def _in_figures(word: re.Match[str]) -> str:
    """Return ``25일`` for ``이십오일``, and ``10월`` for ``시월``."""
    tens, is_ten, ones = word[1].replace("시", "십").rpartition("십")
    number = (_COUNTED.get(tens, 1) * 10 if is_ten else 0) + _COUNTED.get(ones, 0)
    return f"{number}{word[2]}"


def _shape(plain: str) -> re.Match[str] | None:
    return next((match for shape in _SHAPES if (match := shape.fullmatch(plain))), None)


def _number_of_month(name: re.Match[str]) -> str:
    return f"{_ENGLISH_MONTHS.index(name[1]) + 1}월"


def full_year(figures: str, today: date) -> int:
    """Return the year of four figures, or the latest one that ends in two and is not to come."""
    if len(figures) == 4:
        return int(figures)
    year = today.year - today.year % 100 + int(figures)
    return year if year <= today.year else year - 100
