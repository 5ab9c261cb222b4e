"""What the README promises about words, of the bundle that ships, by somebody who types the beginnings of messages.

No run of six morphemes that fewer than three people said comes out, and no answer is, from three morphemes on, a
message that fewer than three people sent.
"""

import random
from collections import defaultdict
from itertools import chain, pairwise

import pytest

from bot.bundle import BEGIN, Bundle, normalise
from bot.bundle.verbatim import Spelling
from bot.default_bundle import DEMO_BUNDLE
from bot.inference.models import open_models
from bot.inference.picker import open_picker
from bot.inference.speaker import Speaker
from bot.inference.text_session import open_text
from training.samples.room import sample_room
from training.text.corpus.corpus import Corpus, read_corpus
from training.text.tokenization import morphemes

PEOPLE, RUN, WHOLE = 3, 6, 3

Pieces = tuple[str, ...]


def letters_of(text: str) -> str:
    return Spelling.of(text).letters


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    chat = tmp_path_factory.mktemp("room") / "chat.txt"
    chat.write_bytes(sample_room())
    return read_corpus([chat])


@pytest.fixture(scope="module")
def rooms_words(room: Corpus) -> dict[str, set[str]]:
    """Return every message with those who sent it."""
    senders = defaultdict(set)
    for message in room.messages:
        senders[normalise(message.text)].add(message.who)
    return senders


@pytest.fixture(scope="module")
def rare(rooms_words: dict[str, set[str]], tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, Pieces]]:
    """Return 200 messages that fewer than three people sent, as the analyser cuts them."""
    texts = [text for text, who in rooms_words.items() if len(who) < PEOPLE and len(text.split()) > 1]
    chosen = random.Random(1).sample(texts, 200)
    cuts = zip(chosen, morphemes.cut(chosen, cache=tmp_path_factory.mktemp("cache") / "cuts"), strict=True)
    return [(text, pieces) for text, pieces in cuts if len(pieces) >= WHOLE]


@pytest.fixture(scope="module")
def careful() -> Speaker:
    return open_models(DEMO_BUNDLE, "cpu").speaker


@pytest.fixture(scope="module")
def careless() -> Speaker:
    """Return the same voice without the filter, to see that there is something to hold back."""
    session = open_text(Bundle.open(DEMO_BUNDLE), "cpu")
    return Speaker(session, session.tokenizer)


def beginnings(text: str, pieces: Pieces) -> list[tuple[str, int]]:
    """Return each number of first words, with how many morphemes are wanting yet."""
    words = text.split()
    starts = [at for at, piece in enumerate(pieces) if piece.startswith(BEGIN)]
    return [(" ".join(words[:number]), len(pieces) - starts[number]) for number in range(1, len(words))]


def answered_with_the_message(speaker: Speaker, rare: list[tuple[str, Pieces]]) -> int:
    return sum(
        normalise(speaker.say(typed, wanting).text) == text
        for text, pieces in rare
        for typed, wanting in beginnings(text, pieces)
    )


def test_no_answer_is_a_message_that_fewer_than_three_people_sent(
    careful: Speaker, careless: Speaker, rare: list[tuple[str, Pieces]]
) -> None:
    assert answered_with_the_message(careless, rare) > 20
    assert answered_with_the_message(careful, rare) == 0


def test_every_line_that_may_be_said_as_it_is_was_said_by_three_people(rooms_words: dict[str, set[str]]) -> None:
    picker = open_picker(Bundle.open(DEMO_BUNDLE), "cpu")
    assert picker is not None
    assert len(picker.lines) > 100
    assert min(len(rooms_words[line]) for line in picker.lines) >= PEOPLE


def test_what_answered_a_line_was_answered_by_two_among_three_people(
    rooms_words: dict[str, set[str]], room: Corpus
) -> None:
    picker = open_picker(Bundle.open(DEMO_BUNDLE), "cpu")
    assert picker is not None
    lines = (*picker.lines, *picker.exchanges.more)
    assert len(picker.exchanges.answers) > 1_000
    assert min(len(rooms_words[line]) for line in lines) >= PEOPLE
    asked, answered = defaultdict(set), defaultdict(set)
    for one, other in chain(pairwise(room.messages), zip(room.messages, room.messages[2:], strict=False)):
        exchange = normalise(one.text), normalise(other.text)
        asked[exchange].add(one.who)
        answered[exchange].add(other.who)
    exchanges = [(lines[one], lines[other]) for one, other in picker.exchanges.answers]
    assert min(len(answered[exchange]) for exchange in exchanges) > 1
    assert min(len(asked[exchange] | answered[exchange]) for exchange in exchanges) >= PEOPLE


def rare_runs(pieces: Pieces, letters: dict[str, set[str]]) -> set[str]:
    """Return the letters of six morphemes in a row that fewer than three people said, however they cut them."""
    cut = ["".join(pieces[at : at + RUN]).replace(BEGIN, " ") for at in range(len(pieces) - RUN + 1)]
    runs = {letters_of(run) for run in cut}
    return {run for run in runs if len(set().union(*(who for said, who in letters.items() if run in said))) < PEOPLE}


def answers_with_a_run(speaker: Speaker, rare: list[tuple[str, Pieces]], letters: dict[str, set[str]]) -> int:
    found = 0
    for text, pieces in rare:
        runs = rare_runs(pieces, letters)
        for typed, wanting in beginnings(text, pieces)[:2]:
            answer = letters_of(speaker.say(typed, wanting + 2).text)
            found += any(run in answer and run not in letters_of(typed) for run in runs)
    return found


def test_no_run_of_six_morphemes_that_fewer_than_three_people_said_comes_out(
    careful: Speaker, careless: Speaker, rare: list[tuple[str, Pieces]], rooms_words: dict[str, set[str]]
) -> None:
    letters = defaultdict(set)
    for text, who in rooms_words.items():
        letters[letters_of(text)] |= who
    long = [(text, pieces) for text, pieces in rare if len(pieces) > RUN][:60]
    assert answers_with_a_run(careless, long, letters) > 4
    assert answers_with_a_run(careful, long, letters) == 0
