"""A button remembers how a photo is painted; pure."""

import pytest

from bot.bundle import Style
from bot.features.style.lookup import matching, name_of, named
from bot.features.style.request import STYLE_ID, STYLE_MENU, StyleRequest

KEYS = ["starry", "우리 벽화", "wave"]
STYLES = [
    Style("starry", {"ko": "별이 빛나는 밤", "en": "Starry night"}),
    Style("우리 벽화", {"en": "우리 벽화"}),
    Style("wave", {"ko": "파도 판화", "en": "Wave print"}),
]


@pytest.mark.parametrize(
    "request_",
    [
        StyleRequest(),
        StyleRequest(("starry",), 75, True),
        StyleRequest(("wave", "우리 벽화"), 25, False),
    ],
)
def test_a_button_remembers_all_of_it_within_discords_limit(request_: StyleRequest) -> None:
    written = request_.custom_id("colours")
    assert len(written) <= 100
    match = STYLE_ID.fullmatch(written)
    assert match is not None
    assert StyleRequest.of_button(match, KEYS) == request_
    assert STYLE_MENU.fullmatch(request_.custom_id("pick3"))


def test_a_style_that_is_gone_is_not_taken_for_another() -> None:
    match = STYLE_ID.fullmatch(StyleRequest(("starry",)).custom_id("more"))
    assert match is not None
    with pytest.raises(LookupError):
        StyleRequest.of_button(match, ["wave"])


def test_the_strength_has_ends() -> None:
    request = StyleRequest(("starry",), 50)
    for _ in range(9):
        request = request.after("more", KEYS)
    assert request.strength == 100
    for _ in range(9):
        request = request.after("less", KEYS)
    assert request.strength == 25


def test_again_is_another_style_while_there_is_one() -> None:
    assert StyleRequest(("starry", "wave")).after("again", KEYS).styles == ("우리 벽화",)
    assert StyleRequest(("starry",)).after("again", ["starry"]).styles == ("starry",)


def test_of_more_styles_than_can_be_mixed_the_first_are_taken() -> None:
    assert StyleRequest().in_styles(["wave", "wave", "starry", "우리 벽화"]).styles == ("wave", "starry")


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("별이 빛나는밤", "starry"),
        (" STARRY  night ", "starry"),
        ("3", "wave"),
        ("우리벽화", "우리 벽화"),
        ("4", None),
        ("", None),
    ],
)
def test_a_style_is_found_by_any_of_its_names_or_its_number(typed: str, key: str | None) -> None:
    style = named(typed, STYLES)
    assert (style.key if style else None) == key


def test_what_is_typed_so_far_finds_names_in_every_language() -> None:
    assert [style.key for style in matching("판", STYLES)] == ["wave"]
    assert [style.key for style in matching("night", STYLES)] == ["starry"]
    assert len(matching("", STYLES)) == 3


def test_a_style_has_its_name_in_the_readers_language_if_it_has_one() -> None:
    assert [name_of(STYLES[0], locale) for locale in ("ko", "en-US", "fr")] == ["별이 빛나는 밤", *2 * ["Starry night"]]
    assert name_of(STYLES[1], "ko") == "우리 벽화"
