"""Discord's data package as folder and zip, KakaoTalk's own zip, and archives that mean harm."""

import json
import stat
import zipfile
from pathlib import Path

import pytest

from training.text.message import ChatError, Message
from training.text.readers import chats_in

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


def zipped(folder: Path) -> Path:
    path = folder.with_suffix(".zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
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


def test_a_damaged_archive_says_so(tmp_path: Path) -> None:
    path = zipped(package(tmp_path))
    with zipfile.ZipFile(path) as archive:
        data = archive.getinfo(CHANNEL).header_offset + 30 + len(CHANNEL)
    content = bytearray(path.read_bytes())
    content[data + 5 : data + 40] = b"\0" * 35
    path.write_bytes(content)
    with pytest.raises(ChatError, match="download it again"):
        texts(path)


def test_a_folder_without_a_package(tmp_path: Path) -> None:
    with pytest.raises(ChatError, match="no Discord data package"):
        chats_in(tmp_path)
