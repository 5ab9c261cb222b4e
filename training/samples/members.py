"""Who is in the invented group, what they call one another and how each of them types; knows nothing of scenes."""

import re
from dataclasses import dataclass
from datetime import date
from random import Random

from training.samples.particles import attach, final_consonant


@dataclass(frozen=True, slots=True)
class Member:
    """One invented person: laugh is the shortest and longest run of ㅋ they type, rates are chances a line.

    Quiet ones start no talk of their own where others can.
    """

    name: str
    female: bool
    birthday: tuple[int, int]
    laugh: tuple[int, int]
    tears: str = "ㅠ"
    older: bool = False
    quiet: bool = False
    joined: date = date(2025, 2, 28)
    away: tuple[date, ...] = ()
    emoji: str = ""
    emoji_rate: float = 0.0
    slip_rate: float = 0.0

    def is_in(self, day: date) -> bool:
        """Whether this person is in the room all through that day."""
        return self.joined < day and day not in self.away


MEMBERS = (
    Member("윤혜", True, (5, 17), (2, 4)),
    Member("정훈", False, (9, 4), (2, 3), older=True),
    Member("다빈", False, (11, 23), (5, 10), older=True, slip_rate=0.06),
    Member("현지", True, (3, 29), (3, 6), emoji="😆🥹💕✨🤣😭🫶🙌🥺😋", emoji_rate=0.35),
    Member("민서", True, (7, 8), (2, 3), tears="ㅜ"),
    Member("태오", False, (6, 21), (3, 5), slip_rate=0.05, away=(date(2025, 5, 10), date(2025, 5, 11))),
    Member("서진", False, (12, 11), (2, 2), quiet=True),
    Member("하람", True, (10, 30), (3, 6), slip_rate=0.04, joined=date(2025, 3, 10)),
    Member("은결", False, (1, 15), (4, 7), slip_rate=0.08, joined=date(2025, 3, 10)),
)
BY_NAME = {member.name: member for member in MEMBERS}

# What fingers do to words on a phone. 민서 never does it, and tells those who do.
_SLIPS = {
    "됐": "됬",
    "했": "햇",
    "겠": "겟",
    "있어": "잇어",
    "없어": "업어",
    "괜찮": "괜찬",
    "같이": "가치",
    "빨리": "빨링",
    "몰라": "몰랑",
    "그냥": "걍",
    "많이": "마니",
    "좋아": "조아",
    "싫어": "시러",
    "축하": "추카",
}
_NEVER_STYLED = re.compile(r"https?://|^@|^사진|^이모티콘$|^동영상$|^삭제된 메시지입니다\.$")
_ENDS_LIKE_SPEECH = re.compile(r"[가-힣ㅋㅠㅜ!~?]$")


def called(speaker: Member | None, person: Member, particle: str, random: Random) -> str:
    """How the speaker names that person with a particle: 은결이가, 정훈 오빠는, 다빈이 형이랑, 윤혜야.

    Friends' names with a final consonant take -이 before everything but the vocative. Nobody speaks in a system line.
    """
    if speaker is None:
        return person.name + particle
    if person.older and not speaker.older:
        return _by_title(speaker, person, particle)
    if particle in {"아", "야"}:
        return attach(person.name, "야")
    if not particle:
        return _bare(person.name, random)
    return attach(_stem(person.name), particle)


def _by_title(speaker: Member, person: Member, particle: str) -> str:
    title = f"{person.name} 오빠" if speaker.female else f"{_stem(person.name)} 형"
    return title if particle in {"아", "야"} else attach(title, particle)


def _stem(name: str) -> str:
    return f"{name}이" if final_consonant(name) else name


def _bare(name: str, random: Random) -> str:
    return random.choice((name, _stem(name)))


def typed(member: Member, text: str, random: Random) -> str:
    """Return the text as this member's thumbs type it: their laughter, their tears, their emoji, their slips."""
    if _NEVER_STYLED.search(text):
        return text
    text = re.sub("ㅋㅋ+", lambda _: "ㅋ" * random.randint(*member.laugh), text)
    text = re.sub("[ㅠㅜ]{2,}", lambda _: member.tears * random.randint(2, 4), text)
    return _with_emoji(member, _with_slip(member, text, random), random)


def _with_slip(member: Member, text: str, random: Random) -> str:
    slips = [right for right in _SLIPS if right in text]
    if not slips or random.random() >= member.slip_rate * 4:
        return text
    right = random.choice(slips)
    return text.replace(right, _SLIPS[right], 1)


def _with_emoji(member: Member, text: str, random: Random) -> str:
    if random.random() >= member.emoji_rate or not _ENDS_LIKE_SPEECH.search(text):
        return text
    return text + " " * random.randint(0, 1) + random.choice(member.emoji)
