"""Birthdays in and out of files, as members and managers do it in the chat."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from icalendar import Calendar


async def test_birthdays_go_out_as_a_table_and_come_back(room: Any) -> None:
    assert "아직 아무도" in (await room("/생일 내보내기")).content
    days = {"윤혜": "2000-03-05", "정훈": "음력 윤6월 3일", "다빈": "2월 29일"}
    for name, day in days.items():
        await room("/birthday set", options={"date": day}, member=name)
    exported = await room("/birthday export csv")
    assert exported.ephemeral
    data = room.downloaded(exported, "birthdays.csv")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == list(days)
    before = (await room("/생일 목록")).content
    for name in days:
        asked = await room("/생일 지우기", member=name)
        await room.playground.press(asked, "지우기", member=name)
    shown = await room.import_(data)
    assert "3명의 생일을 읽었어요" in shown.content
    await room.playground.press(shown, "3명 저장")
    assert (await room("/생일 목록")).content == before


async def test_what_would_be_a_formula_goes_out_harmless(room: Any) -> None:
    room.playground.world.members[room.id_of("윤혜")]["nick"] = '=cmd()|"x"'
    await room("/생일 등록 3월5일")
    data = room.downloaded(await room("/생일 내보내기"), "birthdays.csv").decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(data)))[1][0] == '\'=cmd()|"x"'


async def test_a_calendar_program_reads_the_export(room: Any) -> None:
    await room("/birthday set", options={"date": "2000-03-05", "hide-year": True})
    await room("/birthday set", options={"date": "음력 5월 3일"}, member="정훈")
    exported = await room("/birthday export ics")
    events = Calendar.from_ical(room.downloaded(exported, "birthdays.ics")).walk("VEVENT")
    titles = [str(event["SUMMARY"]) for event in events]
    assert titles.count("🎂 윤혜 생일") == 1
    assert titles.count("🎂 정훈 생일") >= 9
    assert events[0]["DTSTART"].dt == date(2027, 3, 5)


async def test_an_import_without_a_file_gives_an_example_that_can_be_read(room: Any) -> None:
    answer = await room("/생일 가져오기")
    assert answer.ephemeral
    example = room.downloaded(answer, "birthdays-example.csv")
    shown = await room.import_(example)
    # 윤혜 and 다빈 are here; 한결, 지우 and the invented id are not.
    assert "2명의 생일을 읽었어요" in shown.content
    assert "3줄은 읽지 못했어요" in shown.content


CP949 = "이름,생일\r\n윤혜,2000-03-05\r\n정훈,음력 5월 3일\r\n다빈,4월 31일\r\n홍길동,3월 1일\r\n"


@pytest.mark.parametrize("encoding", ["cp949", "utf-8", "utf-8-sig", "utf-16"])
async def test_a_sheet_is_kept_only_after_a_confirmation_and_its_bad_rows_are_named(room: Any, encoding: str) -> None:
    await room("/생일 등록 1월1일")
    shown = await room.import_(CP949.encode(encoding))
    assert shown.ephemeral
    said = shown.content.replace("\\", "")
    assert "2명의 생일을 읽었어요" in said
    assert "1명은 이미 있는 생일을 바꾸어요" in said
    assert "4번째 줄" in said
    assert "4월 31일은 없어요" in said
    assert "5번째 줄" in said
    assert "‘홍길동’이라는 사람이 없어요" in said
    assert "1월 1일" in (await room("/생일 보기")).content
    saved = await room.playground.press(shown, "2명 저장")
    assert "2명의 생일을 저장했어요" in saved.content
    assert saved.components == []
    assert "2000년 3월 5일" in (await room("/생일 보기")).content
    assert "음력 5월 3일" in (await room("/생일 보기", member="정훈")).content


async def test_an_import_that_is_not_confirmed_keeps_nothing(room: Any) -> None:
    shown = await room.import_(CP949.encode("cp949"))
    stopped = await room.playground.press(shown, "취소")
    assert stopped.attachments == []
    assert "아직 아무도" in (await room("/생일 목록")).content


async def test_ten_thousand_rows_are_answered_and_one_more_is_told_the_limit(room: Any) -> None:
    head, me = "이름,생일\r\n", f"<@{room.id_of('윤혜')}>,3월 5일\r\n"
    rows = "".join(f"<@{10**17 + number}>,3월 5일\r\n" for number in range(9_999))
    shown = await room.import_((head + me + rows).encode())
    assert "1명의 생일을 읽었어요" in shown.content
    assert "9999줄은 읽지 못했어요" in shown.content
    assert room.downloaded(shown, "rows-not-taken.txt").count(b"\r\n") == 9_998
    more = await room.import_((head + me + rows + me).encode())
    assert "줄이 너무 많아요. 10000줄까지" in more.content


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\x00\x01\x02", "읽을 수 없는 파일"),
        ("무엇,언제\r\n윤혜,내일\r\n".encode(), "제목이 없어요"),
        (b"x" * (2**20 + 1), "1MB까지의 CSV"),
        (b"", "제목이 없어요"),
    ],
)
async def test_a_file_that_is_no_sheet_is_told_so(room: Any, data: bytes, said: str) -> None:
    assert said in (await room.import_(data)).content


async def test_who_left_is_not_in_an_export(room: Any) -> None:
    await room("/birthday set", options={"date": "12월 1일"}, member="정훈")
    room.playground.admin.leave(room.id_of("정훈"))
    exported = await room("/생일 내보내기")
    assert "0명" in exported.content
