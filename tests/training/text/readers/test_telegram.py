"""Telegram's ``result.json`` of one chat."""

import json
from pathlib import Path
from typing import Any

import pytest

from training.common.errors import ChatError
from training.text.message import Message, Skipped
from training.text.readers.detection import chats_in


def message(text: Any, **more: Any) -> dict[str, Any]:
    said = {"id": 1, "type": "message", "date": "2026-01-07T21:03:05", "from": "윤혜", "from_id": "user7", "text": text}
    return said | more


def export(*records: Any) -> dict[str, Any]:
    return {"name": "우리", "type": "private_group", "id": 42, "messages": list(records)}


def read(folder: Path, document: Any) -> tuple[list[Message], list[str]]:
    path = folder / "result.json"
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1), encoding="utf-8")
    (chat,) = chats_in(path)
    assert chat.format.name == "Telegram"
    items = list(chat.read())
    return [item for item in items if isinstance(item, Message)], [
        item.reason.value for item in items if isinstance(item, Skipped)
    ]


def test_texts_in_one_piece_and_in_many(tmp_path: Path) -> None:
    pieces = ["이거 봐 ", {"type": "link", "text": "https://example.org"}, " 진짜", {"type": "bold", "text": "로"}]
    messages, skipped = read(tmp_path, export(message("안녕"), message(pieces), message("", media_type="sticker")))
    assert [one.text for one in messages] == ["안녕", "이거 봐 https://example.org 진짜로"]
    assert {(one.who, one.when.isoformat()) for one in messages} == {("윤혜", "2026-01-07T21:03:05")}
    assert skipped == ["media"]


def test_what_is_not_its_senders_speech_is_left_out(tmp_path: Path) -> None:
    service = {
        "id": 2,
        "type": "service",
        "date": "2026-01-07T21:00:00",
        "actor": "윤혜",
        "action": "create_group",
        "text": "",
    }
    records = [service, message("남의 말", forwarded_from="뉴스"), message("답", via_bot="@gif"), message("")]
    assert read(tmp_path, export(message("안녕"), *records))[1] == ["system", "forwarded", "bot", "empty"]


def test_someone_whose_account_is_gone_is_still_one_person(tmp_path: Path) -> None:
    gone = {"from": None, "from_id": "user9"}
    messages, _ = read(tmp_path, export(message("하나", **gone), message("둘", **gone)))
    assert [one.who for one in messages] == ["user9", "user9"]


@pytest.mark.parametrize(
    "broken",
    [
        {"date": "언젠가"},
        {"date": 5},
        {"text": 5},
        {"text": [{"type": "bold"}]},
        {"text": [7]},
        {"from": {"name": "윤혜"}},
        {"from": 7, "from_id": 8},
    ],
)
def test_a_broken_record_costs_itself_alone(broken: dict[str, Any], tmp_path: Path) -> None:
    messages, skipped = read(tmp_path, export(message("안녕"), message("뭐") | broken, message("또")))
    assert [one.text for one in messages] == ["안녕", "또"]
    assert skipped == ["unreadable"]


def test_half_an_emoji_does_not_get_through(tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    path.write_text(json.dumps(export(message("안녕 \ud83d"))), encoding="utf-8")
    (item,) = chats_in(path)[0].read()
    assert isinstance(item, Message)
    assert item.text.encode("utf-8")


def test_the_export_of_a_whole_account_asks_for_one_chat(tmp_path: Path) -> None:
    whole = {"personal_information": {"user_id": 7}, "chats": {"about": "", "list": [export(message("안녕"))]}}
    with pytest.raises(ChatError, match="export one chat"):
        read(tmp_path, whole)
