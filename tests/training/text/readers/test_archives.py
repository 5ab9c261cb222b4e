"""Discord's data package as folder and zip, KakaoTalk's own zip, and archives that mean harm."""

import json
import stat
import zipfile
from pathlib import Path

import pytest

from training.common.errors import ChatError
from training.text.message import Message
from training.text.readers.detection import chats_in

RECORDS = [
    {"ID": 1216943751168000042, "Timestamp": "2024-03-12 03:00:00", "Contents": "둘", "Attachments": ""},
    {"ID": "1216943751168000041", "Timestamp": "2024-03-11 03:00:00", "Contents": "하나", "Attachments": ""},
]
CHANNEL = "package/Messages/c222222222222222222/messages.json"


def package(folder: Path, **more: str) -> Path:
    root = folder / "data"
    for name, text in {CHANNEL: json.dumps(RECORDS), **more}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def zipped(folder: Path, method: int = zipfile.ZIP_DEFLATED) -> Path:
    path = folder.with_suffix(".zip")
    with zipfile.ZipFile(path, "w", method) as archive:
        for file in folder.rglob("*"):
            archive.write(file, file.relative_to(folder))
    return path


def texts(path: Path) -> list[str]:
    return [item.text for chat in chats_in(path) for item in chat.read() if isinstance(item, Message)]


def test_oldest_first_from_folder_and_zip(tmp_path: Path) -> None:
    root = package(tmp_path)
    assert texts(root) == texts(zipped(root)) == texts(root / "package") == texts(root / "package/Messages")
    assert texts(root) == ["하나", "둘"]


def test_a_single_channel_file_is_known_by_its_content(tmp_path: Path) -> None:
    assert texts(package(tmp_path) / CHANNEL) == ["하나", "둘"]


def test_channels_without_a_message_are_passed_over(tmp_path: Path) -> None:
    empty = {"package/Messages/c1/messages.json": "[]", "package/Messages/c2/messages.csv": ""}
    assert texts(package(tmp_path, **empty)) == ["하나", "둘"]


def test_the_zip_that_android_makes(tmp_path: Path, shared: Path) -> None:
    sample = shared / "formats/samples/09_android_ko.txt"
    with zipfile.ZipFile(tmp_path / "Chats.zip", "w") as archive:
        archive.write(sample, "KakaoTalkChats.txt")
        archive.writestr("photo.jpg", b"\xff\xd8\xff")
    assert texts(tmp_path / "Chats.zip") == texts(sample)


def test_no_link_in_a_folder_leads_outside(tmp_path: Path) -> None:
    root = package(tmp_path)
    (tmp_path / "secret.json").write_text(json.dumps(RECORDS), encoding="utf-8")
    channel = root / "package/Messages/c333"
    channel.mkdir()
    (channel / "messages.json").symlink_to(tmp_path / "secret.json")
    with pytest.raises(ChatError, match="link to a place outside"):
        chats_in(root)


def test_no_linked_folder_leads_outside(tmp_path: Path) -> None:
    root = package(tmp_path)
    outside = tmp_path / "outside/c444"
    outside.mkdir(parents=True)
    (outside / "messages.json").write_text(json.dumps(RECORDS), encoding="utf-8")
    (root / "package/Messages/c444").symlink_to(outside)
    with pytest.raises(ChatError, match="link to a place outside"):
        chats_in(root)


@pytest.mark.parametrize("name", ["../c1/messages.json", "/c1/messages.json", "C:\\c1\\messages.json", "a/../../b.txt"])
def test_no_entry_leads_outside(name: str, tmp_path: Path) -> None:
    path = tmp_path / "package.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(CHANNEL, json.dumps(RECORDS))
        archive.writestr(name, json.dumps(RECORDS))
    with pytest.raises(ChatError, match="leads outside"):
        chats_in(path)


def test_no_entry_is_a_link(tmp_path: Path) -> None:
    path = tmp_path / "package.zip"
    entry = zipfile.ZipInfo(CHANNEL)
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(entry, "/etc/passwd")
    with pytest.raises(ChatError, match="leads outside"):
        chats_in(path)


def test_a_bomb_is_refused_before_it_goes_off(tmp_path: Path) -> None:
    path = tmp_path / "package.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(CHANNEL, b" " * (64 << 20))
    with pytest.raises(ChatError, match="beyond all reason"):
        chats_in(path)


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_damaged_archive_says_so(tmp_path: Path, method: int) -> None:
    path = zipped(package(tmp_path), method)
    with zipfile.ZipFile(path) as archive:
        data = archive.getinfo(CHANNEL).header_offset + 30 + len(CHANNEL)
    content = bytearray(path.read_bytes())
    content[data + 5 : data + 40] = b"\0" * 35
    path.write_bytes(content)
    with pytest.raises(ChatError, match="copy"):
        texts(path)


