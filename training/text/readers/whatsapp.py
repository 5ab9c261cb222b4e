"""WhatsApp, as iPhones and Android phones save it, in Korean and in English.

``[2026. 1. 7. 오후 9:00:01] name: text`` on the one, ``2026. 1. 7. 오후 9:00 - name: text`` on the other; how a day is
written is the phone's own way, so the whole file tells it. What WhatsApp says itself begins on an iPhone with a mark
that nobody sees. Knows nothing of other messengers.
"""

import io
import re
from collections.abc import Iterator, Sequence

from training.text.message import Item, Message, Reason, Skipped
from training.text.readers.format import Format
from training.text.readers.lines import assemble, tidied, untidied_lines_of
from training.text.readers.numeric_dates import DAY, TIME, Order, moment_of, order_of
from training.text.readers.source import Source

_OPENING = rf"(?:\[({DAY},? {TIME})\] |({DAY},? {TIME}) - )(.*)"
_RECORD = re.compile(_OPENING, re.DOTALL)
_SPOKEN = re.compile(r"(?:~ ?)?(.{1,80}?):(?: (.*)|$)", re.DOTALL)
_MARK = "\u200e"

_SYSTEM = re.compile(
    r"""[^:]*(?: 종단간\ 암호화 | 보안\ 코드 | 메시지\ 자동\ 삭제 | 전화번호를?\ 변경
        | 님이\ .{0,40}(?:그룹|추가했|나갔|내보냈|참여했|변경했|설정했|제한했|고정했)
        | (?:그룹을\ 만들었|추가되었|나갔|참가했|참여했|내보내졌|변경되었)습니다\.?$
        | end-to-end\ encrypted | security\ code | created\ (?:this\ )?(?:group|community)
        | \ (?:added|removed)\ [^:]+$ | \ left\.?$ | \ joined\ (?:using|via|from|the)\b | was\ (?:added|removed)\.?$
        | changed\ (?:the|this|their|to|your)\b | pinned\ a\ message | disappearing\ messages | now\ an\ admin
        | blocked\ this\ | unblocked\ this\ | requested\ to\ join | group\ (?:description|settings) ).*""",
    re.VERBOSE | re.DOTALL,
)
_DELETED = re.compile(
    r"""(?:You\ deleted\ this\ message | This\ message\ was\ deleted(?:\ by\ .+)? | 삭제된\ 메시지입니다
    | (?:이\ )?메시지가\ 삭제되었습니다 | (?:내가\ |나에게서\ )?(?:이\ )?메시지를\ 삭제했습니다
    | .+[이가]\ 삭제한\ 메시지입니다)\.?""",
    re.VERBOSE,
)
_MEDIA = re.compile(
    r"""<[^<>\n]*> | null
    | (?:image|video|audio|sticker|GIF|document|Contact\ card|video\ note|voice\ message)\ omitted
    | (?:이미지|사진|동영상(?:\ 메시지)?|비디오|오디오|음성\ 메시지|스티커|GIF|문서|파일|연락처(?:\ 카드)?)\ ?생략됨
    | .+\ •\ .+\ (?:생략됨|omitted) | (?:Missed|Silenced)\ (?:group\ )?(?:voice|video)\ call.{0,60}
    | 부재중\ (?:그룹\ )?(?:음성|영상)\ ?통화.{0,60} | (?:음성|영상)\ ?통화(?:,\ .{0,60}|\ \d.{0,20})
    | (?:Live\ location\ shared|Live\ location|실시간\ 위치).{0,60} | (?:location|위치):\ https?://\S+
    | (?:POLL|투표):\n.* | (?:EVENT|이벤트):\n.* | Waiting\ for\ this\ message.* | 이\ 메시지를\ 기다리는\ 중.*
    | View\ once\ .{1,40} | 한\ 번\ 보기.{0,40}""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_ATTACHED = re.compile(r"^[^\n]+ \((?:file attached|첨부 ?파일|파일 첨부|첨부됨|파일 첨부됨)\)(?:\n|$)", re.MULTILINE)
_EDITED = re.compile(r"(?<!\s)\s*<[^<>\n]{0,80}(?:edited|수정|편집)[^<>\n]{0,80}>$", re.IGNORECASE)


class WhatsApp:
    """Every record carries its whole stamp, in which one number is the month."""

    opening = _OPENING

    def __init__(self, order: Order) -> None:
        """Take the order of year, month and day."""
        self._order = order

    def begin(self, line: str) -> Item | None:
        """See :class:`~training.text.readers.lines.Dialect`."""
        match = _RECORD.fullmatch(tidied(line))
        when = moment_of(match[1] or match[2], self._order) if match else None
        if not match or not when:
            return None
        spoken = _SPOKEN.fullmatch(match[3])
        if not spoken or _SYSTEM.fullmatch(match[3].partition(": ")[0]) or _is_own(line, spoken[2] or ""):
            return Skipped(Reason.SYSTEM)
        return Message(when, spoken[1].strip(), spoken[2] or "")


def _is_own(line: str, text: str) -> bool:
    """Say whether WhatsApp itself says it under a name: marked, and neither a file, a call nor a deletion."""
    return f": {_MARK}" in line and not _DELETED.fullmatch(text) and not _MEDIA.match(text)


def _judge(message: Message) -> Item:
    """Return a message without what WhatsApp adds to it, or why it is none."""
    written = tidied(message.text)
    text = _EDITED.sub("", _ATTACHED.sub("", written, count=1))
    if not text.strip():
        return Skipped(Reason.MEDIA if written.strip() else Reason.EMPTY)
    if _DELETED.fullmatch(text):
        return Skipped(Reason.DELETED)
    return Skipped(Reason.MEDIA) if _MEDIA.fullmatch(text) else Message(message.when, message.who, text)


def _recognise(head: Sequence[str]) -> float:
    records = [match for line in head if (match := _RECORD.fullmatch(line))]
    begun, spoken = len(records), sum(_SPOKEN.fullmatch(match[3]) is not None for match in records)
    written = sum(bool(line.strip()) for line in head)
    return min(1.0, 0.5 + begun / (2 * written)) if begun > written / 8 and spoken > begun / 8 else 0.0


def _read(source: Source, codec: str) -> Iterator[Item]:
    dialect = WhatsApp(order_of(_stamps(source, codec)))
    return assemble(untidied_lines_of(source, codec), dialect, _judge)


def _stamps(source: Source, codec: str) -> Iterator[str]:
    with source.look() as raw, io.TextIOWrapper(raw, encoding=codec, errors="replace", newline="\n") as lines:
        for line in lines:
            if match := _RECORD.match(tidied(line[:200])):
                yield match[1] or match[2]


def _warning(source: Source, codec: str) -> str:
    if order_of(_stamps(source, codec)).is_shown:
        return ""
    return f"{source.name} shows nowhere which number of its dates is the month: the days may be mixed up."


FORMAT = Format("WhatsApp", "lines", _recognise, _read, warning=_warning)
