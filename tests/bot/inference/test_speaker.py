"""What comes out when a word is continued: how much, in what spacing, and the same again for the same seed."""

import re
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from bot.bundle import END, SPECIALS, START, UNKNOWN, Tokenizer, VerbatimFilter
from bot.bundle.verbatim import Held, Spelling
from bot.inference.batching import alone
from bot.inference.decoder import Aim
from bot.inference.models import open_models
from bot.inference.seeds import SEEDS
from bot.inference.speaker import Speaker, rngs, typed_beginning
from tests.bot.inference.networks import OfOneLength


class Always(OfOneLength):
    """A network that likes ids in one order, whatever was said; special pieces most of all, the end only if asked."""

    def __init__(self, *order: int, end: float = -99) -> None:
        self.order = order
        self.end = end

    def logits(self, ids: np.ndarray) -> np.ndarray:
        row = np.zeros((len(ids), 9), dtype=np.float32)
        row[:, :2], row[:, END] = 99, self.end
        row[:, list(self.order)] = np.arange(len(self.order), 0, -1)
        return row


@pytest.fixture
def tokenizer() -> Tokenizer:
    return Tokenizer([*SPECIALS, "▁윤혜", "야", "▁생일", "▁축하", "해", "🎉"], [9] * 9)


@pytest.fixture
def speaker(bundle: Path) -> Speaker:
    return open_models(bundle).speaker


@pytest.mark.parametrize("n", [1, 5, 50])
@pytest.mark.parametrize("temperature", [0, 0.8, 2])
def test_exactly_n_further_pieces_come_and_none_is_special(speaker: Speaker, n: int, temperature: float) -> None:
    pieces = speaker.say("윤혜", n, temperature, seed=3).pieces
    assert len(pieces) == n
    assert not set(pieces) & set(SPECIALS)


def test_unknown_and_start_never_come_out(tokenizer: Tokenizer) -> None:
    assert Speaker(Always(4), tokenizer).say("윤혜", 3).text == "윤혜야야야"


def test_where_the_sentence_would_end_a_new_word_begins_until_n(tokenizer: Tokenizer) -> None:
    assert Speaker(Always(4, 5, end=99), tokenizer).say("윤혜", 3).text == "윤혜 생일 생일 생일"


def test_text_has_the_spacing_of_its_pieces(tokenizer: Tokenizer) -> None:
    assert Speaker(Always(5), tokenizer).say("윤혜야", 2).text == "윤혜야 생일 생일"


def test_a_seed_repeats_and_another_differs(speaker: Speaker) -> None:
    first = speaker.say("오늘", 20, 1.0, seed=7)
    assert speaker.say("오늘", 20, 1.0, seed=7) == first
    assert speaker.say("오늘", 20, 1.0, seed=8).text != first.text


def test_a_drawn_seed_says_the_same_again(speaker: Speaker) -> None:
    first = speaker.say("오늘", 20, 1.0)
    assert 0 <= first.seed < SEEDS
    assert speaker.say("오늘", 20, 1.0, first.seed) == first
    assert len({speaker.say("오늘", 20, 1.0).seed for _ in range(5)}) == 5


def test_words_never_seen_are_named_and_the_rest_is_not(speaker: Speaker) -> None:
    assert speaker.say("킹받네 오늘 뷁", 3, seed=1).unknown == ("킹받네", "뷁")
    assert speaker.say("오늘 밥", 3, seed=1).unknown == ()


def test_the_typed_word_is_shown_without_what_cannot_be_seen(speaker: Speaker) -> None:
    assert speaker.say("\u200b 오늘 \n\u202e 밥\u200d", 2, seed=1).text.startswith("오늘 밥")


def test_nothing_visible_is_refused(speaker: Speaker) -> None:
    with pytest.raises(ValueError, match="visible"):
        speaker.say("\u200b\u3164", 3)


def careful(tokenizer: Tokenizer, network: Always, passages: list[str], *messages: str) -> Speaker:
    held = Held(*({Spelling.of(text).letters for text in texts} for texts in (passages, messages)))
    return Speaker(network, tokenizer, VerbatimFilter.of(held))


