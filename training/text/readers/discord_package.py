"""A member's own Discord data package: one file a channel, JSON or CSV, with that member's messages alone.

Counts records. Discord writes UTC; it is given in Korean time. A message's id is never needed, so none can lose its
last digits. Knows nothing of where the package lies.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta, timezone

from training.text.message import Item, Message, Reason, Skipped
from training.text.readers.csv_rows import rows_of
from training.text.readers.format import Format, first_line
from training.text.readers.json_records import BROKEN_RECORD, objects_of, written
from training.text.readers.lines import lines_of
from training.text.readers.source import Source
from training.text.readers.system_notices import judge

MEMBER = "me"
"""Who wrote everything in a package; it does not matter what the member is called."""

_KOREA = timezone(timedelta(hours=9))
_CSV_HEADING = "id,timestamp,contents,attachments"


def _recognise_json(head: Sequence[str]) -> float:
    text = "".join(head)
    return float(first_line(head).startswith("[") and all(f'"{key}"' in text for key in ("ID", "Contents")))


def _recognise_csv(head: Sequence[str]) -> float:
    return float(first_line(head).replace('"', "").lower() == _CSV_HEADING)


def _read_json(source: Source, codec: str) -> Iterator[Item]:
    records = objects_of(source, codec, "item")
    return _oldest_first(
        _item(record.get("Timestamp"), record.get("Contents"), record.get("Attachments"))
        if isinstance(record, dict)
        else Skipped(Reason.UNREADABLE)
        for record in records
    )


def _read_csv(source: Source, codec: str) -> Iterator[Item]:
    rows = rows_of(source.name, lines_of(source, codec))
    next(rows, None)
    return _oldest_first(
        Skipped(Reason.UNFINISHED)
        if row.is_cut or len(row.cells) < 4
        else _item(row.cells[1], row.cells[2], row.cells[3])
        for row in rows
    )


def _item(stamp: object, text: object, attachments: object) -> Item:
    try:
        content = written(text or "")
        if not content or content.isspace():
            return Skipped(Reason.MEDIA if attachments else Reason.EMPTY)
        when = datetime.fromisoformat(str(stamp))
        utc = when if when.tzinfo else when.replace(tzinfo=UTC)
        return judge(Message(utc.astimezone(_KOREA).replace(tzinfo=None), MEMBER, content))
    except BROKEN_RECORD:
        return Skipped(Reason.UNREADABLE)


def _oldest_first(items: Iterable[Item]) -> Iterator[Item]:
    """Turn a channel round, which Discord writes newest first; the sort keeps what shares a second in its order."""
    messages: list[Message] = []
    for item in items:
        if isinstance(item, Message):
            messages.append(item)
        else:
            yield item
    messages.reverse()
    messages.sort(key=lambda message: message.when)
    yield from messages


JSON = Format("Discord data package", "records", _recognise_json, _read_json)
CSV = Format("Discord data package", "records", _recognise_csv, _read_csv)
