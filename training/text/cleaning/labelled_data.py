"""Labelled personal data, such by the word beside it or by its shape: plates, passwords, ids, births, places.

One table: a kind, what must stand in the message for a closer look, and the pattern. Knows nothing of what else a
message says.
"""

import re
from collections import Counter

_IS = r"(?: ?(?:은|는|이|가|도|요|:|=|-|→|이야|is|번호))*+ ?"
_COUNTED = r"(?! ?(?:번|자리|개|시간|분|초|원|년|월|일|명|회|글?자|장|층|호선|점|만|천|GB|G|M))"
_KEY = (
    r"(?:비밀 ?번호|비번|패스 ?워드|패스 ?코드|암호|현관문?|도어 ?락|출입 ?(?:코드|번호)|공동 ?현관|와이파이|인증 ?번호"
    r"|(?<![A-Za-z])(?:password|passwd|passcode|pass ?code|door ?code|pin ?code|wi-?fi|pwd?|pin)(?![A-Za-z]))"
)
_CODE = (
    r"(?:[A-Za-z0-9!@#$%^&*_+=?.~\-]*[0-9!@#$%^&*][A-Za-z0-9!@#$%^&*_+=?.~\-]*|[가-힣]{1,6}\d{3,}[!@#$*]*"
    r"|[공영일이삼사오육칠팔구]{4,8})"
)
_SERVICE = (
    r"(?:카톡|카카오톡?|라인|텔레그램|텔레|인스타그램|인스타|인별|디코|디스코드|트위터|틱톡|페이스북|페북|스냅챗|위챗|스팀|네이버|롤|배그"
    r"|(?<![A-Za-z])(?:kakao ?talk|kakao|line|telegram|instagram|insta|ig|discord|twitter|tiktok|snapchat|snap|wechat"
    r"|steam)(?![A-Za-z]))"
)
_ID_WORD = r"(?:아이디(?!어)|아디(?!다)|계정|닉네임|태그|(?<![A-Za-z])(?:id|handle|username|account)(?![A-Za-z]))"
_HANDLE = r"[A-Za-z0-9](?:[A-Za-z0-9]|[._\-](?=[A-Za-z0-9_])){3,29}_?"
_TELLING = (
    rf"(?!v\d|top\d)(?=[A-Za-z0-9.\-]*[A-Za-z_][A-Za-z0-9._\-]*(?:[0-9_]|\.[A-Za-z])"
    rf"|[A-Za-z0-9]*[0-9_][A-Za-z0-9._\-]*[A-Za-z]){_HANDLE}"
)
_YEAR = r"(?:19[2-9]\d|20[01]\d)"
_MONTH_NAME = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_SIX = rf"[04-9]\d{_DAY}"  # of somebody who can type by now
_BIRTH = (
    rf"(?:{_YEAR} \d{{1,2}} \d{{1,2}}(?!\d)|\d{{1,2}}[./\-] ?\d{{1,2}}[./\-] ?{_YEAR}(?!\d)"
    rf"|(?:{_YEAR}|\d\d) ?[년.\-/] ?\d{{1,2}} ?[월.\-/] ?\d{{1,2}}(?!\d) ?일?|(?:{_YEAR}|\d\d){_DAY}(?!\d)"
    rf"|{_MONTH_NAME} \d{{1,2}}(?:st|nd|rd|th)?,? {_YEAR}|\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH_NAME},? {_YEAR})"
)
_BORN = "생(?![각긴기겼선맥])"
_PLATE = r"가나다라마거너더러머버서어저고노모소오누두루무부수우아바사자배하허"
_REGION = "(?:서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주)"
_OCTET = r"(?:25[0-5]|2[0-4]\d|1\d\d|\d{1,2})"

