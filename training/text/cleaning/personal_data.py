r"""Personal data in a message: found whatever is glued to it, taken out, and counted by kind, never shown.

``\b`` is no help, because Hangul and digits are both word characters to it; digits are fenced with ``(?<!\d)`` and
``(?!\d)`` instead. Expects text whose digits, dashes and spaces are plain (see ``cleaning.fold``). Rather takes out a
number too many than lets one through, but dates, times, scores, prices and order numbers are ordinary talk.
Knows nothing of files or of training.
"""

import re
from collections import Counter
from collections.abc import Callable
from functools import lru_cache

from training.text.cleaning import addresses, labelled_data
from training.text.cleaning.obfuscation import plain_view

KINDS = (
    "email",
    "card",
    "resident_number",
    "foreigner_number",
    "mobile",
    "landline",
    "drivers_licence",
    "business_number",
    "passport",
    "bank_account",
    "address",
    *labelled_data.KINDS,
)

GAP = " "
"""What stands where something was taken out: the sentence goes on, and nothing is glued together."""

_HOLE = "\0"  # stands there until all numbers are out, so that no group left over joins the next number
_HOLES = re.compile(f"{_HOLE}+")
_FRAYED_HOLE = re.compile(rf"(?<!\d)(?:\d++[.\-]?){{1,4}}(?={_HOLE})|(?<={_HOLE})(?:[.\-]?\d++){{1,4}}")

_S = r"[ .\-_~·・•/]{0,3}"  # between groups, perhaps nothing
_S1 = r"[ .\-_~·・•/]{1,3}"  # between groups, surely something
_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"

