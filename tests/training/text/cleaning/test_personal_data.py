"""No planted number survives, whatever is glued to it; ordinary talk stays as it is."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.text.cleaning import labelled_data
from training.text.cleaning.cleaner import Cleaner
from training.text.cleaning.personal_data import KINDS, take_out

PLANTED = {
    "mobile": [
        "010-1234-5678",
        "01012345678",
        "010 1234 5678",
        "010.1234.5678",
        "010 - 1234 - 5678",
        "(010)1234-5678",
        "010)1234-5678",
        "+82 10-1234-5678",
        "+82-10-1234-5678",
        "8210-1234-5678",
        "010----1234----5678",
        "+82(0)10-1234-5678",
        "011-234-5678",
        "019.234.5678",
        "공일공-1234-5678",
        "공일공일이삼사오육칠팔",
    ],
    "landline": [
        "02-123-4567",
        "02)1234-5678",
        "(031)123-4567",
        "0511234567",
        "064 123 4567",
        "070-1234-5678",
        "+82-2-123-4567",
    ],
    "resident_number": [
        "900101-1234567",
        "9001011234567",
        "900101 - 1234567",
        "900101.2234567",
        "900101-1******",
        "050505 3234567",
    ],
    "foreigner_number": ["900101-5234567", "9001016234567", "900101 7234567"],
    "passport": ["M12345678", "m12345678", "M123A4567", "M 123 A 4567", "S-12345678", "JM1234567"],
    "drivers_licence": [
        "11-24-123456-78",
        "28 01 123456 78",
        "11.24.123456.78",
        "서울 12-345678-90",
        "경기12-345678-90",
    ],
    "business_number": ["123-45-67890", "123 45 67890", "123.45.67890"],
    "card": [
        "1234-5678-9012-3456",
        "1234 5678 9012 3456",
        "1234.5678.9012.3456",
        "4111111111111111",
        "3782-822463-10005",
        "1234-56**-****-3456",
    ],
    "bank_account": [
        "110-123-456789",
        "1002-123-456789",
        "123456-01-123456",
        "3333-01-1234567",
        "3333 01 1234567",
        "110.123.456789",
        "301-1234-5678-91",
        "301 1234 5678 91",
        "123-456789-01234",
        "9002-1234-5678-1",
        "110123456789",
        "1000 2656 0759",
        "3333-02-1234567",
    ],
    "email": [
        "abc.def@naver.com",
        "a_b+c@mail.example.co.kr",
        "abc @ naver.com",
        "abc골뱅이naver.com",
        "abc(at)gmail.com",
        "abc@naver",
    ],
    "address": [
        "서울특별시 강남구 테헤란로 123",
        "서울시강남구역삼동825-20번지",
        "역삼동 825-20",
        "경기도 성남시 분당구 불정로 6",
        "부산광역시 해운대구 우동 1435, 101동 1203호",
        "테헤란로4길 12",
        "불정로 432번길 8",
        "세종대로 110 3층",
        "충남 천안시 동남구 목천읍 삼성리 12-3",
        "래미안아파트 101동 1203호",
        "우편번호 06234",
    ],
}
CASES = [(kind, datum) for kind, data in PLANTED.items() for datum in data]
WIDE = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})
GLUE = st.text("가나다라마바사아자차카타파하이야임거야로ㅋㅠ!?~ \n", max_size=12)


def leaves_of(datum: str) -> list[str]:
    """Return the stretches of a datum that would give it away: groups of three digits and more."""
    digits = "".join(char if char.isdigit() else " " for char in datum)
    return [group for group in digits.split() if len(group) >= 3]


def test_every_kind_is_planted() -> None:
    assert set(PLANTED) | set(labelled_data.KINDS) == set(KINDS)


@pytest.mark.parametrize(("kind", "datum"), CASES)
def test_a_datum_goes_and_is_counted_once(kind: str, datum: str) -> None:
    cleaner = Cleaner()
    cleaned = cleaner.clean(f"그거 {datum} 맞아")
    assert cleaned == "그거 맞아"
    assert cleaner.removed == {kind: 1}


@pytest.mark.parametrize(("kind", "datum"), [case for case in CASES if case[0] != "address"])
def test_full_width_forms_go_too(kind: str, datum: str) -> None:
    cleaner = Cleaner()
    assert cleaner.clean(f"그거 {datum.translate(WIDE)} 맞아") == "그거 맞아"
    assert cleaner.removed == {kind: 1}


@given(case=st.sampled_from(CASES), before=GLUE, after=GLUE)
def test_nothing_planted_survives_whatever_is_glued_to_it(case: tuple[str, str], before: str, after: str) -> None:
    kind, datum = case
    cleaner = Cleaner()
    cleaned = cleaner.clean(before + datum + after)
    assert not any(leaf in cleaned for leaf in leaves_of(datum))
    assert "@" not in cleaned
    assert cleaner.removed[kind] >= 1 or cleaner.removed.total() >= 1


NUMBERS = [case for case in CASES if case[0] not in {"address", "email"}]


@given(
    cases=st.lists(st.sampled_from(NUMBERS), min_size=2, max_size=4),
    between=st.sampled_from(["이고", " 이랑 ", "ㅋㅋ", ", 또는 "]),
)
def test_several_in_one_message_all_go(cases: list[tuple[str, str]], between: str) -> None:
    cleaner = Cleaner()
    cleaned = cleaner.clean(between.join(datum for _, datum in cases))
    assert not any(char.isdigit() for char in cleaned)
    assert cleaner.removed.total() >= len(cases)


@given(st.text("0123456789-. 가로동길@ab", max_size=60))
def test_what_was_cleaned_has_nothing_left_to_take_out(text: str) -> None:
    cleaned = Cleaner().clean(text)
    again = Cleaner()
    again.clean(cleaned)
    assert set(again.removed) <= {"email"}  # what is left of a broken address may look like a shorter one


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-17에 보자",
        "2024년 3월 17일 오후 2:00",
        "[공지] 3월 번개 1. 일시 : 3월 16일 토요일 오후 2:00 2. 장소 : 성수역 2번 출구 앞 3. 회비: 10,000원",
        "2024-03-17 14:30",
        "2024-03-17 1430",
        "2024.03.17-2024.03.20 여행",
        "24.03.17 3/17 20240317",
        "14:30~16:00",
        "3-2로 이겼어",
        "100-98 25-23-25",
        "친구가 3-2로 이김 우리 3-2로 이김",
        "주문번호 20240317-0012345",
        "주문번호 2024031712345",
        "주문 123456789012",
        "송장번호 123456789012",
        "10000000000원 12,345,678원",
        "로또 12 23 34 41 42 45",
        "국밥333 ㅋㅋ",
        "앞으로 3일 집으로 2명 버스로 20분 카드로 30000원",
        "지하철로 2호선 강남역 2번 출구 앞",
        "이대로 10분이면 됨 다시 위로 10 올려",
        "운동 3-4번 활동 2-3시간",
        "2021 2022 2023 2024",
        "임진왜란 1592-1598",
        "7시 30분 500ml 3.14159265358979",
        "iPhone 15 RTX4090 i7-12700 A4 100장",
        "100 200 300 400",
        "1000 2000 3000",
        "010 뭐였지",
        "서울 강남구 살아",
        "부산 가면 3시간 걸려",
        "카톡 1000개 쌓임 1+1=2",
    ],
)
def test_ordinary_talk_stays(text: str) -> None:
    cleaner = Cleaner()
    assert cleaner.clean(text) == text
    assert not cleaner.removed


def test_real_talk_is_left_alone_but_for_real_numbers(shared: Path) -> None:
    lines = (shared / "data/text/3i4k/fci_train_val.txt").read_text(encoding="utf-8").splitlines()[:10_000]
    cleaner = Cleaner()
    for line in lines:
        cleaner.clean(line)
    # Numbers read out in words, and a password: they are what they look like.
    assert set(cleaner.removed) <= {"mobile", "passcode"}
    assert cleaner.removed.total() < 30


@given(
    groups=st.lists(
        st.integers(3, 6).flatmap(lambda n: st.text("0123456789", min_size=n, max_size=n)), min_size=3, max_size=4
    )
)
def test_no_group_of_a_removed_number_is_left_hanging(groups: list[str]) -> None:
    removed: Counter[str] = Counter()
    left = take_out(f"계좌 {'-'.join(groups)}야", removed)
    assert not removed or not any(char.isdigit() for char in left)
