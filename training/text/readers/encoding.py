"""Encoding detection: UTF-8, UTF-16 or CP949, each with or without a byte order mark.

The whole file is tried, not only its beginning: a room that starts in English says nothing about line 40,000.
Knows nothing of chats.
"""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass

from training.common.errors import ChatError
from training.text.readers.source import Source

_CHUNK = 1 << 18
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NO_TEXT = "is a {}, not a text: give the .txt or .csv file that the chat's export made."
_PACKED = "is a packed file: unpack it and give what was in it."
_DOCUMENT = "is a document of Word, Excel or Hangul: save it there as text or CSV."
_KINDS = (
    # A whole zip archive is opened before anybody asks for its encoding: this one has lost its end.
    (b"PK\x03\x04", "is a damaged zip archive: copy or download it again."),
    (b"\x1f\x8b", _PACKED),
    (b"7z\xbc\xaf", _PACKED),
    (b"Rar!", _PACKED),
    (b"{\\rtf", _DOCUMENT),
    (b"\xd0\xcf\x11\xe0", _DOCUMENT),
    (b"%PDF", _NO_TEXT.format("PDF")),
    (b"\x89PNG", _NO_TEXT.format("picture")),
    (b"\xff\xd8\xff", _NO_TEXT.format("picture")),
    (b"SQLite format 3", _NO_TEXT.format("database")),
)
"""What files of other kinds begin with, and what is said of them after their name."""
_CONTROL = frozenset(range(32)) - frozenset(b"\t\n\v\f\r\x1b")
_EVERYDAY = frozenset("이다는가고하지에나아도어은을를기리서로시사자")
_DAMAGE_ALLOWED = 0.001


@dataclass(frozen=True, slots=True)
class Encoding:
    """A codec's name for people, and how many characters of the file it could not make out."""

    name: str
    damaged: int = 0

    @property
    def codec(self) -> str:
        """The codec to open the file with; it swallows a byte order mark."""
        return "utf-8-sig" if self.name == "utf-8" else self.name


def encoding_of(source: Source) -> Encoding:
    """Find the encoding by reading ``source`` through once.

    Raises:
        ChatError: the file is empty, binary, or in none of the encodings that chat exports come in.
    """
    head = source.head()
    if not head:
        raise ChatError(
            f"{source.name} is empty: copy it again, or export the chat again if it was empty from the start."
        )
    marked = next((name for mark, name in _MARKS if head.startswith(mark)), None)
    if marked and marked != "utf-8":
        return Encoding(marked)
    unmarked = _unmarked_utf16(head)
    if unmarked:
        return Encoding(unmarked)
    _refuse_binary(source.name, head)
    for name in ("utf-8", "cp949"):
        if _decodes(source, name):
            return _believable(source, name, head)
    return _mostly_utf8(source)


def _unmarked_utf16(head: bytes) -> str | None:
    """Tell UTF-16 by where the zero bytes of its spaces, digits and line ends stand."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if even + odd < len(head) / 50 or min(even, odd) > max(even, odd) / 20:
        return None
    name = "utf-16-le" if odd > even else "utf-16-be"
    text = head[: len(head) // 2 * 2].decode(name, "replace")
    strange = sum(ord(char) in _CONTROL or char == "\ufffd" for char in text)
    return name if strange <= 1 and any(char in text for char in " \n") else None


def _refuse_binary(name: str, head: bytes) -> None:
    sentence = next((sentence for start, sentence in _KINDS if head.startswith(start)), None)
    if sentence is None and sum(byte in _CONTROL for byte in head) > len(head) / 1000:
        sentence = _NO_TEXT.format("binary file")
    if sentence:
        raise ChatError(f"{name} {sentence}")


def _chunks(source: Source) -> Iterator[bytes]:
    with source.look() as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def _decodes(source: Source, name: str) -> bool:
    # Not final: an export that was cut inside a character is still in its encoding.
    decoder = codecs.getincrementaldecoder(name)()
    try:
        for chunk in _chunks(source):
            decoder.decode(chunk)
    except UnicodeDecodeError:
        return False
    return True


def _believable(source: Source, name: str, head: bytes) -> Encoding:
    """CP949 decodes nearly anything East Asian; only Korean comes out with the everyday syllables in it."""
    syllables = [char for char in head.decode(name, "ignore") if "가" <= char <= "힣"]
    everyday = sum(char in _EVERYDAY for char in syllables)
    foreign = name == "cp949" and (not syllables or (len(syllables) >= 50 and everyday < len(syllables) * 0.08))
    if foreign:
        raise _unknown(source.name)
    return Encoding(name)


def _mostly_utf8(source: Source) -> Encoding:
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    damaged = total = 0
    for chunk in _chunks(source):
        text = decoder.decode(chunk)
        total += len(text)
        damaged += text.count("\ufffd")
    if damaged > max(3, total * _DAMAGE_ALLOWED):
        raise _unknown(source.name)
    return Encoding("utf-8", damaged)


def _unknown(name: str) -> ChatError:
    return ChatError(
        f"{name} is in none of UTF-8, UTF-16 and CP949: open it in the program that saved it last and save it as UTF-8."
    )
