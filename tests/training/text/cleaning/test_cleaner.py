"""Links and mentions go, runs shorten, emoji stay whole, and a message of nothing else is left empty."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bundle.tokenizer import normalise
from training.text.cleaning.cleaner import Cleaner, fold, shorten_runs

EMOJI = [
    "😂",
    "❤️",
    "👍🏽",
    "🙋🏽‍♀️",
    "👨‍👩‍👧‍👦",
    "🏳️‍🌈",
    "❤️‍🔥",
    "🇰🇷",
    "🇸🇸",
    "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "1️⃣",
    "☔",
]


def clean(text: str, *names: str) -> str:
    cleaner = Cleaner()
    for name in names:
        cleaner.meet(name)
    return cleaner.clean(text)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("https://example.com/boardgame?id=42&ref=kakao 이거 해보고 싶어요", "이거 해보고 싶어요"),
        ("이거 봐 http://youtu.be/abc", "이거 봐"),
        ("naver.com 들어가봐", "들어가봐"),
        ("open.kakao.com/o/abc123 들어와", "들어와"),
        ("www.daum.net이야", ""),
        ("https://a.kr/010-1234-5678", ""),
        ("ok.good 3.5 vs 4.5 ㅇㅋ.ㄱㄱ", "ok.good 3.5 vs 4.5 ㅇㅋ.ㄱㄱ"),
    ],
)
def test_links_go(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("@김하늘 룰북 있어요?", "룰북 있어요?"),
        ("야@도윤 뭐해", "야 뭐해"),
        ("@새벽 3시 뭐해", "뭐해"),
        ("@everyone 내일 봐", "내일 봐"),
        ("<@123456789012345678> ㅎㅇ <:pepe:12345678901234567> <#123456789012345678>", "ㅎㅇ"),
        ("@_@ 헐", "@_@ 헐"),
    ],
)
def test_mentions_go(text: str, cleaned: str) -> None:
    assert clean(text, "새벽 3시", "새벽") == cleaned


def test_links_and_mentions_are_counted_apart_from_personal_data() -> None:
    cleaner = Cleaner()
    cleaner.clean("@도윤 https://a.kr naver.com")
    assert cleaner.dropped == {"mentions": 1, "links": 2}
    assert not cleaner.removed


@given(st.sampled_from("ㅋㅎㅠㅜㅡ!?.~아"), st.integers(1, 60))
def test_runs_come_in_a_few_lengths(char: str, count: int) -> None:
    shortened = shorten_runs(char * count)
    assert set(shortened) == {char}
    assert len(shortened) == max(length for length in (1, 2, 3, 5) if length <= count)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [("ㅇㅈㅇㅈㅇㅈㅇㅈㅇㅈ", "ㅇㅈㅇㅈㅇㅈ"), ("하하하하하하하", "하하하하하"), ("10000000", "10000000")],
)
def test_pairs_shorten_and_numbers_do_not(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@given(st.sampled_from(EMOJI), st.integers(1, 12))
def test_emoji_stay_whole(emoji: str, count: int) -> None:
    wanted = max(length for length in (1, 2, 3, 5) if length <= count)
    assert clean("헐" + emoji * count + "굿") == "헐" + emoji * wanted + "굿"


@given(st.lists(st.sampled_from(EMOJI), max_size=20))
def test_neighbours_do_not_break_one_another(row: list[str]) -> None:
    left = shorten_runs("".join(row))
    for emoji in sorted(EMOJI, key=len, reverse=True):
        left = left.replace(emoji, "")
    assert left == ""


@given(st.text(max_size=200))
def test_cleaned_text_is_normal_and_clean_again(text: str) -> None:
    cleaned = clean(text)
    assert cleaned == normalise(cleaned)
    assert shorten_runs(cleaned) == cleaned


@pytest.mark.parametrize(
    "text", ["아 진짜 장난치지마 ㅋㅋㅋ", "???", "ㅎ", "나는 이번주 야근각 ㅠㅠ", '"그 사람"이 왔다, 라고 말했다']
)
def test_ordinary_messages_stay_as_they_are(text: str) -> None:
    assert clean(text) == text


def test_several_lines_become_one() -> None:
    assert clean("좋은 아침입니다\n오늘 비 온대요  우산 챙기세요☔") == "좋은 아침입니다 오늘 비 온대요 우산 챙기세요☔"


def test_digits_of_any_script_and_dashes_fold() -> None:
    assert fold("１２３—٤٥") == "123-45"


@pytest.mark.parametrize("text", ["010-1234-5678", "(010-1234-5678)", "https://a.kr .", "@도윤"])
def test_a_message_of_nothing_else_is_left_empty(text: str) -> None:
    assert clean(text) == ""


@pytest.mark.parametrize(
    "text", ["a" * 100_000, "a." * 50_000, "1-" * 50_000, "가" * 100_000, "ㅋㅎ" * 50_000, "1234 " * 20_000]
)
def test_no_message_takes_long(text: str) -> None:
    start = process_time()
    clean(text)
    assert process_time() - start < 5
