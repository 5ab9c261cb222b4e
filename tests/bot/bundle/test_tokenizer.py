"""Text survives the way through pieces and ids, and training and serving number it alike."""

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.bundle import ALPHABET, BEGIN, SPECIALS, UNKNOWN, BundleError, Piece, Rare, Tokenizer, normalise

EMOJI = [
    "👨‍👩‍👧‍👦",
    "🇰🇷",
    "1️⃣",
    "#️⃣",
    "👍🏽",
    "❤️",
    "☺︎",
    "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "🏳️‍🌈",
    "🙂‍↔️",
    "❤️‍🔥",
    "👩🏽‍🤝‍👨🏻",
    "ℹ️",
    "‼️",
    "〰️",
    "🩷",
    "🐦‍🔥",
]
INVISIBLE = [
    "\u200b",
    "\u200c",
    "\u200d",
    "\u2060",
    "\ufeff",
    "\ufe0f",
    "\xad",
    "\u034f",
    "\u202e",
    "\x00",
    "\x07",
    "\ud83d",
    "\U000e0041",
]
BLANK = [" ", "\n", "\t", "\u3000", "\xa0", "\u3164", "\u2800", "\u115f", "\u1160", "\uffa0"]

typed = st.text() | st.lists(
    st.sampled_from(
        [*EMOJI, *INVISIBLE, *BLANK, *"가나ㅋ1#^☆👍🏽🏴▁_e=", "\u0301", "\u0338", "\u20e3", "\u1100", "\u1161"]
    )
).map("".join)


@given(typed)
@example("=\u200b\u0338")
@example("\ufe0f가")
def test_normalising_twice_changes_nothing_more(text):
    once = normalise(text)
    assert normalise(once) == once


@given(typed)
def test_normal_text_has_single_spaces_and_is_composed(text):
    normal = normalise(text)
    assert normal == " ".join(normal.split())
    assert unicodedata.is_normalized("NFC", normal)
    assert BEGIN not in normal


@pytest.mark.parametrize("unseen", INVISIBLE)
@pytest.mark.parametrize("around", ["축하{}해", "{}축하해", "축하해{}", "축{0}{0}하해", "a{}b", "^{}^", "1{}2"])
def test_no_invisible_character_stays(around, unseen):
    assert normalise(around.format(unseen)) == around.format("")


def test_invisible_characters_alone_are_nothing():
    assert normalise("".join(INVISIBLE) + "".join(BLANK)) == ""


@pytest.mark.parametrize("blank", BLANK)
def test_every_kind_of_blank_is_a_space(blank):
    assert normalise(f"{blank}생일{blank}{blank}축하해{blank}") == "생일 축하해"


@pytest.mark.parametrize("emoji", EMOJI)
def test_emoji_stay_whole(emoji):
    assert normalise(f"축하해{emoji}{emoji} {emoji}야") == f"축하해{emoji}{emoji} {emoji}야"


def test_hidden_tags_do_not_ride_on_just_any_symbol():
    assert normalise("🎉\U000e0068\U000e0069") == "🎉"


def tokenizer_of(pieces, counts=None):
    return Tokenizer([*SPECIALS, *pieces], [0, 0, 0, *(counts or [1] * len(pieces))])


@given(st.lists(st.text(st.sampled_from("가나다🎉1?"), min_size=1), min_size=1))
def test_known_text_comes_back_from_its_ids(words):
    letters = {letter for word in words for letter in word}
    tokenizer = tokenizer_of(sorted({*letters, *(BEGIN + letter for letter in letters)}))
    ids = tokenizer.encode(" ".join(words))
    assert UNKNOWN not in ids
    assert tokenizer.decode(ids) == normalise(" ".join(words))


@given(typed)
def test_split_loses_nothing_of_what_was_typed(text):
    pieces = tokenizer_of(["▁가", "나", "👍", "1"]).split(text)
    assert "".join(piece.text for piece in pieces).replace(BEGIN, " ").strip() == normalise(text)


