"""Birthdays in and out of CSV."""

import csv
import io
import time
import unicodedata
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.features.birthday.calendar.rules import Birthday, LeapDay, Lunar, Rule, Solar, born
from bot.features.birthday.errors import Reason, RuleError
from bot.features.birthday.exchange.csv_file import (
    MOST_BYTES,
    MOST_ROWS,
    Sheet,
    SheetError,
    example,
    read_sheet,
    write_sheet,
)
from bot.features.birthday.exchange.csv_rows import Entry
from bot.features.birthday.exchange.ics import Event, calendar_of

TODAY = date(2026, 11, 20)


def read(text: str, encoding: str = "utf-8") -> Sheet:
    return read_sheet(text.encode(encoding), TODAY)


def entry(name: str, rule: Rule, year: int | None = None, *, hidden: bool = False, user_id: int | None = None) -> Entry:
    return Entry(name, user_id, Birthday(rule, year, hidden))


def test_the_example_can_be_read_and_has_no_bad_row() -> None:
    sheet = read_sheet(example(), TODAY)
    assert sheet.bad == ()
    assert dict(sheet.entries) == {
        2: entry("윤혜", Solar(3, 5), 2000),
        3: entry("다빈", Lunar(5, 3)),
        4: entry("한결", Lunar(4, 5, True), 2001, hidden=True),
        5: entry("지우", Solar(2, 29, LeapDay.MAR_1)),
        6: entry("", Lunar(12, 30), user_id=123456789012345678),
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_way_a_spreadsheet_saves_is_read(encoding: str, delimiter: str, newline: str) -> None:
    lines = ["이름,생일,음력", "똠방각하,3월 5일,", "다빈,5월 3일,음력", ""]
    sheet = read(newline.join(lines).replace(",", delimiter), encoding)
    assert dict(sheet.entries) == {2: entry("똠방각하", Solar(3, 5)), 3: entry("다빈", Lunar(5, 3))}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["이름,생일", "윤혜,2000-03-05"], entry("윤혜", Solar(3, 5), 2000)),
        (["Birthday,Name", "March 5,Tom"], entry("Tom", Solar(3, 5))),
        (["이름,월,일", "윤혜,3,5"], entry("윤혜", Solar(3, 5))),
        (["이름,연도,월,일,음력", "윤혜,2000년,3월,5일,예"], entry("윤혜", Lunar(3, 5), 2000)),
        (["이름,생일,달력", "윤혜,3/5,음력"], entry("윤혜", Lunar(3, 5))),
        (["이름,생일,달력", "윤혜,2001-04-05,윤달"], entry("윤혜", Lunar(4, 5, True), 2001)),
        (["이름,생일,윤달", "윤혜,2001-04-05,Y"], entry("윤혜", Lunar(4, 5, True), 2001)),
        (["이름,생일,달력", "윤혜,음력 3/5,음력"], entry("윤혜", Lunar(3, 5))),
        (["이름,생일,음력생일", "윤혜,,3/5"], entry("윤혜", Lunar(3, 5))),
        (["이름,생일,음력생일", "윤혜,3/5,"], entry("윤혜", Solar(3, 5))),
        (["이름,생일,연도", "윤혜,3/5,2000"], entry("윤혜", Solar(3, 5), 2000)),
        (["이름,생일,2월 29일", "윤혜,2/29,03월 01일"], entry("윤혜", Solar(2, 29, LeapDay.MAR_1))),
        (["user id,birthday", "123456789012345678,3/5"], entry("", Solar(3, 5), user_id=123456789012345678)),
        (["이름,생일", "<@!123456789012345678>,3/5"], entry("", Solar(3, 5), user_id=123456789012345678)),
        (["이름,생일", '" 김, 윤혜 ",3/5'], entry("김, 윤혜", Solar(3, 5))),
        (["이름,생일,비고", "윤혜,3/5"], entry("윤혜", Solar(3, 5))),
    ],
)
def test_columns_may_come_in_many_shapes(lines: list[str], expected: Entry) -> None:
    sheet = read("\n".join(lines))
    assert sheet.bad == ()
    assert list(sheet.entries.values()) == [expected]


