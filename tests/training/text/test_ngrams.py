"""The room's own n-grams: what several people share is kept exactly, and nobody's secret can be read in the file."""

from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from bot.bundle import END, SPECIALS, START, UNKNOWN, BundleError
from bot.bundle.ngram_table import NgramLayout
from bot.inference.mixture import Mixture, NgramTable
from tests.bot.inference.networks import OfOneLength
from training.text import ngrams
from training.text.dataset import rows_of
from training.text.evaluation.kneser_ney import KneserNey
from training.text.verbatim import Utterance, voices_of

WORDS = 60
VOCABULARY = WORDS + len(SPECIALS)
RNG = np.random.default_rng(5)


def _room(people: int, messages: int = 1_500) -> list[tuple[str, list[int]]]:
    """Return what ``people`` say: each word is followed by some more often, whoever speaks."""
    liked = RNG.dirichlet(np.full(WORDS, 0.1), WORDS)
    room = []
    for number in range(messages):
        line = [int(RNG.integers(WORDS))]
        while len(line) < 6:
            line.append(int(RNG.choice(WORDS, p=liked[line[-1]])))
        room.append((f"p{number % people}" if people else "", [word + len(SPECIALS) for word in line]))
    return room


def _shared(room: list[tuple[str, list[int]]]) -> tuple[KneserNey, KneserNey]:
    lines = [line for _, line in room]
    counts = KneserNey(VOCABULARY, ngrams.ORDER).fit(rows_of(lines, 48))
    voices = voices_of(Utterance(who, place, ()) for place, (who, _) in enumerate(room))
    return counts, ngrams.shared(counts, lines, voices, 48)


def _opened(model: KneserNey, folder: Path, weight: float = 0.7) -> NgramTable:
    (folder / "ngrams.bin").write_bytes(ngrams.table_of(model, weight))
    return NgramTable.open(folder / "ngrams.bin", VOCABULARY)


@pytest.fixture(scope="module")
def shared() -> KneserNey:
    return _shared(_room(5))[1]


def test_the_bot_reads_the_chances_that_training_counted(shared: KneserNey, tmp_path: Path) -> None:
    table = _opened(shared, tmp_path)
    for row in ([START], [START, 5], [START, 9, 4], [START, 3, 9, 4, 12], *(line[:4] for _, line in _room(3, 30))):
        expected = shared.next_piece(row[-3:])
        np.testing.assert_allclose(table.after(row), expected, atol=2e-3)
        assert table.after(row).sum() == pytest.approx(1, abs=5e-3)


def test_a_table_of_an_earlier_bundle_is_read(shared: KneserNey, tmp_path: Path) -> None:
    now = _opened(shared, tmp_path)
    earlier = replace(now.layout, magic=b"dantok ngrams 1\n")
    content, new = bytearray(earlier.size), (tmp_path / "ngrams.bin").read_bytes()
    content[: len(earlier.header())] = earlier.header()
    for was, written in zip(earlier.sections(), now.layout.sections(), strict=True):
        array = np.ndarray(written.length, written.dtype, new, written.offset).astype(was.dtype)
        content[was.offset : was.offset + array.nbytes] = array.tobytes()
    assert len(content) > len(new)
    (tmp_path / "ngrams.bin").write_bytes(content)
    row = [START, *range(len(SPECIALS), len(SPECIALS) + 3)]
    assert np.array_equal(NgramTable.open(tmp_path / "ngrams.bin", VOCABULARY).after(row), now.after(row))


@pytest.mark.parametrize("right", [[END], [7, END], [7, UNKNOWN, 9, 4, 12, END]])
def test_between_two_sides_a_piece_is_as_likely_as_it_makes_both(
    shared: KneserNey, tmp_path: Path, right: list[int]
) -> None:
    table, left = _opened(shared, tmp_path), [START, 3, 9, 4]
    scores = table.between(left, right)
    for piece in (END, 5, 9, 40):
        line = [*left, piece, *right]
        after = range(len(left), min(len(left) + ngrams.ORDER, len(line)))
        own = [np.log(table.after(line[:place])[line[place]]) for place in after if line[place] != UNKNOWN]
        assert scores[piece] == pytest.approx(sum(own), abs=1e-3)


def test_the_mixture_weighs_both(shared: KneserNey, tmp_path: Path) -> None:
    class Even(OfOneLength):
        def logits(self, ids: np.ndarray) -> np.ndarray:
            return np.full((len(ids), VOCABULARY), 3, dtype=np.float32)

    table = _opened(shared, tmp_path)
    rows = [(START,), (START, 5, 6, 7, 8), (START, 7, 8)]
    chances = np.exp(Mixture(Even(), table).log_probs(rows))
    for row, chance in zip(rows, chances, strict=True):
        np.testing.assert_allclose(chance, 0.7 / VOCABULARY + 0.3 * table.after(row), rtol=1e-3)
    starts = [(START,), (VOCABULARY + 1,)]  # the group's, and a member's own
    np.testing.assert_array_equal(*Mixture(Even(), table).log_probs(starts))


