"""Line parsing of text exports: records begin at marked lines, and every other line goes on with what came before.

Line ends tell nothing, because messages hold line ends too. Every line is accounted for: as a message's first
line, or as a ``Skipped``. Knows nothing of how a format marks its lines; that is a dialect's.
"""

import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Protocol

import regex

from training.text.message import Item, Message, Reason, Skipped
from training.text.readers import system_notices
from training.text.readers.source import Source

SAVED = re.compile(r"(?:저장한 날짜|Date Saved) ?: .+")
_TITLE = re.compile(r"\ufeff?(?:.*카카오톡 대화(?:-\d+\.txt)?|.*KakaoTalk Chats.*|Talk_[\d. :]+-\d+\.txt)")


_ODD_BLANKS = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_UNSEEN = "\u00ad\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
_DECOMPOSED = re.compile("[\u0300-\u036f\u1100-\u11ff]")  # as file systems of macOS write Hangul
_TIDY = str.maketrans(dict.fromkeys(_ODD_BLANKS, " ") | dict.fromkeys(_UNSEEN))
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")  # JSON may hold the half of an emoji; no file can
_UNTIDY = re.compile(f"[{_ODD_BLANKS}{_UNSEEN}\ud800-\udfff]")


class Dialect(Protocol):
    """How one format marks the lines that begin something. It may remember the day it is in."""

    opening: str
    """Pattern of a line that begins a message, to tell a last line that was cut short."""

    def begin(self, line: str) -> Item | None:
        """Return what begins at ``line`` (without its line end), or None if it goes on with what came before."""


def lines_of(source: Source, codec: str) -> Iterator[str]:
    r"""Yield the lines, tidied, with their ends; where there is a ``\n``, it alone ends a line, as for ``wc -l``."""
    return map(tidied, untidied_lines_of(source, codec))


def untidied_lines_of(source: Source, codec: str) -> Iterator[str]:
    """Yield the lines as they are: for an export whose invisible marks tell something."""
    end = _line_end(source, codec)
    with source.open() as raw, io.TextIOWrapper(raw, encoding=codec, errors="replace", newline=end) as text:
        yield from text if end == "\n" else (f"{line.removesuffix(end)}\n" for line in text)


def _line_end(source: Source, codec: str) -> str:
    r"""Return what ends a line: a ``\r`` alone only where Excel for Mac saved the file as "CSV (Macintosh)"."""
    head = source.head().decode(codec, "replace")
    return "\r" if head.count("\r") - head.count("\r\n") > head.count("\n") else "\n"


def tidied(text: str) -> str:
    """Return ``text`` composed (NFC), with plain blanks and without marks that nobody sees; emoji stay whole."""
    if _DECOMPOSED.search(text):
        text = unicodedata.normalize("NFC", text)
    if _UNTIDY.search(text):
        text = _HALF_CHARACTER.sub("\ufffd", text.translate(_TIDY))
    return text


def head_of(source: Source, codec: str, count: int = 400) -> list[str]:
    """Return the first lines without their ends; a line of a binary that was missed is cut at 10,000 characters."""
    end = _line_end(source, codec)
    with source.look() as raw, io.TextIOWrapper(raw, encoding=codec, errors="replace", newline=end) as text:
        return [tidied(_bare(line)) for line in islice(iter(lambda: text.readline(10_000), ""), count)]


def assemble(
    lines: Iterable[str], dialect: Dialect, judge: Callable[[Message], Item] = system_notices.judge
) -> Iterator[Item]:
    """Yield the messages of ``lines`` in their order, and every line that is not one.

    ``judge`` says of a whole message whether somebody spoke.
    """
    record = _Record(Skipped(Reason.HEADER, 0), judge)
    raw = ""
    for raw in lines:
        line = _bare(raw)
        begun = dialect.begin(line)
        if begun is None:
            record.more.append(line)
        else:
            yield from record.close(followed_by=begun)
            record = _Record(begun, judge)
    if record.more and raw[-1:] != "\n" and _is_cut_short(record.more[-1], dialect.opening):
        record.more.pop()
        yield Skipped(Reason.UNFINISHED)
    yield from record.close(followed_by=None)


def _bare(line: str) -> str:
    return line.removesuffix("\n").removesuffix("\r")


def _is_cut_short(line: str, opening: str) -> bool:
    return bool(line) and regex.fullmatch(opening, line, partial=True) is not None


@dataclass(slots=True)
class _Record:
    begun: Item
    judge: Callable[[Message], Item]
    more: list[str] = field(default_factory=list)

    def close(self, followed_by: Item | None) -> Iterator[Item]:
        """Yield what the record turned out to be, once it is known what comes after it."""
        if not self.more:
            yield self.judge(self.begun) if isinstance(self.begun, Message) else self.begun
            return
        yield from self._part_with_header()
        if isinstance(self.begun, Message):
            yield from self._close_message(self.begun, blank_ends=not isinstance(followed_by, Message))
        else:
            yield from self._close_other(self.begun)

    def _part_with_header(self) -> Iterator[Item]:
        """Take the header out that stands in the middle where somebody joined the parts of a split export."""
        for index, line in enumerate(self.more):
            if SAVED.fullmatch(line):
                start = index - 1 if index and _TITLE.fullmatch(self.more[index - 1]) else index
                yield Skipped(Reason.HEADER, index + 1 - start)
                del self.more[start : index + 1]
                return

    def _close_message(self, begun: Message, *, blank_ends: bool) -> Iterator[Item]:
        blank = 0
        while blank_ends and self.more and not self.more[-1].strip():
            self.more.pop()
            blank += 1
        yield self.judge(Message(begun.when, begun.who, "\n".join((begun.text, *self.more))))
        if self.more:
            yield Skipped(Reason.CONTINUATION, len(self.more))
        if blank:
            yield Skipped(Reason.BLANK, blank)

    def _close_other(self, begun: Skipped) -> Iterator[Item]:
        """Lines under a header are header; a sentence we do not know under a date is KakaoTalk's own."""
        blank = sum(not line.strip() for line in self.more)
        reason = {Reason.HEADER: Reason.HEADER, Reason.DATE: Reason.SYSTEM}.get(begun.reason, Reason.CONTINUATION)
        yield begun
        yield Skipped(Reason.BLANK, blank)
        yield Skipped(reason, len(self.more) - blank)
