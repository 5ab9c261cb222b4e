"""A song: its form, its refrain, lines of one length that are sung once and rhyme, and nothing of what is held back."""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from bot.bundle import BEGIN, END, SPECIALS, START, Tokenizer, VerbatimFilter
from bot.bundle.verbatim import Held, Spelling
from bot.inference.batching import alone
from bot.inference.rhymes import rhyme, syllables
from bot.inference.songwriter import FORMS, Song, Songwriter
from tests.bot.inference.networks import OfOneLength

WORDS = (
    *("오늘", "내일", "우리", "다시", "밤새", "바다", "라면", "사진", "시험", "노래", "나는", "너는", "아침", "저녁"),
    *("먹자", "가자", "웃자", "운다", "간다", "온다", "좋아", "몰라", "보고", "쉬고", "싶어", "있어", "없어", "걸어"),
)
PIECES = (*SPECIALS, *(BEGIN + word for word in WORDS), BEGIN + "ㅋㅋㅋ", BEGIN + "🎉", "ㅋㅋ", "은", "는", "을")
SAMPLES = 6


class Room(OfOneLength):
    """A network that goes on from each word in a few ways of its own, by the line before too, and ends after four."""

    def __init__(self) -> None:
        self.read: set[tuple[int, ...]] = set()

    def logits(self, ids: np.ndarray) -> np.ndarray:
        self.read |= {tuple(row) for row in ids.tolist()}
        return np.stack([self._after(row) for row in ids.tolist()]).astype(np.float32)

    def _after(self, row: Sequence[int]) -> np.ndarray:
        marks = [place for place, piece in enumerate(row) if piece in {START, END}]
        length = len(row) - marks[-1] - 1
        logits = _liked(row[-1], len(marks)).copy()
        logits[END] = 6 if length >= 4 else -6
        return logits


@cache
def _liked(last: int, line: int) -> np.ndarray:
    return np.random.default_rng([last, line]).normal(0, 1, len(PIECES))


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer(PIECES, [9] * len(PIECES))


def songs(
    writer: Songwriter, word: str = "라면", lines: int = 8, count: int = SAMPLES, **settings: object
) -> list[Song]:
    written = [alone(writer.writing(word, lines, seed, **settings)) for seed in range(count)]  # type: ignore[arg-type]
    assert all(written)
    return [song for song in written if song is not None]


@pytest.mark.parametrize("lines", FORMS)
def test_the_refrain_begins_with_the_word_and_comes_after_every_verse(tokenizer: Tokenizer, lines: int) -> None:
    for song in songs(Songwriter(Room(), tokenizer), lines=lines, count=3):
        in_verse, in_refrain = FORMS[lines]
        assert len(song.lines) == lines
        assert [len(verse) for verse in song.verses] == [in_verse, in_verse]
        assert len(song.refrain) == in_refrain
        assert song.refrain[0].startswith("라면 ")
        assert song.title.startswith("라면")
        assert song.lines[-in_refrain:] == song.refrain == song.lines[in_verse : in_verse + in_refrain]


def test_the_second_verse_begins_with_the_word_and_another_one_is_about_it_too(tokenizer: Tokenizer) -> None:
    room = Room()
    writer = Songwriter(room, tokenizer)
    for song in songs(writer, count=3):
        assert song.verses[1][0].startswith("라면 ")
        room.read.clear()
        alone(writer.adding(song, 2))
        about = (START, *tokenizer.encode(song.refrain[0]), END)
        assert about in room.read
        assert all(row[: len(about)] == about for row in room.read if row.count(END) > 1)


def test_what_is_no_sentence_to_the_voice_is_sung_only_where_there_is_nothing_else(tokenizer: Tokenizer) -> None:
    class Voice(OfOneLength):
        def logits(self, ids: np.ndarray) -> np.ndarray:
            logits = np.zeros((len(ids), len(PIECES)), np.float32)
            logits[:, [place for place, piece in enumerate(PIECES) if piece.endswith(unliked)]] = -20
            return logits

    plain = songs(Songwriter(Room(), tokenizer), count=3)
    sung = [word for song in plain for line in song.lines[:2] for word in line.split()]
    unliked = tuple({*sung} - {"라면"})[:8]
    judged = songs(Songwriter(Room(), tokenizer, voice=Voice()), count=3)
    often = [
        sum(line.count(word) for song in written for line in song.lines for word in unliked)
        for written in (plain, judged)
    ]
    assert often[1] < often[0] / 2


def test_nothing_of_one_day_in_the_year_is_sung_in_a_song_about_anything_else() -> None:
    class Party(Room):
        """A room that often speaks of birthdays, whatever was said before."""

        def logits(self, ids: np.ndarray) -> np.ndarray:
            return np.pad(super().logits(np.minimum(ids, len(PIECES) - 1)), ((0, 0), (0, 1)), constant_values=1.5)

    writer = Songwriter(Party(), Tokenizer((*PIECES, BEGIN + "생일"), [9] * (len(PIECES) + 1)))

    def of_birthdays(word: str) -> int:
        return sum("생일" in line for song in songs(writer, word) for line in song.lines[1:])

    assert of_birthdays("라면") == 0
    assert of_birthdays("생일") > SAMPLES


def test_no_line_is_sung_twice_but_the_refrain_and_none_is_laughter(tokenizer: Tokenizer) -> None:
    for song in songs(Songwriter(Room(), tokenizer)):
        own = [*song.refrain, *(line for verse in song.verses for line in verse)]
        assert len({Spelling.of(line).letters for line in own}) == len(own)
        assert not any(sign in line for line in own for sign in "ㅋ🎉")


