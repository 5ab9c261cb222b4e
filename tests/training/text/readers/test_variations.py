"""What the samples do not show: encodings, 24-hour phones, nicknames that look like something else, joined parts."""

from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest

from training.text.message import Message, Reason, Skipped
from training.text.readers.detection import chats_in

WINDOWS = """동네친구들 님과 카카오톡 대화
저장한 날짜 : 2024-03-12 22:14:03

--------------- 2024년 3월 10일 일요일 ---------------
[윤혜] [오전 12:05] 안녕 얘들아
[도윤] [오후 12:01] 밥 먹었어?
아니 근데

진짜로
[윤혜] [오후 1:00] 응 먹었지
"""
IOS = """\ufeffTalk_2024.3.12 22:14-1.txt
저장한 날짜 : 2024. 3. 12. 오후 10:14


2024년 3월 10일 일요일
2024. 3. 10. 오후 12:00, 윤혜 : 하나
둘
"""


def write(folder: Path, text: str, encoding: str = "utf-8", name: str = "chat.txt") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def read(path: Path) -> tuple[list[Message], Counter[Reason]]:
    messages, skipped = [], Counter[Reason]()
    for chat in chats_in(path):
        for item in chat.read():
            if isinstance(item, Skipped):
                skipped[item.reason] += item.count
            else:
                messages.append(item)
    return messages, skipped


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp949", "cp949"),
    ],
)
def test_every_encoding_reads_the_same(codec: str, name: str, tmp_path: Path) -> None:
    path = write(tmp_path, WINDOWS.replace("\n", "\r\n"), codec)
    assert chats_in(path)[0].encoding.name == name
    messages, skipped = read(path)
    assert [message.text for message in messages] == ["안녕 얘들아", "밥 먹었어?\n아니 근데\n\n진짜로", "응 먹었지"]
    assert len(messages) + skipped.total() == WINDOWS.count("\n")


@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "cp949"])
def test_lines_that_end_as_excel_for_mac_ends_them_are_lines(codec: str, tmp_path: Path) -> None:
    """Its "CSV (Macintosh)" has a carriage return alone; the file was one message with everybody's names in it."""
    path = write(tmp_path, WINDOWS.replace("\n", "\r"), codec)
    messages, skipped = read(path)
    assert [message.text for message in messages] == ["안녕 얘들아", "밥 먹었어?\n아니 근데\n\n진짜로", "응 먹었지"]
    assert len(messages) + skipped.total() == WINDOWS.count("\n")
    table = 'Date,User,Message\r2024-03-10 9:01,"윤혜","여러 줄\n둘째 줄"\r2024-03-10 21:02,도윤,응\r'
    messages, _ = read(write(tmp_path, table, codec))
    assert [message.text for message in messages] == ["여러 줄\n둘째 줄", "응"]


def test_korean_far_down_an_english_file_still_tells_the_encoding(tmp_path: Path) -> None:
    english = "".join(f"[Ann] [오전 9:{minute % 60:02}] all right\n" for minute in range(40))
    path = write(tmp_path, WINDOWS + "x" * 200_000 + "\n[Ann] [오후 2:00] 뷁\n" + english, "cp949")
    assert chats_in(path)[0].encoding.name == "cp949"
    assert read(path)[0][-41].text == "뷁"


def test_midnight_and_noon(tmp_path: Path) -> None:
    messages, _ = read(write(tmp_path, WINDOWS))
    assert messages[0].when == datetime(2024, 3, 10, 0, 5)
    assert messages[1].when == datetime(2024, 3, 10, 12, 1)


@pytest.mark.parametrize(
    "line",
    [
        "2024년 3월 10일 오후 8:34, 박 서준/95 : 글 : 더",
        "2024년 3월 10일 20:34, 박 서준/95 : 글 : 더",
        "2024. 3. 10. 오후 8:34, 박 서준/95 : 글 : 더",
        "2024. 3. 10. 20:34, 박 서준/95 : 글 : 더",
        "March 10, 2024, 8:34 PM, 박 서준/95 : 글 : 더",
        "10 March 2024, 8:34 pm, 박 서준/95 : 글 : 더",
        "8:34pm, March 10, 2024, 박 서준/95 : 글 : 더",
        "Mar 10, 2024 20:34, 박 서준/95 : 글 : 더",
        "10 Mar 2024 at 20:34, 박 서준/95 : 글 : 더",
        "Mar 10, 2024 at 20:34, 박 서준/95 : 글 : 더",
        "Mar 10, 2024 at 8:34\u202fPM, 박 서준/95 : 글 : 더",
        "June 10, 2024 at 8:34\u202fp.m., 박 서준/95 : 글 : 더",
    ],
)
def test_every_stamp_of_a_phone(line: str, tmp_path: Path) -> None:
    (message,), _ = read(write(tmp_path, line + "\n"))
    assert (message.who, message.text) == ("박 서준/95", "글 : 더")
    assert (message.when.day, message.when.hour, message.when.minute) == (10, 20, 34)