_AT = r"(?:@|[(\[{<](?:at?|골뱅이|앳)[)\]}>]|골뱅이|골벵이|앳|엣)"
_DOT = r" ?(?:\.|[(\[{]dot[)\]}]|닷|점) ?"
_HOST = r"(?:naver|gmail|daum|hanmail|kakao|nate|outlook|hotmail|icloud|yahoo|네이버|지메일|다음|한메일|카카오|네이트)"
_EMAIL = re.compile(
    rf"(?:(?<![A-Za-z0-9._%+\-])[A-Za-z0-9._%+\-]++|(?<![가-힣])[가-힣]{{2,5}}(?=@)) ?{_AT} ?"
    rf"(?:[A-Za-z0-9\-]{{1,63}}(?:{_DOT}[A-Za-z0-9\-]{{1,63}}){{0,4}}{_DOT}(?:[A-Za-z]{{2,24}}|컴|콤|넷)"
    rf"|{_HOST}(?:{_DOT}(?:컴|콤|넷|[A-Za-z]{{2,4}})| ?[닷점]컴)?)"
    r"|(?<![A-Za-z0-9._%+\-])(?=[A-Za-z%+\-]*[0-9._])[A-Za-z0-9._%+\-]++ at [A-Za-z0-9\-]{1,63}\.[A-Za-z]{2,24}"
    rf"|(?<![A-Za-z0-9._%+\-])[A-Za-z0-9._%+\-]++ at [A-Za-z0-9\-]{{1,63}}(?: dot [A-Za-z]{{2,24}}){{1,3}}",
    re.IGNORECASE,
)
_ATS = re.compile(rf"{_AT}| at ", re.IGNORECASE)
_CARD = re.compile(
    rf"(?<!\d)(?:(?!(?:(?:19|20)\d\d{_S1}){{3}})\d{{4}}{_S1}[\d*]{{4}}{_S1}[\d*]{{4}}{_S1}\d{{4}}"
    rf"|3[47]\d\d{_S}\d{{6}}{_S}\d{{5}}|36\d\d{_S}\d{{6}}{_S}\d{{4}}"
    rf"|(?!(?:19|20)\d\d{_DAY})\d{{16}})(?!\d)"
)
_RESIDENT = re.compile(
    rf"(?<!\d)(?:\d{{6}}{_S1}(?P<marked>\d) ?(?:[\d*]{{6}}|[*●○xX•]{{5,6}})"
    rf"|\d\d{_DAY}(?P<bare>\d)(?:\d{{6}}|[*●○•]{{5,6}}))(?![\d*])"
)
_MOBILE = re.compile(
    rf"""(?<!\d)(?:
        (?:(?:\+|00)\ ?82|82){_S}\(?0?\)?{_S}1 | \(?0[ .\-]?1
    )(?:
        [ .\-]?0\)?(?:{_S}\d{{4}}{_S}\d{{4}} | ,\ ?\d{{4}},\ ?\d{{4}} | {_S}\d{{3}}{_S}\d{{4}} | (?:{_S}\d){{8}})
      | [16789]\)?{_S}\d{{3,4}}{_S}\d{{4}}
    )(?!\d)""",
    re.VERBOSE,
)
_FIGURE = (
    "(?:공|영|하나|둘|셋|넷|다섯|여섯|일곱|여덟|아홉|[일이삼사오육칠팔구]"
    "|zero|oh|one|two|three|four|five|six|seven|eight|nine)"
)
_SPELLED_PHONE = re.compile(
    rf"(?:공|영|zero|oh)(?:[ .\-]{{0,3}}{_FIGURE}){{8,10}}"
    rf"|(?:zero|oh) ?one ?(?:zero|oh)(?:{_S}(?:\d|{_FIGURE})){{7,8}}",
    re.IGNORECASE,
)
# With words between its parts, or its end before its beginning.
_PARTED_MOBILE = re.compile(
    r"(?<!\d)010[,:;] ?\d{4}[,:;] ?\d{4}(?!\d)"
    r"|(?<!\d)01[016789](?!\d)[^\d,:]{1,8}\d{4}[^\d,:]{1,8}\d{4}(?!\d)(?! ?(?:원|년|개|명|점))"
)
_MOBILE_BEGINS = re.compile(r"(?<!\d)01[016789](?!\d)")
_MOBILE_ENDS = re.compile(rf"(?<!\d)(?!(?:19|20)\d\d)\d{{4}}{_S}\d{{4}}(?!\d)")
_PHONE = re.compile("번호|전화|폰|연락|앞|뒤|뒷")
_PHONE_END = re.compile(rf"[뒤뒷] ?(?:번호|자리)\D{{0,6}}\d{{4}}{_S}\d{{4}}(?!\d)")
_PARTED_RESIDENT = re.compile(
    r"(?:주민|외국인 ?등록|앞 ?자리|민증|민번)\D{0,16}\d{6}\D{1,12}[1-8][\d*]{6}(?!\d)"
    r"|(?:주민|뒷 ?자리|민증|민번)\D{0,16}[1-8]\d{6}\D{1,12}\d{6}(?!\d)"
    r"|(?<!\d)\d{6}\D{1,8}[뒤뒷]\D{0,6}[1-8]\d{6}(?!\d)"
    r"|(?:주민|민증|민번)\D{0,10}\d(?: ?\d){5} ?-? ?[1-8](?: ?[\d*]){6}(?!\d)"
    rf"|(?<!\d)\d\d년 ?\d{{1,2}}월 ?\d{{1,2}}일{_S}[1-8]\d{{6}}(?!\d)"
)
_AREA = r"(?:2|3[1-3]|4[1-4]|5[1-5]|6[1-4]|70|80|50\d)"
_LANDLINE = re.compile(
    rf"(?<!\d)(?<!\d-)(?:\(?0{_AREA}|(?:\+|00) ?82{_S}\(?0?\)?{_S}{_AREA})\)?{_S}\d{{3,4}}{_S}\d{{4}}(?!\d)",
)
_REGION = "서울|부산|대구|인천|광주|대전|울산|세종|경기남부|경기북부|경기|강원|충북|충남|전북|전남|경북|경남|제주"
_LICENCE = re.compile(
    rf"(?:(?:{_REGION}){_S}\d\d{_S}\d{{6}}{_S}\d\d|(?<!\d)(?:1[1-9]|2[0-8]){_S1}\d\d{_S1}\d{{6}}{_S1}\d\d"
    r")(?!\d)"
)
_BUSINESS = re.compile(rf"(?<!\d)\d{{3}}{_S1}\d\d{_S1}\d{{5}}(?!\d)")
# Without separators these two look like any number, unless their name stands before them.
_NAMED = re.compile(r"(?P<drivers_licence>면허\D{0,12}+)\d{12}(?!\d)|(?P<business_number>사업자\D{0,12}+)\d{10}(?!\d)")
_PASSPORT = re.compile(
    rf"(?<![A-Za-z0-9])(?:[MSRODGmsrodg] ?-?(?:\d{{8}}|\d{{3}}{_S}[A-Za-z]{_S}\d{{4}}|\d{{4}}{_S1}\d{{4}})"
    r"|[A-Z]{2} ?-?\d{7})(?!\d)|여권\D{0,8}[A-Za-z](?: ?\d){7,8}(?!\d)[A-Za-z]?"
)
# One kind of separator before a mixture, and four groups before three: what stands beside an account is no part of it.
_ACCOUNTS = tuple(
    re.compile(rf"(?<!\d)\d{{2,6}}(?:{separator}\d{{1,7}}){{{more}}}(?!\d)")
    for separator in (r" ?[\-~] ?", r" ?[.·] ?", r" {1,3}", _S1)
    for more in (3, 2)
)
_BARE_ACCOUNT = re.compile(r"(?<!\d)(?<!\d\.)\d{10,14}(?!\d)")
_BANK = re.compile(
    r"계좌|입금|송금|이체|은행|예금주|통장|농협|카뱅|카카오뱅크|토스|케이뱅크|새마을|신협|우체국|수협|씨티"
    r"|(?:국민|신한|우리|하나|기업|제일) ?:?\d"
)
_DATED = re.compile(rf"(?:19|20)?\d\d{_S1}(?:0?[1-9]|1[0-2]){_S1}(?:0?[1-9]|[12]\d|3[01])(?!\d)")
_BARE_DATED = re.compile(rf"(?:19|20)\d\d{_DAY}")
_YEARS = re.compile(rf"(?:19|20)\d\d(?:{_S1}(?:19|20)\d\d)+")
_ORDER = re.compile(r"(?:주문|송장|운송장|예약|접수|등기|상품|바코드|번호표)[^\d]{0,8}$")
_SHAPED = (
    ("landline", _LANDLINE),
    ("drivers_licence", _LICENCE),
    ("business_number", _BUSINESS),
    ("passport", _PASSPORT),
)
_SHAPES = ([3, 4, 4, 2], [4, 4, 4, 1], [3, 3, 4], [4, 3, 4], [4, 4, 4])
_ROUND = re.compile(r"(?:\d+00\D*)+")
_NOT_DIGIT = re.compile(r"\D+")
_ENOUGH_DIGITS = re.compile(r"(?:\d[^\d]{0,12}){7}")