def test_a_folder_without_a_package(tmp_path: Path) -> None:
    with pytest.raises(ChatError, match="no Discord data package"):
        chats_in(tmp_path)


ANDROID = """우리 님과 카카오톡 대화
저장한 날짜 : 2026년 1월 8일 오후 10:10

2026년 1월 {day}일 오후 9:00
2026년 1월 {day}일 오후 9:01, 윤혜 : {day}일
"""


def archive(folder: Path, files: dict[str, str | bytes]) -> Path:
    path = folder / "chats.zip"
    with zipfile.ZipFile(path, "w") as out:
        for name, content in files.items():
            out.writestr(name, content)
    return path


def test_parts_come_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    parts = {f"Talk_2026.1.8-{number}.txt": ANDROID.format(day=number) for number in (1, 10, 2, 11, 3)}
    assert texts(archive(tmp_path, parts)) == ["1일", "2일", "3일", "10일", "11일"]


def test_what_systems_and_people_put_beside_a_chat_is_passed_over(tmp_path: Path) -> None:
    files = {
        "방/KakaoTalkChats.txt": ANDROID.format(day=7),
        "방/.DS_Store": b"\x00\x00\x00\x01Bud1",
        "__MACOSX/방/._KakaoTalkChats.txt": b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X",
        "방/._메모.txt": b"\x00\x05\x16\x07",
        "방/메모.txt": "이 폴더는 백업이에요\n지우지 마세요\n",
        "방/빈 파일.txt": "",
        "방/가계부.csv": "날짜;내용;금액\n1월;밥;9000\n",
    }
    assert texts(archive(tmp_path, files)) == ["7일"]


@pytest.mark.parametrize(
    "account", ["account/user.json", "계정/user.json", "package/account/user.json", "Messages/index.json"]
)
def test_a_package_without_messages_says_what_is_missing(account: str, tmp_path: Path) -> None:
    path = archive(tmp_path, {account: "{}", "README.txt": "디스코드 계정 데이터가 있어요.\n도움말을 보세요.\n"})
    with pytest.raises(ChatError, match="without the messages: ask Discord for one in which Messages is chosen"):
        chats_in(path)


@pytest.mark.parametrize("above", ["", "package/", "backup/2026/package/", "가/나/다/라/"])
def test_a_package_may_lie_in_any_folder(above: str, tmp_path: Path) -> None:
    record = json.dumps([{"ID": 1, "Timestamp": "2026-01-07 12:00:00", "Contents": "안녕", "Attachments": ""}])
    name = f"{above}Messages/c1234/messages.json"
    assert texts(archive(tmp_path, {name: record})) == ["안녕"]
    (tmp_path / "folder" / name).parent.mkdir(parents=True)
    (tmp_path / "folder" / name).write_text(record, encoding="utf-8")
    assert texts(tmp_path / "folder") == ["안녕"]


def test_an_archive_is_opened_once_however_many_channels_it_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = json.dumps([{"ID": 1, "Timestamp": "2026-01-07 12:00:00", "Contents": "안녕", "Attachments": ""}])
    path = archive(tmp_path, {f"Messages/c{number}/messages.json": record for number in range(300)})
    opened: list[object] = []
    real = zipfile.ZipFile._RealGetContents  # type: ignore[attr-defined]
    monkeypatch.setattr(zipfile.ZipFile, "_RealGetContents", lambda self: opened.append(self) or real(self))
    assert len(texts(path)) == 300
    assert len(opened) == 1


@pytest.mark.parametrize("opening", ["[", '{"a":', '[{"messages":['])
def test_nesting_beyond_all_exports_is_refused_at_once(opening: str, tmp_path: Path) -> None:
    start = '[{"ID": 1, "Timestamp": "2026-01-07 12:00:00", "Contents": "안녕", "Attachments": "", "more": '
    (tmp_path / "messages.json").write_text(start + opening * 100_000, encoding="utf-8")
    with pytest.raises(ChatError, match="nested deeper than any export"):
        texts(tmp_path / "messages.json")


@pytest.mark.parametrize(
    "broken",
    [
        {"Timestamp": "0001-01-01 00:00:00+14:00"},
        {"Timestamp": "9999-12-31 23:59:59-14:00"},
        {"Timestamp": 12},
        {"Timestamp": None},
        {"Contents": {"a": 1}},
        {"Contents": ["안녕"]},
    ],
)
def test_a_broken_record_costs_itself_alone(broken: dict[str, object], tmp_path: Path) -> None:
    good = {"ID": 1, "Timestamp": "2026-01-07 12:00:00", "Contents": "안녕", "Attachments": ""}
    (tmp_path / "messages.json").write_text(json.dumps([good, good | broken, good]), encoding="utf-8")
    (chat,) = chats_in(tmp_path / "messages.json")
    items = [item if isinstance(item, Message) else item.reason.value for item in chat.read()]
    assert [item for item in items if not isinstance(item, Message)] == ["unreadable"]
    assert len(items) == 3
