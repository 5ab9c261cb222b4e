"""Windows of a conversation: whole messages, letters dealt anew in each, and only what counts is learnt."""

import numpy as np

from bot.bundle import END, LETTERS, START, UNKNOWN
from training.text.scene.turns import NOTHING, Turns, Windows, collate

VOCABULARY = 50
DEAL = np.arange(LETTERS)
A, B = VOCABULARY, VOCABULARY + 1


def conversation(*, speakers: list[int] | None = None, counts: list[bool] | None = None) -> Turns:
    """Five messages in two conversations."""
    pieces = [[3, 4], [5], [6, UNKNOWN, 7], [8], [9, 10]]
    return Turns(
        pieces,
        np.array(speakers or [70, 80, 70, 70, 90]),
        np.array([True, False, False, True, False]),
        np.array(counts or [True] * 5),
    )


def windows(turns: Turns, context: int = 100) -> Windows:
    return Windows(turns, VOCABULARY, context, seed=1)


def test_a_window_is_letters_pieces_and_ends_of_one_conversation_as_far_as_they_fit() -> None:
    whole = windows(conversation())
    assert whole.window(0, 3, DEAL).ids.tolist() == [START, A, 3, 4, END, B, 5, END, A, 6, UNKNOWN, 7]
    assert len(whole[0].ids) == 12
    assert len(whole[3].ids) == len([START, A, 8, END, B, 9, 10])
    short = windows(conversation(), context=8)
    assert short[0].ids[-1] == 5
    assert whole.disjoint() == [0, 3]
    assert short.disjoint() == [0, 2, 3]


def test_targets_are_what_follows_without_what_is_unknown_or_does_not_count() -> None:
    turns = conversation(counts=[True, False, True, True, True])
    row = windows(turns).window(0, 3, DEAL)
    assert row.targets.tolist() == [A, 3, 4, END, NOTHING, NOTHING, NOTHING, A, 6, NOTHING, 7, END]
    only = windows(turns).window(0, 2, DEAL, only_last=True)
    assert only.targets.tolist() == [NOTHING] * 4 + [B, 5, END]


def test_letters_are_dealt_anew_in_each_window_and_tell_who_is_the_same_and_nothing_else() -> None:
    turns = Turns([[3]] * 300, np.arange(300) % 3, np.arange(300) == 0, np.ones(300, np.bool_))
    some = Windows(turns, VOCABULARY, 30, seed=1)
    firsts = set()
    for index in range(200):
        ids = some[index].ids
        letters = ids[ids >= VOCABULARY]
        firsts.add(int(letters[0]))
        assert letters[0] == letters[3] != letters[1]
        np.testing.assert_array_equal(some[index].ids, ids)
    assert len(firsts) == LETTERS
    crowd = Windows(Turns([[3]] * 20, np.arange(20), np.arange(20) == 0, np.ones(20, np.bool_)), VOCABULARY, 99, seed=1)
    assert max(crowd[0].ids) < VOCABULARY + LETTERS


def test_a_message_is_measured_after_as_much_of_its_conversation_as_fits_or_after_another_one() -> None:
    whole, short = windows(conversation()), windows(conversation(), context=10)
    assert [whole.first_before(place) for place in range(5)] == [0, 0, 0, 3, 3]
    assert short.first_before(2) == 1
    other = whole.after_others(2, 4, DEAL)
    assert other.ids.tolist() == [START, A, 8, END, A, 6, UNKNOWN, 7]
    assert other.targets.tolist() == [NOTHING] * 3 + [A, 6, NOTHING, 7, END]
    assert whole.after_others(1, 0, DEAL).ids.tolist() == [START, B, 5]


def test_a_message_longer_than_the_window_is_cut() -> None:
    long = Turns([list(range(3, 40))] * 2, np.array([1, 2]), np.array([True, False]), np.array([True, True]))
    some = Windows(long, VOCABULARY, 12, seed=1)
    assert all(len(some[index].ids) < 12 for index in range(2))


def test_a_batch_is_filled_up_with_what_does_not_count() -> None:
    some = windows(conversation())
    ids, targets = collate([some[0], some[3]])
    assert ids.shape == targets.shape == (2, 12)
    assert (targets[1, 7:] == NOTHING).all()
