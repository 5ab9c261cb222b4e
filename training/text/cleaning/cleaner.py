"""The cleaner of messages for what may be learned: no personal data, no links, no names called, no endless runs.

Everything stays one line of ordinary characters, and emoji stay whole. Knows nothing of files, words or networks.
"""

import re
import sys
import unicodedata
from collections import Counter
from dataclasses import dataclass, field

from bot.bundle.tokenizer import normalise
from training.text.cleaning import personal_data

_DASHES = "‐‑‒–—―−﹣"
_FOLDED: dict[int, int | str] = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},  # full-width forms of ASCII
    **{code: str(unicodedata.decimal(chr(code))) for code in range(0x80, sys.maxunicode) if chr(code).isdecimal()},
    **{ord(dash): "-" for dash in _DASHES},
}
# Two quick looks save most texts the walk through the table.
_FOLDABLE = re.compile(f"[\uff01-\uff5e{_DASHES}]")
_OTHER_DIGIT = re.compile(r"[^\D0-9]")

# Most messages have neither a digit nor any sign of an address in them, and are done with one look.
_MAY_HOLD_DATA = re.compile(
    r"[0-9⓪①-⑨@<./(\[]|골[뱅벵]이|[앳엣]|[일하1Il|나] ?[공영]|[A-Za-z]_[A-Za-z]|비번|비밀 ?번호|암호|패스|아이디|계정"
    r"|동 ?[백천일이삼사오육칠팔구십공]+호"
    r"|[공영][이삼사오육칠][일이삼사오육칠팔구]?[ \-][일이삼사오육칠팔구]"
    r"|zero|[Oo][Il1][Oo]|[공영일이삼사오육칠팔구]{7}|(?:pw|pass|pin|id|insta) ?[:=]?| at ",
    re.IGNORECASE,
)
LONGEST = 10_000
"""More letters than any chat lets one write: what is beyond was pasted, and is cut off at a blank."""
_LINK = re.compile(r"(?:https?|ftp)://\S+|www\.\S+", re.IGNORECASE)
_DOMAIN = re.compile(
    r"(?<![A-Za-z0-9.\-@])(?:[A-Za-z0-9][A-Za-z0-9\-]*\.)+"
    r"(?:com|net|org|kr|io|me|to|tv|gg|be|ly|app|dev|link|shop|site|page|xyz|jp)(?![A-Za-z0-9])(?:[/?#]\S*)?",
    re.IGNORECASE,
)
_LOOKS_LIKE_DOMAIN = re.compile(r"[A-Za-z0-9]\.[A-Za-z]")
_DISCORD = re.compile(r"<(?:@[!&]?|#|a?:\w+:|t:|/[^:<>]+:)\d+(?::\w)?>")
_MENTION = re.compile(r"@[^\W_]\S*")

_FLAG = "[\U0001f1e6-\U0001f1ff]{2}"
_TAGGED = "\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f"
_KEYCAP = "[0-9#*]\ufe0f?\u20e3"
_PICTURES = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u2460-\u24ff\u25a0-\u27bf\u2900-\u297f"
    "\u2b00-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001f1e5\U0001f200-\U0001faff"
)
_SYMBOL = f"[{_PICTURES}]"
_PART = f"{_SYMBOL}(?:[\U0001f3fb-\U0001f3ff]|\ufe0f)?"
# A family has four, and none has ten: without an end, a chain of thousands would be tried at every length.
_EMOJI = f"(?:{_FLAG}|{_TAGGED}|{_KEYCAP}|{_PART}(?:\u200d{_PART}){{0,9}})"
# One emoji as people see it (UTS #51): flags, tag sequences, keycaps, joined sequences with their skin tones.