RULES: tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (kind, re.compile(look, re.IGNORECASE), re.compile(pattern, re.IGNORECASE))
    for kind, look, pattern in (
        ("card", r"cv[cvs]", r"(?<![a-z])cv[cvs]2?(?: ?번호)?[^\da-z]{0,4}\d{3,4}(?!\d)"),
        (
            "card",
            r"카드|cv[cvs]|card",
            r"(?:유효(?: ?기간)?|만료일?|exp(?:iry|ires)?)[^\d]{0,5}\d{1,2} ?[/\-.월 ] ?\d{2,4}(?!\d)",
        ),
        (
            "card",
            "카드",
            r"(?:비번|비밀번호) ?(?:앞|뒤|뒷)? ?(?:두|2|네|4)? ?자리" + _IS + r"\d{2,4}(?!\d)",
        ),
        (
            "passcode",
            _KEY,
            _KEY + _IS + rf"(?:{_KEY}{_IS})?(?:(?:바꿨|바뀌|바뀜|변경)\S{{0,4}} )?"
            r"(?:(?:별표?|[샵샾]|우물정) ?)?"
            rf"(?=.{{3}})(?!802\.|[\d.]+ ?[GM]Hz){_CODE}(?<=\S{{3}})(?!\d){_COUNTED}",
        ),
        ("passcode", _KEY, _KEY + _IS + r"\d(?: \d){3,7}(?!\d)"),
        ("passcode", _KEY, _KEY + r"(?: ?번호)? ?[:=] ?[A-Za-z]{4,}"),
        ("account_id", _SERVICE, rf"{_SERVICE} ?{_ID_WORD}{_IS}@?{_HANDLE}"),
        (
            "account_id",
            _SERVICE,
            rf"{_SERVICE}{_IS}(?:(?:추가|친추|팔로우?|검색)\S{{0,4}} )?"
            rf"(?:@{_HANDLE}|[A-Za-z0-9._]{{2,32}}#\d{{4}}|{_TELLING})",
        ),
        (
            "account_id",
            "#",
            rf"(?:{_ID_WORD}|(?<![가-힣])(?:롤|배그) ?닉?){_IS}[가-힣A-Za-z0-9]{{2,16}}#[A-Za-z0-9]{{3,5}}",
        ),
        ("account_id", _ID_WORD, rf"{_ID_WORD}{_IS}(?:@{_HANDLE}|{_TELLING})"),
        (
            "birth_date",
            r"생년|생일|출생|태어|born|birth|dob",
            rf"(?:생년 ?월일|생일|출생 ?일?|태어난 ?날|born(?: on)?|birth ?(?:day|date)|date of birth|dob)"
            rf"{_IS}{_BIRTH}",
        ),
        (
            "birth_date",
            r"생|출생|태어",
            rf"(?<!\d)(?:{_BIRTH} ?(?:{_BORN}|출생|태생|에? ?태어)|(?:{_YEAR}|\d\d)년 ?\d{{1,2}}월{_BORN})",
        ),
        ("birth_date", r"\d{6}", rf"(?<=[가-힣])(?<!\d) ?\({_SIX}\)|(?<!\d){_SIX}(?= ?(?:남|여)(?:자|성)?(?![가-힣]))"),
        (
            "student_number",
            r"학번|사번|수험|군번|student",
            r"(?:학번|사번|수험 ?번호|군번|student (?:id|number|no))\D{0,5}(?:\d{6,10}|\d\d-\d{6,8})(?!\d)",
        ),
        (
            "ip_address",
            r"\d\.\d",
            rf"(?<![\d.])(?={_OCTET}?[^ ]{{0,12}}\d\d)(?:{_OCTET}\.){{3}}{_OCTET}(?![\d.])(?::\d+)?",
        ),
        (
            "coordinates",
            r"\d\.\d{3}",
            r"(?<![\d.])-?\d{1,2}\.\d{3,}°?[NS]?(?: ?[,/] ?| |,? ?경도\D{0,3})-?1[23]\d\.\d{3,}(?!\d)°?[EW]?",
        ),
        ("coordinates", "°", r"\d{1,3}° ?\d{1,2}['′](?: ?[\d.]+[\"″])? ?[NSEW]?"),
        (
            "vehicle_plate",
            r"\d ?[가-힣][ \-ㅡ]{0,2}\d{4}",
            rf"(?<!\d)(?:{_REGION} ?)?\d{{2,3}} ?[{_PLATE}][ \-ㅡ]{{0,2}}\d{{4}}(?!\d){_COUNTED}"
            rf"|{_REGION} ?\d{{2,3}} ?[{_PLATE}도로보조구주호] ?\d{{4}}(?!\d){_COUNTED}"
            rf"|(?<![가-힣])차(?:는|가|번호)? \d{{2,3}} ?[{_PLATE}도로보조구주호] ?\d{{4}}(?!\d){_COUNTED}"
            r"|(?:차량? ?번호|번호판)\D{0,4} ?\d{2,3} ?[가-힣] ?\d{4}(?!\d)"
            rf"|(?<!\d)\d{{2,3}}[도로보조구주호]\d{{4}}(?!\d){_COUNTED}",
        ),
    )
)
KINDS = tuple(dict.fromkeys(kind for kind, *_ in RULES if kind != "card"))


def mask(text: str, hole: str, removed: Counter[str]) -> str:
    """Return ``text`` with as many ``hole`` as there were characters in place of each datum; add to ``removed``."""
    for kind, look, pattern in RULES:
        if look.search(text):
            text, count = pattern.subn(lambda match: hole * len(match[0]), text)
            if count:
                removed[kind] += count
    return text