def test_it_turns_aside_before_it_repeats_a_passage(tokenizer: Tokenizer) -> None:
    assert Speaker(Always(7, 6, 4), tokenizer).say("윤혜야 생일 축하", 2).pieces == ("해", "해")
    speaker = careful(tokenizer, Always(7, 6, 4), ["윤혜야 생일 축하해"])
    assert speaker.say("윤혜야 생일 축하", 2).pieces == ("▁축하", "해")


@pytest.mark.parametrize(
    "typed", ["윤혜야생일 축하", "윤 혜 야 생일, 축하...", "오늘 윤혜야 생일 축하", "킹받는 윤혜야 생일 축하"]
)
def test_no_other_way_of_typing_gets_it_out(typed: str, tokenizer: Tokenizer) -> None:
    speaker = careful(tokenizer, Always(7, 6, 4), ["윤혜야 생일 축하해"])
    assert speaker.say(typed, 1).pieces == ("▁축하",)


def test_a_whole_message_never_is_the_whole_answer(tokenizer: Tokenizer) -> None:
    speaker = careful(tokenizer, Always(7, 6, 4), [], "윤혜 축하해")
    assert speaker.say("윤혜 축하", 1).text == "윤혜 축하 축하"
    assert speaker.say("윤혜 축하", 2).text == "윤혜 축하해 축하"
    assert speaker.say("윤혜 축하해", 1).text == "윤혜 축하해 축하"


def test_a_message_is_its_signs_too(tokenizer: Tokenizer) -> None:
    heard = VerbatimFilter.of(Held(), Held((), ["윤혜생일🎉"]))
    assert Speaker(Always(8, 7), tokenizer, heard).say("윤혜 생일", 1).text == "윤혜 생일해"
    assert Speaker(Always(8, 7), tokenizer, heard).say("윤혜 생일", 2).text == "윤혜 생일🎉해"


@pytest.mark.parametrize("temperature", [0, 1])
def test_where_everything_is_held_back_an_answer_ends_early(tokenizer: Tokenizer, temperature: float) -> None:
    everything = VerbatimFilter(bytearray(b"\xff" * 8), [1])
    answer = Speaker(Always(4), tokenizer, everything).say("윤혜", 12, temperature)
    assert answer.pieces == ()
    assert answer.text == "윤혜"


def test_an_answer_that_ends_early_is_nobodys_message_either(tokenizer: Tokenizer) -> None:
    after = ("윤혜야야" + piece.removeprefix("▁") for piece in tokenizer.pieces[3:] if piece != "야")
    heard = VerbatimFilter.of(Held(), Held([*after, "윤혜야야야"], ["윤혜야야"]))
    assert Speaker(Always(4), tokenizer, heard).say("윤혜", 5).text == "윤혜야"


def test_where_a_new_word_should_begin_but_may_not_the_old_one_goes_on(tokenizer: Tokenizer) -> None:
    speaker = careful(tokenizer, Always(3, 5, 6, 4, end=99), ["윤혜 생일", "윤혜 축하", "윤혜 윤혜"])
    assert speaker.say("윤혜", 1).text == "윤혜야"


@pytest.mark.parametrize("typed", ["윤혜야 생일 축하해", "윤혜야생일축하해", "오늘 윤 혜 야, 생일 축하해"])
def test_a_refused_line_is_turned_aside_from_however_it_is_typed(tokenizer: Tokenizer, typed: str) -> None:
    speaker = Speaker(Always(4, 6), tokenizer)
    line = frozenset({"윤혜야 생일 축하해야야"})
    assert speaker.say(typed, 2).pieces == ("야", "야")
    assert "야" not in speaker.say(typed, 1, refused=line).pieces


def test_every_run_of_six_pieces_of_a_refused_line_is_held_back(tokenizer: Tokenizer) -> None:
    speaker = Speaker(Always(7, 4), tokenizer)
    refused = frozenset({"야 윤혜야 생일 축하 해"})
    assert speaker.say("윤혜야 윤혜야 생일 축하", 1).text.endswith("축하해")
    assert speaker.say("윤혜야 윤혜야 생일 축하", 1, refused=refused).text.endswith("축하야")
    assert speaker.say("축하 윤혜야 생일 축하", 1, refused=refused).text.endswith("축하해")