@pytest.mark.parametrize("people", [5, 0])
def test_no_ngram_is_kept_that_few_people_share(people: int) -> None:
    """Three people's are everybody's; where nobody is named, five stretches of two hundred messages."""
    secret, known = [10, 11, 12, 13, 14], [20, 21, 22, 23, 24]
    room = _room(people)
    for place in range(0, 600, 10):
        room[place] = (room[0][0], secret)  # one person, or the first three stretches
    for place in range(1, 1_500, 101):
        room[place] = (room[place][0], known)
    counts, shared = _shared(room)
    for line, is_kept in ((secret, False), (known, True)):
        for length in (3, 4):
            number = sum(word * VOCABULARY**at for at, word in enumerate(reversed(line[:length])))
            rows = rows_of([line], 48)
            assert number in counts.ngrams(rows, length)[0]
            contexts, _, begins, ids, _ = shared.followers(length)
            kept = np.repeat(contexts, np.diff(begins)) * VOCABULARY + ids
            assert (number in kept) is is_kept


def test_of_a_room_of_one_person_or_a_single_message_nothing_but_pieces_is_kept(tmp_path: Path) -> None:
    for room in (_room(1, 300), [("p0", [5])]):
        _, shared = _shared(room)
        assert [len(shared.followers(length)[3]) for length in (2, 3, 4)] == [0, 0, 0]
        np.testing.assert_allclose(_opened(shared, tmp_path).after([START, 5]), shared.next_piece([]), rtol=1e-5)


def test_a_reader_of_the_file_learns_no_secret(tmp_path: Path) -> None:
    """Exposure (Carlini et al. 2019, arXiv:1802.08232) of secrets that one person said once, four and sixteen times."""
    space = np.array(list(product(range(3, 11), repeat=3)))
    exposures: dict[int, list[float]] = {1: [], 4: [], 16: []}
    plain: list[float] = []
    for trial in range(4):
        room = _room(5)
        secrets = RNG.choice(len(space), 3, replace=False)
        for (times, _), secret in zip(exposures.items(), secrets, strict=True):
            room += [("p0", [40 + trial, *map(int, space[secret]), 50 + trial])] * times
        counts, shared = _shared(room)
        table = _opened(shared, tmp_path)
        rows = [[START, 40 + trial, *map(int, guess), 50 + trial, END] for guess in space]
        by_table = np.array([_log_probability(table, row) for row in rows])
        for times, secret in zip(exposures, secrets, strict=True):
            exposures[times].append(_exposure(by_table, secret))
        by_counts = np.array([counts.log_probabilities([row]).sum() for row in rows])
        plain.append(_exposure(by_counts, secrets[-1]))
    assert np.mean(plain) > 7  # of nine bits: a plain table gives it away
    for values in exposures.values():
        assert np.mean(values) < 3.5  # by chance 1.44, and four secrets scatter by 0.7


def _log_probability(table: NgramTable, row: list[int]) -> float:
    return float(sum(np.log(table.after(row[:at])[row[at]]) for at in range(1, len(row))))


def _exposure(log_probabilities: np.ndarray, secret: int) -> float:
    rank = 1 + int((log_probabilities > log_probabilities[secret]).sum())
    return float(np.log2(len(log_probabilities)) - np.log2(rank))


def test_the_weight_is_tuned_on_one_half_and_judged_on_the_other() -> None:
    good, bad = np.log(np.full(400, 0.2)), np.log(np.full(400, 0.01))
    assert ngrams.mixing(good, bad).weight == pytest.approx(0.95)
    assert not ngrams.mixing(good, bad).pays
    halves = np.concatenate([bad[:200], good[:200]])
    assert ngrams.mixing(halves, halves[::-1]).weight == pytest.approx(0.3)
    assert ngrams.mixing(halves, halves[::-1]).mixed > ngrams.mixing(halves, halves[::-1]).network
    mixed = np.where(np.arange(400) % 2, good, bad)
    assert ngrams.mixing(mixed, mixed[::-1]).pays


@pytest.mark.parametrize("spoilt", [b"", b"dantok ngrams 0\n", "cut", "longer", "disordered"])
def test_a_damaged_table_is_refused(shared: KneserNey, tmp_path: Path, spoilt: bytes | str) -> None:
    content = ngrams.table_of(shared, 0.7)
    if isinstance(spoilt, bytes):
        content = spoilt
    elif spoilt == "disordered":
        contexts = list(NgramLayout.of(content).sections())[1]
        first, second = (content[contexts.offset + at * 8 :][:8] for at in (0, 1))
        content = content.replace(first + second, second + first)
    else:
        content = content[:-8] if spoilt == "cut" else content + bytes(8)
    (tmp_path / "ngrams.bin").write_bytes(content)
    with pytest.raises(BundleError, match="damaged"):
        NgramTable.open(tmp_path / "ngrams.bin", VOCABULARY)


def test_a_table_that_is_cut_off_while_it_serves_goes_on(shared: KneserNey, tmp_path: Path) -> None:
    table = _opened(shared, tmp_path)
    before = table.after([START, 5])
    # As by cp of another bundle over it; of a mapped file, what lies behind its new end ends the process.
    (tmp_path / "ngrams.bin").open("wb").close()
    np.testing.assert_array_equal(table.after([START, 5]), before)


def test_a_table_of_another_vocabulary_is_refused(shared: KneserNey, tmp_path: Path) -> None:
    (tmp_path / "ngrams.bin").write_bytes(ngrams.table_of(shared, 0.7))
    with pytest.raises(BundleError, match="pieces"):
        NgramTable.open(tmp_path / "ngrams.bin", VOCABULARY + 1)
