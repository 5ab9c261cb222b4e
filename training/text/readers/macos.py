"""KakaoTalk for macOS: a CSV file of date, user and message; system rows look like messages.

Counts lines, not rows: a row over three lines is a message and two continuations. A spreadsheet that saved the file
again has left its own dates and separators. Knows nothing of the other platforms.
"""

import io
import re
from collections.abc import Iterator, Sequence

from training.text.message import Item, Message, Reason, Skipped
from training.text.readers.csv_rows import Row, rows_of
from training.text.readers.format import Format, first_line
from training.text.readers.lines import head_of, lines_of
from training.text.readers.numeric_dates import Order, moment_of, order_of
from training.text.readers.source import Source
from training.text.readers.system_notices import SYSTEM, judge, note

_HEADING = re.compile(r'"?date"?([,;\t])"?user"?\1"?message"?(?:\1)*', re.IGNORECASE)
_STAMP_AT_MOST = 40


def _recognise(head: Sequence[str]) -> float:
    return float(_HEADING.fullmatch(first_line(head)) is not None)


def _read(source: Source, codec: str) -> Iterator[Item]:
    heading = _HEADING.fullmatch(first_line(head_of(source, codec, 5)))
    separator = heading[1] if heading else ","
    order = order_of(_stamps(source, codec))
    rows = rows_of(source.name, lines_of(source, codec), separator)
    for first in rows:
        yield Skipped(Reason.HEADER, first.lines)
        break
    for row in rows:
        yield _item(row, order)
        if row.lines > 1:
            yield Skipped(Reason.CONTINUATION, row.lines - 1)


def _stamps(source: Source, codec: str) -> Iterator[str]:
    """Yield what the lines begin with; a message's further lines seldom begin with a date."""
    with source.look() as raw, io.TextIOWrapper(raw, encoding=codec, errors="replace") as lines:
        yield from (line[:_STAMP_AT_MOST].lstrip('"') for line in lines)


def _item(row: Row, order: Order) -> Item:
    if not any(row.cells):
        return Skipped(Reason.BLANK)
    if row.is_cut or len(row.cells) < 3:
        return Skipped(Reason.UNFINISHED)
    stamp, who, text = row.cells[0], row.cells[1], row.cells[2]
    if not who and (gone := note(text)):
        return gone
    when = moment_of(stamp, order)
    if when is None:
        return Skipped(Reason.UNREADABLE)
    return Skipped(Reason.SYSTEM) if _is_system(who, text) else judge(Message(when, who, text))


def _is_system(who: str, text: str) -> bool:
    """Tell KakaoTalk's own ``철수님이 나갔습니다.``, filed under the one who left, from a person's joke."""
    match = SYSTEM.fullmatch(text)
    actor = (match["actor"] or match["actress"]) if match else None
    return not who or (match is not None and actor in (None, who))


FORMAT = Format("KakaoTalk for macOS", "lines", _recognise, _read, is_split=True)
