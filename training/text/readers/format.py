"""The interface of a reader: how sure it is of a file, and what it reads from it.

Knows nothing of any one format.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from training.text.message import Item, Message, Reason
from training.text.readers.lines import SAVED, Dialect, assemble, lines_of
from training.text.readers.source import Source


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of export.

    ``is_split`` says that it comes in parts, so that a file given before may be the part before.
    ``recognise`` takes a file's first lines and returns how sure it is, from 0 to 1. ``read`` takes the source and
    its codec. ``unit`` is what the counts of ``read`` count. ``warning`` returns what whoever gives such a file must
    know, nothing for most.
    """

    name: str
    unit: Literal["lines", "records"]
    recognise: Callable[[Sequence[str]], float]
    read: Callable[[Source, str], Iterator[Item]]
    is_split: bool = False
    warning: Callable[[Source, str], str] = lambda source, codec: ""  # noqa: ARG005


def kakaotalk(name: str, dialect: Callable[[], Dialect]) -> Format:
    """Return the format of a KakaoTalk text export whose lines ``dialect`` knows; each file gets a fresh one."""

    def read(source: Source, codec: str) -> Iterator[Item]:
        return assemble(lines_of(source, codec), dialect())

    return Format(name, "lines", lambda head: _sureness(head, dialect()), read, is_split=True)


def _sureness(head: Sequence[str], dialect: Dialect) -> float:
    """How much of the head begins something that nobody types by chance: a stamped message or a date."""
    begun = sum(_is_telling(dialect.begin(line)) for line in head)
    written = sum(bool(line.strip()) for line in head)
    # The header names no format, but with it a single stamped line under a long notice is enough.
    ordinary = 0.5 if has_header(head) else 0.0
    return min(1.0, ordinary + begun / (2 * written)) if begun and (ordinary or begun > written / 5) else 0.0


def has_header(head: Sequence[str]) -> bool:
    """Tell whether KakaoTalk's own second line is there: when the export was saved."""
    return any(SAVED.fullmatch(line) for line in head[:5])


def _is_telling(begun: Item | None) -> bool:
    return isinstance(begun, Message) or (begun is not None and begun.reason is Reason.DATE)


def first_line(head: Iterable[str]) -> str:
    """Return the first line that is not blank, without a byte order mark."""
    return next((line.lstrip("\ufeff").strip() for line in head if line.strip("\ufeff \t")), "")