def test_headings_may_be_left_out_over_name_and_birthday() -> None:
    sheet = read("윤혜,3월 5일\n다빈,5/3,음력\n")
    assert dict(sheet.entries) == {1: entry("윤혜", Solar(3, 5)), 2: entry("다빈", Lunar(5, 3))}


@pytest.mark.parametrize(
    ("row", "reason", "values"),
    [
        ("윤혜,4월 31일", Reason.NO_SUCH_DAY, {"month": 4, "day": 31, "most": 30}),
        ("윤혜,음력 13/1", Reason.NO_SUCH_MONTH, {"month": 13}),
        ("윤혜,3000-01-01", Reason.YEAR_OUT_OF_RANGE, {"year": 3000, "first": 1900, "last": 2026}),
        ("윤혜,2000-01-01,,1999", Reason.CONTRADICTION, {"text": "1999"}),
        ("윤혜,1/1,,20O0", Reason.UNREADABLE_YEAR, {"text": "20O0"}),
        ("윤혜,음력 1/1,양력", Reason.CONTRADICTION, {"text": "양력"}),
        ("윤혜,1/1,달력", Reason.UNREADABLE_CALENDAR, {"text": "달력"}),
        ("윤혜,언젠가", Reason.UNREADABLE_DATE, {"text": "언젠가"}),
        ("윤혜,", Reason.NO_DATE, {}),
        (",1/1", Reason.NO_NAME, {}),
        ("1.23457E+17,1/1", Reason.UNREADABLE_ID, {"text": "1.23457E+17"}),
        ("윤혜,1/1,,,모름", Reason.UNREADABLE_HIDDEN, {"text": "모름"}),
        ("윤혜,2/29,,,,봄", Reason.UNREADABLE_LEAP_DAY, {"text": "봄"}),
        ("다빈,1/1", Reason.SAME_AS_ROW, {"row": 2}),
    ],
)
def test_a_bad_row_is_named_by_number_and_reason_and_the_others_are_kept(
    row: str, reason: Reason, values: dict[str, int | str]
) -> None:
    sheet = read(f"이름,생일,달력,연도,나이 숨김,2월 29일\n다빈,5/3\n\n{row}\n한결,6/4\n")
    (bad,) = sheet.bad
    assert (bad.number, bad.reason, bad.values) == (4, reason, values)
    assert bad.text == ", ".join(filter(None, row.split(",")))
    assert [each.name for each in sheet.entries.values()] == ["다빈", "한결"]
    assert list(sheet.entries) == [2, 5]


def test_an_id_that_begins_with_noughts_is_none() -> None:
    """No ID of Discord does: read as one it was written with fewer figures, and not read again (found by fuzzing)."""
    sheet = read("이름,사용자 ID,생일\n윤혜,0000000001603755506,1/1\n<@0000000001603755506>,,1/2\n")
    assert [(bad.number, bad.reason) for bad in sheet.bad] == [(2, Reason.UNREADABLE_ID)]
    assert [*read_sheet(write_sheet(sheet.entries.values()), TODAY).entries.values()] == [*sheet.entries.values()]


def test_the_same_name_in_other_letters_or_the_same_id_is_a_duplicate() -> None:
    sheet = read("이름,생일\nTom,1/1\ntom,1/2\n123456789012345678,1/1\n<@123456789012345678>,1/2\n")
    assert [(bad.number, bad.values) for bad in sheet.bad] == [(3, {"row": 2}), (5, {"row": 4})]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Reason.NO_HEADER),
        ("안녕하세요".encode(), Reason.NO_HEADER),
        ("이름,취미\n윤혜,낮잠".encode(), Reason.NO_HEADER),
        (b"PK\x03\x04\x00\x00xlsx", Reason.UNREADABLE_SHEET),
        (b"\xff\xd8\xff\xe0photo", Reason.UNREADABLE_SHEET),
        ("이름,생일\n".encode() + b'"' + b"x" * 200_000, Reason.UNREADABLE_SHEET),
        (b"x" * (MOST_BYTES + 1), Reason.SHEET_TOO_LARGE),
        (("이름,생일\n" + "윤혜,1/1\n" * (MOST_ROWS + 1)).encode(), Reason.TOO_MANY_ROWS),
    ],
)
def test_a_file_that_is_no_such_sheet_is_refused_whole(data: bytes, reason: Reason) -> None:
    with pytest.raises(SheetError) as refused:
        read_sheet(data, TODAY)
    assert refused.value.reason is reason


