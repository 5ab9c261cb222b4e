"""Aliases of time zones: countries, abbreviations, and hours from Greenwich. Data and rules.

An abbreviation such as ``EST`` names a clock that goes to summer time, whatever its letters say: who types it means
the clock on the wall. What may be several clocks is a question.
"""

import re
import unicodedata

_ALIASES = """
Asia/Seoul KST 한국 대한민국 남한 korea korean southkorea republicofkorea
Asia/Pyongyang 북한 northkorea
Asia/Tokyo JST 일본 동경 japan
Asia/Shanghai 중국 북경 china prc
Asia/Taipei 대만 타이완 taiwan
Asia/Hong_Kong HKT
Asia/Singapore SGT 싱가폴
Asia/Ho_Chi_Minh 베트남 호치민 saigon vietnam
Asia/Bangkok ICT 태국 thailand
Asia/Kuala_Lumpur 말레이시아 malaysia
Asia/Ulaanbaatar 몽골 mongolia
Asia/Kathmandu 네팔 nepal
Asia/Manila PHT 필리핀 philippines
Asia/Kolkata 인도 india
Asia/Jakarta WIB
Asia/Jerusalem 이스라엘 israel
Asia/Karachi PKT 파키스탄 pakistan
Africa/Cairo 이집트 egypt
Africa/Johannesburg SAST 남아공 남아프리카공화국 southafrica
Asia/Dubai 아랍에미리트 uae
Europe/London BST 영국 uk unitedkingdom england britain greatbritain
Europe/Dublin 아일랜드 ireland
Europe/Berlin CET CEST MEZ MESZ MET MEST 독일 germany deutschland münchen 중앙유럽 centraleurope centraleuropean
Europe/Paris 프랑스 france
Europe/Madrid 스페인 spain
Europe/Rome 이탈리아 italy
Europe/Amsterdam 네덜란드 netherlands holland
Europe/Zurich 스위스 switzerland
Europe/Vienna 오스트리아 austria
Europe/Stockholm 스웨덴 sweden
Europe/Oslo 노르웨이 norway
Europe/Copenhagen 덴마크 denmark
Europe/Helsinki 핀란드 finland
Europe/Brussels 벨기에 belgium
Europe/Warsaw 폴란드 poland
Europe/Prague 체코 czechia czechrepublic
Europe/Budapest 헝가리 hungary
Europe/Kyiv 우크라이나 ukraine
Europe/Athens EET EEST 그리스 greece
Europe/Lisbon WET WEST 포르투갈 portugal
Europe/Moscow MSK
Europe/Istanbul 튀르키예 터키 turkey turkiye
America/New_York EST EDT ET EST5EDT eastern 동부 미국동부 미동부 NYC washingtondc
America/Chicago CDT CT CST6CDT central 중부 미국중부 미중부
America/Denver MST MDT MT MST7MDT mountain 산악 미국산악
America/Los_Angeles PST PDT PT PST8PDT pacific 태평양 서부 미국서부 미서부 LA 엘에이 로스엔젤레스 캘리포니아 california
America/Anchorage AKST AKDT
Pacific/Honolulu HST HAST 하와이 hawaii
America/Halifax AST ADT
America/St_Johns NST NDT
Australia/Sydney AEST AEDT
Australia/Adelaide ACST ACDT
Australia/Perth AWST
Pacific/Auckland NZST NZDT NZ 뉴질랜드 newzealand
UTC UTC GMT Z 협정세계시 그리니치 greenwich greenwichmean
"""
_SEVERAL = """
America/Chicago Asia/Shanghai | CST
Asia/Kolkata Asia/Jerusalem Europe/Dublin | IST
America/New_York America/Chicago America/Denver America/Los_Angeles | 미국 us usa america unitedstates
America/Toronto America/Winnipeg America/Edmonton America/Vancouver | 캐나다 canada
Australia/Sydney Australia/Adelaide Australia/Perth | 호주 오스트레일리아 australia
Europe/Moscow Asia/Novosibirsk Asia/Vladivostok | 러시아 russia
America/Sao_Paulo America/Manaus | 브라질 brazil
Asia/Jakarta Asia/Makassar Asia/Jayapura | 인도네시아 indonesia
America/Mexico_City America/Tijuana America/Cancun | 멕시코 mexico
"""
_OFFSET = re.compile(r"(?:utc|gmt)?([+-])(\d{1,2})(?::?([0-5]\d))?")
_CLOCK = re.compile(
    unicodedata.normalize(
        "NFKD", r"(?<=.)(?:표준시간|표준시|시간대|시간|시각|(?:standard|daylight|summer)?time(?:zone)?)$"
    )
)
"""What people write behind a place, or behind hours, and it means the same without."""
_OWN_HOURS = {(1, 9, 0): "Asia/Seoul"}
_OWN_HALVES = {
    (1, 3, 30): "Asia/Tehran",
    (1, 4, 30): "Asia/Kabul",
    (1, 5, 30): "Asia/Kolkata",
    (1, 5, 45): "Asia/Kathmandu",
    (1, 6, 30): "Asia/Yangon",
    (1, 8, 45): "Australia/Eucla",
    (1, 9, 30): "Australia/Darwin",
    (-1, 9, 30): "Pacific/Marquesas",
}
"""Zones that are so far from Greenwich all the year."""
_DASHES = str.maketrans("–−‐", "---")
_FIXED = re.compile(r"Etc/GMT([+-])(\d{1,2})")


def zone_key(text: str) -> str:
    """Return a name as it is compared: without case, accents, blanks and points, and without a "time" behind it.

    Hangul is left in its letters: a half-typed 서우 already finds 서울.
    """
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(char for char in plain if not unicodedata.combining(char) and char not in " _'.")
    return _CLOCK.sub("", plain.translate(_DASHES))


_ZONE = {zone_key(name): zone for zone, *names in map(str.split, _ALIASES.strip().splitlines()) for name in names}
_ZONES = {
    zone_key(name): tuple(zones.split())
    for zones, _, names in (line.partition("|") for line in _SEVERAL.strip().splitlines())
    for name in names.split()
}


def alias(text: str) -> str | None:
    """Return the zone that is meant by a country's name, an abbreviation, or so many hours from Greenwich."""
    plain = zone_key(text)
    return _ZONE.get(plain) or _by_offset(plain)


def several(text: str) -> tuple[str, ...]:
    """Return the zones that may be meant where there is more than one."""
    return _ZONES.get(zone_key(text), ())


def offset_name(zone: str) -> str | None:
    """Return ``UTC+5`` for a zone that is nothing but that: its own name has the sign the wrong way round."""
    fixed = _FIXED.fullmatch(zone)
    return f"UTC{'-' if fixed[1] == '+' else '+'}{fixed[2]}" if fixed else None


def _by_offset(plain: str) -> str | None:
    offset = _OFFSET.fullmatch(plain)
    if not offset:
        return None
    sign, hours, minutes = (-1 if offset[1] == "-" else 1), int(offset[2]), int(offset[3] or 0)
    if minutes:
        return _OWN_HALVES.get((sign, hours, minutes))
    if hours == 0:
        return "UTC"
    fixed = f"Etc/GMT{'-' if sign > 0 else '+'}{hours}" if hours <= (14 if sign > 0 else 12) else None
    return _OWN_HOURS.get((sign, hours, 0), fixed)
