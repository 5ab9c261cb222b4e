"""What fills a gap: how many morphemes, in what spacing, nobody's words, and the same again for the same seed."""

from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from bot.bundle import END, SPECIALS, UNKNOWN, Tokenizer, VerbatimFilter
from bot.bundle.verbatim import Held, Spelling
from bot.inference.batching import alone
from bot.inference.filler import LONGEST, Filler, SharedPhrases

PIECES = (*SPECIALS, "▁오늘", "▁먹자", "▁치킨", "▁삼겹살", "▁같이", "은", "는", "이", "요", "▁교수", "님")
IDS = {piece: index for index, piece in enumerate(PIECES)}


class Likes:
    """A network that likes some pieces by what stands last on the left, the likeliest first, and else the end."""

    def __init__(self, by_last: Mapping[str, tuple[str, ...]]) -> None:
        self.by_last = by_last
        self.rights: list[list[int]] = []

    def logits(self, left: np.ndarray, right: np.ndarray) -> np.ndarray:
        self.rights += right.tolist()
        rows = np.zeros((len(left), len(PIECES)), dtype=np.float32)
        for row, ids in zip(rows, left, strict=True):
            liked = self.by_last.get(PIECES[ids[-1]], ())
            row[[IDS[piece] for piece in liked]] = np.arange(len(liked), 0, -1) * 5
            row[END] = 2
        return rows


@pytest.fixture
def tokenizer() -> Tokenizer:
    return Tokenizer(PIECES, [9] * len(PIECES))


MEAL = Likes({"▁오늘": ("▁치킨", "▁삼겹살", "는"), "<s>": ("▁같이",)})


def test_a_gap_is_filled_by_the_likeliest(tokenizer: Tokenizer) -> None:
    filled = alone(Filler(MEAL, tokenizer).filling(["오늘 ", " 먹자"]))
    assert filled is not None
    assert filled.text == "오늘 치킨 먹자"


@pytest.mark.parametrize(
    ("around", "text"),
    [
        (["오늘", " 먹자"], "오늘은 먹자"),
        (["교수", " 오늘"], "교수는 오늘"),
        (["오늘 ", "을 먹자"], "오늘 치킨을 먹자"),
        (["오늘 ", "를 먹자"], "오늘 교수를 먹자"),
    ],
)
def test_a_particle_in_a_gap_or_typed_after_it_goes_with_the_letter_before(
    tokenizer: Tokenizer, around: list[str], text: str
) -> None:
    network = Likes({"▁오늘": ("▁치킨", "▁교수", "는", "은"), "▁교수": ("은", "는") if around[0] == "교수" else ()})
    filled = alone(Filler(network, tokenizer).filling(around))
    assert filled is not None
    assert filled.text == text


@pytest.mark.parametrize(("around", "text"), [(["", " 먹자"], "같이 먹자"), (["오늘 ", ""], "오늘 치킨")])
def test_a_gap_may_stand_at_either_end(tokenizer: Tokenizer, around: list[str], text: str) -> None:
    filled = alone(Filler(MEAL, tokenizer).filling(around))
    assert filled is not None
    assert filled.text == text


def test_a_filling_goes_on_where_the_gap_is_not_full_and_no_further_than_allowed(tokenizer: Tokenizer) -> None:
    going_on = Likes({"▁오늘": ("▁교수",), "▁교수": ("님",), "님": ("은",), "은": ("은",)})
    filled = alone(Filler(going_on, tokenizer).filling(["오늘 ", " 먹자"]))
    assert filled is not None
    assert filled.text == "오늘 교수님은 먹자"
    assert LONGEST == 3


def test_what_stands_right_is_read_whole_and_another_gap_as_unknown(tokenizer: Tokenizer) -> None:
    network = Likes({"▁오늘": ("▁치킨",), "▁먹자": ("▁같이",)})
    filled = alone(Filler(network, tokenizer).filling(["오늘 ", "은 먹자 ", " 오늘"]))
    assert filled is not None
    assert filled.text == "오늘 치킨은 먹자 같이 오늘"
    ids = tokenizer.ids_of(["은", "▁먹자"])
    assert [*ids, UNKNOWN, IDS["▁오늘"], END] in network.rights
    assert network.rights[-1] == [IDS["▁오늘"], END]


