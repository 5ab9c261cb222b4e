"""KakaoTalk for macOS: a CSV file of date, user and message; system rows look like messages.

Counts lines, not rows: a row over three lines is a message and two continuations. Knows nothing of the other platforms.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from training.text.message import Item, Message, Reason, Skipped
from training.text.readers.format import Format, first_line
from training.text.readers.lines import lines_of
from training.text.readers.sentences import DELETED, SYSTEM, judge
from training.text.readers.source import Source
from training.text.readers.tables import Row, rows_of


def _recognise(head: Sequence[str]) -> float:
    return float(first_line(head).replace('"', "").lower() == "date,user,message")


def _read(source: Source, codec: str) -> Iterator[Item]:
    rows = rows_of(source.name, lines_of(source, codec))
    for heading in rows:
        yield Skipped(Reason.HEADER, heading.lines)
        break
    for row in rows:
        yield _item(row)
        if row.lines > 1:
            yield Skipped(Reason.CONTINUATION, row.lines - 1)


def _item(row: Row) -> Item:
    if not row.cells:
        return Skipped(Reason.BLANK)
    if row.is_cut or len(row.cells) < 3:
        return Skipped(Reason.UNFINISHED)
    stamp, who, text = row.cells[0], row.cells[1], row.cells[2]
    if not who and text in DELETED:
        return Skipped(Reason.DELETED)
    try:
        when = datetime.fromisoformat(stamp)
    except ValueError:
        return Skipped(Reason.UNREADABLE)
    return Skipped(Reason.SYSTEM) if _is_system(who, text) else judge(Message(when, who, text))


def _is_system(who: str, text: str) -> bool:
    """Tell KakaoTalk's own ``철수님이 나갔습니다.``, filed under the one who left, from a person's joke."""
    found = SYSTEM.fullmatch(text)
    actor = (found["actor"] or found["actress"]) if found else None
    return not who or (found is not None and actor in (None, who))


FORMAT = Format("KakaoTalk for macOS", "lines", _recognise, _read)
