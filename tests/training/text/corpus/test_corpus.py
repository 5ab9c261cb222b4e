"""From files to a corpus: counts that add up, conversations, what is odd, what is refused, and nothing held twice."""

import gzip
import json
import os
import tracemalloc
from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO, StringIO
from itertools import islice
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from training.common.errors import ChatError
from training.text.consent.people import NOBODY, People, Person
from training.text.corpus.corpus import Corpus, read_corpus
from training.text.corpus.report import Report
from training.text.message import UNDATED
from training.text.readers.detection import chats_in

HEADER = "동네친구들 님과 카카오톡 대화\n저장한 날짜 : 2024-03-12 22:14:03\n\n"
DAY = "--------------- 2024년 3월 {} 일요일 ---------------\n"


def windows(*messages: tuple[str, str, str], day: str = "10일") -> str:
    return HEADER + DAY.format(day) + "".join(f"[{who}] [{clock}] {text}\n" for who, clock, text in messages)


def corpus_of(folder: Path, *texts: str, gap: timedelta = timedelta(hours=1)) -> Corpus:
    files = []
    for number, text in enumerate(texts):
        files.append(folder / f"chat-{number}.txt")
        files[-1].write_text(text, encoding="utf-8")
    return read_corpus(files, session_gap=gap)


def packed(*names: str) -> bytes:
    archive = BytesIO()
    with ZipFile(archive, "w") as files:
        for name in names:
            files.writestr(name, windows(("a", "오후 1:00", "하나")))
    return archive.getvalue()


def test_the_report_means_what_it_says(shared: Path) -> None:
    report = read_corpus([shared / "formats/samples/01_pc_windows_ko.txt"]).report.to_json()
    assert report["messages"] == 33
    assert report["people"] == 5
    assert (report["first"], report["last"]) == ("2024-03-10T12:00", "2024-03-12T20:01")
    assert report["days"] == 3
    assert report["not_messages"] == {
        "header": 2,
        "blank": 1,
        "date": 3,
        "system": 6,
        "continuation": 7,
        "media": 7,
        "deleted": 1,
    }
    assert report["messages"] + sum(report["not_messages"].values()) == report["lines"] == 60
    assert report["files"] == [{"format": "KakaoTalk for Windows", "encoding": "utf-8", "lines": 60}]


def test_what_cleaning_takes_is_counted_and_never_shown(tmp_path: Path) -> None:
    corpus = corpus_of(
        tmp_path,
        windows(
            ("윤혜", "오후 1:00", "내 번호010-1234-5678이야 abc@naver.com"),
            ("비밀이", "오후 1:01", "010-9876-5432"),
            ("윤혜", "오후 1:02", "https://example.com"),
        ),
    )
    report = corpus.report.to_json()
    assert report["messages"] == 3
    assert report["kept"] == len(corpus.messages) == 1
    assert report["removed"] == {"mobile": 2, "email": 1}
    assert report["dropped"] == {"links": 1}
    console = Console(file=StringIO(), width=200)
    console.print(corpus.report.table())
    for shown in (json.dumps(report, ensure_ascii=False), console.file.getvalue()):  # type: ignore[attr-defined]
        assert not any(secret in shown for secret in ("윤혜", "비밀이", "1234", "naver", "동네"))


def test_the_table_shows_every_count(shared: Path) -> None:
    report = read_corpus([shared / "formats/samples/01_pc_windows_ko.txt"]).report
    console = Console(file=StringIO(), width=200)
    console.print(report.table())
    shown = console.file.getvalue()  # type: ignore[attr-defined]
    for label, value in [("messages", 33), ("people", 5), ("further lines of a message", 7), ("lines in all", 60)]:
        assert any(label in line and str(value) in line for line in shown.splitlines())


def test_conversations_begin_after_a_gap_and_with_each_file(tmp_path: Path) -> None:
    first = windows(
        ("a", "오후 1:00", "하나"), ("b", "오후 1:59", "둘"), ("a", "오후 3:00", "셋"), ("a", "오후 3:00", "넷")
    )
    corpus = corpus_of(tmp_path, first, windows(("a", "오후 3:01", "다섯")))
    assert corpus.sessions == (0, 2, 4)
    assert corpus_of(tmp_path, first, gap=timedelta(days=1)).sessions == (0,)


