"""The held-out messages are the last sessions, whole, and what is new in them."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.bundle import SPECIALS, Tokenizer
from training.text.evaluate import SplitChat
from training.text.held_out import FEWEST, count_repeated, first_held_out, first_validation, new_positions


def test_held_out_begins_at_the_session_nearest_to_the_share() -> None:
    assert first_held_out(100, [0, 40, 85, 96], 0.1) == 85
    assert first_held_out(100, [0, 40, 85, 91], 0.1) == 91


def test_one_long_session_is_cut_by_count() -> None:
    assert first_held_out(100, [0], 0.2) == 80


def test_the_best_epoch_is_chosen_by_whole_sessions_before_what_is_held_out_half_as_many() -> None:
    sessions = list(range(0, 400, 4))
    first = first_held_out(400, sessions, 0.1)
    validation = first_validation(first, sessions, 0.1)
    assert (first, validation) == (360, 340)
    assert first_validation(2, [0, 1, 2, 3], 0.1) == 1


@given(st.lists(st.integers(1, 30), min_size=2, max_size=20), st.floats(0.01, 0.5))
def test_no_session_is_cut_and_neither_side_is_empty(lengths: list[int], share: float) -> None:
    edges = [0]
    for length in lengths:
        edges.append(edges[-1] + length)
    first = first_held_out(edges[-1], edges[:-1], share)
    assert first in edges[1:-1]
    wanted = edges[-1] * (1 - share)
    widest = max(b - a for a, b in pairwise(edges))
    assert abs(first - wanted) <= widest + 1


def test_what_training_has_or_was_said_before_is_not_new() -> None:
    fresh = [f"밥 {number} 그릇" for number in range(FEWEST)]
    assert new_positions(["응", *fresh, fresh[0], "ㅋㅋ"], ["응", "ㅋㅋ"]) == list(range(1, FEWEST + 1))


def test_a_chat_that_only_repeats_itself_is_held_out_whole() -> None:
    assert new_positions(["응", "밥", "응"], ["응"]) == [0, 1, 2]


def test_how_many_held_out_messages_were_said_before() -> None:
    assert count_repeated(["ㅋㅋ", "응", "ㅋㅋ", "그래"], ["ㅋㅋ", "아니", "그래"]) == 3


def test_the_share_of_what_was_said_before_is_told_where_enough_is_new() -> None:
    def repeated(new: int) -> float:
        held_out = [f"새 말 {number}" for number in range(new)] + ["ㅋㅋ"] * 300
        positions = new_positions(held_out, ["ㅋㅋ"])
        tokenizer = Tokenizer([*SPECIALS, "▁ㅋㅋ"], [9] * (len(SPECIALS) + 1))
        return SplitChat([("ㅋㅋ",)], [(text,) for text in held_out], positions, tokenizer, []).repeated

    assert repeated(FEWEST) == 300 / (300 + FEWEST)
    assert repeated(FEWEST - 1) == 0
