"""System notices, written by KakaoTalk itself: placeholders of media, notes of deletion, calls, comings and goings.

A person can type the same words; then they look the same in the file, and are taken for KakaoTalk's.
Knows nothing of how a file marks its lines.
"""

import re

from training.text.message import Item, Message, Reason, Skipped

BOTS = frozenset({"오픈채팅봇", "방장봇"})

_DELETED = re.compile(
    r"""(?:삭제된\ 메시지입니다 | (?:이\ )?메시지[가는]\ 삭제되었습니다 | 메시지를\ 삭제했습니다
    | (?:This|The)\ message\ (?:was|has\ been)\ deleted | Deleted\ message | Message\ deleted)\.?""",
    re.VERBOSE,
)

_HIDDEN = re.compile(
    r"""(?:(?:(?:오픈)?채팅방\ ?|오픈채팅\ )?(?:관리자|부?방장)[가이]\ )?메시지를\ 가렸습니다\.?
    | 가려진\ 메시지입니다\.?
    | (?:This|The|A)\ message\ (?:was|has\ been)\ hidden(?:\ by\ .{1,40})?\.?
    | (?:The\ )?(?:chat\ ?room|open\ chat)\ (?:manager|host|admin)\ (?:hid|has\ hidden)\ (?:a|the|this)\ message\.?""",
    re.VERBOSE | re.IGNORECASE,
)

_LASTS = r"\d+:\d\d(?::\d\d)?"
_CALL = re.compile(
    rf"""(?:그룹\ ?콜|(?:그룹\ ?)?(?:보이스|페이스)\ ?톡|라이브\ ?톡|보이스\ ?룸|그룹\ ?통화|음성\ ?통화|영상\ ?통화)
        (?:(?:[이가은를])?\ (?: 해요 | 부재중 | 거절 | 통화\ ?중 | 연결\ ?안\ ?됨
            | 응답하지\ 않음 | 응답\ ?없음
            | (?:방금\ )?(?:시작|종료|취소|참여)(?:했어요|했습니다|되었(?:어요|습니다)|됐어요)? )
            [.!]? (?:\ {_LASTS})? | \ {_LASTS} )
    | 보이스룸이\ .{{0,20}}했어요\.
    | (?:Missed|Declined|Cancell?ed)\ (?:Group\ )?(?:Voice|Video)\ Call
    | (?:Group\ (?:Voice\ |Video\ )?Call | (?:Voice|Video|Face)\ (?:Call|Talk|Room) | Live\ Talk)
        (?:\ (?:started|ended|Cancell?ed|Missed|Declined|No\ answer|Busy))? \.? (?:\ {_LASTS})?""",
    re.VERBOSE | re.IGNORECASE,
)

_THINGS = ("사진", "동영상", "이모티콘", "Photo", "Video", "Emoticon", "emoticon")
_MEDIA = frozenset(form.format(thing) for thing in _THINGS for form in ("{}", "<{}>", "({})", "<{} 읽지 않음>")) | {
    "음성메시지",
    "음성 메시지",
    "연락처",
    "카카오톡 프로필",
    "Emoticons",
    "videos",
    "Voice Note",
    "Voice Message",
    "Voice message",
}

_MEDIA_WITH_DETAIL = re.compile(
    r"""사진\ ?\d+장 | 동영상\ ?\d+개 | 음성\ ?메시지\ \d+:\d\d | \d+\ (?:photos?|videos?)
    | (?:사진|동영상|이모티콘|음성\ ?메시지|파일|연락처)(?:\ \d+[장개])?[을를]\ 보냈습니다\.
    | (?:파일|File|연락처|Contact|지도|Map):\ .+
    | 샵검색:\ \#.*
    | 톡게시판\ '[^']+'.*
    | (?:Photo|Video)s?\ sent\.
    | 선물(?:과\ 메시지)?를\ 보냈습니다\.
    | 송금\ ?봉투가?\ 도착.{0,20} | [\d,]+원을\ (?:받으세요|보냈어요|받았어요|송금했어요)\. | [\d,]+원\ 받기\ 완료!.*
    | [0-9a-f]{50,}\.(?:jpe?g|png|gif|webp|mp4|mov|m4a)(?:\n[0-9a-f]{50,}\.\w+)*""",
    re.VERBOSE | re.DOTALL,
)
# Nearly every text is ruled out by its first character, before the long patterns are tried.
_BEGINS = frozenset("사동음파연지샵톡선송이그보페라영FVPCMLGTADvgOo삭메관방채오부가0123456789abcdef")

# A name has an end, so that no line, however long, is tried from everywhere.
SYSTEM = re.compile(
    r"""(?P<actor>.{1,60}?)님이\ (?:
            들어왔습니다\.(?:(?:운영정책|타인).*)?
          | 나갔습니다\. | (?:부?방장이\ 되었|부방장에서\ 해제되었)습니다\.
          | .+님[을를]\ 초대(?:하였|했)습니다\.
          | (?:그룹\ ?콜|보이스\ ?룸|(?:라이브|보이스|페이스)\ ?톡)[을를]\ (?:시작|종료)(?:하였|했)습니다\.
          | (?:(?:오픈\ ?)?채팅|대화)방\ .{1,40}[을를]\ (?:변경|등록|설정|삭제)(?:하였|했)습니다\.)
    | (?P<actress>.{1,60}?)\ (?:joined\ this\ chatroom\.
          | left(?:\ this\ chatroom)?\.
          | invited\ .+\.)
    | .{1,60}님을\ 내보냈습니다\. | .{1,60}\ has\ been\ removed\ from\ this\ chatroom\.""",
    re.VERBOSE,
)
"""A whole line that KakaoTalk says about a room; ``actor`` or ``actress`` is who did it, where the line tells."""


def judge(message: Message) -> Item:
    """Return ``message``, or why what stands in its place is not one."""
    text = message.text
    if message.who in BOTS:
        return Skipped(Reason.BOT)
    if not text or text.isspace():
        return Skipped(Reason.EMPTY)
    if text in _MEDIA:
        return Skipped(Reason.MEDIA)
    return _placeholder(text) or message


def note(line: str) -> Skipped | None:
    """Return what a line of its own, under nobody's name, says of a message that is gone; None if it says nothing."""
    if not line or line[0] not in _BEGINS:
        return None
    if _DELETED.fullmatch(line):
        return Skipped(Reason.DELETED)
    return Skipped(Reason.SYSTEM) if _HIDDEN.fullmatch(line) else None


def is_call(line: str) -> bool:
    """Say whether a line is about a call: that it began, was missed, or how long it was."""
    return line[:1] in _BEGINS and _CALL.fullmatch(line) is not None


def _placeholder(text: str) -> Skipped | None:
    if text[0] not in _BEGINS:
        return None
    is_media = is_call(text) or _MEDIA_WITH_DETAIL.fullmatch(text)
    return Skipped(Reason.MEDIA) if is_media else note(text)
