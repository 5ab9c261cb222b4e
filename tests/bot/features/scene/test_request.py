"""A request is what a member meant, and buttons remember it and nothing else."""

import pytest

from bot.features.scene.request import USUAL_TURNS, Request, further_id, temperature_of
from bot.features.typed import MOST_CHARACTERS
from bot.i18n import UnknownButtonError, UserFacingError


def test_a_number_behind_the_word_is_the_number_of_turns_where_it_can_be_one() -> None:
    asked = {word: Request.typed(word, None, 0.8, None) for word in ("윤혜 6", "윤혜", "윤혜 9", "6", "월드컵 2026")}
    assert {word: (request.word, request.turns) for word, request in asked.items()} == {
        "윤혜 6": ("윤혜", 6),
        "윤혜": ("윤혜", USUAL_TURNS),
        "윤혜 9": ("윤혜 9", USUAL_TURNS),
        "6": ("6", USUAL_TURNS),
        "월드컵 2026": ("월드컵 2026", USUAL_TURNS),
    }
    assert Request.typed("윤혜 6", 3, 0.8, None).word == "윤혜 6"


def test_a_button_remembers_all_but_the_seed_and_nothing_too_long() -> None:
    request = Request.checked("오늘: 뭐 먹지 🎉", 6, 0.75, seed=5)
    custom_id = request.custom_id()
    assert custom_id is not None
    assert Request.of_button(custom_id) == Request("오늘: 뭐 먹지 🎉", 6, 0.75)
    assert Request.checked("가" * 90, 6, 0.75).custom_id() is None
    assert Request.checked("가", 6, 0).livelier(0.8).temperature == pytest.approx(0.8)
    assert temperature_of(further_id(0.75)) == pytest.approx(0.75)


@pytest.mark.parametrize(
    "custom_id", ["scene:9:0.8:가", "scene:1:0.8:가", "scene:3:9:가", "scene:3:1:\u200b", "scene:"]
)
def test_what_no_version_made_is_no_request(custom_id: str) -> None:
    with pytest.raises(UnknownButtonError):
        Request.of_button(custom_id)


@pytest.mark.parametrize("custom_id", ["scene-on:", "scene-on:9", "scene-on:0.8:가"])
def test_nor_is_it_a_scene_to_go_on_with(custom_id: str) -> None:
    with pytest.raises(UnknownButtonError):
        temperature_of(custom_id)


def test_a_word_has_something_visible_and_an_end() -> None:
    for word in ("", " \u200b ", "가" * (MOST_CHARACTERS + 1)):
        with pytest.raises(UserFacingError):
            Request.typed(word, None, 0.8, None)