def test_ten_thousand_rows_from_korean_excel_are_read_fast() -> None:
    days = [(1950 + number % 60, number % 12 + 1, number % 28 + 1) for number in range(MOST_ROWS)]
    rows = [f"사람{number},{year}-{month}-{day},음력" for number, (year, month, day) in enumerate(days)]
    data = ("이름,생일,달력\r\n" + "\r\n".join(rows)).encode("cp949")
    began = time.process_time()
    sheet = read_sheet(data, TODAY)
    assert time.process_time() - began < 5
    assert len(sheet.entries) == MOST_ROWS


def cells_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("name", ["=cmd()", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "'=1", "=cmd|' /C calc'!A0"])
def test_no_cell_of_an_export_is_a_formula(name: str) -> None:
    rows = cells_of(write_sheet([entry(name, Solar(3, 5))]))
    assert rows[1][0].startswith("'")
    assert not any(cell.startswith(tuple("=+-@\t\r")) for row in rows for cell in row)


def test_a_formula_behind_a_semicolon_stays_inside_its_quotes() -> None:
    data = write_sheet([entry('a;=cmd();"b', Solar(3, 5))]).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(data, newline=""), delimiter=","))
    assert rows[1][0] == 'a;=cmd();"b'
    assert '"a;=cmd();""b"' in data


def test_an_export_opens_in_korean_excel_with_ids_that_it_does_not_round() -> None:
    data = write_sheet([entry("윤혜", Solar(3, 5), user_id=123456789012345678)])
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.endswith(b"\r\n")
    assert cells_of(data)[1][1] == "<@123456789012345678>"


names = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=32).map(str.strip)
rules: st.SearchStrategy[Rule] = st.one_of(
    st.builds(
        lambda day, choice: Solar(day.month, day.day, choice),
        st.dates(date(2000, 1, 1), date(2000, 12, 31)),
        st.sampled_from(LeapDay),
    ),
    st.builds(Lunar, st.integers(1, 12), st.integers(1, 30)),
    st.builds(Lunar, st.integers(2, 11), st.integers(1, 30), st.just(True)),
)
years = st.one_of(st.none(), st.integers(1900, 2026))


@settings(deadline=None)
@given(st.lists(st.tuples(names, rules, years, st.booleans()), max_size=5))
def test_what_is_exported_comes_back_the_same(people: Sequence[tuple[str, Rule, int | None, bool]]) -> None:
    entries = [
        Entry(unicodedata.normalize("NFC", name), 10**17 + number, Birthday(rule, possible(rule, year), hidden))
        for number, (name, rule, year, hidden) in enumerate(people)
    ]
    sheet = read_sheet(write_sheet(entries), TODAY)
    assert sheet.bad == ()
    assert list(sheet.entries.values()) == entries


def possible(rule: Rule, year: int | None) -> int | None:
    """Return the year if somebody can have been born in it on that day."""
    try:
        return year and year * bool(born(rule, year, TODAY))
    except RuleError:
        return None


def days(text: str, **order: Any) -> list[str]:
    sheet = read_sheet(text.encode(), TODAY, **order)
    assert not sheet.bad, sheet.bad
    return [
        f"{each.birthday.year}-{each.birthday.rule.month:02}-{each.birthday.rule.day:02}"
        for each in sheet.entries.values()
    ]