def test_a_dropped_message_still_carries_the_conversation(tmp_path: Path) -> None:
    text = windows(("a", "오후 1:00", "하나"), ("b", "오후 1:50", "https://a.kr"), ("a", "오후 2:40", "둘"))
    assert corpus_of(tmp_path, text).sessions == (0,)


def test_messages_of_one_person_are_kept_apart(tmp_path: Path) -> None:
    corpus = corpus_of(tmp_path, windows(("a", "오후 1:00", "하나"), ("a", "오후 1:00", "둘")))
    assert [message.text for message in corpus.messages] == ["하나", "둘"]
    assert corpus.messages[0].when == datetime(2024, 3, 10, 13)


def test_progress_ends_at_the_number_of_bytes(shared: Path) -> None:
    files = [shared / "formats/samples/01_pc_windows_ko.txt", shared / "formats/samples/09_android_ko.txt"]
    seen: list[tuple[int, int]] = []
    read_corpus(files, progress=lambda done, total: seen.append((done, total)))
    total = sum(file.stat().st_size for file in files)
    assert seen[-1] == (total, total)
    assert seen == sorted(seen)


def test_plain_text_has_no_times(tmp_path: Path) -> None:
    corpus = corpus_of(tmp_path, "안녕\n밥 먹자\n")
    report = corpus.report
    assert (report.first, report.last, report.days, report.people) == (None, None, 0, 0)
    assert all(message.when == UNDATED for message in corpus.messages)
    assert corpus.sessions == (0,)


@pytest.mark.parametrize(
    ("texts", "sentence"),
    [
        ([windows(("a", "오후 1:00", "하나"), ("b", "오전 1:00", "둘"))], "dates go back: 1;"),
        (
            [windows(("a", "오후 1:00", "하나"), day="11일"), windows(("a", "오후 1:00", "둘"))],
            "parts of a split export",
        ),
        ([windows(("a", "오후 1:00", "하나"))], "Only one person"),
        ([windows(("a", "오후 1:00", "하나")) + "[a] [오후 1:"], "ends in the middle"),
        (["[a] [오후 1:00] 하나\n[b] [오후 1:01] 둘\n"], "have no day"),
        (["하나\n둘\n"], "neither names nor times"),
        (
            [windows(*[("a", "오후 1:00", "하나")] * 30) + "2024. 3. 10. 오후 2:00, b : 둘\n" * 20],
            "chat-0.txt: 20 lines inside messages begin with a time",
        ),
        ([windows(("a", "오후 1:00", "하나"))], "Too few messages are left to learn from (1, "),
    ],
)
def test_what_is_odd_is_said_and_read_all_the_same(texts: list[str], sentence: str, tmp_path: Path) -> None:
    warnings = corpus_of(tmp_path, *texts).report.warnings
    assert any(sentence in warning for warning in warnings)


def test_a_few_lines_with_times_that_somebody_pasted_are_no_export(tmp_path: Path) -> None:
    pasted = "\n".join(f"2024. 3. 10. 오후 {hour}:00, b : 둘" for hour in range(1, 10))
    warnings = corpus_of(tmp_path, windows(("a", "오후 1:00", pasted))).report.warnings
    assert not any("inside messages" in warning for warning in warnings)