@pytest.mark.parametrize("clock", ["오후 8:34", "20:34", "8:34 PM", "PM 8:34"])
def test_every_clock_of_windows(clock: str, tmp_path: Path) -> None:
    day = "--------------- Sunday, March 10, 2024 ---------------\n"
    messages, _ = read(write(tmp_path, f"{day}[[길드]민수] [{clock}] [공지] 글\n[a] [{clock}]\n글\n"))
    assert [(message.who, message.text) for message in messages] == [("[길드]민수", "[공지] 글"), ("a", "\n글")]
    assert messages[0].when == datetime(2024, 3, 10, 20, 34)


def test_a_joke_about_leaving_is_speech_where_the_file_can_tell(tmp_path: Path) -> None:
    text = "2024. 3. 10. 오후 8:34, 도윤 : 철수님이 나갔습니다.\n2024. 3. 10. 오후 8:35: 철수님이 나갔습니다.\n"
    messages, skipped = read(write(tmp_path, text))
    assert [message.text for message in messages] == ["철수님이 나갔습니다."]
    assert skipped[Reason.SYSTEM] == 1


def test_no_such_day_is_no_record(tmp_path: Path) -> None:
    text = "2024. 3. 10. 오후 8:34, 도윤 : 하나\n2024. 13. 40. 오후 8:35, 도윤 : 둘\n2024. 3. 10. 25:99, 도윤 : 셋\n"
    (message,), skipped = read(write(tmp_path, text))
    assert message.text.count("\n") == skipped[Reason.CONTINUATION] == 2


def test_parts_that_somebody_joined_into_one_file(tmp_path: Path) -> None:
    second = IOS.replace("-1.txt", "-2.txt").replace("하나", "셋")
    messages, skipped = read(write(tmp_path, IOS + second))
    assert [message.text for message in messages] == ["하나\n둘", "셋\n둘"]
    assert skipped[Reason.HEADER] == 4
    assert len(messages) + skipped.total() == (IOS + second).count("\n")


def test_a_last_line_that_was_cut_is_not_glued_to_the_message_before(tmp_path: Path) -> None:
    messages, skipped = read(write(tmp_path, WINDOWS + "[윤혜] [오후 1:0"))
    assert messages[-1].text == "응 먹었지"
    assert skipped[Reason.UNFINISHED] == 1


def test_a_message_that_was_cut_inside_a_character(tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    path.write_bytes((WINDOWS + "[윤혜] [오후 1:01] 그래").encode()[:-1])
    messages, _ = read(path)
    assert messages[-1].text.startswith("그")
    assert chats_in(path)[0].encoding.name == "utf-8"


@pytest.mark.parametrize(
    ("who", "text", "reason"),
    [
        ("윤혜", "보이스톡 해요", Reason.MEDIA),
        ("윤혜", "사진 12장", Reason.MEDIA),
        ("윤혜", "톡게시판 '공지': 내일\n모임", Reason.MEDIA),
        ("윤혜", "0123456789" * 6 + ".jpg", Reason.MEDIA),
        ("윤혜", "30,400원을 받으세요.", Reason.MEDIA),
        ("오픈채팅봇", "어서 와요", Reason.BOT),
        ("윤혜", "", Reason.EMPTY),
        ("윤혜", "This message was deleted.", Reason.DELETED),
    ],
)
def test_what_kakaotalk_puts_in_a_messages_place(who: str, text: str, reason: Reason, tmp_path: Path) -> None:
    messages, skipped = read(write(tmp_path, f"{WINDOWS}[{who}] [오후 1:01] {text}\n"))
    assert len(messages) == 3
    assert skipped[reason] == 1


@pytest.mark.parametrize("text", ["보이스톡 하자", "사진 보내줘", "동영상이 안 나와", "파일 받았어?", "이모티콘 샀다"])
def test_talk_about_media_is_speech(text: str, tmp_path: Path) -> None:
    assert read(write(tmp_path, f"{WINDOWS}[윤혜] [오후 1:01] {text}\n"))[0][-1].text == text


def test_plain_text_is_a_message_a_line(tmp_path: Path) -> None:
    messages, skipped = read(write(tmp_path, "안녕\n\n[공지] 밥 먹자\n2024년에 보자\n"))
    assert [message.text for message in messages] == ["안녕", "[공지] 밥 먹자", "2024년에 보자"]
    assert skipped == {Reason.BLANK: 1}
