"""The vocabulary: frequent morphemes whole, the rest in parts, and only what several people said may come out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bundle import SPECIALS, UNKNOWN, Tokenizer
from training.text.tokenization.vocabulary import build

Said = list[tuple[str, tuple[str, ...]]]

SAID: Said = [("지민", ("▁밥", "먹자")), ("소연", ("▁밥", "▁밥")), ("지민", ("▁술",)), ("소연", ("▁술", "▁가"))]
ROOM: Said = [
    ("지민", ("▁여행", "▁여행사", "▁비번", "ㅋㅋ")),
    ("소연", ("▁여행", "▁여행사", "▁뷁쉙", "ㅋㅋ")),
    ("지민", ("▁여행", "▁비번", "▁비번", "▁여행이")),
    ("소연", ("▁쉙", "▁여행")),
]


def built(said: Said = ROOM, size: int = 2000, often: int = 1) -> Tokenizer:
    return build([line for _, line in said], [who for who, _ in said], size, often=often, fewest_uses=3)


def wholes(tokenizer: Tokenizer) -> tuple[str, ...]:
    assert tokenizer.rare
    return tokenizer.pieces[len(SPECIALS) : len(SPECIALS) + tokenizer.rare.wholes]


def test_the_most_frequent_morphemes_are_pieces_and_keep_their_counts() -> None:
    tokenizer = built(SAID)
    assert wholes(tokenizer) == ("▁밥", "▁술")
    assert tokenizer.counts[: len(SPECIALS) + 2] == (0, 4, 4, 3, 2)


def test_what_was_not_said_often_is_no_piece_but_may_come_out() -> None:
    tokenizer = built(SAID, often=3)
    assert wholes(tokenizer) == ("▁밥",)
    assert tokenizer.knows("▁술")


def test_what_is_no_piece_is_spelt_and_never_unknown() -> None:
    tokenizer = built(size=1)
    for _, line in ROOM:
        assert UNKNOWN not in tokenizer.ids_of(line)
        assert tokenizer.morphemes(tokenizer.ids_of(line)) == [*line]


def test_what_two_people_said_may_come_out_however_rare_it_is() -> None:
    tokenizer = built(size=1)
    assert wholes(tokenizer) == ("▁여행",)
    assert tokenizer.rare
    assert dict(tokenizer.rare.counts) == {"▁여행사": 2, "ㅋㅋ": 2}


def test_what_one_person_alone_said_may_not_however_often() -> None:
    tokenizer = built()
    assert not tokenizer.knows("▁비번")
    assert not tokenizer.knows("▁뷁쉙")


@pytest.mark.parametrize("who", ["", "지민"])
def test_where_no_two_people_have_a_name_what_was_said_twice_may_come_out(who: str) -> None:
    tokenizer = built([(who, line) for _, line in ROOM])
    assert tokenizer.knows("▁비번")
    assert not tokenizer.knows("▁뷁쉙")


@given(st.permutations(ROOM))
def test_the_order_of_the_lines_makes_no_difference(said: Said) -> None:
    assert built(said).to_json() == built().to_json()


def test_a_part_that_spells_often_is_a_piece_and_another_is_spelt_in_jamo() -> None:
    tokenizer = built([("지민", ("▁뷁",)), ("소연", ("▁뷁",)), *(("소연", (f"▁쉙{end}",)) for end in "가나다")])
    assert "▁쉙↝" in tokenizer.pieces
    assert not {"가", "나", "다"} & {*tokenizer.pieces}


def test_what_a_base_voice_knows_need_not_be_said_often_to_be_a_piece_and_spells_what_is_not() -> None:
    said = [*ROOM, ("지민", ("▁여행지",)), ("소연", ("▁등산지",)), ("지민", ("▁나무지",))]
    lines, speakers = [line for _, line in said], [who for who, _ in said]
    known = ("▁여행사", "▁비번", "지", "▁남남", "▁나무↝")
    tokenizer = build(lines, speakers, often=3, fewest_uses=4, known=known)
    assert wholes(tokenizer) == ("▁여행", "▁여행사"), "said by two, and not only by 지민, as the secret"
    assert "지" in tokenizer.pieces, "spells two"
    assert not {"▁남남", "▁나무↝", "▁비번"} & {*tokenizer.pieces}
    plain = build(lines, speakers, often=3, fewest_uses=4)
    assert wholes(plain) == ("▁여행",)
    assert "지" not in plain.pieces


@pytest.mark.parametrize(("said", "size"), [([], 10), ([("지민", ())], 10), (SAID[:1], 10), (SAID, 0)])
def test_a_vocabulary_of_nothing_is_refused(said: Said, size: int) -> None:
    with pytest.raises(ValueError, match=r"none|nothing"):
        built(said, size)