def test_an_exporter_file_comes_with_discords_policy(shared: Path) -> None:
    report = read_corpus([shared / "formats/samples/30_discord_chat_exporter.json"]).report
    assert any("developer policy" in warning for warning in report.warnings)
    assert report.to_json()["files"][0]["records"] == 43


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf\n \n", "nothing but blank lines"),
        (bytes(range(256)) * 40, "is a binary file"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "is a picture"),
        (b"\x1f\x8b\x08\0abc", "is a packed file: unpack it"),
        (b"Rar!\x1a\x07\x01\0abc", "is a packed file: unpack it"),
        (b"7z\xbc\xaf\x27\x1c\0abc", "is a packed file: unpack it"),
        (b"{\\rtf1\\ansi [a] hello}", "is a document of Word, Excel or Hangul: save it there"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is a document of Word, Excel or Hangul: save it there"),
        (packed("[Content_Types].xml", "xl/workbook.xml"), "is a document of Word, Excel or Hangul: save it there"),
        (packed("KakaoTalkChats.txt")[:-10], "is a damaged zip archive: copy or download it again"),
        ("안녕하세요 여러분, 오늘은 날씨가 좋네요".encode("johab") * 30, "none of UTF-8, UTF-16 and CP949"),
        ("今日は天気がいいですね。明日も会いましょう。".encode("euc-jp") * 30, "none of UTF-8, UTF-16 and CP949"),
        ("Ünïcödé çà et là déjà vu".encode("latin-1") * 30, "none of UTF-8, UTF-16 and CP949"),
        (HEADER.encode(), "without a single dated message"),
        (b'{"name": "something else"}', "JSON of a form that is not known here"),
        (b"<!DOCTYPE html><html></html>", "looks like a web page of a chat"),
        (b'Date,User,Message\n2024-03-10 12:00:00,"a","' + b"x" * 200_000, "a quotation mark never closes"),
        ((HEADER + DAY.format("10일") + "[a] [오후 1:00] 사진\n").encode(), "No message was found"),
        (b'[\n  {\n    "ID": 1,\n    "Contents": "a', "ends in the middle"),
    ],
)
def test_bad_files_get_one_sentence(content: bytes, sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    path.write_bytes(content)
    with pytest.raises(ChatError, match=sentence) as caught:
        read_corpus([path])
    said = str(caught.value)
    assert said.endswith(".")
    assert "\n" not in said


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ChatError, match="pipe is no ordinary file"):
        read_corpus([tmp_path / "pipe"])


def test_a_missing_file_and_a_truncated_document(tmp_path: Path, shared: Path) -> None:
    with pytest.raises(ChatError, match="cannot be read"):
        read_corpus([tmp_path / "nowhere.txt"])
    path = tmp_path / "export.json"
    path.write_bytes((shared / "formats/samples/30_discord_chat_exporter.json").read_bytes()[:20_000])
    with pytest.raises(ChatError, match="ends in the middle, after"):
        read_corpus([path])


def test_a_chat_too_small_or_not_korean_shows_but_does_not_train(tmp_path: Path) -> None:
    with pytest.raises(ChatError, match=r"Too few messages .*\(2, and 50"):
        corpus_of(tmp_path, windows(("a", "오후 1:00", "하나"), ("b", "오후 1:00", "둘"))).check_trainable()
    english = [("a", "오후 1:00", f"all right {letter}") for letter in "abcdefgh" * 10]
    with pytest.raises(ChatError, match="in Korean"):
        corpus_of(tmp_path, windows(*english)).check_trainable()
    corpus_of(tmp_path, windows(*english, *[("b", "오후 1:01", "그래")] * 10)).check_trainable()


SAMPLE_NAMES = [
    "01_pc_windows_ko.txt",
    "06_macos_ko.csv",
    "09_android_ko.txt",
    "17_ios_ko_2015_me.txt",
    "22_ios_en_at_24h.txt",
]


@pytest.mark.parametrize("name", SAMPLE_NAMES)
def test_counts_add_up_wherever_an_export_is_cut(name: str, shared: Path, tmp_path: Path) -> None:
    content = (shared / "formats/samples" / name).read_bytes()
    path = tmp_path / name
    for size in range(400, len(content), 37):
        path.write_bytes(content[:size])
        report = read_corpus([path]).report
        lines = content[:size].count(b"\n") + (content[size - 1 : size] != b"\n")
        assert report.messages + sum(report.not_messages.values()) == report.lines == lines