def test_lines_are_about_as_long_and_rhyme_far_more_often_than_by_chance(tokenizer: Tokenizer) -> None:
    written = songs(Songwriter(Room(), tokenizer))
    pairs = [pair for song in written for pair in ((song.verses[0]), (song.verses[1]), song.refrain)]
    ends = [line for pair in pairs for line in pair]
    by_chance = np.mean([rhyme(one, other) > 0 for one, other in pairwise(ends[::3])])
    assert np.mean([rhyme(*pair) > 0 for pair in pairs]) > 0.4 > 2 * by_chance
    off = [abs(syllables(line) - syllables(song.refrain[0])) for song in written for line in song.lines]
    assert max(off) <= 3


def test_a_line_is_read_with_the_lines_before_it(tokenizer: Tokenizer) -> None:
    room = Room()
    (song,) = songs(Songwriter(room, tokenizer), count=1)
    for before in ((song.refrain[0],), (song.refrain[0], song.verses[0][0])):
        assert (START, *(index for line in before for index in (*tokenizer.encode(line), END))) in room.read
    assert max(sum(piece == END for piece in row) for row in room.read) <= 3 + 1  # what was drawn ends, too


def test_a_seed_writes_the_same_song_and_another_seed_another(tokenizer: Tokenizer) -> None:
    first, again, other = (alone(Songwriter(Room(), tokenizer).writing("라면", 8, seed)) for seed in (5, 5, 6))
    assert first == again != other


def test_another_verse_sings_what_was_not_sung_yet(tokenizer: Tokenizer) -> None:
    writer = Songwriter(Room(), tokenizer)
    for song in songs(writer, count=4):
        verse = alone(writer.adding(song, 2))
        assert len(verse) == 2
        assert not {*verse} & {*song.lines}
        assert verse == alone(writer.adding(song, 2))


@pytest.mark.parametrize(
    "word", ["양자역학", "🎉", "hello world", "ㅋㅋㅋㅋ", "<@123>", "가" * 30, "오늘 우리 라면", "?"]
)
def test_any_word_can_be_sung_about(tokenizer: Tokenizer, word: str) -> None:
    song = alone(Songwriter(Room(), tokenizer).writing(word, 8, 3))
    assert song is not None
    assert song.refrain[0].startswith(word)
    assert song.title.startswith(word)
    assert len(song.refrain[0]) > len(word)


def test_nothing_is_glued_to_a_sign_that_was_typed_alone(tokenizer: Tokenizer) -> None:
    for song in songs(Songwriter(Room(), tokenizer), word="🎉"):
        assert song.refrain[0].startswith("🎉 ")


def test_a_short_refrain_is_the_title_and_else_the_word(tokenizer: Tokenizer) -> None:
    written = songs(Songwriter(Room(), tokenizer), word="라면") + songs(Songwriter(Room(), tokenizer), word="가" * 20)
    assert all(song.title in {song.refrain[0], "라면", "가" * 20} for song in written)
    assert all((song.title == song.refrain[0]) == (len(song.refrain[0]) <= 14) for song in written)


def test_nothing_visible_is_no_word(tokenizer: Tokenizer) -> None:
    with pytest.raises(ValueError, match="visible"):
        alone(Songwriter(Room(), tokenizer).writing(" \u200b", 8, 3))


def test_no_line_is_one_that_a_filter_holds_back_whatever_its_spacing(tokenizer: Tokenizer) -> None:
    free = songs(Songwriter(Room(), tokenizer), count=3)
    lines = {Spelling.of(line).letters for song in free for line in song.lines}
    messages, passages = VerbatimFilter.of(Held((), lines)), VerbatimFilter.of(Held(lines))
    for held_back in ((messages, None), (None, messages), (passages, None)):
        held = songs(Songwriter(Room(), tokenizer, *held_back), count=3)
        assert not lines & {Spelling.of(line).letters for song in held for line in song.lines}


def test_what_is_held_back_does_not_come_out_in_two_lines_either(tokenizer: Tokenizer) -> None:
    (free,) = songs(Songwriter(Room(), tokenizer), count=1)
    first, second = free.refrain
    across = Spelling.of(" ".join([*first.split()[-2:], *second.split()[:2]])).letters
    (held,) = songs(Songwriter(Room(), tokenizer, VerbatimFilter.of(Held({across}))), count=1)
    assert held.refrain[0] == first
    assert across in Spelling.of(" ".join(free.refrain)).letters
    assert across not in Spelling.of(" ".join(held.refrain)).letters


def test_no_line_is_one_that_was_refused(tokenizer: Tokenizer) -> None:
    writer = Songwriter(Room(), tokenizer)
    (song,) = songs(writer, count=1)
    (other,) = songs(writer, count=1, refused=frozenset(song.lines))
    assert not {*song.lines} & {*other.lines}
    verse = alone(writer.adding(song, 2))
    assert not {*verse} & {*alone(writer.adding(song, 2, refused=frozenset(verse)))}


def test_there_is_no_song_where_everything_is_held_back(tokenizer: Tokenizer) -> None:
    pieces = {Spelling.of(piece.removeprefix(BEGIN)).letters for piece in PIECES[len(SPECIALS) :]}
    everything = {one + other for one in pieces for other in pieces} | {"라면" + piece for piece in pieces}
    writer = Songwriter(Room(), tokenizer, VerbatimFilter.of(Held({text for text in everything if text}, everything)))
    assert alone(writer.writing("라면", 8, 1)) is None
