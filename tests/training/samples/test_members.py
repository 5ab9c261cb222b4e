"""Friends call one another as Koreans do, and each types in a way of their own."""

from random import Random

import pytest

from training.samples.members import BY_NAME, called, typed


@pytest.mark.parametrize(
    ("speaker", "person", "particle", "right"),
    [
        ("현지", "윤혜", "야", "윤혜야"),
        ("현지", "은결", "야", "은결아"),
        ("현지", "은결", "가", "은결이가"),
        ("현지", "윤혜", "는", "윤혜는"),
        ("현지", "서진", "이야", "서진이야"),
        ("현지", "정훈", "야", "정훈 오빠"),
        ("현지", "정훈", "이", "정훈 오빠가"),
        ("은결", "다빈", "가", "다빈이 형이"),
        ("은결", "정훈", "이랑", "정훈이 형이랑"),
        ("다빈", "정훈", "야", "정훈아"),
    ],
)
def test_each_calls_the_other_by_age_and_last_syllable(speaker: str, person: str, particle: str, right: str) -> None:
    assert called(BY_NAME[speaker], BY_NAME[person], particle, Random(1)) == right


def test_laughter_has_the_length_of_the_one_who_laughs() -> None:
    curt = {typed(BY_NAME["서진"], "ㅋㅋㅋㅋㅋㅋㅋ", Random(seed)) for seed in range(20)}
    loud = {typed(BY_NAME["다빈"], "ㅋㅋ", Random(seed)) for seed in range(20)}
    assert curt == {"ㅋㅋ"}
    assert min(map(len, loud)) >= 5


def test_the_pedant_never_slips_and_links_and_placeholders_stay_as_they_are() -> None:
    assert {typed(BY_NAME["민서"], "다 됐어", Random(seed)) for seed in range(50)} == {"다 됐어"}
    assert {typed(BY_NAME["현지"], "사진 3장", Random(seed)) for seed in range(50)} == {"사진 3장"}
