"""What KakaoTalk says of lost messages, calls and media, in every variant: nobody's speech, and glued to none."""

import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from training.text.message import Message, Skipped
from training.text.readers.detection import chats_in

HEADER = "우리 님과 카카오톡 대화\n저장한 날짜 : {saved}\n\n"
VARIANTS = {
    "Windows": (
        HEADER.format(saved="2026-01-08 22:10:01") + "--------------- 2026년 1월 7일 수요일 ---------------\n",
        "[{who}] [오후 9:{minute:02}] {text}\n",
    ),
    "Android": (
        HEADER.format(saved="2026년 1월 8일 오후 10:10") + "2026년 1월 7일 오후 9:00\n",
        "2026년 1월 7일 오후 9:{minute:02}, {who} : {text}\n",
    ),
    "iOS": (
        HEADER.format(saved="2026. 1. 8. 오후 10:10") + "2026년 1월 7일 수요일\n",
        "2026. 1. 7. 오후 9:{minute:02}, {who} : {text}\n",
    ),
    "macOS": ("Date,User,Message\n", '2026-01-07 21:{minute:02}:00,"{who}","{text}"\n'),
}
GONE = [
    "삭제된 메시지입니다.",
    "메시지가 삭제되었습니다.",
    "이 메시지는 삭제되었습니다.",
    "This message was deleted.",
    "The message has been deleted.",
    "관리자가 메시지를 가렸습니다.",
    "채팅방 관리자가 메시지를 가렸습니다.",
    "방장이 메시지를 가렸습니다.",
]
CALLS = [
    *("그룹콜 해요", "그룹콜 종료 3:12", "그룹콜 취소", "보이스톡 해요.", "보이스톡 0:17", "보이스톡 부재중"),
    *("페이스톡 해요", "페이스톡 응답하지 않음", "보이스룸 종료 0:31", "라이브톡 시작", "라이브톡 종료 1:02:03"),
    *(
        "보이스룸이 방금 시작했어요.",
        "보이스룸이 종료되었어요.",
        "Missed Voice Call",
        "Voice Call 0:17",
        "Video Call Missed",
        "Group Call ended 3:12",
        "Live Talk ended 1:02",
    ),
]
MEDIA = [
    *(
        "사진",
        "사진 3장",
        "동영상",
        "동영상 2개",
        "이모티콘",
        "음성 메시지",
        "음성메시지",
        "<사진 읽지 않음>",
        "(이모티콘)",
    ),
    *(
        "파일: 회의록.pdf",
        "연락처: 윤혜",
        "지도: 부산역",
        "샵검색: #맛집",
        "톡게시판 '투표': 어디 갈까",
        "3 photos",
        "Voice Message",
    ),
    *("이모티콘을 보냈습니다.", "사진 2장을 보냈습니다.", "30,400원을 보냈어요.", "선물과 메시지를 보냈습니다."),
]
SPEECH = [
    *(
        "삭제된 메시지입니다 라고 떠서 놀랐어",
        "그룹콜 하자",
        "보이스톡 됨?",
        "보이스톡",
        "사진 보내줘",
        "동영상 2개 봤어",
    ),
    *("관리자가 메시지를 가렸대", "3:12에 종료", "파일 보냈어", "음성 메시지 남겨", "이모티콘 사줘", "지도 봐봐"),
]


def read(path: Path) -> tuple[list[Message], Counter[str]]:
    messages, skipped = [], Counter[str]()
    (chat,) = chats_in(path)
    for item in chat.read():
        if isinstance(item, Skipped):
            skipped[item.reason.value] += item.count
        else:
            messages.append(item)
    return messages, skipped


def written(folder: Path, variant: str, texts: list[str], between: str = "") -> Path:
    head, line = VARIANTS[variant]
    path = folder / "chat.txt"
    lines = [line.format(who="윤혜", minute=at, text=text) + between for at, text in enumerate(texts)]
    path.write_text(head + "".join(lines), encoding="utf-8")
    return path


@pytest.mark.parametrize("variant", VARIANTS)
def test_under_a_name_none_is_speech(variant: str, tmp_path: Path) -> None:
    notices = [*GONE, *CALLS, *MEDIA]
    assert len(notices) < 60
    messages, skipped = read(written(tmp_path, variant, [*notices, "안녕"]))
    assert [message.text for message in messages] == ["안녕"]
    assert (skipped["deleted"], skipped["system"], skipped["media"]) == (5, 3, len(CALLS) + len(MEDIA))