def test_a_short_refused_line_is_only_held_back_as_the_whole_answer(tokenizer: Tokenizer) -> None:
    speaker, refused = Speaker(Always(7, 6, 4), tokenizer), frozenset({"윤혜 축하해!"})
    assert speaker.say("윤혜 축하", 1).text == "윤혜 축하해"
    assert speaker.say("윤혜 축하", 1, refused=refused).text == "윤혜 축하 축하"
    assert speaker.say("윤혜 축하", 2, refused=refused).text == "윤혜 축하해 축하"
    assert speaker.say("오늘 윤혜 축하", 1, refused=refused).text == "오늘 윤혜 축하해"


def test_a_refused_line_without_letters_is_its_signs(tokenizer: Tokenizer) -> None:
    tokenizer = Tokenizer([*SPECIALS, "🥹", "▁생일", "▁축하", "해", "▁🥹", "🎉"], [9] * 9)
    assert Speaker(Always(8, 3), tokenizer).say("🥹", 1).text == "🥹🎉"
    assert Speaker(Always(8, 3), tokenizer).say("🥹", 1, refused=frozenset({"🥹 🎉"})).text == "🥹 생일"
    assert Speaker(Always(8, 3), tokenizer).say("🥹", 2, refused=frozenset({"🥹 🎉"})).text == "🥹🎉🥹"


def test_refused_lines_and_the_filter_hold_back_together_and_one_answer_alone(tokenizer: Tokenizer) -> None:
    speaker = careful(tokenizer, Always(7, 6, 4), ["윤혜야 생일 축하해"])
    refused = frozenset({"윤혜야 생일 축하 축하"})
    assert speaker.say("윤혜야 생일 축하", 1).pieces == ("▁축하",)
    assert speaker.say("윤혜야 생일 축하", 1, refused=refused).pieces == ("야",)
    assert speaker.say("윤혜야 생일 축하", 1).pieces == ("▁축하",)


class Sentences(OfOneLength):
    """A network that has heard some sentences: it goes on from the last piece as they did, and ends as they did."""

    def __init__(self, tokenizer: Tokenizer, *sentences: str) -> None:
        counts = np.full((len(tokenizer), len(tokenizer)), 1e-4, dtype=np.float32)
        for sentence in sentences:
            row = [START, *tokenizer.ids_of(sentence.split()), END]
            for before, after in [*pairwise(row), (UNKNOWN, row[2])]:
                counts[before, after] += 1
        self.logits_after = np.log(counts)
        self.batches: list[tuple[int, ...]] = []

    def logits(self, ids: np.ndarray) -> np.ndarray:
        self.batches.append(ids.shape)
        return self.logits_after[ids[:, -1]]


def speaker_of(*sentences: str) -> Speaker:
    """Return the voice of a room that said these sentences, blanks between their pieces."""
    pieces = dict.fromkeys(piece for sentence in sentences for piece in sentence.split())
    tokenizer = Tokenizer([*SPECIALS, *pieces], [9] * (len(SPECIALS) + len(pieces)))
    return Speaker(Sentences(tokenizer, *sentences), tokenizer)


@pytest.mark.parametrize("temperature", [0, 0.8])
@pytest.mark.parametrize("n", [1, 2])
def test_the_sentence_ends_where_n_is_reached(temperature: float, n: int) -> None:
    """After 오늘 밥 most people go on with 먹고, after which nobody ever stopped."""
    speaker = speaker_of("▁밥 ▁먹고 ▁갈래", "▁밥 ▁먹고 ▁가자", "▁밥 ▁먹고 ▁옴", "▁밥 ▁먹자")
    ends = {1: {"밥 먹자"}, 2: {"밥 먹고 갈래", "밥 먹고 가자", "밥 먹고 옴"}}
    assert {speaker.say("밥", n, temperature, seed).text for seed in range(20)} <= ends[n]


def test_draws_are_of_n_morphemes_the_likeliest_first_and_another_one_changes_none(speaker: Speaker) -> None:
    draws = speaker.draw("오늘", 6, 0.8, seed=5, count=4)
    assert [draw.score for draw in draws] == sorted((draw.score for draw in draws), reverse=True)
    assert {len(draw.pieces) for draw in draws} == {6}
    assert {draw.text for draw in speaker.draw("오늘", 6, 0.8, seed=5, count=3)} < {draw.text for draw in draws}


