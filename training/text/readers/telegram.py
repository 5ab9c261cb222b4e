"""Telegram Desktop's ``result.json`` of one chat (telegramdesktop/tdesktop, ``export/output/export_output_json.cpp``).

Counts records. Times are on the clock of whoever exported. What was forwarded is not its sender's speech. Knows nothing
of other messengers.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from training.text.message import Item, Message, Reason, Skipped
from training.text.readers.format import Format, first_line
from training.text.readers.json_records import items_of, written
from training.text.readers.source import Source

_MEDIA = ("media_type", "file", "photo", "sticker_emoji", "poll", "location_information", "contact_information")


def is_account(head: Sequence[str]) -> bool:
    """Say whether this is the export of all of somebody's chats."""
    text = "".join(head)
    whole = '"personal_information"' in text or ('"chats"' in text and '"list"' in text)
    return first_line(head).startswith("{") and whole


def _recognise(head: Sequence[str]) -> float:
    text = "".join(head)
    keys = ('"messages"', '"type"', '"date"', '"from"')
    is_telegram = first_line(head).startswith("{") and '"guild"' not in text and all(key in text for key in keys)
    return float(is_telegram and not is_account(head))


def _read(source: Source, codec: str) -> Iterator[Item]:
    return items_of(source, codec, "messages.item", _item)


def _item(record: dict[str, Any]) -> Item:
    if record["type"] != "message":
        return Skipped(Reason.SYSTEM)
    if record.get("via_bot"):
        return Skipped(Reason.BOT)
    if record.get("forwarded_from") or record.get("saved_from"):
        return Skipped(Reason.FORWARDED)
    text = _spoken(record["text"])
    if not text.strip():
        return Skipped(Reason.MEDIA if any(record.get(key) for key in _MEDIA) else Reason.EMPTY)
    # An account that is gone has no name, but its id still tells its messages from others'.
    who = record.get("from") or record.get("from_id") or ""
    when = datetime.fromisoformat(record["date"]).replace(tzinfo=None)
    return Message(when, written(who), text)


def _spoken(text: str | list[str | dict[str, Any]]) -> str:
    """Return the letters of a text that is one string, or pieces of which some are links, mentions or bold."""
    if isinstance(text, str):
        return written(text)
    return written("".join(piece if isinstance(piece, str) else piece["text"] for piece in text))


FORMAT = Format("Telegram", "records", _recognise, _read)