def take_out_emails(text: str, removed: Counter[str]) -> str:
    """Return ``text`` with a gap in place of every e-mail address; before links, which look like their ends."""
    return _counted(_EMAIL, "email", text, removed) if _ATS.search(text) else text


def take_out(text: str, removed: Counter[str]) -> str:
    """Return ``text`` with a gap in place of all other personal data, and add to ``removed`` how many of each kind."""
    view = plain_view(text)
    if _HOLE in view:
        return text
    view = labelled_data.mask(view, _HOLE, removed)
    view = _masked(_SPELLED_PHONE, "mobile", view, removed)
    if _ENOUGH_DIGITS.search(view):
        view = _numbers(view, removed)
    view = addresses.mask(view, _HOLE, removed)
    return _without_holes(text, view) if _HOLE in view else text


def _without_holes(text: str, view: str) -> str:
    """Return ``text`` with a gap wherever ``view``, of the same length, has holes."""
    left, end = [], 0
    for hole in _HOLES.finditer(view):
        left += [text[end : hole.start()], GAP]
        end = hole.end()
    return "".join([*left, text[end:]])


def _numbers(text: str, removed: Counter[str]) -> str:
    text = _masked(_CARD, "card", text, removed)
    text = _masked(_PARTED_RESIDENT, "resident_number", text, removed)
    text = _RESIDENT.sub(_counting(removed, _resident_kind), text)
    text = _masked(_MOBILE, "mobile", text, removed)
    text = _parted_mobiles(text, removed)
    text = _masked(_PHONE_END, "mobile", text, removed)
    for kind, pattern in _SHAPED:
        text = _masked(pattern, kind, text, removed)
    text = _NAMED.sub(lambda match: _named(match, removed), text)
    for pattern in _ACCOUNTS:
        text = pattern.sub(_counting(removed, _account_kind), text)
    text = _BARE_ACCOUNT.sub(_counting(removed, _bare_account_kind), text)
    # A row of groups can be read as one kind or another: what hangs on what was taken out goes with it.
    return _FRAYED_HOLE.sub(_hole, text) if _HOLE in text else text