LINE = st.one_of(
    st.sampled_from(
        [
            "[윤혜] [오후 1:00] 안녕",
            "[윤혜] [오후 1:00] 사진",
            "[[길드]민수] [13:00] ",
            "철수님이 나갔습니다.",
            "저장한 날짜 : 2024-03-12 22:14:03",
            "동네친구들 님과 카카오톡 대화",
            "--------------- 2024년 3월 10일 일요일 ---------------",
            "--------------- 2024년 13월 40일 일요일 ---------------",
            "2024년 3월 10일 오후 1:00, 윤혜 : 안녕",
            "2024. 3. 10. 오후 1:00, 윤혜 : 안녕",
            "오후 1:00, 윤혜 : 안녕",
            "2024년 3월 10일 일요일",
            "삭제된 메시지입니다.",
            "",
            " ",
            "둘째 줄",
        ]
    ),
    st.text(st.characters(exclude_characters="\n", exclude_categories=("Cs", "Cc")), max_size=30),
)


def read_or_refuse(path: Path) -> Report | str:
    try:
        return read_corpus([path]).report
    except ChatError as error:
        return str(error)


@given(lines=st.lists(LINE, min_size=1, max_size=40), ending=st.sampled_from(["\n", "\r\n"]), last=st.booleans())
def test_no_line_vanishes_from_any_file(
    lines: list[str], ending: str, last: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "fuzzed.txt"
    path.write_bytes((ending.join(lines) + (ending if last else "")).encode())
    content = path.read_bytes()
    report = read_or_refuse(path)
    if isinstance(report, str):
        assert report.endswith(".")
        return
    assert report.messages + sum(report.not_messages.values()) == report.lines
    assert report.lines == content.count(b"\n") + (not content.endswith(b"\n"))


@given(content=st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_with_a_sentence(
    content: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "bytes"
    path.write_bytes(content)
    result = read_or_refuse(path)
    assert isinstance(result, Report) or result.endswith(".")


def big_kakaotalk(shared: Path) -> bytes:
    return gzip.decompress((shared / "data/chat_exports/room_dev_big/pc_windows_ko.txt.gz").read_bytes()) * 6


def big_exporter(shared: Path) -> bytes:
    return gzip.decompress((shared / "data/chat_exports/room_dev_big/discord_chat_exporter.json.gz").read_bytes())


@pytest.mark.parametrize("make", [big_kakaotalk, big_exporter])
def test_a_large_export_streams(make: Callable[[Path], bytes], shared: Path, tmp_path: Path) -> None:
    path = tmp_path / "large"
    path.write_bytes(make(shared))
    tracemalloc.start()
    try:
        (chat,) = chats_in(path)
        count = sum(1 for _ in islice(chat.read(), 3000))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert count == 3000
    assert path.stat().st_size > 12_000_000
    assert peak < 4_000_000


def discord_record(name: str, account: str, minute: int) -> dict:
    author = {"id": account, "name": name.lower(), "nickname": name, "isBot": False}
    when = f"2025-03-01T10:{minute:02}:00+09:00"
    return {"id": "1", "type": "Default", "timestamp": when, "content": f"{minute}번째 말", "author": author}


@pytest.mark.parametrize("is_table", [False, True])
def test_the_discord_ids_that_an_export_tells_come_into_the_list_of_people(tmp_path: Path, is_table: bool) -> None:
    said = [("윤혜", "1001"), ("정훈", "1002"), ("Deleted User", "1003"), ("Deleted User", "1004"), ("다빈", "?")]
    records = [discord_record(*each, minute) for minute, each in enumerate(said)]
    export = {"guild": {"id": "1"}, "channel": {"id": "2"}, "messages": records}
    cells = [(*each["author"].values(), each["timestamp"], each["content"]) for each in records]
    rows = [f"{account},{name},{when},{text},," for account, _, name, _, when, text in cells]
    table = "\n".join(["AuthorID,Author,Date,Content,Attachments,Reactions", *rows])
    (tmp_path / "room").write_text(table if is_table else json.dumps(export), encoding="utf-8")
    corpus = read_corpus([tmp_path / "room"])
    accounts = {person.name: person.discord for person in corpus.people(NOBODY)}
    assert accounts == {"윤혜": 1001, "정훈": 1002, "Deleted User": None, "다빈": None}
    known = People((Person("혜", aliases=("윤혜",)), Person("정훈", discord=7), Person("서진", discord=1001)))
    assert {person.name: person.discord for person in corpus.people(known)} == {
        "혜": None, "정훈": 7, "서진": 1001, "Deleted User": None, "다빈": None,
    }  # fmt: skip