COLUMNS = {
    "day first, as one row shows": (
        ["31.12.1999", "01.12.1999", "5.4.1985"],
        ["1999-12-31", "1999-12-01", "1985-04-05"],
    ),
    "month first, as one row shows": (["12/31/1999", "01/12/1999"], ["1999-12-31", "1999-01-12"]),
    "two figures of a year": (["31.12.99", "01.12.99"], ["1999-12-31", "1999-12-01"]),
    "two figures of a year, as one row shows": (
        ["3/4/06", "12/25/00", "5/6/07"],
        ["2006-03-04", "2000-12-25", "2007-05-06"],
    ),
    "years first in two figures, as one row shows": (["05/06/07", "99/12/25"], ["2005-06-07", "1999-12-25"]),
    "two figures of a year, and days that would make babies of people": (
        ["25/12/05", "03/04/06"],
        ["2005-12-25", "2006-04-03"],
    ),
    "years first, and days that would be years to come": (["05.12.28", "03.04.06"], ["2005-12-28", "2003-04-06"]),
    "a baby among others": (["88.05.17", "25.03.05"], ["1988-05-17", "2025-03-05"]),
    "a calendar or a day of the week beside the order": (
        ["25.12.1999 (음)", "음력 01.02.2000", "Fri 05.03.1999"],
        ["1999-12-25", "2000-02-01", "1999-03-05"],
    ),
    "marks that are not seen": (["\u200e25.12.1999\u200e", "\ufeff2000-03-05"], ["1999-12-25", "2000-03-05"]),
    "long dates": (["1999년 3월 5일 금요일", '"Sunday, March 5, 2000"'], ["1999-03-05", "2000-03-05"]),
    "years first": (["99.12.31", "00.1.12"], ["1999-12-31", "2000-01-12"]),
    "the same either way": (["03/03/1999", "12.12.2000"], ["1999-03-03", "2000-12-12"]),
    "midnights in Korean": (["2000-03-05 오전 12:00:00", "2000-03-06 오전 12:00:00"], ["2000-03-05", "2000-03-06"]),
    "midnights in English": (["3/15/2000 12:00:00 AM", "3/6/2000 0:00"], ["2000-03-15", "2000-03-06"]),
    "day numbers": (["36590", "31365", "36590.0"], ["2000-03-05", "1985-11-14", "2000-03-05"]),
    "noughts that were lost": (["990305", "229", "50301"], ["1999-03-05", "2000-02-29", "2005-03-01"]),
    "a mixture that each cell tells": (["05-Mar-2000", "Mar 5, 2000", "2000. 3. 5.", "00.3.5"], ["2000-03-05"] * 4),
}


@pytest.mark.parametrize("kind", COLUMNS)
def test_a_column_as_a_whole_shows_what_one_cell_leaves_open(kind: str) -> None:
    cells, expected = COLUMNS[kind]
    assert days("이름;생일\n" + "".join(f"{at}번;{cell}\n" for at, cell in enumerate(cells))) == expected


def test_an_order_that_no_row_shows_is_asked_for_and_then_followed() -> None:
    text = "이름,생일\n다온,01.02.1999\n하람,03.03.2000\n서린,2000-03-05\n"
    sheet = read(text)
    assert [(each.number, each.reason, each.values) for each in sheet.bad] == [
        (2, Reason.OPEN_ORDER, {"text": "01.02.1999"})
    ]
    assert [each.name for each in sheet.entries.values()] == ["하람", "서린"]
    assert days(text, order="day") == ["1999-02-01", "2000-03-03", "2000-03-05"]
    assert days(text, order="month") == ["1999-01-02", "2000-03-03", "2000-03-05"]
    assert days("이름,생일\n다온,01.02.03\n", order="day") == ["2003-02-01"]


def test_a_birthday_has_its_own_column_beside_some_other_date() -> None:
    assert days("날짜,이름,생일\n2020-01-01,다온,1999-03-05\n") == ["1999-03-05"]
    assert days("이름,날짜\n다온,1999-03-05\n") == ["1999-03-05"]
    assert days("날짜,이름,월,일,년\n2020-01-01,다온,3,5,1999\n") == ["1999-03-05"]
    assert read("이름,날짜,음력\n다온,3/5,O\n").entries[2].birthday.rule == Lunar(3, 5)