def test_serving_numbers_text_as_training_did():
    pieces = ["▁윤혜", "야", "▁생일", "▁축하", "해", "▁🎉"]
    tokenizer = tokenizer_of(pieces)
    assert tokenizer.encode("윤혜야  생일 축하해 🎉") == tokenizer.ids_of(pieces)


def test_takes_the_more_probable_way():
    tokenizer = tokenizer_of(["▁아", "니야", "▁아니", "야"], [1, 1, 50, 50])
    assert [piece.text for piece in tokenizer.split("아니야")] == ["▁아니", "야"]


def test_neighbouring_unknown_characters_are_one_unknown_piece():
    assert tokenizer_of(["▁윤혜", "야"]).split("뷁쉙 윤혜뷁쉙야") == [
        Piece("▁뷁쉙", (UNKNOWN,), is_known=False),
        Piece("▁윤혜", (3,), is_known=True),
        Piece("뷁쉙", (UNKNOWN,), is_known=False),
        Piece("야", (4,), is_known=True),
    ]


def test_an_unknown_word_is_not_broken_at_a_rare_known_letter():
    tokenizer = tokenizer_of(["▁윤혜", "야", "의"], [9000, 990, 1])
    assert [piece.text for piece in tokenizer.split("뷁의쉙야")] == ["▁뷁의쉙", "야"]


def test_what_pieces_can_write_is_written_in_them():
    rare = tokenizer_of(["▁아", "의", "▁흔한"], [1, 1, 10**9])
    assert UNKNOWN not in rare.encode("아" + "의" * 300)


def test_unknown_words_stay_apart():
    assert [piece.text for piece in tokenizer_of(["가"]).split("뷁 쉙")] == ["▁뷁", "▁쉙"]


def test_typed_special_pieces_are_no_special_pieces():
    assert tokenizer_of(["▁가"]).encode("<s> </s> <unk>") == [UNKNOWN] * 3


def test_special_pieces_are_silent():
    assert tokenizer_of(["▁가", "나"]).decode([1, 3, 0, 4, 2]) == "가나"


def test_a_file_brings_the_same_tokenizer_back(tmp_path):
    tokenizer = tokenizer_of(["▁가", "나", "▁👨‍👩‍👧"], [5, 3, 2])
    (tmp_path / "tokenizer.json").write_text(tokenizer.to_json(), encoding="utf-8")
    opened = Tokenizer.open(tmp_path / "tokenizer.json")
    assert (opened.pieces, opened.counts) == (tokenizer.pieces, tokenizer.counts)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "Expecting value"),
        ("[]", "not a tokenizer"),
        ('{"pieces": ["<unk>", "<s>", "</s>"]}', "counts"),
        ('{"pieces": ["<s>", "</s>"], "counts": [1, 1]}', "first pieces"),
        ('{"pieces": ["<unk>", "<s>", "</s>"], "counts": [1]}', "1 counts"),
        ('{"pieces": ["<unk>", "<s>", "</s>", "가", "가"], "counts": [1, 1, 1, 1, 1]}', "twice"),
    ],
)
def test_what_is_no_tokenizer_is_refused(tmp_path, content, reason):
    (tmp_path / "tokenizer.json").write_text(content, encoding="utf-8")
    with pytest.raises(BundleError, match=reason):
        Tokenizer.open(tmp_path / "tokenizer.json")


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '{"pieces": ["<unk>", "<s>", "</s>", "a"], "counts": [1, 1, 1, Infinity]}',
        '{"pieces": ["<unk>", "<s>", "</s>", "a"], "counts": [1, 1, 1, 1' + "0" * 400 + "]}",
        '{"pieces": ["<unk>", "<s>", "</s>", "a"], "counts": [1, 1, 1, -5]}',
    ],
)
def test_a_tokenizer_nobody_could_have_made_is_one_sentence(text: str, tmp_path: Path) -> None:
    (tmp_path / "tokenizer.json").write_text(text, encoding="utf-8")
    with pytest.raises(BundleError, match=r"tokenizer\.json"):
        Tokenizer.open(tmp_path / "tokenizer.json")