def test_all_draws_of_an_answer_are_one_batch_in_which_what_begins_alike_is_once() -> None:
    speaker = speaker_of("▁밥 ▁먹고 ▁갈래", "▁밥 ▁먹자 ▁오늘")
    network = speaker._decoder._reader._network
    speaker.draw("밥", 3, 0.8, seed=1, count=12)
    assert [rows for rows, _ in network.batches[:2]] == [1, 2]


def test_what_is_typed_is_gone_on_with_where_people_mostly_say_no_more() -> None:
    """Nearly everybody says 나도 alone; who types it has asked for more, and that more is a whole sentence."""
    speaker = speaker_of(*["▁나도"] * 9, "▁나도 ▁이제 ▁갈래")
    beginning, _ = typed_beginning("나도", speaker._tokenizer)
    draws = alone(speaker._decoder.draws(beginning, Aim(2, 0.8, speaker._guards.of(frozenset())), rngs((1,), 4)))
    assert {(draw.now.text, draw.is_whole) for draw in draws} == {("나도 이제 갈래", True)}


def test_without_n_a_sentence_ends_where_the_network_ends_it() -> None:
    speaker = speaker_of("▁밥 ▁먹고 ▁갈래", "▁밥 ▁먹자")
    assert {draw.text for draw in speaker.draw("밥", None, 0.8, seed=1, count=20)} == {"밥 먹고 갈래", "밥 먹자"}


def test_of_two_that_are_as_likely_a_morpheme_the_shorter_one_is_said() -> None:
    """Few end after two more morphemes, certain as these are; the others say eight, each of which may be another."""
    ways = ("가" * 8, "나" * 8, "가나" * 4, "나가" * 4)
    long = [" ".join(["▁밥", *(f"▁{letter}{step}" for step, letter in enumerate(way))]) for way in ways]
    speaker = speaker_of("▁밥 ▁먹고 ▁가자", *long)
    drawn = [draw for seed in range(5) for draw in speaker.draw("밥", None, 1, seed)]
    assert sum(draw.text == "밥 먹고 가자" for draw in drawn) < 0.4 * len(drawn)
    said = [speaker.say("밥", None, 1, seed) for seed in range(40)]
    assert sum(utterance.text == "밥 먹고 가자" for utterance in said) > 0.6 * len(said)


def test_at_temperature_0_there_is_one_draw(speaker: Speaker) -> None:
    assert len(speaker.draw("오늘", 5, 0, count=3)) == 1


def test_what_people_say_scores_higher(speaker: Speaker) -> None:
    said, turned = speaker_of("▁밥 ▁먹고 ▁갈래", "▁밥 ▁먹자").scores(["밥 먹고 갈래", "갈래 먹고 밥"])
    assert said > turned
    assert speaker.score("오늘 밥") == pytest.approx(speaker.scores(["나", "오늘 밥"])[1], abs=1e-5)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("교수님", {"은", "이", "한테", "과"}),
        ("소희", {"는", "가", "한테", "와"}),
        ("꿀물", {"은", "이", "한테", "과"}),
        ("BTS", {"는", "가", "한테", "와"}),
    ],
)
def test_a_particle_follows_the_last_letter_of_a_word_never_heard(typed: str, said: set[str]) -> None:
    speaker = speaker_of("▁나 은", "▁나 는", "▁나 이", "▁나 가", "▁나 과", "▁나 와", "▁나 한테")
    last = {speaker.say(typed, 1, 2.0, seed).text.removeprefix(typed) for seed in range(60)}
    assert last - {" 나"} == said


def test_no_particle_stands_on_one_that_ends_a_word() -> None:
    speaker = speaker_of("▁나 이 한테", "▁나 은 는", "▁나 을 도", "▁나 이 랑")
    for typed in ("교수님", "사람들", "김밥은"):
        texts = [speaker.say(typed, 2, 2.0, seed).text for seed in range(40)]
        assert not [text for text in texts if re.search("이한테|은는|을도|은도|이랑|은한테", text)]
    assert "하람이한테" in {speaker.say("하람", 2, 2.0, seed).text for seed in range(40)}


def test_a_row_of_one_sign_is_one_morpheme_and_stays_together() -> None:
    speaker = speaker_of("▁와 🎉 🎉 🎉", "▁와 🎉 ▁🎉 ▁축하", "▁🎉 ▁축하", "▁와 ▁ㅋㅋㅋ ▁ㅋㅋㅋㅋㅋ")
    for seed in range(40):
        answer = speaker.say("와", 3, 1.5, seed)
        assert len(answer.pieces) == 3
        assert not re.search("🎉 🎉|ㅋ ㅋ|🎉{6}", answer.text)
        assert answer.text == "와" + "".join(answer.pieces).replace("▁", " ")


