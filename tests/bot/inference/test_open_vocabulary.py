"""A voice with an open vocabulary: it spells, and says whole morphemes that several people said, and no other."""

import numpy as np
import pytest

from bot.bundle import ALPHABET, END, SPECIALS, Rare, Tokenizer, VerbatimFilter
from bot.bundle.verbatim import Held, Spelling
from bot.inference.batching import alone
from bot.inference.decoder import Aim
from bot.inference.speaker import Speaker, rngs, typed_beginning
from tests.bot.inference.networks import OfOneLength

WHOLES = ("▁우리", "▁여행", "가", "자")
PIECES = (*SPECIALS, *WHOLES, *ALPHABET, "사", "지", "▁여행↝", "행↝")
TOKENIZER = Tokenizer(PIECES, [5] * len(PIECES), Rare(len(WHOLES), {"▁여행사": 2, "▁여행지": 2}))


class Likes(OfOneLength):
    """A network that likes some pieces in one order, after a part those that are none, and hates the end."""

    def __init__(self, *order: str) -> None:
        self.order = [PIECES.index(piece) for piece in order]

    def logits(self, ids: np.ndarray) -> np.ndarray:
        rows = np.zeros((len(ids), len(PIECES)), dtype=np.float32)
        rows[:, self.order] = 9 * np.arange(len(self.order), 0, -1)
        inside = [TOKENIZER.goes_on[last] for last in ids[:, -1]]
        rows[np.outer(inside, TOKENIZER.goes_on)] = 0
        rows[:, END] = -99
        return rows


def test_a_spelt_morpheme_is_one_piece() -> None:
    utterance = Speaker(Likes("▁여행↝", "사"), TOKENIZER).say("우리", 2)
    assert utterance.pieces == ("▁여행사", "▁여행사")
    assert utterance.text == "우리 여행사 여행사"


def test_no_morpheme_comes_out_that_the_vocabulary_has_not() -> None:
    assert Speaker(Likes("▁여행↝", "가", "행↝", "자", "지"), TOKENIZER).say("우리", 1).pieces == ("가",)
    assert Speaker(Likes("▁여행↝", "지", "가", "행↝", "자"), TOKENIZER).say("우리", 1).pieces == ("▁여행지",)
    assert Speaker(Likes("행↝", "사", "자"), TOKENIZER).say("우리", 2).pieces == ("자", "자")


@pytest.mark.parametrize("temperature", [0.7, 2.0])
def test_nobodys_morpheme_is_never_drawn(temperature: float) -> None:
    sayable = {*WHOLES, "▁여행사", "▁여행지"}
    for seed in range(20):
        pieces = Speaker(Likes("행↝", "▁여행↝"), TOKENIZER).say("뷁쉙", 5, temperature, seed).pieces
        assert len(pieces) == 5
        assert {*pieces} <= sayable


def test_what_is_typed_and_cannot_come_out_is_named() -> None:
    utterance = Speaker(Likes("▁여행↝", "사"), TOKENIZER).say("김뷁 여행사 우리", 1)
    assert utterance.unknown == ("김뷁",)
    assert utterance.text == "김뷁 여행사 우리 여행사"


def test_a_spelt_morpheme_that_would_end_a_passage_is_turned_aside_from_as_a_whole() -> None:
    heard = VerbatimFilter.of(Held([Spelling.of("우리 여행사").letters]))
    assert Speaker(Likes("▁여행↝", "사", "지"), TOKENIZER, heard).say("우리", 1).pieces == ("▁여행지",)
    both = VerbatimFilter.of(Held([Spelling.of(f"우리 여행{end}").letters for end in "사지"]))
    assert Speaker(Likes("▁여행↝", "사", "지", "자"), TOKENIZER, both).say("우리", 1).pieces == ("자",)


def test_a_refused_line_counts_whole_morphemes() -> None:
    speaker = Speaker(Likes("▁여행↝", "사", "지"), TOKENIZER)
    line = "우리 여행사 우리 여행사 우리 여행사"
    assert speaker.say("우리 여행사 우리 여행사 우리", 1).text == line
    refused = frozenset({line})
    assert speaker.say("우리 여행사 우리 여행사 우리", 1, refused=refused).pieces == ("▁여행지",)
    assert speaker.say("여행지 우리 여행사 우리 여행사 우리", 1, refused=refused).pieces == ("▁여행지",)
    assert speaker.say("우리 여행사 우리", 1, refused=refused).pieces == ("▁여행사",)


class Spells(OfOneLength):
    """A network that begins a rare morpheme and goes on to one that may come out with a ``share`` of its chances."""

    def __init__(self, share: float) -> None:
        self.share = share

    def logits(self, ids: np.ndarray) -> np.ndarray:
        chances = np.full((len(ids), len(PIECES)), 1e-9, np.float32)
        for row, last in zip(chances, ids[:, -1], strict=True):
            after = (
                {"사": self.share, "가": 1 - self.share} if TOKENIZER.goes_on[last] else {"▁여행↝": 0.8, "▁우리": 0.2}
            )
            row[[PIECES.index(piece) for piece in after]] = list(after.values())
        return np.log(chances)


@pytest.mark.parametrize(("share", "said"), [(0.02, range(6)), (0.9, range(20, 41))])
def test_a_morpheme_is_spelt_as_often_as_the_voice_would_spell_one_that_may_come_out(share: float, said: range) -> None:
    speaker = Speaker(Spells(share), TOKENIZER)
    assert [speaker.say("우리", 1, 1.0, seed).pieces for seed in range(40)].count(("▁여행사",)) in said


class Guesses(OfOneLength):
    """A network that mostly goes on with 우리, and now and then with a rare morpheme, of which any is as likely."""

    def __init__(self, tokenizer: Tokenizer, letters: str) -> None:
        self.tokenizer, self.letters = tokenizer, letters

    def logits(self, ids: np.ndarray) -> np.ndarray:
        chances = np.full((len(ids), len(self.tokenizer)), 1e-9, np.float32)
        for row, last in zip(chances, ids[:, -1], strict=True):
            after = {"▁우리": 0.57, "▁여행↝": 0.03, "</s>": 0.4}
            if self.tokenizer.goes_on[last]:
                after = dict.fromkeys(self.letters, 1 / len(self.letters))
            row[[self.tokenizer.pieces.index(piece) for piece in after]] = list(after.values())
        return np.log(chances)


def test_a_sentence_with_a_morpheme_that_hardly_anybody_would_say_there_is_given_up_where_others_are_whole() -> None:
    letters = "사지자차카타파하나다라마바아어여오요우유으이고노도로모보소조초코토포호구"
    pieces = (*SPECIALS, "▁우리", "▁여행↝", *dict.fromkeys([*ALPHABET, *letters]))
    rare = {f"▁여행{letter}": 2 for letter in letters}
    tokenizer = Tokenizer(pieces, [5] * len(pieces), Rare(1, rare))
    speaker = Speaker(Guesses(tokenizer, letters), tokenizer)
    beginning, _ = typed_beginning("우리", tokenizer)
    aim = Aim(4, 2.0, speaker._guards.of(frozenset()))
    for wanted, has_rare in ((True, False), (False, True)):
        draws = alone(speaker._decoder.draws(beginning, aim, rngs((1,), 40), only_whole=wanted))
        assert any("여행" in draw.now.text for draw in draws) is has_rare