def test_a_seed_repeats_and_others_differ(tokenizer: Tokenizer) -> None:
    filler = Filler(Likes({}), tokenizer)
    lines = [alone(filler.filling(["오늘 ", " 먹자"], 1.5, seed)) for seed in (1, 1, 2, 3, 4, 5, 6)]
    assert lines[0] == lines[1]
    assert len({line.text for line in lines if line}) > 1


def verbatim(*messages: str) -> VerbatimFilter:
    return VerbatimFilter.of(Held((), {Spelling.of(message).letters for message in messages}))


def test_the_line_is_nobodys_message_word_for_word(tokenizer: Tokenizer) -> None:
    filled = alone(Filler(MEAL, tokenizer, verbatim("오늘 치킨 먹자!")).filling(["오늘 ", " 먹자"]))
    assert filled is not None
    assert filled.text == "오늘 삼겹살 먹자"


def test_a_passage_does_not_come_to_its_end_in_or_behind_a_gap(tokenizer: Tokenizer) -> None:
    passages = VerbatimFilter.of(Held({Spelling.of(passage).letters for passage in ("치킨 먹자 같", "늘 삼겹살")}))
    filled = alone(Filler(MEAL, tokenizer, passages).filling(["오늘 ", " 먹자 같이"]))
    assert filled is not None
    assert "치킨" not in filled.text
    assert "삼겹살" not in filled.text


def test_what_the_member_typed_themselves_may_stay(tokenizer: Tokenizer) -> None:
    held = VerbatimFilter.of(Held({Spelling.of("먹자 같이").letters}, {Spelling.of("오늘 먹자 같이").letters}))
    filled = alone(Filler(MEAL, tokenizer, held).filling(["오늘 ", " 먹자 같이"]))
    assert filled is not None
    assert filled.text == "오늘 치킨 먹자 같이"


def test_a_refused_line_is_not_said(tokenizer: Tokenizer) -> None:
    filler = Filler(MEAL, tokenizer)
    filled = alone(filler.filling(["오늘 ", " 먹자"], refused=frozenset({"오늘 치킨 먹자"})))
    assert filled is not None
    assert filled.text == "오늘 삼겹살 먹자"


def test_where_everything_is_held_back_there_is_no_line(tokenizer: Tokenizer) -> None:
    everything = [piece.removeprefix("▁") for piece in PIECES[3:] if piece.startswith("▁")]
    filler = Filler(Likes({}), tokenizer, verbatim(*(f"{word} 먹자" for word in everything)))
    assert alone(filler.filling(["", " 먹자"])) is None


def test_no_word_is_said_twice_in_a_row(tokenizer: Tokenizer) -> None:
    network = Likes({"▁오늘": ("▁오늘", "▁먹자", "▁삼겹살")})
    filled = alone(Filler(network, tokenizer).filling(["오늘 ", " 먹자"]))
    assert filled is not None
    assert filled.text == "오늘 삼겹살 먹자"


def test_a_vocabulary_with_nothing_to_go_on_with_leaves_the_gap() -> None:
    words = Tokenizer(PIECES[:8], [9] * 8)
    network = Likes({})
    assert alone(Filler(network, words).filling(["오늘", " 먹자"])) is None
    assert network.rights == []


class Knows:
    """Phrases of a room in which one piece alone goes between any two others."""

    def __init__(self, piece: str) -> None:
        self.piece = piece

    def between(self, left: Sequence[int], right: Sequence[int]) -> np.ndarray:
        assert (left[-1], right[0]) == (IDS["▁오늘"], IDS["▁먹자"])
        scores = np.full(len(PIECES), -20.0)
        scores[IDS[self.piece]] = 0
        return scores


@pytest.mark.parametrize(("weight", "filling"), [(0.3, "같이"), (0.999, "치킨")])
def test_phrases_that_the_room_shares_count_as_training_weighed_them(
    tokenizer: Tokenizer, weight: float, filling: str
) -> None:
    filled = alone(Filler(MEAL, tokenizer, phrases=SharedPhrases(Knows("▁같이"), weight)).filling(["오늘 ", " 먹자"]))
    assert filled is not None
    assert filled.text == f"오늘 {filling} 먹자"


def test_what_may_not_stand_in_a_gap_is_not_said_however_usual_it_is(tokenizer: Tokenizer) -> None:
    for piece in ("은", "</s>"):
        filled = alone(Filler(MEAL, tokenizer, phrases=SharedPhrases(Knows(piece), 0.5)).filling(["오늘 ", " 먹자"]))
        assert filled is not None
        assert filled.text == "오늘 치킨 먹자"