def _parted_mobiles(text: str, removed: Counter[str]) -> str:
    if not _MOBILE_BEGINS.search(text):
        return text
    text = _masked(_PARTED_MOBILE, "mobile", text, removed)
    if _PHONE.search(text):
        text = _masked(_MOBILE_ENDS, "mobile", text, removed)
    return text


def _hole(match: re.Match[str]) -> str:
    return _HOLE * len(match[0])


def _masked(pattern: re.Pattern[str], kind: str, text: str, removed: Counter[str]) -> str:
    text, count = pattern.subn(_hole, text)
    if count:
        removed[kind] += count
    return text


def _counted(pattern: re.Pattern[str], kind: str, text: str, removed: Counter[str]) -> str:
    text, count = pattern.subn(GAP, text)
    if count:
        removed[kind] += count
    return text


def _counting(removed: Counter[str], kind_of: Callable[[re.Match[str]], str | None]) -> Callable[[re.Match[str]], str]:
    """Return a replacement that leaves alone what ``kind_of`` says is nothing personal."""

    def replace(match: re.Match[str]) -> str:
        kind = kind_of(match)
        if kind is None:
            return match.group()
        removed[kind] += 1
        return _hole(match)

    return replace


def _resident_kind(match: re.Match[str]) -> str:
    """Tell by the seventh digit: 5 to 8 is a foreigner's (주민등록법 시행규칙; 출입국관리법 시행규칙)."""
    return "foreigner_number" if (match["marked"] or match["bare"]) in "5678" else "resident_number"


def _named(match: re.Match[str], removed: Counter[str]) -> str:
    kind = str(match.lastgroup)
    removed[kind] += 1
    return match[kind] + _HOLE * (len(match[0]) - len(match[kind]))


def _account_kind(match: re.Match[str]) -> str | None:
    """Say whether a row of digit groups is a bank account: 10 to 14 digits, and neither date, years nor prices."""
    written = match.group()
    groups = [len(group) for group in _NOT_DIGIT.split(written)]
    if not 10 <= sum(groups) <= 14 or _YEARS.fullmatch(written) or _DATED.match(written):
        return None
    is_shaped = groups in _SHAPES and not _ROUND.fullmatch(written)
    is_telling = "-" in written or max(groups) >= 5 or is_shaped or _names_bank(match.string)
    return "bank_account" if is_telling else None


@lru_cache(maxsize=1)
def _names_bank(text: str) -> bool:
    # Asked for every row of digits in one text: to look it through each time takes the square of its length.
    return _BANK.search(text) is not None


def _bare_account_kind(match: re.Match[str]) -> str | None:
    """Say whether digits in one row are a bank account, by what stands around them."""
    if _names_bank(match.string):
        return "bank_account"
    before = match.string[max(0, match.start() - 20) : match.start()]
    after = match.string[match.end() : match.end() + 8].lstrip()
    ordinary = _BARE_DATED.match(match.group()) or _ORDER.search(before) or after.startswith(("원", "won"))
    return None if ordinary or len(match.group()) < 11 else "bank_account"
