"""Unsupported exports, known by their first lines: else their dates and names would be taken for speech.

Knows nothing of what can be read.
"""

import re
from collections import Counter
from collections.abc import Sequence

from training.text.readers.format import first_line

_INSTEAD = "give an export of KakaoTalk, WhatsApp or Telegram, a Discord data package, or text with a message a line"

_DAY = (
    r"(?:\d{1,4}[./-] ?\d{1,2}(?:[./-] ?\d{1,4})?\.?|(?:\d{2,4}년 ?)?\d{1,2}월 ?\d{1,2}일"
    r"|[A-Z][a-z]{2,8} \d{1,2},? \d{4}|\d{1,2}[ -][A-Z][a-z]{2,8}[ -]\d{2,4})"
)
_TIME = r"(?:(?:오전|오후|[AaPp][Mm]) ?)?\d{1,2}:\d{2}(?::\d{2})?(?: ?(?:오전|오후|[AaPp]\.?[Mm]\.?))?"
_WEEKDAY = r"(?:\(?(?:[월화수목금토일](?:요일)?|[A-Z][a-z]{2,8})\)?)"

KNOWN = (
    (re.compile(r"\[LINE\].*|저장 ?일시 ?: .+|Saved on: .+|保存日時.*"), "a LINE export"),
    (re.compile(r"=+ *|Guild: .+|Channel: .+ / .+"), "a DiscordChatExporter text"),
)
"""The lines that only one export begins with; all must be of its kind."""
_LINE_TITLE = re.compile(r"\[LINE\](?!.*(?:카카오톡 대화|KakaoTalk Chats)).*")
_STAMPED = (
    # Day and time before anything else, in brackets or not: 2024-03-05 21:03, [3/5 21:03], 24.3.5 (화) 오후 9:03
    re.compile(rf"[\[(<]?{_DAY}(?:,| at)?(?: {_WEEKDAY},?)? ?T?{_TIME}\b.*"),
    # A time that is fenced off from a name: [21:03] name: text, 21:03<tab>name<tab>text, <name> of IRC with a time
    re.compile(rf"\[{_TIME}\] ?\S.*|{_TIME}\t[^\t]+\t.*|{_TIME} <[^>]+> .*"),
    # A name before its time: name, [05.03.2024 21:03], name — 오늘 오후 9:03, name [9:03 PM]
    re.compile(rf".{{1,40}}?(?:,? \[(?:{_DAY},? )?{_TIME}\]|  ?[—–] ?(?:.{{1,20}} )?{_TIME}).{{0,200}}"),
    re.compile(rf"{_DAY} {_WEEKDAY}"),
    # Subtitles: 00:01:02,000 --> 00:01:04,500
    re.compile(r"(?:\d{1,3}:)?\d\d:\d\d[.,]\d{3} --> .*"),
)
_NAMED = re.compile(r"(?:([^\s:\d][^:]{0,20}?) ?:|<([^>]{1,20})>|\[([^\]]{1,20})\]) ?[^\s/].*")
_FEWEST_NAMED = 8
_TABLE = re.compile(r"[^,;\t]*\b(?:date|time|timestamp|날짜|시간|일시)\b[^,;\t]*(?:[,;\t][^,;\t]*){2,}", re.IGNORECASE)
_SHARE = 8
"""One line of so many that begins like a stamped message makes a text an export; in a list of times fewer do."""


def is_line(head: Sequence[str]) -> bool:
    """Say whether this is LINE's export, whose dates look like KakaoTalk's on an iPhone."""
    return _LINE_TITLE.fullmatch(first_line(head)) is not None


def refusal(head: Sequence[str]) -> str | None:
    """Return what a text looks like and what to do about it; None if nothing in it looks like an export."""
    start = first_line(head)
    lowered = start.lower()
    if lowered.startswith(("<!doctype", "<html", "<?xml")):
        return f"looks like a web page of a chat: export it as text or JSON, or {_INSTEAD}."
    if lowered.startswith(("{", "[{")) or lowered == "[":
        return f"is JSON of a form that is not known here: {_INSTEAD}."
    kind = next((kind for line, kind in KNOWN if any(line.fullmatch(one) for one in head[:4] if one)), None)
    if kind:
        return f"looks like {kind}, which is not read here: {_INSTEAD}."
    if _TABLE.fullmatch(start) and len(start) < 200:
        return f"looks like a table of messages whose columns are not known here: {_INSTEAD}."
    written = [line.strip() for line in head if line.strip()]
    stamped = sum(map(is_stamped, written))
    if stamped >= 2 and stamped * _SHARE >= len(written):
        return f"looks like an export with dates and names in a form that is not known here: {_INSTEAD}."
    named = f"has a name at the beginning of its lines, which is nobody's words: leave the text alone, or {_INSTEAD}."
    return named if _has_names(written) else None


def is_stamped(line: str) -> bool:
    """Say whether a line begins as a message does in some export: with a day and a time, or a name and a time."""
    return any(form.fullmatch(line) for form in _STAMPED)


def _has_names(lines: Sequence[str]) -> bool:
    """Say whether half of the lines begin with one of few names; in a list of things to do they are all different."""
    names = Counter(match.group(match.lastindex or 0) for line in lines if (match := _NAMED.fullmatch(line)))
    again = sum(count for count in names.values() if count > 1)
    return again >= _FEWEST_NAMED and again * 2 >= len(lines)
