"""Personal data as people really write it goes, whatever the disguise; what merely looks like it stays."""

from pathlib import Path
from time import process_time

import pytest

from training.text.cleaning.cleaner import Cleaner

FOLDER = Path(__file__).parent / "personal"
# A kind and its cases; what must not be left stands between ‹ and ›.
CASES = [
    (kind, case.strip())
    for line in (FOLDER / "disguised.txt").read_text(encoding="utf-8").splitlines()
    for kind, _, cases in [line.partition(": ")]
    for case in cases.split(" | ")
]
SENTENCES = (FOLDER / "ordinary.txt").read_text(encoding="utf-8").splitlines()


def secrets_of(case: str) -> list[str]:
    return [part.partition("›")[0] for part in case.split("‹")[1:]]


def test_there_are_enough_of_both() -> None:
    assert len(CASES) >= 150
    assert len(SENTENCES) >= 120


@pytest.mark.parametrize(("kind", "case"), CASES)
@pytest.mark.parametrize("around", ["{}", "야 그거 {} 맞지ㅋㅋ"])
def test_what_is_disguised_goes_and_is_counted(kind: str, case: str, around: str) -> None:
    cleaner = Cleaner()
    cleaned = cleaner.clean(around.format(case.replace("‹", "").replace("›", "")))
    assert not [secret for secret in secrets_of(case) if secret in cleaned]
    assert cleaner.removed.total() + cleaner.dropped["mentions"] >= 1, kind


@pytest.mark.parametrize("sentence", SENTENCES)
def test_what_is_ordinary_stays(sentence: str) -> None:
    cleaner = Cleaner()
    assert cleaner.clean(sentence) == sentence
    assert not cleaner.removed


UNITS = [
    *(
        "010 ",
        "1 ",
        "1-",
        "1234 ",
        "010ㅡ1234ㅡ",
        "👨\u200d👩\u200d",
        "주문 12345678901 ",
        "a@a.",
        "비번 12 ",
        "인스타 a_",
    ),
    *(
        "가동 1",
        "공일공",
        "일이삼사",
        "1.2.",
        "37.1234 ",
        "12가 ",
        "생일 99",
        "서울 강남구 ",
        "a at b dot ",
        "백동 ",
        "\ud800",
    ),
]


@pytest.mark.parametrize("unit", UNITS)
def test_a_line_of_a_megabyte_takes_hardly_longer_than_one_of_ten_kilobytes(unit: str) -> None:
    # A hundred times the text; were it even linear all the way, it would be a hundred times the time.
    short, long = _seconds(unit, 10_000), _seconds(unit, 1_000_000)
    assert long < 20 * short + 0.5


@pytest.mark.parametrize(
    "unit", ["010 ", "👨\u200d👩\u200d", "주문번호 1", "1234 ", "공일", "12-", "a@", "비번 ", "생일 9"]
)
def test_time_grows_with_a_text_and_not_with_its_square(unit: str) -> None:
    short, long = (min(_seconds(unit, size) for _ in range(3)) for size in (2_500, 10_000))
    assert long < 9 * short + 0.05


def _seconds(unit: str, size: int) -> float:
    start = process_time()
    Cleaner().clean((unit * (size // len(unit) + 1))[:size])
    return process_time() - start