_EMOJI_RUN = re.compile(rf"({_EMOJI})(?:\1){{3,}}(?![\U0001f3fb-\U0001f3ff\ufe0f\u200d])")
_HAS_EMOJI = re.compile(f"[{_PICTURES}\u20e3\U0001f1e6-\U0001f1ff]")
# Never digits (nor the asterisks that mask them), and never the halves of flags and sequences.
_RUN = re.compile(r"([ㄱ-ㆎ가-힣A-Za-z!?.,~^;:=+'\"…\-#♥♡★☆])\1{3,}")
_PAIR_RUN = re.compile(r"([ㄱ-ㅣ가-힣]{2,3})\1{3,}")
_LONGEST_RUN = 5

_LEFT_OVERS = re.compile(r"[\s()\[\]<>{}\"'`,.:;/|\\\-~+*_=]*")


def fold(text: str) -> str:
    """Return ``text`` in one line, with full-width and other digits, letters and dashes in their plain forms."""
    if _FOLDABLE.search(text) or _OTHER_DIGIT.search(text):
        text = text.translate(_FOLDED)
    return normalise(text)


def shorten_runs(text: str) -> str:
    """Return ``text`` with runs of one character in 1, 2, 3 or 5, so that ㅋㅋㅋㅋ and ㅋㅋㅋㅋㅋㅋㅋ are few words."""
    if _HAS_EMOJI.search(text):
        text = _EMOJI_RUN.sub(_shorter, text)
    return _PAIR_RUN.sub(r"\1\1\1", _RUN.sub(_shorter, text))


def _shorter(run: re.Match[str]) -> str:
    unit = run[1]
    count = len(run[0]) // len(unit)
    return unit * (_LONGEST_RUN if count >= _LONGEST_RUN else 3)


@dataclass(slots=True)
class Cleaner:
    """Cleans a chat message by message, and counts what it took out.

    ``removed`` is personal data by kind, ``dropped`` is links and mentions.
    """

    removed: Counter[str] = field(default_factory=Counter)
    dropped: Counter[str] = field(default_factory=Counter)
    _spaced_names: set[str] = field(default_factory=set)
    _spaced_mention: re.Pattern[str] | None = None

    def meet(self, name: str) -> None:
        """Learn a member's name: where it has spaces, a mention does not end at the first."""
        name = fold(name)
        if " " in name and name not in self._spaced_names:
            self._spaced_names.add(name)
            longest_first = sorted(self._spaced_names, key=len, reverse=True)
            self._spaced_mention = re.compile("@(?:" + "|".join(map(re.escape, longest_first)) + ")")

    def clean(self, text: str) -> str:
        """Return what may be learned of ``text``, in one line; empty if nothing is left."""
        if len(text) > LONGEST:
            text = text[:LONGEST].rpartition(" ")[0]
        # Before the data is looked for: nobody hides a number behind a long row of dashes.
        plain = shorten_runs(fold(text))
        if not _MAY_HOLD_DATA.search(plain):
            return plain
        cleaned = self._without_data(plain)
        if cleaned != plain:
            cleaned = " ".join(cleaned.split())
            if _LEFT_OVERS.fullmatch(cleaned):
                return ""
        return cleaned

    def _without_data(self, text: str) -> str:
        if "://" in text or "www." in text:
            text = self._drop(_LINK, "links", text)
        if "<" in text:
            text = self._drop(_DISCORD, "mentions", text)
        text = personal_data.take_out_emails(text, self.removed)
        if _LOOKS_LIKE_DOMAIN.search(text):
            text = self._drop(_DOMAIN, "links", text)
        text = self._without_numbers(text)
        return self._without_numbers(self._without_mentions(text)) if "@" in text else text

    def _without_numbers(self, text: str) -> str:
        """Repeat until nothing is found: a gap can bring two halves of a number together."""
        while (less := personal_data.take_out(text, self.removed)) != text:
            text = less
        return text

    def _without_mentions(self, text: str) -> str:
        if self._spaced_mention:
            text = self._drop(self._spaced_mention, "mentions", text)
        return self._drop(_MENTION, "mentions", text)

    def _drop(self, pattern: re.Pattern[str], kind: str, text: str) -> str:
        text, count = pattern.subn(personal_data.GAP, text)
        if count:
            self.dropped[kind] += count
        return text
