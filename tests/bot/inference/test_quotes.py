"""What several people of a room say word for word goes on from what is typed, and what they answered to it follows."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from bot.bundle import SPECIALS, BundleError, Tokenizer, VerbatimFilter
from bot.bundle.exchanges import Exchanges
from bot.bundle.verbatim import Held, Spelling
from bot.inference.lines import Lines
from bot.inference.models import open_models
from bot.inference.picker import Thresholds
from bot.inference.quotes import Quotes
from bot.inference.speaker import Speaker
from tests.bot.inference.networks import OfOneLength
from tests.bot.inference.pickers import add_picker

PIECES = [*SPECIALS, "▁밥", "▁먹자", "▁배고파", "▁나", "도", "▁집", "에", "▁가", "▁좋아", "▁라면"]
TOKENIZER = Tokenizer(PIECES, [9] * len(PIECES))
LINES = ("나도 배고파", "나 집에 가")
EXCHANGES = Exchanges(
    ("밥 먹자", "밥 먹자 집에 가", "라면 좋아", "밥 🦩 좋아", "밥 좋아 집에 가"), ((2, 4), (4, 0), (3, 1))
)
"""밥 먹자 – 라면 좋아 – 나도 배고파; 밥 먹자 집에 가 – 나 집에 가."""


class Likes:
    """A picker that finds everything as fitting."""

    lines = LINES
    thresholds = Thresholds(sure=9.0, silent=0.0, surest=9.0, seldom=0.0)

    def line_scores(self, message: str) -> np.ndarray:
        del message
        return np.zeros(len(LINES), np.float32)


class Unsure(OfOneLength):
    """A network that says anything, and finds none of it likely."""

    def logits(self, ids: np.ndarray) -> np.ndarray:
        rows = np.zeros((len(ids), len(PIECES)), np.float32)
        rows[:, : len(SPECIALS)] = -99
        rows[:, 2] = 1 if ids.shape[1] >= 4 else -99
        return rows


def speaker(heard: VerbatimFilter | None = None) -> Speaker:
    quotes = Quotes(LINES, EXCHANGES, TOKENIZER)
    return Speaker(Unsure(), TOKENIZER, heard, Lines(Likes(), TOKENIZER), quotes)


def said(n: int | None, **more: frozenset[str]) -> list[str]:
    return [speaker().say("밥", n, 0.7, seed, **more).text for seed in range(12)]


def test_a_line_of_as_many_morphemes_as_asked_goes_on_from_the_word() -> None:
    assert set(said(4)) == {"밥 먹자 집에 가", "밥 좋아 집에 가"}


def test_it_is_told_whether_all_of_it_is_a_quote() -> None:
    assert speaker().say("밥", 4, 0.7, 1).everybodys
    assert any(speaker().say("밥", 6, 0.7, seed).everybodys for seed in range(12))
    assert not speaker().say("집", 4, 0.7, 1).everybodys


def test_without_a_number_it_is_any_of_them() -> None:
    assert set(said(None)) == {"밥 먹자", "밥 먹자 집에 가", "밥 좋아 집에 가"}


def test_what_several_people_answered_to_it_follows_until_all_is_said() -> None:
    for n, answers in (
        (3, "밥 먹자 라면 좋아"),
        (6, "밥 먹자 라면 좋아 나도 배고파"),
        (8, "밥 먹자 집에 가 나 집에 가"),
    ):
        texts = said(n)
        assert 2 < texts.count(answers) < 10, "of one line anybody would tire: else the voice speaks by itself"


@pytest.mark.parametrize("n", range(1, 13))
def test_it_is_as_long_as_asked_with_quotes_too(n: int) -> None:
    for seed in range(5):
        assert len(speaker().say("밥", n, 0.7, seed).pieces) == n


def test_what_is_refused_or_belongs_to_somebody_is_not_quoted() -> None:
    assert "밥 먹자 집에 가" not in said(4, refused=frozenset({"밥 먹자 집에 가"}))
    assert "밥 좋아 집에 가" in said(4, refused=frozenset({"밥 먹자 집에 가"}))
    held = VerbatimFilter.of(Held([Spelling.of("먹자 집에 가").letters]))
    assert all("먹자 집에 가" not in speaker(held).say("밥", 4, 0.7, seed).text for seed in range(12))


def test_only_what_begins_with_the_very_morphemes_goes_on_from_them() -> None:
    quotes, rng = Quotes(("나도 배고파", "나 집에 가"), Exchanges(), TOKENIZER), np.random.default_rng(1)
    assert [line.text for line in quotes.going_on("나도", None, rng)] == ["나도 배고파"]
    assert {line.text for line in quotes.going_on("나", None, rng)} == {"나도 배고파", "나 집에 가"}
    assert not list(quotes.going_on("나도 배고파", None, rng))
    assert not list(Quotes(("밥 🦩 좋아",), Exchanges(), TOKENIZER).going_on("밥", None, rng)), "what it cannot spell"


def test_at_temperature_0_the_voice_alone_speaks() -> None:
    alone = Speaker(Unsure(), TOKENIZER, None, Lines(Likes(), TOKENIZER))
    assert speaker().say("밥", 2, 0).text == alone.say("밥", 2, 0).text


def test_a_bundle_says_them(tmp_path: Path, write_bundle: Callable[..., Path]) -> None:
    exchanges = Exchanges(("오늘 밥", "밥 윤혜 오늘"), ((1, 2),))
    folder = add_picker(write_bundle(tmp_path / "bundle"), ["오늘 윤혜"], exchanges)
    texts = {open_models(folder, "cpu").speaker.say("오늘", 4, 0.7, seed).text for seed in range(8)}
    assert "오늘 밥 밥 윤혜 오늘" in texts


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        '{"more": [], "answers": [[0, 1]]}',
        '{"more": ["밥"], "answers": [[0, -1]]}',
        '{"more": ["밥"], "answers": [[0, true]]}',
        '{"more": ["밥"], "answers": [[0, 1, 0]]}',
        '{"more": ["밥"], "answers": 5}',
        '{"more": "밥", "answers": [[0, "1"]]}',
        '{"more": [5], "answers": []}',
        '{"more": [" "], "answers": []}',
        '{"more": []}',
    ],
)
def test_a_file_that_is_damaged_is_refused_by_name(tmp_path: Path, content: str) -> None:
    file = tmp_path / "exchanges.json"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(BundleError, match=r"exchanges\.json"):
        Exchanges.read(file, 1)


def test_what_was_written_is_read(tmp_path: Path) -> None:
    (tmp_path / "exchanges.json").write_text(EXCHANGES.to_json(), encoding="utf-8")
    assert Exchanges.read(tmp_path / "exchanges.json", len(LINES)) == EXCHANGES
