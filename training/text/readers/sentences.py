"""What KakaoTalk itself writes into a room: placeholders of media, notes of deletion, comings and goings.

A person can type the same words; then they look the same in the file, and are taken for KakaoTalk's.
Knows nothing of how a file marks its lines.
"""

import re

from training.text.message import Item, Message, Reason, Skipped

BOTS = frozenset({"오픈채팅봇", "방장봇"})

DELETED = frozenset({"삭제된 메시지입니다.", "This message was deleted.", "The message has been deleted."})

_THINGS = ("사진", "동영상", "이모티콘", "Photo", "Video", "Emoticon", "emoticon")
_MEDIA = frozenset(form.format(thing) for thing in _THINGS for form in ("{}", "<{}>", "({})", "<{} 읽지 않음>")) | {
    "음성메시지",
    "연락처",
    "카카오톡 프로필",
    "Emoticons",
    "videos",
    "Voice Note",
}

_MEDIA_WITH_DETAIL = re.compile(
    r"""사진\ \d+장 | \d+\ (?:photos|videos)
    | (?:파일|File):\ .+
    | 샵검색:\ \#.*
    | 톡게시판\ '[^']+'.*
    | (?:보이스톡|페이스톡)\ (?:해요|취소|부재중|응답하지\ 않음|\d+:\d\d(?::\d\d)?)
    | (?:Voice|Video)\ Call(?:\ (?:Cancell?ed|Missed|\d+:\d\d(?::\d\d)?))?
    | 라이브톡\ (?:시작|종료)(?:\ [\d:]+)? | Live\ Talk\ (?:started|ended)(?:\ [\d:]+)?
    | 보이스룸이\ .{0,20}했어요\.
    | [\d,]+원을\ 받으세요\. | [\d,]+원\ 받기\ 완료!.*
    | [0-9a-f]{50,}\.(?:jpe?g|png|gif|webp|mp4|mov|m4a)(?:\n[0-9a-f]{50,}\.\w+)*""",
    re.VERBOSE | re.DOTALL,
)
# Nearly every text is ruled out by its first character, before the long pattern is tried.
_MEDIA_BEGINS = frozenset("사파F샵톡보페VL라0123456789abcdef")

SYSTEM = re.compile(
    r"""(?P<actor>.+?)님이\ (?:
            들어왔습니다\.(?:(?:운영정책|타인).*)?
          | 나갔습니다\. | (?:부?방장이\ 되었|부방장에서\ 해제되었)습니다\.
          | .+?님(?:[을를]|[과와]\ .+?님[을를])\ 초대(?:하였|했)습니다\.)
    | (?P<actress>.+?)\ (?:joined\ this\ chatroom\.
          | left(?:\ this\ chatroom)?\.
          | invited\ .+\.)
    | .+?님을\ 내보냈습니다\. | .+?\ has\ been\ removed\ from\ this\ chatroom\.
    | 채팅방\ 관리자가\ 메시지를\ 가렸습니다\.""",
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
    if text in _MEDIA or (text[0] in _MEDIA_BEGINS and _MEDIA_WITH_DETAIL.fullmatch(text)):
        return Skipped(Reason.MEDIA)
    if text in DELETED:
        return Skipped(Reason.DELETED)
    return message
