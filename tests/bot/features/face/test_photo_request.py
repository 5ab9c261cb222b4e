"""What a button under a photo remembers: all of it, in a hundred characters, and nothing that was not written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.face.photo_request import EVERY, MOST_EDITS, PHOTO_ID, PHOTO_MENU, PhotoRequest
from training.faces.data.labels import ATTRIBUTES

STRENGTHS = st.integers(-300, 300).map(lambda hundredths: hundredths / 100)
EDITS = st.dictionaries(st.sampled_from(ATTRIBUTES), STRENGTHS, max_size=MOST_EDITS).map(
    lambda edits: (*edits.items(),)
)
REQUESTS = st.builds(
    PhotoRequest, EDITS, st.frozensets(st.sampled_from(sorted(EVERY))), st.integers(0, 2**64 - 1), st.booleans()
)


@given(REQUESTS, st.sampled_from(["more", "less", "show", "open", "all", 1, 24]))
def test_a_button_remembers_all_of_it_in_a_hundred_characters(request_: PhotoRequest, act: "str | int") -> None:
    custom_id = request_.custom_id(act)  # type: ignore[arg-type] - drawn from what it takes
    assert len(custom_id) <= 100
    match = PHOTO_ID.fullmatch(custom_id)
    assert match
    assert PhotoRequest.of_button(match, ATTRIBUTES) == request_
    assert match["act"] == str(act)


@given(REQUESTS)
def test_so_does_a_menu(request_: PhotoRequest) -> None:
    match = PHOTO_MENU.fullmatch(request_.custom_id("edits"))
    assert match
    assert PhotoRequest.of_button(match, ATTRIBUTES) == request_


def test_another_list_of_attributes_leaves_old_buttons_what_they_were() -> None:
    custom_id = PhotoRequest((("Smiling", 1.5),), frozenset({1})).custom_id("more")
    match = PHOTO_ID.fullmatch(custom_id)
    assert match
    assert PhotoRequest.of_button(match, ["Big_Nose", "Smiling"]).edits == (("Smiling", 1.5),)
    with pytest.raises(LookupError):
        PhotoRequest.of_button(match, ["Big_Nose"])


def test_more_and_less_are_of_the_last_change_and_end_at_three() -> None:
    request = PhotoRequest((("Bangs", 1.0), ("Smiling", 2.8)), frozenset({1}))
    assert request.after("more").edits == (("Bangs", 1.0), ("Smiling", 3.0))
    assert request.after("less").edits == (("Bangs", 1.0), ("Smiling", 2.3))


def test_what_was_chosen_before_keeps_its_strength_and_its_place() -> None:
    request = PhotoRequest((("Bangs", 1.0), ("Smiling", 2.5)), frozenset({1}))
    assert request.after("edits", ["Eyeglasses", "Smiling", "Bangs"]).edits == (
        ("Bangs", 1.0),
        ("Smiling", 2.5),
        ("Eyeglasses", 1.5),
    )


@pytest.mark.parametrize("values", [["0"], ["25"], ["-1"], ["one"], ["٣"], [""]])
def test_a_number_that_no_menu_offers_is_no_face(values: list[str]) -> None:
    assert PhotoRequest((), frozenset({1})).after("faces", values).faces == frozenset()
