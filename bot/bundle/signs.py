"""Signs of feeling in a chat: emoji, and what stands for one in letters, such as ㅋㅋ, ㅠㅠ, ㄷㄷ and ㅇㅈ.

By them training labels what was said with them (distant supervision: Felbo et al. 2017, DeepMoji, arXiv:1708.00524);
what a network reads, there and in the bot, is the text without any. Knows nothing of networks.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from bot.bundle.tokenizer import normalise


class Kind(StrEnum):
    """What a sign means, as far as several mean the same; any other emoji is a kind of its own."""

    LAUGHING = "laughing"
    CRYING = "crying"
    SURPRISED = "surprised"
    AGREEING = "agreeing"
    LOVING = "loving"
    TOUCHED = "touched"
    CHEERING = "cheering"


USUAL = {
    Kind.LAUGHING: "😂",
    Kind.CRYING: "😭",
    Kind.SURPRISED: "😮",
    Kind.AGREEING: "👍",
    Kind.LOVING: "💕",
    Kind.TOUCHED: "🥹",
    Kind.CHEERING: "🎉",
}
"""The emoji of each kind; what is spelt in letters counts as this one."""

_EMOJI = {
    Kind.LAUGHING: "😂🤣😆😄😁😅😹😀😃😝😜",
    Kind.CRYING: "😭😢😿😥😞😔😩😫🥲💔😣😖🙁☹",
    Kind.SURPRISED: "😮😲😱😯😳🤯🙀😨",
    Kind.AGREEING: "👍👌🙆💯🫡✅🤝",
    Kind.LOVING: "💕❤💖💗💓💞💘💝🧡💛💚💙💜🤍🩷🩵😍🥰😘🫶😻",
    Kind.TOUCHED: "🥹🥺",
    Kind.CHEERING: "🎉🥳🙌👏🎊✨🎂🎁🏆",
}
_KINDS: dict[str, str] = {emoji: kind for kind, those in _EMOJI.items() for emoji in those}

_JAMO = {
    Kind.LAUGHING: "[ㅋㅎ]+",
    Kind.CRYING: "[ㅠㅜ]+",
    Kind.SURPRISED: "ㄷㄷ+|ㅁㅊ",
    Kind.AGREEING: "ㅇㅈ|ㄹㅇ|ㅇㅋ|ㅇㅇ+|ㄱㄱ+",
    Kind.CHEERING: "ㅊㅋ",
}
_WORDS = {
    Kind.LAUGHING: "(?:ha){2,}h?|lol+|lmf?ao",
    Kind.SURPRISED: "헐+|헉+|omg",
}
_PICTURE = "[\u203c\u2049\u2139\u231a-\u23ff\u2600-\u27bf\u2934\u2935\u2b00-\u2bff\U0001f000-\U0001faff]"
# With what holds an emoji together (Unicode UTS 51): selectors, skin tones, tags, joined ones, keycaps.
_GLUED = rf"{_PICTURE}(?:[\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]|\u200d{_PICTURE})*"
_SELECTOR = "\ufe0f"
_NO_SELECTOR = re.compile(
    "[\u231a\u231b\u23e9-\u23ec\u23f0\u23f3\u25fd\u25fe\u2614\u2615\u2648-\u2653\u267f\u2693\u26a1\u26aa\u26ab\u26bd\u26be"
    "\u26c4\u26c5\u26ce\u26d4\u26ea\u26f2\u26f3\u26f5\u26fa\u26fd\u2705\u270a\u270b\u2728\u274c\u274e\u2753-\u2755\u2757"
    "\u2795-\u2797\u27b0\u27bf\u2b1b\u2b1c\u2b50\u2b55\U0001f000-\U0001faff]"
)
"""Emoji that are never plain text (Emoji_Presentation of Unicode's emoji-data.txt)."""
_WITH_SELECTOR = "❤☹☺☀☁☂☃☎☘☠✈✉✌✍✏✔✖⚠♨❄❣☄♻"
"""Those of the others that chats have: the rest are signs of print."""
_ALIKE = str.maketrans("♥♡", "❤❤")
_LOOKS = re.compile("[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]")


def _named(shapes: dict[Kind, str], prefix: str) -> str:
    return "|".join(f"(?P<{prefix}{kind}>{shape})" for kind, shape in shapes.items())


_EACH_JAMO = re.compile(_named(_JAMO, ""))
_ALL_JAMO = "|".join(_JAMO.values())
_SIGN = re.compile(
    # ㅋㅋㅠㅠ are two; ㅎㅇ is a greeting and none, and 헐렁하다 says how a coat fits.
    rf"(?P<emoji>{_GLUED}|[0-9#*]\ufe0f?\u20e3)|(?<![ㄱ-ㅣ])(?P<jamo>(?:{_ALL_JAMO})+)(?![ㄱ-ㅣ])"
    rf"|(?<![^\W\d_])(?:{_named(_WORDS, '')})(?![가-힣a-z])",
    re.IGNORECASE,
)


class Sign(NamedTuple):
    """An emoji as it counts, without a skin tone, and where it stands in the text."""

    emoji: str
    start: int
    end: int


def signs(text: str) -> Iterator[Sign]:
    """Yield the signs of a text from the left; such in letters as the emoji of their kind."""
    for match in _SIGN.finditer(text):
        start, end = match.span()
        if match["emoji"]:
            yield Sign(_LOOKS.sub("", match["emoji"]).translate(_ALIKE), start, end)
        elif match["jamo"]:
            for each in _EACH_JAMO.finditer(match["jamo"]):
                yield Sign(USUAL[Kind(str(each.lastgroup))], start + each.start(), start + each.end())
        else:
            yield Sign(USUAL[Kind(str(match.lastgroup))], start, end)


def without_signs(text: str) -> str:
    """Return a text as a network reads it that tells which sign goes with it: without any, on one line."""
    return normalise(_SIGN.sub(" ", normalise(text)))


def kind_of(emoji: str) -> str:
    """Return the kind of an emoji; itself, where it is of none that others are of."""
    return _KINDS.get(emoji, emoji)


def is_emoji(emoji: str) -> bool:
    """Say whether Discord knows an emoji on every server, as far as it is one character: ☆ and ♡ are none."""
    is_flag = "\U0001f1e6" <= emoji <= "\U0001f1ff"
    return len(emoji) == 1 and not is_flag and bool(_NO_SELECTOR.match(emoji) or emoji in _WITH_SELECTOR)


def for_discord(emoji: str) -> str:
    """Return an emoji as Discord takes it: what could also be plain text has the selector that says it is none."""
    return emoji if _NO_SELECTOR.fullmatch(emoji) else emoji + _SELECTOR