@pytest.mark.parametrize("variant", VARIANTS)
def test_people_who_talk_about_such_things_are_heard(variant: str, tmp_path: Path) -> None:
    assert [message.text for message in read(written(tmp_path, variant, SPEECH))[0]] == SPEECH


@pytest.mark.parametrize("notice", GONE)
@pytest.mark.parametrize("variant", ["Windows", "Android", "iOS"])
def test_on_a_line_of_their_own_they_are_glued_to_no_message(variant: str, notice: str, tmp_path: Path) -> None:
    messages, skipped = read(written(tmp_path, variant, ["하나", "둘"], f"{notice}\n"))
    assert [message.text for message in messages] == ["하나", "둘"]
    assert skipped["deleted"] + skipped["system"] == 2


@pytest.mark.parametrize(
    "notice",
    [
        "그룹콜이 시작되었습니다.",
        "보이스룸이 방금 시작했어요.",
        "그룹콜 종료 3:12",
        "도윤님이 그룹콜을 시작했습니다.",
        "도윤님이 채팅방 이름을 변경했습니다.",
    ],
)
def test_calls_on_a_line_of_their_own_under_windows(notice: str, tmp_path: Path) -> None:
    messages, skipped = read(written(tmp_path, "Windows", ["하나", "둘"], f"{notice}\n"))
    assert ([message.text for message in messages], skipped["system"]) == (["하나", "둘"], 2)


@pytest.mark.parametrize("variant", VARIANTS)
def test_marks_that_nobody_sees_and_decomposed_hangul_change_nothing(variant: str, tmp_path: Path) -> None:
    path = written(tmp_path, variant, ["안녕 얘들아", "사진", "👨‍👩‍👧 가족"])
    plain = read(path)
    spoilt = (
        unicodedata.normalize("NFD", path.read_text(encoding="utf-8")).replace(" ", "\u00a0").replace("윤", "\u200b윤")
    )
    path.write_text("\ufeff" + spoilt.replace("\n", "\u200e\n"), encoding="utf-8")
    assert read(path) == plain


def test_date_lines_of_an_iphone_with_points(tmp_path: Path) -> None:
    head = HEADER.format(saved="2026. 1. 8. 오후 10:10")
    days = "".join(f"2026. 1. {day}. 수요일\n\n2026. 1. {day}. 오후 9:00, 윤혜 : 안녕\n\n" for day in (7, 8))
    (tmp_path / "chat.txt").write_text(head + days, encoding="utf-8")
    messages, skipped = read(tmp_path / "chat.txt")
    assert [message.text for message in messages] == ["안녕", "안녕"]
    assert skipped["date"] == 2


@pytest.mark.parametrize(
    ("heading", "row", "stamps"),
    [
        ("Date,User,Message", "{},윤혜,안녕", ["2026-01-07 9:01", "2026-01-07 21:02:30", "2026-01-13 0:05"]),
        ("Date;User;Message", "{};윤혜;안녕", ["07.01.2026 09:01", "07.01.2026 21:02:30", "13.01.2026 00:05"]),
        ("Date\tUser\tMessage\t\t", "{}\t윤혜\t안녕\t\t", ["1/7/2026 9:01", "1/7/2026 21:02:30", "1/13/2026 0:05"]),
        (
            "Date,User,Message,",
            "{},윤혜,안녕,",
            ["2026-01-07 오전 9:01:00", "2026-01-07 오후 9:02:30", "2026-01-13 오전 12:05:00"],
        ),
        ("Date,User,Message", "{},윤혜,안녕", ["1/7/26 9:01 AM", "1/7/26 9:02:30 PM", "1/13/26 12:05 AM"]),
        ("Date,User,Message", "{},윤혜,안녕", ["46029.3756944444", "46029.8767361111", "46035.0034722222"]),
        ("Date,User,Message", "{},윤혜,안녕", ["2026. 1. 7. 9:01", "2026. 1. 7. 21:02:30", "2026. 1. 13. 0:05"]),
    ],
)
def test_a_table_that_a_spreadsheet_saved_again(heading: str, row: str, stamps: list[str], tmp_path: Path) -> None:
    text = "\r\n".join([heading, *map(row.format, stamps), ""])
    (tmp_path / "chat.csv").write_text("\ufeff" + text, encoding="utf-8")
    messages, _ = read(tmp_path / "chat.csv")
    assert [f"{message.when:%m-%d %H:%M:%S}" for message in messages] == [
        "01-07 09:01:00",
        "01-07 21:02:30",
        "01-13 00:05:00",
    ]