def test_a_column_for_each_calendar_and_one_for_years_of_two_figures() -> None:
    two = read("이름*,생일(양력),생일(음력)\n다온,3/5,\n하람,,5/3\n")
    assert [each.birthday.rule for each in two.entries.values()] == [Solar(3, 5), Lunar(5, 3)]
    assert days("Name,Year,Month,Day\nA,1999,March,5\nB,1999,Dec.,25\n") == ["1999-03-05", "1999-12-25"]
    assert days("이름,년도,월,일\n다온,99,3,5\n하람,99년생,3,5\n") == ["1999-03-05", "1999-03-05"]


@pytest.mark.parametrize(
    "head",
    [
        "번호,성명,생년월일,비고\n",
        "우리 반 생일표\n\n번호,성함,생년월일(양력),비고\n",
        "No.,Full name,Date of birth,Note\n",
        "no,NAME,D.O.B.,remarks\n",
        "2026년 명단,,,\n작성: 총무,,,\n번호,회원명,출생일,메모\n",
    ],
)
def test_headings_as_people_write_them_and_titles_above_them(head: str) -> None:
    assert days(f"{head}1,다온,990305,\n2,하람,000229,회장\n") == ["1999-03-05", "2000-02-29"]


def test_a_calendar_that_stands_in_a_remark_is_not_passed_over() -> None:
    sheet = read("성명,생년월일,비고\n다온,990305,총무\n하람,000229,음력\n")
    assert [(each.number, each.reason) for each in sheet.bad] == [(3, Reason.REMARK_ON_CALENDAR)]
    assert [each.name for each in sheet.entries.values()] == ["다온"]


def test_days_without_a_year_follow_the_order_of_their_column() -> None:
    for cells, rules in (
        (["05.03.", "25.12."], [Solar(3, 5), Solar(12, 25)]),
        (["5/3", "12/25"], [Solar(5, 3), Solar(12, 25)]),
        (["5/3", "6/4"], [Solar(5, 3), Solar(6, 4)]),
    ):
        sheet = read("이름,생일\n" + "".join(f"{at}번,{cell}\n" for at, cell in enumerate(cells)))
        assert [each.birthday.rule for each in sheet.entries.values()] == rules


def test_a_calendar_under_a_heading_of_any_name_is_taken_or_asked_about() -> None:
    known = read("이름,생일,음/양\n다온,3/5,음\n하람,3/6,양\n서린,윤4/5,음(윤)\n")
    assert [each.birthday.rule for each in known.entries.values()] == [Lunar(3, 5), Solar(3, 6), Lunar(4, 5, True)]
    unknown = read("성,이름,생일,집에서는\n윤,다온,3/5,음력\n윤,하람,3/6,\n")
    assert [(each.number, each.reason) for each in unknown.bad] == [(2, Reason.REMARK_ON_CALENDAR)]


@pytest.mark.parametrize("remark", ["음력임", "음력으로 챙김", "(음)", "lunar calendar", "윤달", "회장, 음력"])
def test_a_remark_that_speaks_of_the_lunar_calendar_is_asked_about(remark: str) -> None:
    (bad,) = read(f'이름,생일,비고\n다온,3/5,"{remark}"\n').bad
    assert bad.reason is Reason.REMARK_ON_CALENDAR
    assert not read(f'이름,생일,비고\n다온,음력 3/5,"{remark}"\n').bad


def test_half_an_emoji_in_a_name_harms_no_export() -> None:
    assert "윤혜?" in write_sheet([entry("윤혜\ud83d", Solar(3, 5))]).decode("utf-8-sig")
    event = Event("1@dantok", "윤혜\ud83d 생일", Solar(3, 5))
    assert "윤혜? 생일" in calendar_of([event], "우리\ud83d", datetime(2026, 11, 26, tzinfo=UTC), TODAY).decode()
