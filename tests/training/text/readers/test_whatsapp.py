"""WhatsApp's exports, of either phone and in either language: who said what when, and nothing that WhatsApp says."""

import zipfile
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest

from training.text.message import Message, Skipped
from training.text.readers.detection import chats_in

MARK = "\u200e"
FORMS = {
    "iphone, korean": (
        "[{y}. {m}. {d}. 오후 {h}:{min}:07] ",
        "그룹",
        "{mark}이미지 생략됨",
        "{mark}삭제된 메시지입니다.",
    ),
    "android, korean": ("{y}. {m}. {d}. 오후 {h}:{min} - ", "", "<미디어 파일을 제외한 메시지>", "삭제된 메시지입니다"),
    "iphone, american": (
        "[{m}/{d}/26, {h}:{min}:07\u202fPM] ",
        "Group",
        "{mark}image omitted",
        "{mark}You deleted this message.",
    ),
    "android, american": ("{m}/{d}/26, {h}:{min}\u202fPM - ", "", "<Media omitted>", "This message was deleted"),
    "android, british": (
        "{d:02}/{m:02}/{y}, {h24}:{min} - ",
        "",
        "IMG-20260107-WA0001.jpg (file attached)",
        "You deleted this message",
    ),
    "android, german": ("{d:02}.{m:02}.26, {h24}:{min} - ", "", "<Media omitted>", "This message was deleted"),
    "iphone, iso": (
        "[{y}-{m:02}-{d:02}, {h24}:{min}:07] ",
        "Group",
        "{mark}<attached: 00000003-PHOTO.jpg>",
        "{mark}This message was deleted.",
    ),
}


def chat(form: str) -> str:
    stamp, group, media, deleted = FORMS[form]

    def line(day: int, minute: int, rest: str) -> str:
        hours = {"h": 9, "h24": 21, "min": f"{minute:02}"}
        return stamp.format(y=2026, m=1, d=day, **hours) + rest.replace("{mark}", MARK) + "\n"

    system = f"{MARK}Messages and calls are end-to-end encrypted." if group else "메시지와 통화는 종단간 암호화됩니다."
    return "".join(
        [
            line(7, 0, f"{group}: {system}" if group else system),
            line(7, 1, "윤혜: 오늘 저녁 뭐 먹지"),
            line(7, 2, "~\u202f도윤: 김치찌개 어때: 매운 걸로"),
            "아니면 된장\n",
            "\n",
            "둘 다\n",
            line(7, 3, f"윤혜: {media}"),
            line(7, 4, f"윤혜: {deleted}"),
            line(8, 5, "윤혜: @\u2068도윤\u2069 좋아 <This message was edited>"),
            line(13, 6, "~\u202f도윤: 응"),
        ]
    )


def read(path: Path) -> tuple[list[Message], Counter[str], set[str]]:
    messages, skipped = [], Counter[str]()
    chats = chats_in(path)
    for one in chats:
        for item in one.read():
            if isinstance(item, Skipped):
                skipped[item.reason.value] += item.count
            else:
                messages.append(item)
    return messages, skipped, {one.format.name for one in chats}


def written(folder: Path, text: str, name: str = "_chat.txt") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("form", FORMS)
def test_every_form_reads_alike(form: str, tmp_path: Path) -> None:
    path = written(tmp_path, chat(form))
    messages, skipped, formats = read(path)
    assert formats == {"WhatsApp"}
    assert [(message.who, message.text) for message in messages] == [
        ("윤혜", "오늘 저녁 뭐 먹지"),
        ("도윤", "김치찌개 어때: 매운 걸로\n아니면 된장\n\n둘 다"),
        ("윤혜", "@도윤 좋아"),
        ("도윤", "응"),
    ]
    times = [message.when.replace(second=0) for message in messages]
    assert times == [datetime(2026, 1, day, 21, minute) for day, minute in ((7, 1), (7, 2), (8, 5), (13, 6))]
    assert (skipped["system"], skipped["media"], skipped["deleted"]) == (1, 1, 1)
    assert len(messages) + skipped.total() == chat(form).count("\n")


def test_the_zip_of_an_iphone_reads_like_its_text(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "WhatsApp Chat - 우리.zip", "w") as archive:
        archive.writestr("_chat.txt", chat("iphone, korean"))
        archive.writestr("00000003-PHOTO.jpg", b"\xff\xd8\xff")
    assert len(read(tmp_path / "WhatsApp Chat - 우리.zip")[0]) == 4


@pytest.mark.parametrize(
    "rest",
    [
        '윤혜님이 그룹 이름을 "여행: 부산"(으)로 변경했습니다.',
        "윤혜님이 도윤님을 추가했습니다.",
        "도윤님이 나갔습니다.",
        '윤혜 created group "trip: busan"',
        "윤혜 added 도윤",
        '윤혜 changed the subject from "a: b" to "c"',
        "도윤 left",
        "Your security code with 도윤 changed. Tap to learn more.",
        "윤혜 turned on disappearing messages.",
    ],
)
def test_what_whatsapp_says_of_the_group_is_nobodys_words(rest: str, tmp_path: Path) -> None:
    text = chat("android, british") + f"14/01/2026, 21:07 - {rest}\n14/01/2026, 21:08 - 윤혜: 안녕\n"
    messages, skipped, _ = read(written(tmp_path, text))
    assert [message.text for message in messages[3:]] == ["응", "안녕"]
    assert skipped["system"] == 2


@pytest.mark.parametrize(
    "said",
    [
        "나는 그룹을 나갔다 왔어",
        "he left: sugar added",
        "사진은 생략할게",
        "영상통화 하자",
        "이 메시지를 삭제했습니다 라고 뜨네",
        "video call tonight?",
    ],
)
def test_what_people_say_about_such_things_is_theirs(said: str, tmp_path: Path) -> None:
    text = chat("android, british") + f"14/01/2026, 21:07 - 윤혜: {said}\n"
    assert read(written(tmp_path, text))[0][-1].text == said


def test_a_caption_stays_and_its_file_goes(tmp_path: Path) -> None:
    text = chat("android, british") + "14/01/2026, 21:07 - 윤혜: IMG-1.jpg (file attached)\n바다 봐\n"
    assert read(written(tmp_path, text))[0][-1].text == "바다 봐"


def test_dates_that_leave_the_month_open_are_said(tmp_path: Path) -> None:
    lines = "".join(f"{day}/{day}/26, 9:0{day} PM - 윤혜: 안녕\n" for day in (1, 2, 3))
    (open_one,) = chats_in(written(tmp_path, lines))
    assert open_one.warning == ""  # the same either way
    lines = "".join(f"1/{day}/26, 9:0{day} PM - 윤혜: 안녕\n" for day in (2, 3, 4))
    (open_one,) = chats_in(written(tmp_path, lines))
    assert "the month" in open_one.warning
    (told,) = chats_in(written(tmp_path, lines + "1/13/26, 9:00 PM - 윤혜: 안녕\n"))
    assert told.warning == ""
