"""Obfuscated numbers: a view of a message in which numbers stand plainly, however they were written.

It is as long as the message, so what was found in the view stands at the same places there: ``010ㅡ2345``,
``OlO 2345``, ``공1공 이삼사오``, ``010💕2345``. Knows nothing of kinds of numbers.
"""

import re
import unicodedata

_SPELLED = dict(zip("공영일이삼사오육륙칠팔구OoㅇIl|", "001234566789000111", strict=True))
_CIRCLED = str.maketrans("⓪①②③④⑤⑥⑦⑧⑨", "0123456789")
_DIGIT = "0-9공영일이삼사오육륙칠팔구"
_BETWEEN = r"[^0-9A-Za-z가-힣,:%+=()원]{0,3}"
# A mobile number's beginning says that letters and words after it are figures; so do many words of figures in a row.
_MOBILE = re.compile(
    rf"(?<![A-Za-z0-9가-힣])[0Ooㅇ공영]{_BETWEEN}[1Il|일]{_BETWEEN}[0Ooㅇ공영](?:{_BETWEEN}[{_DIGIT}OoIl]){{7,8}}"
    rf"|[0Ooㅇ공영][1Il|일][0공영](?:{_BETWEEN}[{_DIGIT}]){{7,8}}"
)
_ROW = re.compile(r"[공영일이삼사오육륙칠팔구](?:[ \-]?[공영일이삼사오육륙칠팔구]){6,}")
_LETTERS = re.compile(r"(?<=\d)[OoIl]{1,3}(?=[ \-.]?\d)|(?<![A-Za-z])[Ooㅇ][Il1][Ooㅇ](?=\W{0,3}\d)")
_SIGN = re.compile(r"(?<=[0-9])( ?)([^0-9A-Za-z가-힣\s.,:;%+=()\-/~*#°′″'\"●○•]{1,6})( ?)(?=[0-9])")
_IS_DISGUISED = re.compile(r"[공영일이삼사오육륙칠팔구]{3}|[0Ooㅇ공영][1Il|일]|[^\x00-\x7f가-힣]|\d[OoIl|]|_")


def plain_view(text: str) -> str:
    """Return ``text`` with figures for words and letters that stand for them, and dashes for what parts them."""
    if not _IS_DISGUISED.search(text):
        return text
    text = text.translate(_CIRCLED)
    for pattern in (_MOBILE, _ROW, _LETTERS):
        text = pattern.sub(lambda match: "".join(_SPELLED.get(char, char) for char in match[0]), text)
    return _SIGN.sub(lambda match: match[1] + "".join(map(_parting, match[2])) + match[3], text)


def _parting(char: str) -> str:
    # Letters part figures too where they are drawn as dashes; the signs of prices do not.
    is_parting = char in "ㅡ一ー|_" or unicodedata.category(char) in {"So", "Sk", "Pd", "Po", "Mn", "Cf", "Sm"}
    return "-" if is_parting else char
