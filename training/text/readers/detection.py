"""Format detection: which reader a chat file wants is found by looking into it, never from its name.

Knows nothing of cleaning or of training.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from zipfile import is_zipfile

from training.common.errors import ChatError
from training.text.message import Item
from training.text.readers import FORMATS, plain, telegram, unsupported
from training.text.readers.archive import channels_in_folder, entries_of
from training.text.readers.encoding import Encoding, encoding_of
from training.text.readers.format import Format, first_line, has_header
from training.text.readers.lines import head_of
from training.text.readers.source import Source


@dataclass(frozen=True, slots=True)
class Chat:
    """One file of a chat with its format and encoding found, ready to be read."""

    source: Source
    format: Format
    encoding: Encoding

    @property
    def is_continued(self) -> bool:
        """Whether a file given before may be the part before this one; a Discord channel stands alone."""
        return self.format.is_split

    def metered(self, on_read: Callable[[int], None]) -> "Chat":
        """Return the same chat, telling ``on_read`` how many bytes each read brought."""
        return replace(self, source=self.source.metered(on_read))

    @property
    def warning(self) -> str:
        """What whoever gives this file must know; nothing for most."""
        return self.format.warning(self.source, self.encoding.codec)

    def read(self) -> Iterator[Item]:
        """Yield everything in the file, in its order.

        Raises:
            ChatError: the file breaks off where its format cannot.
        """
        return self.format.read(self.source, self.encoding.codec)


def chats_in(path: Path) -> list[Chat]:
    """Return the chats that a file, a zip archive or a folder holds.

    Raises:
        ChatError: there is none, or it is in no form that can be read.
    """
    if path.is_dir():
        return [_chat(source) for source in channels_in_folder(path) if not _has_nothing(source)]
    source = Source.of(path)
    if not is_zipfile(path):
        return [_chat(source)]
    return _chats_among([entry for entry in entries_of(path) if not _has_nothing(entry)])


def _has_nothing(source: Source) -> bool:
    """Tell a channel in which the member never wrote."""
    return source.size < 64 and source.head().strip() in {b"", b"[]", b"ID,Timestamp,Contents,Attachments"}


def _chats_among(texts: Sequence[Source]) -> list[Chat]:
    """Return the chats among the texts of an archive: a note or a document beside an export is none.

    Raises:
        ChatError: none of them can be read as a chat.
    """
    chats: list[Chat] = []
    refused: list[ChatError] = []
    for text in texts:
        try:
            chats.append(_chat(text))
        except ChatError as error:
            refused.append(error)
    exports = [chat for chat in chats if chat.format is not plain.FORMAT]
    if not chats and refused:
        raise refused[0]
    return exports or chats


def _chat(source: Source) -> Chat:
    encoding = encoding_of(source)
    return Chat(source, _format_of(source.name, head_of(source, encoding.codec)), encoding)


def _format_of(name: str, head: Sequence[str]) -> Format:
    if not first_line(head):
        raise ChatError(f"{name} holds nothing but blank lines: give the file that the chat's export made.")
    best = max(FORMATS, key=lambda candidate: candidate.recognise(head))
    if best is plain.FORMAT or unsupported.is_line(head):
        _refuse_stranger(name, head)
    return best


def _refuse_stranger(name: str, head: Sequence[str]) -> None:
    """Not everything that is text is a chat with one message a line."""
    if has_header(head) and not unsupported.is_line(head):
        raise ChatError(f"{name} is a KakaoTalk export without a single dated message: export the whole chat.")
    if telegram.is_account(head):
        raise ChatError(f"{name} is Telegram's export of a whole account: export one chat, from its own menu.")
    if sentence := unsupported.refusal(head):
        raise ChatError(f"{name} {sentence}")
