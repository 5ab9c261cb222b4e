"""Korean addresses by road and by lot, in a message: down to the house, the block and the door.

``서울 살아`` is no address, ``역삼동 825-20`` is. Many words end like roads and towns (집으로, 우리, 가면), so a name
alone counts only with a region before it or a lot's number, a floor or a door behind it. Knows nothing of what else
a message says.
"""

import re
from collections import Counter

_REGION = (
    "(?:서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주|충청[남북]|전라[남북]|경상[남북])"
    "(?:특별자치시|특별자치도|특별시|광역시|시|도)?"
)
_NO_DISTRICT = "(?!친구|다시|혹시|역시|잠시|몇시|누구|도시|무시|표시|택시|접시|가구|야구|축구|농구|지구|연구)"
_DISTRICT = "[가-힣]{1,4}(?:시|군|구)"
_TOWN = r"(?:[가-힣]{1,5}\d{0,2}(?:읍|동)|[가-힣]{2,5}(?:면|리)|[가-힣]{1,4}\d가)"
_ROAD = r"[가-힣A-Za-z\d·]{1,12}?(?:대로|(?<!으)로|길)(?: ?\d{1,4}(?:번|가|나|다)?길)?"
# A count of anything is no house number.
_UNIT = (
    "(?! ?(?:분|시|개|명|원|만|천|억|백|일|월|년|살|초|배|위|회|점|판|등|장|잔|병|번(?!지)"
    r"|호선|퍼|킬로|키로|미터|박|주|마리"
    r"|인분|대|곡|편|세|차|단계|%|[kcm]m|kg|[.:,]\d))"
)
_HOUSE = r"(?:지하 ?|산 ?)?\d{1,5}+(?:-\d{1,5}+)?(?:번지)?(?!\d)"
_DOOR = (
    r"(?:,? ?(?:[가-힣A-Za-z]{1,12}(?:아파트|빌라|빌딩|오피스텔|타워|맨션|주택)"
    r"|[가-힣A-Za-z]{2,12}(?= ?(?:\d{1,4}동 ?)?\d{1,4}호))?,?(?: ?\d{1,4}동)?"
    r"(?: ?(?:지하 ?|[Bb])?\d{1,4}(?:호|층))*(?: ?\([가-힣\d, ]{2,20}\))?)"
)
_SPELLED = "[백천일이삼사오육칠팔구십공]{2,7}"
_BUILDING = (
    "(?:자이|래미안|푸르지오|힐스테이트|아이파크|캐슬|더샵|편한세상|아파트|빌라|오피스텔|타워|팰리스|맨션|하이츠|주공|시티|원룸"
    "|기숙사|고시원|레지던스|위브|써밋|데시앙|스위첸|하늘채|센트레빌|어울림|꿈에그린|휴먼시아|빌)"
)
_PLACE = f"(?:(?:{_TOWN} ?){{1,2}}(?:{_ROAD} ?)?|{_ROAD} ?)"
_BARE_ROAD = r"[가-힣]{2,8}(?:대로|(?<!으)로|길) ?\d{1,4}+(?:-\d{1,4}+)?"
_FORMS = (
    # region, district and place are surely an address; with only one of the first two the number must count nothing
    rf"{_REGION} ?(?:{_NO_DISTRICT}{_DISTRICT} ?){{1,2}}{_PLACE}{_HOUSE}{_DOOR}",
    rf"(?:{_REGION} ?|{_NO_DISTRICT}{_DISTRICT} (?:{_DISTRICT} )?){_PLACE}{_HOUSE}{_UNIT}{_DOOR}",
    # 불정로 432번길 8, 세종대로 110 3층
    rf"[가-힣]{{1,8}}(?:대로|(?<!으)로) ?\d{{1,4}}(?:번|가|나|다)?길 ?\d{{1,4}}+(?:-\d{{1,4}}+)?{_DOOR}",
    rf"{_BARE_ROAD} ?,? ?(?:\d{{1,4}}동 ?)?(?:\d{{1,4}}(?:호(?!선)|층)|\([가-힣]{{1,5}}동\))",
    # 역삼동 825-20, 삼성리 12번지
    rf"[가-힣]{{2,4}}동 ?(?:\d{{3,4}}+-\d{{1,4}}+|\d{{1,2}}+-\d{{1,4}}+{_UNIT})(?:번지)?{_DOOR}",
    r"[가-힣]{1,5}(?:동|리|가) ?(?:산 ?)?\d{1,4}(?:-\d{1,4})? ?번지",
    # 101동 1203호
    r"(?:[가-힣A-Za-z]{1,12}(?:아파트|빌라|오피스텔|주택) ?)?(?<!\d)\d{1,4}동 ?\d{2,4}호",
    r"우편번호\D{0,4}\d{5}(?!\d)",
    # 103동 502, 백일동 천이백삼호, 마린시티자이 3001호
    rf"(?<!\d)\d{{3,4}}동 ?\d{{3,4}}(?!\d){_UNIT}",
    rf"{_SPELLED}동 ?{_SPELLED}호",
    r"(?<![\dA-Za-z가-힣])[A-Za-z가나다라]동 ?\d{2,4}호",
    rf"[가-힣A-Za-z]{{0,10}}{_BUILDING}"
    r" ?(?:(?:\d{1,4}동 ?)?\d{3,4}호(?!선|차|기|점)|\d{2,4}-\d{3,4}(?![\d\-]))",
    # 12 Teheran-ro, Gangnam-gu, Seoul 06236; 12 Baker Street
    r"\d{1,5}(?:-\d{1,5})?,? ?[A-Za-z]{2,20}-(?:daero|ro|gil|dong)(?![A-Za-z])(?: \d{1,4}-gil)?"
    r"(?:,? ?[A-Za-z]{2,20}-(?:gu|si|do|dong|eup|myeon|gun))*"
    r"(?:,? ?(?:Seoul|Busan|Daegu|Incheon|Korea))*(?:,? ?\d{5})?",
    r"[A-Za-z]{2,20}-(?:daero|ro|gil) \d{1,5}(?:-\d{1,5})?(?:,? ?[A-Za-z]{2,20}-(?:gu|si|do|dong))*",
    r"\d{1,5} (?:[A-Z][a-z]+ ){1,2}(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr)(?![A-Za-z])\.?"
    r"(?:,? ?(?:Apt|Unit|#)\.? ?\w{1,5})?",
)
_ANYWHERE = re.compile("|".join(_FORMS))
_AT_HOME = re.compile(_BARE_ROAD + _UNIT)
_HOME = re.compile("주소|배송|택배|우리 ?집|집은|살아|살고|이사")
_WORTH_A_LOOK = re.compile(r"[로길동리가면읍] ?(?:산 ?|지하 ?)?\d|우편번호|호|\d-\d{3}|-?(?:ro|gil|dong)\b|\d [A-Z]")


def mask(text: str, hole: str, removed: Counter[str]) -> str:
    """Return ``text`` with as many ``hole`` as there were characters in place of each address; add to ``removed``."""
    if not _WORTH_A_LOOK.search(text):
        return text
    text, count = _ANYWHERE.subn(lambda match: hole * len(match[0]), text)
    if _HOME.search(text):
        text, more = _AT_HOME.subn(lambda match: hole * len(match[0]), text)
        count += more
    if count:
        removed["address"] += count
    return text
