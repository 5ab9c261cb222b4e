"""DiscordChatExporter, JSON and CSV (github.com/Tyrrrz/DiscordChatExporter, JsonMessageWriter.cs).

Counts records. Times are on the clock that the exporter's user chose. Knows nothing of KakaoTalk's exports.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from training.text.message import Item, Message, Reason, Skipped
from training.text.readers.csv_rows import rows_of
from training.text.readers.format import Format, first_line
from training.text.readers.json_records import items_of, written
from training.text.readers.lines import lines_of
from training.text.readers.source import Source
from training.text.readers.system_notices import judge

WARNING = (
    "This is a DiscordChatExporter file: Discord's developer policy is reported to forbid training models on messages "
    "obtained through its API, so use a KakaoTalk export or a member's own Discord data package instead."
)


def _warning(source: Source, codec: str) -> str:
    del source, codec
    return WARNING


_ID = re.compile(r"[1-9][0-9]{0,18}", re.ASCII)
_SPEECH = frozenset({"Default", "Reply", "0", "19"})
# The CSV form has no types; these are the sentences that stand in for a system message's content.
_SYSTEM_SENTENCES = frozenset({"Joined the server.", "Pinned a message.", "Started a thread.", "Added a thread."})
_CSV_HEADING = "authorid,author,date,content,attachments,reactions"


def _recognise_json(head: Sequence[str]) -> float:
    text = "".join(head)
    return float(first_line(head).startswith("{") and all(f'"{key}"' in text for key in ("guild", "channel")))


def _read_json(source: Source, codec: str) -> Iterator[Item]:
    return items_of(source, codec, "messages.item", _item)


def _item(record: dict[str, Any]) -> Item:
    if str(record["type"]) not in _SPEECH:
        return Skipped(Reason.SYSTEM)
    author = record["author"]
    if author.get("isBot"):
        return Skipped(Reason.BOT)
    has_media = any(record.get(key) for key in ("attachments", "stickers", "embeds", "forwardedMessage"))
    who = written(author.get("nickname") or author["name"])
    return _spoken(record["timestamp"], who, written(record["content"]), has_media, _account(author.get("id")))


def _account(text: object) -> int | None:
    return int(text) if isinstance(text, str) and _ID.fullmatch(text) else None


def _spoken(stamp: str, who: str, text: str, has_media: bool, account: int | None) -> Item:
    if not text or text.isspace():
        return Skipped(Reason.MEDIA if has_media else Reason.EMPTY)
    # A room that was bridged from KakaoTalk carries KakaoTalk's placeholders along.
    return judge(Message(datetime.fromisoformat(stamp).replace(tzinfo=None), who, text, account))


def _recognise_csv(head: Sequence[str]) -> float:
    return float(first_line(head).replace('"', "").lower() == _CSV_HEADING)


def _read_csv(source: Source, codec: str) -> Iterator[Item]:
    rows = rows_of(source.name, lines_of(source, codec))
    next(rows)
    for row in rows:
        if row.is_cut or len(row.cells) < 5:
            yield Skipped(Reason.UNFINISHED)
            continue
        account, who, stamp, text, attachments = row.cells[:5]
        try:
            system = text in _SYSTEM_SENTENCES
            spoken = _spoken(stamp, who, text, bool(attachments), _account(account))
            yield Skipped(Reason.SYSTEM) if system else spoken
        except ValueError:
            yield Skipped(Reason.UNREADABLE)


JSON = Format("DiscordChatExporter, JSON", "records", _recognise_json, _read_json, warning=_warning)
CSV = Format("DiscordChatExporter, CSV", "records", _recognise_csv, _read_csv, warning=_warning)