def test_where_a_sentence_would_end_long_before_n_another_one_follows() -> None:
    speaker = speaker_of("▁밥 ▁먹자 🎉", "▁밥 ▁먹고 ▁갈래 ▁오늘", "▁나 ▁집 에", "▁나 ▁집 에 ▁갈래")
    said = {speaker.say("밥", 6, 0.8, seed).text for seed in range(30)}
    assert (
        {"밥 먹고 갈래 오늘 나 집에", "밥 먹고 갈래 오늘 밥 먹자🎉"}
        <= said
        <= {f"밥 먹고 갈래 오늘 {rest}" for rest in ("나 집에", "밥 먹자🎉", "밥 먹고 갈래")}
    )


@pytest.mark.parametrize("temperature", [0, 0.8])
def test_without_n_one_sentence_is_said_that_ends_by_itself(temperature: float) -> None:
    speaker = speaker_of("▁밥 ▁먹자 🎉", "▁밥 ▁먹고 ▁갈래 ▁오늘", "▁나 ▁집 에", "▁나 ▁집 에 ▁감")
    said = {speaker.say("밥", None, temperature, seed).text for seed in range(30)}
    assert said <= {"밥 먹자🎉", "밥 먹고 갈래 오늘"}
    assert len(said) == (2 if temperature else 1)


def test_what_follows_a_sentence_hangs_on_the_word_and_not_on_the_number_alone() -> None:
    ends = [f"▁{first} ▁{last}" for first in ("나", "집", "너") for last in ("가", "와", "자")]
    speaker = speaker_of("▁밥 ▁먹고 ▁갈래 ▁오늘", "▁술 ▁먹고 ▁갈래 ▁오늘", *ends)
    tails = [[speaker.say(word, 6, 1.0, seed).text.removeprefix(word) for word in ("밥", "술")] for seed in range(20)]
    assert any(one != other for one, other in tails)


@pytest.mark.parametrize("temperature", [0, 0.8])
def test_long_answers_are_several_lines_of_n_morphemes_together(temperature: float) -> None:
    speaker = speaker_of("▁밥 ▁먹고 ▁갈래", "▁오늘 ▁뭐 ▁해", "▁나 ▁집 에 ▁갈래", "▁아 ▁진짜 ▁왜", "▁너 ▁어디 야")
    answer = speaker.say("밥", 21, temperature, seed=4)
    assert len(answer.pieces) == 21
    lines = answer.text.split("\n")
    assert len(lines) > 3
    assert all(lines)
    assert speaker.say("밥", 21, temperature, seed=4) == answer
    assert "\n" not in speaker.say("밥", 9, temperature, seed=4).text


def test_no_line_of_a_long_answer_is_a_message_that_is_held_back(tokenizer: Tokenizer) -> None:
    network = Sentences(tokenizer, "▁윤혜 야 ▁생일 ▁축하 해", "▁생일 ▁축하 해", "▁축하 해 🎉", "▁윤혜 ▁축하")
    held = VerbatimFilter.of(Held((), [Spelling.of("생일 축하해").letters]))
    free, careful = (Speaker(network, tokenizer, each) for each in (None, held))
    said = ["\n" + speaker.say("윤혜", 20, 0.8, seed).text + "\n" for speaker in (free, careful) for seed in range(30)]
    assert any("\n생일 축하해\n" in text for text in said[:30])
    assert not any("\n생일 축하해\n" in text for text in said[30:])


@pytest.mark.parametrize(
    "typed",
    ["뷁" * 200, "ㅁㄴㅇㄹ" * 50, "asdf " * 40, "ㅋㅋ 뷁 ㅋㅋ", "?!?!", "1 2 3", "🦩🦩🦩", "'", "각 갂 갃 간 갅 갆 갇"],
)
@pytest.mark.parametrize("n", [1, 9, 25])
def test_whatever_is_typed_n_morphemes_follow(speaker: Speaker, typed: str, n: int) -> None:
    answer = speaker.say(typed, n, 0.8, seed=1)
    assert answer.text.startswith(typed.strip())
    assert len(answer.pieces) == n
