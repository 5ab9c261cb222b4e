"""What counts as a blank, and what a button remembers of a line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bundle import normalise
from bot.features.fill.request import CUSTOM_ID, MOST_BLANKS, Request
from bot.features.typed import MOST_CHARACTERS
from bot.i18n import UnknownButtonError, UserFacingError


@pytest.mark.parametrize(
    ("line", "around"),
    [
        ("오늘 ___ 먹자", ["오늘 ", " 먹자"]),
        ("오늘 __ 먹자", ["오늘 ", " 먹자"]),
        ("  오늘 ______  먹자 ", ["오늘 ", " 먹자"]),
        ("오늘 ＿＿＿ 먹자", ["오늘 ", " 먹자"]),
        ("오늘 빈칸 먹자", ["오늘 ", " 먹자"]),
        ("오늘 [빈칸] 먹자", ["오늘 ", " 먹자"]),
        ("오늘 (빈 칸)을 먹자", ["오늘 ", "을 먹자"]),
        ("오늘 ( ) 먹자", ["오늘 ", " 먹자"]),
        ("오늘 [] 먹자", ["오늘 ", " 먹자"]),
        ("오늘 □□ 먹자", ["오늘 ", " 먹자"]),
        ("오늘 ○○ 먹자", ["오늘 ", " 먹자"]),
        ("오늘 … 먹자", ["오늘 ", " 먹자"]),
        ("오늘 ... 먹자", ["오늘 ", " 먹자"]),
        ("___ 먹자", ["", " 먹자"]),
        ("오늘 ___", ["오늘 ", ""]),
        ("교수님___ 오셨다", ["교수님", " 오셨다"]),
        ("___은 ___이다", ["", "은 ", "이다"]),
        ("아니... ___ 먹자...", ["아니... ", " 먹자..."]),
    ],
)
def test_a_blank_is_what_people_write_for_one(line: str, around: list[str]) -> None:
    assert Request.checked(line, 0.8).around == around


@pytest.mark.parametrize("line", ["오늘 _ 먹자", "snake_case", "오늘. 먹자..", "( ㅋ )", ""])
def test_what_is_no_blank_is_none(line: str) -> None:
    with pytest.raises(UserFacingError) as refused:
        Request.checked(line, 0.8)
    assert "`/fill 오늘 ___ 먹자`" in refused.value.sentence("en-US")
    assert "`/채워 오늘 ___ 먹자`" in refused.value.sentence("ko")


def test_the_limits_are_said() -> None:
    Request.checked("가 " + "__ " * MOST_BLANKS, 0.8)
    Request.checked("__" + "가" * (MOST_CHARACTERS - 2), 0.8)
    for line in ("가 " + "__ " * (MOST_BLANKS + 1), "__" + "가" * (MOST_CHARACTERS - 1)):
        with pytest.raises(UserFacingError) as refused:
            Request.checked(line, 0.8)
        assert any(str(limit) in refused.value.sentence("ko") for limit in (MOST_BLANKS, MOST_CHARACTERS))


@given(st.text(max_size=30), st.text(max_size=30), st.floats(0, 2))
def test_a_button_remembers_all_but_the_seed(before: str, after: str, temperature: float) -> None:
    if not normalise(before + after).strip("_ "):
        return
    try:
        request = Request.checked(f"{before} ___ {after}", temperature, 7)
    except UserFacingError:
        return
    custom_id = request.custom_id()
    if custom_id is None:
        return
    assert len(custom_id) <= 100
    assert CUSTOM_ID.fullmatch(custom_id)
    assert Request.of_button(custom_id) == Request(request.line, request.temperature)


@pytest.mark.parametrize(
    "custom_id",
    ["fill:", "fill:0.8:", "fill:0.8:밥", "fill:9:오늘 __", "fill:0.8:" + "가" * 300 + "__", "fill:x:__ 가"],
)
def test_a_button_that_no_version_made_is_refused(custom_id: str) -> None:
    with pytest.raises(UnknownButtonError):
        Request.of_button(custom_id)