def open_tokenizer(rare=(), wholes=("▁여행", "을", "▁가"), parts=("사", "자", "▁여행↝", "행↝")):
    pieces = [*SPECIALS, *wholes, *ALPHABET, *parts]
    return Tokenizer(pieces, [5] * len(pieces), Rare(len(wholes), dict.fromkeys(rare, 2)))


OPEN = open_tokenizer(["▁여행사", "▁뷁", "😂"])


@given(typed)
@example("漢字 뷁쉙 ㅋㅋㅎ \u1161\u11a8 \u1112 가↝나 ▁ ↝0↝1")
@example("\U0010fffd\u0301")
def test_an_open_vocabulary_knows_no_unknown_and_gives_every_text_back(text):
    ids = OPEN.encode(text)
    assert UNKNOWN not in ids
    assert OPEN.decode(ids) == normalise(text)


@given(typed)
def test_whatever_morphemes_training_cuts_come_back_whole(text):
    morphemes = [piece for word in normalise(text).split() for piece in (BEGIN + word[:2], word[2:]) if piece]
    ids = OPEN.ids_of(morphemes)
    assert OPEN.morphemes(ids) == morphemes


def test_every_part_of_a_rare_morpheme_but_its_last_says_that_it_goes_on():
    assert [OPEN.pieces[index] for index in OPEN.ids_of(["▁여행사", "을"])] == ["▁여행↝", "사", "을"]
    ids = OPEN.ids_of(["▁뷁😂"])
    assert [OPEN.goes_on[index] for index in ids] == [True] * (len(ids) - 1) + [False]


def sayable(tokenizer, unfinished=()):
    """Return every morpheme that can come out, piece by piece."""
    for index in tokenizer.may_follow(unfinished):
        if tokenizer.goes_on[index]:
            yield from sayable(tokenizer, (*unfinished, index))
        else:
            yield tokenizer.joined((*unfinished, index))


def test_piece_by_piece_the_morphemes_of_the_vocabulary_come_out_and_no_other():
    assert sorted(sayable(OPEN)) == sorted(["▁여행", "을", "▁가", "▁여행사", "▁뷁", "😂"])
    assert sorted(sayable(tokenizer_of(["▁가", "나"]))) == sorted(["▁가", "나"])


def test_what_was_typed_is_understood_though_it_cannot_come_out():
    (piece,) = OPEN.split("김뷁자")
    assert (piece.is_known, OPEN.decode(piece.ids)) == (False, "김뷁자")
    assert "▁김뷁자" not in sayable(OPEN)


def test_ids_that_end_inside_a_morpheme_say_which_parts_it_has():
    ids = OPEN.ids_of(["▁가", "▁여행사"])
    assert OPEN.unfinished(ids) == ()
    assert OPEN.unfinished(ids[:-1]) == (ids[1],)
    assert OPEN.morphemes(ids[:-1]) == ["▁가", "▁여행"]


def test_digits_that_are_no_character_say_nothing():
    digits = [index for index, piece in enumerate(OPEN.pieces) if piece == "↝d"]
    assert OPEN.decode(digits) == ""
    assert OPEN.decode(digits * 6) == ""


def test_an_open_vocabularys_file_brings_it_back(tmp_path):
    (tmp_path / "tokenizer.json").write_text(OPEN.to_json(), encoding="utf-8")
    opened = Tokenizer.open(tmp_path / "tokenizer.json")
    assert (opened.pieces, opened.counts, opened.rare) == (OPEN.pieces, OPEN.counts, OPEN.rare)
    assert sorted(sayable(opened)) == sorted(sayable(OPEN))


@pytest.mark.parametrize(
    "changes",
    [{"pieces": [*SPECIALS, "가"], "counts": [0, 0, 0, 1]}, {"rare": ["가"]}, {"rare": {"가": -1}}, {"wholes": 1e9}],
)
def test_a_damaged_open_vocabulary_is_refused(tmp_path, changes):
    content = json.loads(OPEN.to_json()) | changes
    (tmp_path / "tokenizer.json").write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(BundleError, match="not a tokenizer"):
        Tokenizer.open(tmp_path / "tokenizer.json")
