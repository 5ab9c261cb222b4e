"""Every sample file and every variant of the two rooms: the same speakers, minutes and texts, and the same counts."""

import gzip
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from training.text.message import Message, Skipped
from training.text.readers.detection import chats_in

SAMPLES = [
    "01_pc_windows_ko.txt",
    "02_pc_windows_ko_blank_before_date.txt",
    "03_pc_windows_ko_24h.txt",
    "04_pc_windows_en.txt",
    "05_pc_windows_ko_cp949.txt",
    "06_macos_ko.csv",
    "07_macos_ko_bom.csv",
    "08_macos_en_legacy.csv",
    "09_android_ko.txt",
    "10_android_ko_me.txt",
    "11_android_ko_unread_media.txt",
    "12_android_en.txt",
    "13_android_en_2015.txt",
    "14_android_en_gb.txt",
    "15_android_en_ca.txt",
    "16_ios_ko.txt",
    "17_ios_ko_2015_me.txt",
    "18_ios_ko_talk_header.txt",
    "19_ios_ko_24h.txt",
    "20_ios_ko_time_only.txt",
    "21_ios_en_2015.txt",
    "22_ios_en_at_24h.txt",
    "23_ios_en_at_nnbsp.txt",
    "24_pc_windows_ko_openchat.txt",
]
VARIANTS = [
    "pc_windows_ko.txt",
    "pc_windows_en.txt",
    "macos_ko.csv",
    "android_ko.txt",
    "android_en.txt",
    "ios_ko.txt",
    "ios_en.txt",
    "discord_chat_exporter.json",
]
MEDIA = {"emoticon", "photo", "photos", "video", "file", "sharp", "voice_call"}
PLATFORMS = {"pc": "Windows", "macos": "macOS", "android": "Android", "ios": "iOS", "discord": "DiscordChatExporter"}


def read(path: Path) -> tuple[list[list[str]], Counter[str], set[str]]:
    """Return the messages as the truth writes them, what was skipped by reason, and the formats found."""
    messages, skipped = [], Counter[str]()
    chats = chats_in(path)
    for chat in chats:
        for item in chat.read():
            if isinstance(item, Skipped):
                skipped[item.reason.value] += item.count
            else:
                messages.append([item.who, item.when.isoformat(timespec="minutes"), item.text])
    return messages, skipped, {chat.format.name for chat in chats}


def lines_in(path: Path) -> int:
    content = path.read_bytes()
    return content.count(b"\n") + (not content.endswith(b"\n"))


@pytest.fixture(scope="module")
def expected(shared: Path) -> dict[str, Any]:
    return json.loads((shared / "formats/samples/expected.json").read_text(encoding="utf-8"))


def test_no_sample_is_left_out(expected: dict[str, Any]) -> None:
    assert {name for name, entry in expected.items() if "text" in entry} == set(SAMPLES)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_reads_text_by_text(name: str, shared: Path, expected: dict[str, Any]) -> None:
    path = shared / "formats/samples" / name
    messages, skipped, formats = read(path)
    truth = expected[name]
    assert messages == truth["text"]
    assert sorted({who for who, _, _ in messages}) == truth["users"]
    counts = (skipped["media"], skipped["deleted"], skipped["system"])
    assert counts == (truth["n_media"], truth["n_deleted"], truth["n_system"])
    assert chats_in(path)[0].encoding.name == truth["encoding"]
    assert PLATFORMS[name.split("_")[1]] in formats.pop()
    assert len(messages) + skipped.total() == lines_in(path)


@pytest.fixture(scope="module", params=["room_dev_small", "room_dev_big"])
def room(request: pytest.FixtureRequest, shared: Path) -> Path:
    return shared / "data/chat_exports" / request.param


@pytest.fixture(scope="module")
def truth(room: Path) -> list[dict[str, Any]]:
    with gzip.open(room / "truth.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_room_reads_alike_in_every_variant(
    variant: str, room: Path, truth: list[dict[str, Any]], tmp_path: Path
) -> None:
    path = tmp_path / "chat"  # the name and its ending must not matter
    path.write_bytes(gzip.decompress((room / f"{variant}.gz").read_bytes()))
    messages, skipped, formats = read(path)
    assert messages == [[line["who"], line["t"][:16], line["text"]] for line in truth if line["kind"] == "text"]
    assert skipped["media"] == sum(line["kind"] in MEDIA for line in truth)
    assert PLATFORMS[variant.split("_", maxsplit=1)[0]] in formats.pop()
    if variant != "discord_chat_exporter.json":
        assert len(messages) + skipped.total() == lines_in(path)
        assert skipped["deleted"] == sum(line["kind"] == "deleted" for line in truth)
        assert skipped["system"] == sum(line["kind"] in {"invite", "join", "leave", "hide"} for line in truth)


def test_the_exporter_sample_has_all_its_records(shared: Path, expected: dict[str, Any]) -> None:
    name = "30_discord_chat_exporter.json"
    messages, skipped, _ = read(shared / "formats/samples" / name)
    assert len(messages) + skipped.total() == expected[name]["messageCount"]
    # The invented room carries KakaoTalk's call and its search along as text; they are no speech in any variant.
    assert [text for _, _, text in messages] == [text for _, _, text in expected[SAMPLES[0]]["text"]]


def test_the_exporter_csv_says_the_same(shared: Path, expected: dict[str, Any]) -> None:
    messages, _, _ = read(shared / "formats/samples/31_discord_chat_exporter.csv")
    assert [text for _, _, text in messages] == [text for _, _, text in expected[SAMPLES[0]]["text"]]


def packages(samples: Path) -> Iterator[Path]:
    yield from sorted(samples.glob("32_discord_data_package*"))


def test_all_layouts_of_the_data_package_say_the_same(shared: Path, expected: dict[str, Any]) -> None:
    found = [read(path) for path in packages(shared / "formats/samples")]
    assert len(found) == 3
    messages, skipped, _ = found[0]
    assert all((others, left) == (messages, skipped) for others, left, _ in found)
    # The member is the room's first speaker: same minutes as in KakaoTalk, which means Korean time.
    hers = [[minute, text] for who, minute, text in expected[SAMPLES[0]]["text"] if who == "김하늘"]
    assert sorted([minute, text] for _, minute, text in messages) == sorted(hers)
    assert len(messages) + skipped.total() == 10


def test_messages_are_frozen(shared: Path) -> None:
    message = next(
        item for item in chats_in(shared / "formats/samples" / SAMPLES[0])[0].read() if isinstance(item, Message)
    )
    with pytest.raises(AttributeError):
        message.text = "다른 말"  # type: ignore[misc]
