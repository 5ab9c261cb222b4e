"""The text under which a member finds what was said, how to repeat it, and who wrote it."""

from dataclasses import replace
from typing import Any

from bot.features.say.formatting import answer
from bot.features.say.request import Request
from bot.groups.group import Group
from bot.groups.settings import GroupSettings
from bot.inference.speaker import Utterance

MODELS: Any = None
GROUP = Group(MODELS, GroupSettings(0.8))
"""Its words are said already."""


def _said(text: str = "윤혜야 생일 축하해 🎉", unknown: tuple[str, ...] = ()) -> Utterance:
    return Utterance(text, (), 7, unknown, -1.5)


def _asked(temperature: float = 0.8) -> Request:
    return Request("윤혜", 5, temperature)


def test_the_small_print_has_the_seed_and_says_that_a_model_wrote_it() -> None:
    assert answer(_said(), _asked(), GROUP, "ko").splitlines() == [
        "윤혜야 생일 축하해 🎉",
        "-# 🎲 7 · AI 모델이 지어낸 말이에요",
    ]
    assert answer(_said(), _asked(), GROUP, "en-US").splitlines()[1] == "-# 🎲 7 · a model wrote this"


def test_what_several_people_say_is_not_called_made_up() -> None:
    said = replace(_said(), everybodys=True)
    assert answer(said, _asked(), GROUP, "ko").splitlines()[1] == "-# 🎲 7 · 여럿이 쓰는 말에서 AI 모델이 골랐어요"


def test_an_unusual_temperature_is_shown_for_the_seed_alone_does_not_repeat_it() -> None:
    assert "엉뚱함 1.2" in answer(_said(), _asked(1.2), GROUP, "ko")
    assert "엉뚱함" not in answer(_said(), _asked(), GROUP, "ko")


def test_a_count_found_in_the_word_is_told() -> None:
    asked = Request.typed("*윤혜* 3", None, 0.8, None)
    assert answer(_said(), asked, GROUP, "ko").splitlines()[1] == (
        r"-# ‘\*윤혜\*’ 다음에 3개 더 (끝의 숫자는 개수로 읽었어요)"
    )
    assert answer(_said(), asked, GROUP, "en-US").splitlines()[1] == (
        r"-# “\*윤혜\*” and 3 more (the last number is n)"
    )
    assert len(answer(_said(), Request.typed("윤혜", 3, 0.8, None), GROUP, "ko").splitlines()) == 2


def test_words_never_seen_are_named_once_and_harmless() -> None:
    lines = answer(_said(unknown=("킹받네", "**뷁**", "킹받네")), _asked(), GROUP, "ko").splitlines()
    assert lines[1] == r"-# 처음 보는 말: 킹받네, \*\*뷁\*\*"


def test_several_lines_are_shown_as_they_are_and_none_is_a_list() -> None:
    lines = answer(_said("오늘 뭐 해\n1. 밥\n- 잠"), _asked(), GROUP, "ko").splitlines()
    assert lines[:3] == ["오늘 뭐 해", r"1\. 밥", r"\- 잠"]


def test_the_longest_answer_fits_into_a_message_with_its_small_print() -> None:
    text = answer(_said("*" * 5000, ("_" * 900,)), _asked(1.2), GROUP, "ko")
    assert len(text) <= 2000
    assert text.splitlines()[-1].startswith("-# 🎲 7")


def test_who_stands_in_for_a_group_says_so() -> None:
    stand_in = replace(GROUP, stands_in=True)
    assert answer(_said(), _asked(), stand_in, "ko").endswith("지어낸 말이에요 · 이 방이 아니라 지어낸 방의 말투예요")
    assert stand_in.note("en-US", picked=True) == "a model wrote this · an invented group's voice, not this one's"
